"""Plugins made in a test as a third party would: a package and its entry point in a folder on the path."""

import importlib
import sys
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from textwrap import dedent

import pytest
from sqlalchemy import Table

from events.log.kinds import registry
from events.log.projection import projection_tables

MANIFEST = 'manifest = Manifest(name="{name}", title="{title}", description="Voor een proef.", icon="puzzle"{more})\n'
Make = Callable[..., str]
_numbers = count()


@pytest.fixture
def make_plugin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Make]:
    """Install a plugin whose `plugin.py` has this code: `make_plugin("shelf", code)`; gone after the test.

    `permissions` are names that everybody in service has; `manifest=None` leaves the manifest out.
    """
    site = tmp_path / "site-packages"
    site.mkdir()
    monkeypatch.syspath_prepend(site)
    made: list[str] = []

    def make(name: str, code: str = "", *, permissions: tuple[str, ...] = (), manifest: str | None = "") -> str:
        # Never the same module twice: the library keeps classes by where they are.
        package = f"outside_{name}_{next(_numbers)}"
        (site / package).mkdir()
        (site / package / "__init__.py").write_text("")
        rows = "".join(f'Permission(name="{each}", title="{each}", holders=("staff",)), ' for each in permissions)
        head = "from intranet.api import Manifest, Permission, hookimpl, requires\n"
        if manifest is not None:
            head += MANIFEST.format(name=name, title=name.title(), more=manifest or f", permissions=({rows})")
        (site / package / "plugin.py").write_text(head + dedent(code))
        about = site / f"{package}-1.0.dist-info"
        about.mkdir()
        (about / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {package}\nVersion: 1.0\n")
        (about / "entry_points.txt").write_text(f"[geborgen.plugins]\n{name} = {package}.plugin\n")
        importlib.invalidate_caches()
        made.append(package)
        return package

    yield make
    modules = [module for name, module in sys.modules.items() if name.partition(".")[0] in made]
    for table in [each for module in modules for each in vars(module).values() if isinstance(each, Table)]:
        # Named by the plugin's own module: a plugin may be called like a feature of the core, whose tables stay.
        projection_tables.remove(table)
    for kind in list(registry):
        if kind.aggregate.__module__.partition(".")[0] in made:
            registry.forget(kind.aggregate)
    for module in [each for each in sys.modules if each.partition(".")[0] in made]:
        del sys.modules[module]
