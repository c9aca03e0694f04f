"""What was done with one signal, event by event, in words."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import url_for
from flask_babel import gettext as _
from flask_login import current_user

from events.frozen import frozen
from events.signal import Signal
from intranet.api import log
from intranet.incidents.moments import lateness
from intranet.incidents.story import Item, who
from intranet.people.mentions import to_html
from intranet.people.roster import Roster
from intranet.sharing import telling as sharing
from intranet.signals.kinds import PARTNER_LABELS


@frozen
class Story:
    """A signal as it stands, who wrote it down and when, and what was done with it."""

    signal: Signal
    reporter: UUID | None
    recorded_at: datetime
    items: list[Item]


def story_of(signal_id: UUID, people: Roster) -> Story:
    """Read a signal from the log and tell it, the first event first."""
    signal: Any = None
    items: list[Item] = []
    first: Any = None
    for event in log.events.get(signal_id):
        signal = event.mutate(signal)
        first = first or event
        told = sharing.told(event, people) or _TELL.get(type(event), _unknown)(event, people)
        told = {"actor": who(people, event.actor_id), "event": event, **told}
        items.append({"at": event.recorded_at, **told})
    return Story(signal, first.actor_id, first.recorded_at, items)


def _words(text: str) -> str:
    return to_html(text, current_user)


def _unknown(_event: Any, _people: Roster) -> Item:
    return {"title": _("Iets wat dit programma niet kan lezen"), "icon": "circle-question-mark", "tone": "quiet"}


def _recorded(event: Any, _people: Roster) -> Item:
    late = lateness(event.happened_at, event.recorded_at)
    return {"title": _("Vastgelegd"), "icon": "eye", "tone": "info", "recorded_late": late}


def _talked(event: Any, _people: Roster) -> Item:
    partner = str(PARTNER_LABELS.get(event.partner, event.partner)).lower()
    return {
        "title": _("Gepraat %(partner)s", partner=partner),
        "line": _words(event.words),
        "icon": "message-circle",
        "tone": "ok",
    }


def _taken_to_support_team(event: Any, _people: Roster) -> Item:
    title = _("Naar het ondersteuningsteam")
    return {"title": title, "line": _words(event.question), "icon": "users", "tone": "info"}


def _was_escalated(event: Any, _people: Roster) -> Item:
    title = _("Voorgelegd aan de directeur")
    return {"title": title, "line": _words(event.reason), "icon": "flag", "tone": "warn"}


def _became_incident(event: Any, _people: Roster) -> Item:
    href = url_for("incidents.incident", incident_id=event.incident_id)
    return {"title": _("Werd een incident"), "icon": "clipboard-list", "tone": "warn", "href": href}


def _was_closed(event: Any, _people: Roster) -> Item:
    return {"title": _("Afgesloten"), "line": _words(event.reason), "icon": "circle-check", "tone": "ok"}


def _was_reopened(event: Any, _people: Roster) -> Item:
    return {"title": _("Weer geopend"), "line": _words(event.reason), "icon": "rotate-ccw", "tone": "warn"}


_TELL: dict[type, Callable[[Any, Roster], Item]] = {
    Signal.Recorded: _recorded,
    Signal.TalkHeld: _talked,
    Signal.TakenToSupportTeam: _taken_to_support_team,
    Signal.Escalated: _was_escalated,
    Signal.BecameIncident: _became_incident,
    Signal.Closed: _was_closed,
    Signal.Reopened: _was_reopened,
}
