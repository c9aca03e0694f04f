"""What a plugin's page tells before it is switched on: how much of the past it shows, what it keeps, who may what."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import current_app
from flask_babel import gettext as _
from sqlalchemy import func, select

from events.frozen import frozen
from events.log.tables import event
from intranet.access import ANY, STAFF
from intranet.api import current_school, db, log
from intranet.as_of.previewing import PREVIEW
from intranet.hook_calls import ask_all
from intranet.need_to_know.kinds import RELATIONS
from intranet.people.duties import duty_title
from intranet.people.roster import roster
from intranet.plugin_manager import Installed, Plugin, installed, prefix_of
from intranet.schools.events import School


@frozen
class Row:
    """A plugin in the list of the school: whether it is on, and whether that can be changed."""

    plugin: Plugin
    on: bool
    always: bool


def rows() -> list[Row]:
    """Return every installed plugin, in order of title."""
    plugins = installed()
    on = plugins.enabled_for(current_school())
    every = [Row(plugin, plugin.name in on, plugin.manifest.always_enabled) for plugin in plugins]
    return sorted(every, key=lambda row: str(row.plugin.manifest.title).lower())


def preview_at(plugin: Plugin) -> str | None:
    """Return where the preview of a plugin begins: its first page, None when it has none of its own."""
    address = f"{prefix_of(plugin)}/"
    rules = {rule.rule for rule in current_app.url_map.iter_rules() if "GET" in (rule.methods or ())}
    return f"{address}?{PREVIEW}={plugin.name}" if address in rules else None


def past_events(plugins: Installed, plugin: Plugin) -> int:
    """Count the events of this school that would appear: those its tables are filled from, and its own."""
    handled = {
        log.registry.of_class(event_class).name
        for projection in log.projector.projections
        if projection.name.partition(".")[0] == plugin.name
        for event_class in projection.handlers
    }
    own = event.c.name.startswith(f"{plugin.name}.", autoescape=True)
    query = select(func.count()).where(event.c.school == current_school(), event.c.name.in_(handled) | own)
    return db.session.scalar(query) or 0


def contributed(hook: str, plugin: Plugin) -> list[Any]:
    """Return what one plugin answers to a hook for every installed plugin."""
    return [each for who, answer in ask_all(hook) if who is plugin for each in answer]


def kept_about_people(plugin: Plugin) -> list[tuple[str, str, str]]:
    """Return about whom a plugin keeps something, what for, and in which of its events; the same is said once."""
    where: dict[tuple[str, str], list[str]] = {}
    for each in contributed("personal_data", plugin):
        said = str(plugin.manifest.event_labels.get(each.event, each.event))
        found = where.setdefault((str(each.about), str(each.purpose)), [])
        if said not in found:
            found.append(said)
    return [(about, purpose, ", ".join(found)) for (about, purpose), found in where.items()]


def who_may(plugins: Installed, plugin: Plugin) -> Iterator[tuple[str, str]]:
    """Return each permission of a plugin in words, with who has it."""
    for permission in plugin.manifest.permissions:
        holders = [_holder(rule) for rule in plugins.rules[permission.name]]
        yield str(permission.title), ", ".join(holders)


def _holder(rule: Any) -> str:
    who = _("iedereen in dienst") if rule.duty == STAFF else str(duty_title(rule.duty))
    if rule.relation == ANY:
        return who
    return _("%(who)s (%(relation)s)", who=who, relation=RELATIONS.get(rule.relation, rule.relation))


@frozen
class Switched:
    """Once that a plugin was switched: when, by whom, and why."""

    at: datetime
    who: str
    on: bool
    reason: str


def history(plugin: Plugin) -> list[Switched]:
    """Return when a plugin was switched in this school, the newest first."""
    names = roster(current_school())
    kinds = {School.PluginEnabled: True, School.PluginDisabled: False}
    return [
        Switched(each.recorded_at, _name(names, each.actor_id), kinds[type(each)], each.reason)
        for each in reversed(list(log.events.get(current_school())))
        if type(each) in kinds and each.plugin == plugin.name
    ]


def _name(names: Any, person: UUID | None) -> str:
    if person is None:
        return _("Het systeem")
    return str(names[person].full) if person in names else _("Iemand die niet meer bekend is")
