"""The duties of the safety plan and of plugins: their names, which must always be held, and who holds what on a day."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

DUTIES = {
    "teacher": _l("leerkracht"),
    "teaching_assistant": _l("onderwijsassistent"),
    "support_staff": _l("ondersteunend medewerker"),
    "head_teacher": _l("directeur"),
    "executive_director": _l("directeur-bestuurder"),
    "management_team": _l("lid van het managementteam"),
    "administrator": _l("beheerder"),
    "care_coordinator": _l("intern begeleider"),
    "protection_officer": _l("aandachtsfunctionaris"),
    "confidential_adviser": _l("vertrouwenspersoon"),
    "bullying_coordinator": _l("anti-pestcoördinator"),
    "bullying_contact": _l("aanspreekpunt pesten"),
    "emergency_responder": _l("BHV'er"),
    "prevention_officer": _l("preventiemedewerker"),
    "participation_council": _l("lid van de MR"),
    "dpo": _l("functionaris gegevensbescherming"),
    "supervisory_board": _l("lid van de raad van toezicht"),
}
"""Code → what the duty is called, in the order of the duty register."""

ALWAYS_HELD = (
    "confidential_adviser",
    "care_coordinator",
    "bullying_coordinator",
    "bullying_contact",
    "emergency_responder",
    "prevention_officer",
    "protection_officer",
)
"""The tasks that plan P3.1 wants assigned at every moment; WPO art. 4c asks for both bullying duties."""

SOON = timedelta(days=30)

_of_plugins: dict[str, Any] = {}


def bring(duties: Mapping[str, Any]) -> None:
    """Let a plugin's duties be given to people from now on; the log keeps their codes, also without the plugin."""
    _of_plugins.update(duties)


def every_duty() -> dict[str, Any]:
    """Return what each duty is called: those of the core, then those of the installed plugins."""
    return {**DUTIES, **_of_plugins}


def duty_title(duty: str) -> Any:
    """Return what a duty is called, also one of a plugin that is not installed any more."""
    return every_duty().get(duty, _("een taak van een onderdeel dat er niet meer is"))


class Holding(NamedTuple):
    """One person holding one duty; `until` is the last day, None when no end is known."""

    person: UUID
    duty: str
    since: date
    until: date | None

    def holds_on(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day <= self.until)


class Gap(NamedTuple):
    """A duty that nobody holds now (`ends` None), or that nobody holds after the day `ends`."""

    duty: str
    ends: date | None


def held_on(holdings: Iterable[Holding], day: date) -> dict[str, list[Holding]]:
    """Return who holds each duty on a day; a duty that nobody holds has an empty list."""
    held: dict[str, list[Holding]] = {duty: [] for duty in DUTIES}
    for holding in holdings:
        if holding.holds_on(day):
            held.setdefault(holding.duty, []).append(holding)
    return held


def gaps(holdings: Iterable[Holding], today: date) -> list[Gap]:
    """Return the duties that should be held and are not, now or within `SOON`."""
    holdings = list(holdings)
    now, later = held_on(holdings, today), held_on(holdings, today + SOON)
    found = [Gap(duty, None) for duty in ALWAYS_HELD if not now[duty]]
    for duty in ALWAYS_HELD:
        if now[duty] and not later[duty]:
            found.append(Gap(duty, max(holding.until or today for holding in now[duty])))
    return found


def duties_of(holdings: Mapping[UUID, Iterable[Holding]], person: UUID, day: date) -> frozenset[str]:
    """Return the duties that a person holds on a day."""
    return frozenset(holding.duty for holding in holdings.get(person, ()) if holding.holds_on(day))
