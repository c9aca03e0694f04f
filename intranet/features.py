"""The core's own features, in the order of their names in the menu and of their setting up."""

from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType

from flask import Flask

from events.log.projection import Projection
from intranet.access import TABLE

FEATURES = (
    "schools",
    "calendar",
    "activation",
    "people",
    "accounts",
    "home",
    "exports",
    "incidents",
    "search",
    "audit",
)


def _modules(name: str) -> Iterator[ModuleType]:
    for feature in FEATURES:
        module = f"intranet.{feature}.{name}"
        if find_spec(f"intranet.{feature}") and find_spec(module):
            yield import_module(module)


def projections() -> list[Projection]:
    """Return the projections of all features; one instance each, in a fixed order."""
    return [projection for module in _modules("projections") for projection in module.PROJECTIONS]


def mount(app: Flask) -> None:
    """Register the pages of every feature and run what it sets up once."""
    for module in _modules("setup"):
        module.setup(app)
    for module in _modules("views"):
        app.register_blueprint(module.pages)
    known = {rule.permission for rule in TABLE}
    for endpoint, view in app.view_functions.items():
        if getattr(view, "permission", None) not in {*known, None}:
            raise LookupError(f"No rule in the access table names the permission of {endpoint}.")
