"""Runs the product for the contracts, with a plugin that came from outside."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from flask import Flask

from events.log.keyfile import KeyFile
from events.log.signing import create_signing_key
from intranet.testing import PAGES, close


@contextmanager
def outside_plugin(folder: Path) -> Iterator[None]:
    """Have a plugin installed that came from outside, as pip would install it."""
    about = folder / "geborgen_notebook-1.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: geborgen-notebook\nVersion: 1.0\n")
    (about / "entry_points.txt").write_text("[geborgen.plugins]\nnotebook = outside_notebook.plugin\n")
    added = [str(folder), str(Path(__file__).parent / "outside")]
    sys.path[:0] = added
    try:
        yield
    finally:
        for each in added:
            sys.path.remove(each)


@contextmanager
def running(folder: Path, **settings: Any) -> Iterator[Flask]:
    """Run the product with a plugin from outside on an empty SQLite database in a folder of its own."""
    from intranet import database
    from intranet.app import build_app

    instance = folder / "instance"
    instance.mkdir()
    KeyFile.create(instance / "keyfile.json")
    create_signing_key(instance / "signing-key.pem")
    with outside_plugin(folder):
        app = build_app({"TESTING": True, "DEMO": True, "INSTANCE": str(instance), **settings})
    app.jinja_env.bytecode_cache = PAGES
    database.create_tables(app)
    yield app
    close(app)
