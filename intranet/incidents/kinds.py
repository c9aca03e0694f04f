"""The words a school chooses from when it records an incident, as lists with the dates from which they count."""

from collections.abc import Collection
from dataclasses import field
from datetime import date, time

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from events.frozen import frozen
from events.incident import SERIOUS

BEGIN = date(2020, 8, 1)
OTHER = "other"
ANOTHER_TIME = "another_time"
JUST_NOW = "just_now"


@frozen
class Word:
    """A code that stays in the log for ever, with the words and picture by which people know it."""

    code: str
    label: LazyString
    icon: str = "circle-question-mark"
    hint: LazyString | None = None
    since: date = BEGIN
    until: date | None = None
    marks: frozenset[str] = field(default_factory=frozenset)

    def used_on(self, day: date) -> bool:
        """Tell whether this word can be chosen for something that happened on this day."""
        return self.since <= day and (self.until is None or day <= self.until)


MAIN = "main"
"""Shown as a tile; the others follow after 'Iets anders'."""
DANGER = "danger"
"""Somebody may be in danger now: 112 comes before the form."""
HOME = "home"
"""Signs of violence at home: the reporting code and Veilig Thuis (Wmo 2015, art. 1.1.1; facts 1.5)."""
STAFF_MATTER = "staff_matter"
"""About a member of staff and a pupil: straight to the board, never by way of a colleague (WPO art. 4a)."""


def _kind(code: str, label: LazyString, icon: str, *marks: str, hint: LazyString | None = None) -> Word:
    return Word(code, label, icon, hint, marks=frozenset(marks))


# Bullying is a course of things that happen, established later; one incident can only raise the suspicion.
KINDS = (
    _kind("quarrel", _l("Ruzie"), "swords", MAIN, hint=_l("Gelijk tegen gelijk, het botst.")),
    _kind("bullying_suspected", _l("Lijkt op pesten"), "user-x", MAIN, hint=_l("Steeds dezelfde, met opzet.")),
    _kind("physical_aggression", _l("Slaan of schoppen"), "hand-fist", MAIN),
    _kind("verbal_aggression", _l("Schelden"), "message-square-warning", MAIN),
    _kind("ran_away", _l("Weglopen"), "footprints", MAIN),
    _kind(OTHER, _l("Iets anders"), "circle-question-mark", MAIN),
    _kind("teasing", _l("Plagen"), "message-circle"),
    _kind("cyberbullying_suspected", _l("Lijkt op online pesten"), "smartphone"),
    _kind("exclusion", _l("Buitensluiten"), "users"),
    _kind("threat", _l("Bedreigen"), "shield-alert"),
    _kind("discrimination", _l("Discriminatie"), "scale"),
    _kind("sexual_transgression", _l("Seksueel grensoverschrijdend, tussen leerlingen"), "hand"),
    _kind("weapon", _l("Wapen"), "triangle-alert", DANGER),
    _kind("accident", _l("Ongeval of letsel"), "bandage"),
    _kind("vandalism", _l("Iets vernield"), "hammer"),
    _kind("theft", _l("Diefstal"), "wallet"),
    _kind("drugs", _l("Drugs of alcohol"), "circle-alert"),
    _kind("visitor_transgression", _l("Ouder of bezoeker gaat te ver"), "door-open"),
    _kind("home_safety_signs", _l("Zorg over thuis"), "house", HOME),
    _kind("staff_transgression", _l("Medewerker gaat te ver"), "flag", STAFF_MATTER),
)

OFFERED = tuple(kind for kind in KINDS if STAFF_MATTER not in kind.marks)
"""What can be chosen; a suspicion about staff has a route of its own, and old records with that kind stay shut."""

PLACES = (
    Word("playground", _l("Plein"), "trees"),
    Word("classroom", _l("Klas"), "school"),
    Word("hallway", _l("Gang"), "door-open"),
    Word("gym", _l("Gymzaal"), "activity"),
    Word("toilets", _l("Toilet"), "door-open"),
    Word("changing_room", _l("Kleedkamer"), "door-open"),
    Word("on_the_way", _l("Onderweg"), "footprints"),
    Word("trip", _l("Uitje of kamp"), "map-pin"),
    Word("online", _l("Online"), "smartphone"),
    Word("elsewhere", _l("Ergens anders"), "map-pin"),
)


@frozen
class Moment:
    """A part of the school day, with the time it usually begins: good enough to put records in order."""

    code: str
    label: LazyString
    begins: time


MOMENTS = (
    Moment("before_school", _l("Voor school"), time(8, 15)),
    Moment("lesson", _l("In de les"), time(9, 0)),
    Moment("small_break", _l("Kleine pauze"), time(10, 15)),
    Moment("big_break", _l("Grote pauze"), time(12, 0)),
    Moment("after_school", _l("Na school"), time(14, 15)),
)

ROLE_LABELS = {
    "involved": _l("betrokken"),
    "victim": _l("slachtoffer"),
    "alleged_perpetrator": _l("vermoedelijke dader"),
    "follower": _l("meeloper"),
    "witness": _l("getuige"),
    "defender": _l("verdediger"),
}

SEVERITY_LABELS = {
    1: _l("Licht"),
    2: _l("Matig"),
    3: _l("Ernstig"),
    4: _l("Crisis"),
}
SEVERITY_HINTS = {
    1: _l("Opgelost op de plek zelf."),
    2: _l("Vraagt een gesprek of afspraak."),
    3: _l("Er is schade of letsel, of het gaat steeds door."),
    4: _l("Iemand is nu in gevaar."),
}
SEVERITY_TONES = {1: "quiet", 2: "info", 3: "warn", 4: "bad"}

_KIND_BY_CODE = {kind.code: kind for kind in KINDS}
_PLACE_BY_CODE = {place.code: place for place in PLACES}
_MOMENT_BY_CODE = {moment.code: moment for moment in MOMENTS}


def kind_of(code: str) -> Word:
    """Return a kind by its code; a code that is no longer in the list shows as itself."""
    return _KIND_BY_CODE.get(code) or Word(code, code)


def place_of(code: str) -> Word:
    """Return a place by its code; a code that is no longer in the list shows as itself."""
    return _PLACE_BY_CODE.get(code) or Word(code, code)


def moment_label(code: str) -> LazyString | str:
    """Return the words for a part of the day."""
    moment = _MOMENT_BY_CODE.get(code)
    return moment.label if moment else code


def moment_of(code: str) -> Moment | None:
    """Return a part of the day by its code."""
    return _MOMENT_BY_CODE.get(code)


def kinds_on(day: date) -> tuple[Word, ...]:
    """Return the kinds that can be chosen for this day."""
    return tuple(kind for kind in KINDS if kind.used_on(day))


def with_mark(mark: str) -> frozenset[str]:
    """Return the codes of the kinds that carry a mark."""
    return frozenset(kind.code for kind in KINDS if mark in kind.marks)


def is_staff_matter(kinds: Collection[str]) -> bool:
    """Tell whether what has these kinds goes straight to the board."""
    return not with_mark(STAFF_MATTER).isdisjoint(kinds)


def is_serious(severity: int | None) -> bool:
    """Tell whether the board sees the whole record (facts 9.2)."""
    return severity is not None and severity >= SERIOUS
