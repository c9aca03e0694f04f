"""Kanjertraining in words: kinds, states, reasons, levels, and the themes that follow from the safety plan."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from flask_babel import format_date
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from intranet.api import Roster

from .events import CURATIVE, GIVEN, OTHER, PARENTS, PLANNED, PREVENTIVE, SKIPPED, WITHDRAWN
from .licensing import ELSEWHERE, LAPSED, NONE, SOON, VALID
from .planning import EVENLY, FORTNIGHTLY, GROUP_GONE, NOT_A_SCHOOL_DAY, SAME_DAY, WEEKLY

SHIPPED_THEMES = {
    UUID("6f0e7c52-3f0b-4d0e-9c36-0a5d3f2b8a11"): _l("Geheimen waarover je moet praten"),
    UUID("b1c94a0d-52d7-4f86-8d0e-7e6a1c9f4b22"): _l("Bij wie je terechtkunt op school"),
    UUID("2d8a6b3f-91c4-4c57-a2f1-5b0e9d7c6a33"): _l("Hulp buiten school"),
}
"""What the plan wants each group to hear every year (P5.3); their ids were drawn once and stay."""
KIND_LABELS = {
    PREVENTIVE: _l("Gewone les"),
    CURATIVE: _l("Extra les omdat het in de groep niet goed gaat"),
    PARENTS: _l("Les met ouders erbij"),
}
KIND_SHORT = {PREVENTIVE: _l("Kanjerles"), CURATIVE: _l("Extra kanjerles"), PARENTS: _l("Ouderles")}
KIND_ICONS = {PREVENTIVE: "book-open", CURATIVE: "heart-handshake", PARENTS: "users"}
STATE_LABELS = {
    PLANNED: _l("gepland"),
    GIVEN: _l("gegeven"),
    SKIPPED: _l("niet doorgegaan"),
    WITHDRAWN: _l("vervallen"),
}
STATE_TONES = {PLANNED: "info", GIVEN: "ok", SKIPPED: "quiet", WITHDRAWN: "quiet"}
STATE_ICONS = {PLANNED: "calendar-clock", GIVEN: "check", SKIPPED: "calendar-x", WITHDRAWN: "x"}
REASON_LABELS = {
    "absent": _l("De leerkracht was er niet"),
    "no_licence": _l("Er was niemand met een licentie"),
    "no_school": _l("Er was geen les op die dag"),
    "made_room": _l("Iets anders ging voor"),
    OTHER: _l("Iets anders"),
}
LEVEL_LABELS = {
    "a": _l("Licentie A"),
    "b": _l("Licentie B"),
    "c": _l("Licentie C"),
    "refresher": _l("Nascholing"),
}
WAVE_LABELS = {"autumn": _l("KanVAS in het najaar"), "spring": _l("KanVAS in het voorjaar")}
PACE_LABELS = {
    EVENLY: _l("Verspreid over het schooljaar"),
    WEEKLY: _l("Elke week"),
    FORTNIGHTLY: _l("Om de week"),
}
STANDING_LABELS = {
    VALID: _l("geldig"),
    SOON: _l("loopt bijna af"),
    LAPSED: _l("verlopen"),
    ELSEWHERE: _l("op naam van een andere school"),
    NONE: _l("geen licentie"),
}
STANDING_TONES = {VALID: "ok", SOON: "warn", LAPSED: "bad", ELSEWHERE: "warn", NONE: "quiet"}
CONFLICT_LABELS = {
    NOT_A_SCHOOL_DAY: _l("Op deze dag is er geen school."),
    SAME_DAY: _l("Op deze dag staat nog een les."),
    GROUP_GONE: _l("Deze groep is er niet meer."),
}
FREE_LABELS = {"holiday": _l("vakantie"), "study_day": _l("studiedag"), "other": _l("vrije dag")}
WEEKDAYS = range(1, 6)
MONDAY = date(2026, 11, 23)


def weekday_label(number: int) -> str:
    """Return a weekday; 1 is Monday."""
    return str(format_date(MONDAY + timedelta(days=number - 1), "EEEE"))


def day_label(day: date) -> str:
    """Return a day as people say it: "di 8 sep."."""
    return str(format_date(day, "EEE d MMM"))


def group_label(group_id: UUID, people: Roster) -> str:
    """Return a group by name, also one that stopped."""
    found = people.groups.get(group_id)
    return found.name if found else _("een groep die er niet meer is")


def person_label(person_id: UUID | None, people: Roster) -> str:
    """Return somebody by name, also one who left."""
    if person_id is None:
        return ""
    return people[person_id].full if person_id in people else _("iemand die niet meer bekend is")


def groups_in_words(year_groups: str | tuple[str, ...]) -> str:
    """Return year groups as people write them: "groep 5", "groep 1 en 2", "groep 5 t/m 8"."""
    codes = year_groups.split() if isinstance(year_groups, str) else list(year_groups)
    first, last = codes[0], codes[-1]
    if len(codes) > 2 and codes == [str(number) for number in range(int(first), int(last) + 1)]:
        return _("groep %(first)s t/m %(last)s", first=first, last=last)
    if len(codes) > 1:
        return _("groep %(first)s en %(last)s", first=", ".join(codes[:-1]), last=last)
    return _("groep %(numbers)s", numbers=first)


def lesson_title(row: Any, topics: Any) -> str:
    """Return what a lesson is called: as in its programme, or by its kind."""
    found = topics.get(row.topic) if row.topic else None
    return str(found.title) if found else str(KIND_SHORT[row.kind])
