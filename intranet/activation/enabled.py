"""What a school switched on, and what it set: asked on every page."""

from functools import lru_cache
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import bindparam, select

from events.log.context import current_school
from intranet.database import log
from intranet.plugin_manager import installed
from intranet.schools.directory import school_of
from intranet.schools.projections import plugin as switched

_on = select(switched.c.plugin).where(switched.c.school == bindparam("of_school"), switched.c.enabled)


def names(school: UUID) -> frozenset[str]:
    """Return the names of the plugins that a school switched on."""
    with log.read() as connection:
        return frozenset(connection.scalars(_on, {"of_school": school}))


def plugin_settings(plugin: str) -> dict[str, Any]:
    """Return the settings of a plugin in the school acted in, by field name: what was set, over the form's defaults.

    Raises KeyError for a plugin that is not installed.
    """
    manifest = installed().by_name[plugin].manifest
    kept = school_of(current_school()).record.plugin_settings.get(plugin, "{}")
    return {**_defaults(manifest.settings_form), **msgspec.json.decode(kept)}


@lru_cache(maxsize=64)
def _defaults(form: type | None) -> dict[str, Any]:
    if form is None:
        return {}
    fields = {name: getattr(form, name) for name in dir(form) if hasattr(getattr(form, name), "field_class")}
    return {name: field.kwargs.get("default") for name, field in fields.items() if name != "once"}
