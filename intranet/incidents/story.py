"""What happened with one incident, event by event, in words: what was said first stays beside what came later."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from flask_login import current_user

from events.frozen import frozen
from events.incident import Incident
from intranet.api import log
from intranet.follow_up import telling as following
from intranet.incidents.kinds import (
    KINDS,
    ROLE_LABELS,
    SEVERITY_LABELS,
    SEVERITY_TONES,
    kind_of,
    moment_label,
    place_of,
)
from intranet.incidents.moments import lateness, moment_in_words
from intranet.notes import telling as noting
from intranet.people.mentions import to_html
from intranet.people.roster import Roster
from intranet.sharing import telling as sharing

Item = dict[str, Any]
_ORDER = {kind.code: number for number, kind in enumerate(KINDS)}


@frozen
class Story:
    """An incident as it stands, who recorded it and when, and how it came to stand so."""

    incident: Incident
    reporter: UUID | None
    recorded_at: datetime
    items: list[Item]


@frozen
class Before:
    """The facts as they were before a correction."""

    kinds: tuple[str, ...]
    place: str | None
    moment: str | None
    happened_at: datetime
    group_id: UUID | None
    unknown_persons: bool
    account: str


def story_of(incident_id: UUID, people: Roster) -> Story:
    """Read an incident from the log and tell it, the first event first."""
    incident: Any = None
    items: list[Item] = []
    first: Any = None
    for event in log.events.get(incident_id):
        before = _facts(incident)
        incident = event.mutate(incident)
        first = first or event
        told = _tell(event, before, people)
        items.append({"at": event.recorded_at, "actor": who(people, event.actor_id), "event": event, **told})
    return Story(incident, first.actor_id, first.recorded_at, noting.as_they_stand(items, incident))


def _facts(incident: Incident | None) -> Before | None:
    if incident is None:
        return None
    return Before(
        incident.kinds,
        incident.place,
        incident.moment,
        incident.happened_at,
        incident.group_id,
        incident.unknown_persons,
        incident.account,
    )


def who(people: Roster, person_id: UUID | None) -> str:
    """Return somebody's name; who is erased or unknown has a word."""
    if person_id is None:
        return _("Het systeem")
    name = people.get(person_id)
    return _("iemand die niet meer bekend is") if name is None else name.full


def kinds_in_words(codes: Iterable[str]) -> str:
    """Return kinds in words, in the order of the list."""
    return ", ".join(str(kind_of(code).label) for code in in_order(codes))


def in_order(codes: Iterable[str]) -> list[str]:
    """Return the codes of kinds in the order of the list."""
    return sorted(codes, key=lambda code: _ORDER.get(code, len(_ORDER)))


def _tell(event: Any, before: Before | None, people: Roster) -> Item:
    if (later := following.told(event, people) or sharing.told(event, people) or noting.told(event)) is not None:
        return later
    tell = _TELL.get(type(event))
    if tell is None:
        return {"title": _("Iets wat dit programma niet kan lezen"), "icon": "circle-question-mark", "tone": "quiet"}
    return tell(event, before, people)


def _reported(event: Any, _before: Before | None, _people: Roster) -> Item:
    return {
        "title": _("Vastgelegd"),
        "icon": "clipboard-list",
        "tone": "info",
        "recorded_late": lateness(event.happened_at, event.recorded_at),
    }


def _corrected(event: Any, before: Before, people: Roster) -> Item:
    unknown = _("niet ingevuld")
    pairs = [
        (_("Wat"), kinds_in_words(before.kinds), kinds_in_words(event.kinds)),
        (_("Waar"), _place(before.place, unknown), _place(event.place, unknown)),
        (_("Wanneer"), moment_in_words(before.happened_at), moment_in_words(event.happened_at)),
        (_("Deel van de dag"), _moment(before.moment, unknown), _moment(event.moment, unknown)),
        (_("Groep"), group_in_words(before.group_id, people), group_in_words(event.group_id, people)),
        (_("Wie erbij waren"), _known(before.unknown_persons), _known(event.unknown_persons)),
    ]
    if event.account is not None:
        pairs.append((_("Wat je zag"), to_html(before.account, current_user), to_html(event.account, current_user)))
    return {
        "title": _("Verbeterd"),
        "line": to_html(event.reason, current_user),
        "icon": "pencil",
        "tone": "warn",
        "changes": [(name, old, new) for name, old, new in pairs if old != new],
    }


def _place(code: str | None, unknown: str) -> str:
    return str(place_of(code).label) if code else unknown


def _moment(code: str | None, unknown: str) -> str:
    return str(moment_label(code)) if code else unknown


def _known(unknown_persons: bool) -> str:
    return _("niet iedereen is bekend") if unknown_persons else _("iedereen is bekend")


def group_in_words(group_id: UUID | None, people: Roster) -> str:
    """Return the name of a group."""
    if group_id is None:
        return _("geen groep")
    group = people.groups.get(group_id)
    return group.name if group else _("een groep die er niet meer is")


def role_in_words(role: str) -> str:
    """Return the words for a part."""
    return str(ROLE_LABELS.get(role, role))


def _added(event: Any, _before: Before | None, people: Roster) -> Item:
    title = _("%(person)s toegevoegd als %(role)s", person=who(people, event.person_id), role=role_in_words(event.role))
    return {"title": title, "icon": "user-plus", "tone": "info"}


def _changed(event: Any, _before: Before | None, people: Roster) -> Item:
    name = who(people, event.person_id)
    return {
        "title": _("Rol veranderd"),
        "icon": "users",
        "tone": "info",
        "changes": [(name, role_in_words(event.was), role_in_words(event.role))],
    }


def _withdrawn(event: Any, _before: Before | None, people: Roster) -> Item:
    return {
        "title": _("%(person)s hoort er niet bij", person=who(people, event.person_id)),
        "line": to_html(event.reason, current_user),
        "icon": "user-x",
        "tone": "warn",
    }


def _assessed(event: Any, _before: Before | None, _people: Roster) -> Item:
    return {
        "title": _("Ernst bepaald"),
        "line": to_html(event.reason, current_user) if event.reason else None,
        "icon": "scale",
        "tone": SEVERITY_TONES.get(event.level, "quiet"),
        "badge": (str(SEVERITY_LABELS.get(event.level, event.level)), SEVERITY_TONES.get(event.level, "quiet")),
    }


def _shielded(event: Any, _before: Before | None, _people: Roster) -> Item:
    return {
        "title": _("Vertrouwelijk gemaakt") if event.confidential else _("Niet meer vertrouwelijk"),
        "line": to_html(event.reason, current_user),
        "icon": "lock" if event.confidential else "eye",
        "tone": "warn",
    }


def _grew(_event: Any, _before: Before | None, _people: Roster) -> Item:
    return {"title": _("Kwam uit een signaal"), "icon": "eye", "tone": "info"}


_TELL: dict[type, Callable[[Any, Any, Roster], Item]] = {
    Incident.Reported: _reported,
    Incident.Corrected: _corrected,
    Incident.InvolvementAdded: _added,
    Incident.InvolvementChanged: _changed,
    Incident.InvolvementWithdrawn: _withdrawn,
    Incident.SeverityAssessed: _assessed,
    Incident.ConfidentialityChanged: _shielded,
    Incident.GrewFromSignal: _grew,
}
