"""The practice school, loaded once, for contracts that look at every page and every row."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from events.log.keyfile import KeyFile
from events.log.signing import create_signing_key
from intranet.testing import close


@pytest.fixture(scope="package")
def practice(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The product with the practice school, on SQLite."""
    from intranet import database
    from intranet.app import build_app
    from intranet.demo.loading import load

    instance: Path = tmp_path_factory.mktemp("practice")
    KeyFile.create(instance / "keyfile.json")
    create_signing_key(instance / "signing-key.pem")
    app = build_app({"TESTING": True, "DEMO": True, "INSTANCE": str(instance), "WTF_CSRF_ENABLED": False})
    database.create_tables(app)
    with app.app_context():
        load(lambda *_: None)
    yield app
    close(app)
