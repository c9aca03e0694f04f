"""What a school set of a plugin."""

from functools import lru_cache
from typing import Any

import msgspec

from events.log.context import current_school
from intranet.plugin_manager import installed
from intranet.schools.directory import school_of


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
