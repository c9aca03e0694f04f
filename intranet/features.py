"""The core's own features, in the order of their names in the menu and of their setting up."""

from collections.abc import Iterator
from contextvars import Context
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType
from typing import Any, cast

from flask import Blueprint, Flask
from flask.blueprints import BlueprintSetupState

from events.log.kinds import registry
from events.log.projection import Projection
from intranet.access import TABLE

FEATURES = (
    "schools",
    "calendar",
    "people",
    "accounts",
    # After accounts: who lacks a token or a second factor hears that first, whatever page they ask for.
    "activation",
    "need_to_know",
    "screens",
    "home",
    "exports",
    "incidents",
    "follow_up",
    "signals",
    "cases",
    "promises",
    "sharing",
    "files",
    "body_map",
    "staff_matters",
    "law",
    "chronology",
    "search",
    "emergency",
    "notices",
    "agenda",
    "audit",
)


def modules(name: str) -> Iterator[ModuleType]:
    """Return the modules of this name that features have, in the order of the features."""
    for feature in FEATURES:
        module = f"intranet.{feature}.{name}"
        if find_spec(f"intranet.{feature}") and find_spec(module):
            yield import_module(module)


def projections() -> list[Projection]:
    """Return the projections of all features; one instance each, in a fixed order."""
    return [projection for module in modules("projections") for projection in module.PROJECTIONS]


def blueprints() -> list[Blueprint]:
    """Return the pages of all features."""
    return [module.pages for module in modules("views")]


@cache
def taken_names() -> frozenset[str]:
    """Return the names that no plugin can have: of features, and what begins an address or the name of an event."""
    # In a context of its own: views being imported must not look for sentences in the current application.
    addresses = {begin for pages in Context().run(blueprints) for begin in _Begins.of(pages)}
    ours = (kind for kind in registry if kind.aggregate.__module__.partition(".")[0] in ("events", "intranet"))
    return frozenset(addresses | {kind.name.partition(".")[0] for kind in ours} | {*FEATURES, "static", "intranet"})


class _Begins(BlueprintSetupState):
    """Hears where the addresses of pages begin; an application that serves them takes a tenth of a second to build."""

    begins: set[str]

    @classmethod
    def of(cls, pages: Blueprint) -> set[str]:
        """Return the first part of every address of these pages, as a name."""
        heard = cls(pages, cast(Flask, None), {}, first_registration=False)
        heard.begins = set()
        for register in pages.deferred_functions:
            register(heard)
        return heard.begins

    def add_url_rule(self, rule: str, *_view: Any, **_options: Any) -> None:
        """Hear one address."""
        address = f"{self.url_prefix or ''}/{rule.lstrip('/')}"
        self.begins.add(address.split("/")[1].replace("-", "_"))


def mount(app: Flask) -> None:
    """Register the pages of every feature and run what it sets up once."""
    for module in modules("setup"):
        module.setup(app)
    for pages in blueprints():
        app.register_blueprint(pages)
    known = {rule.permission for rule in TABLE}
    for endpoint, view in app.view_functions.items():
        if getattr(view, "permission", None) not in {*known, None}:
            raise LookupError(f"No rule in the access table names the permission of {endpoint}.")
