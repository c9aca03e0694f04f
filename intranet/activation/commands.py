"""Switching plugins on and off, and setting them. One function, one intention, one save."""

from typing import Any

import msgspec

from intranet.api import current_school, log
from intranet.schools.events import School


def enable_plugin(plugin: str, reason: str) -> None:
    """Switch a plugin on for the school that is acted in. Raises `Refused` without a reason, or when it is on."""
    school = log.get(School, current_school())
    school.enable(plugin, reason)
    log.save(school)


def disable_plugin(plugin: str, reason: str) -> None:
    """Switch a plugin off for the school that is acted in. Raises `Refused` without a reason, or when it is off."""
    school = log.get(School, current_school())
    school.disable(plugin, reason)
    log.save(school)


def set_plugin(plugin: str, values: dict[str, Any]) -> None:
    """Keep the settings of a plugin, as its form gave them; the same ones record nothing."""
    school = log.get(School, current_school())
    school.set_plugin(plugin, msgspec.json.encode(values, order="sorted").decode())
    log.save(school)
