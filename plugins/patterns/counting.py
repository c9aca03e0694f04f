"""Counting what happened: the five questions of the Big 5, over plain values; no database, no words, no names."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from intranet.api import SchoolCalendar, SchoolYear

from .events import BOTH, INCIDENT

FEW = 5
"""Below this a number is written as it is inside the team, never as a share, and not at all outside (facts 2.3)."""
ONE, SOME, MANY = "1", "2-5", "6+"
NOT_SAID = "none"
"""What a filter says of a place or a part of the day that nobody filled in."""


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that happened, as every source of patterns tells it; times are those of the school."""

    id: UUID
    at: datetime
    recorded_at: datetime
    kinds: frozenset[str]
    place: str | None = None
    moment: str | None = None
    group: UUID | None = None
    severity: int | None = None
    parts: tuple[tuple[UUID, str], ...] = ()
    source: str = INCIDENT
    positive: bool = False
    became: UUID | None = None
    """The incident that a signal became: where both are counted, it counts as that incident and not twice."""

    def counts_for(self, source: str) -> bool:
        """Tell whether it is among what a source has; what goes well never is, that is counted apart."""
        if self.positive:
            return False
        return self.source == source if source != BOTH else self.became is None

    @property
    def day(self) -> date:
        """The day on which it happened."""
        return self.at.date()

    @property
    def delay(self) -> int:
        """How many days later it was recorded."""
        return max((self.recorded_at.date() - self.day).days, 0)

    @property
    def people(self) -> frozenset[UUID]:
        """Everybody who had a part, once."""
        return frozenset(person for person, _role in self.parts)


FILTERS = ("month", "kind", "place", "moment", "weekday", "group")


@dataclass(frozen=True, slots=True)
class Question:
    """What somebody looks at: a school year, narrowed by what they touched; each field is one word of the address."""

    year: SchoolYear
    month: int | None = None
    kind: str | None = None
    place: str | None = None
    moment: str | None = None
    weekday: int | None = None
    group: UUID | None = None
    source: str = INCIDENT

    @property
    def chosen(self) -> dict[str, str]:
        """Return the filters that say something, as they stand in an address and in the log."""
        said = {name: getattr(self, name) for name in FILTERS}
        return {name: value.hex if isinstance(value, UUID) else str(value) for name, value in said.items() if value}

    @property
    def parameters(self) -> dict[str, str]:
        """Return all parameters of the address."""
        return {"year": str(self.year.begins), **self.of_what, **self.chosen}

    @property
    def of_what(self) -> dict[str, str]:
        """Return which source is counted; incidents go without saying."""
        return {} if self.source == INCIDENT else {"source": self.source}

    @property
    def as_pattern(self) -> dict[str, str]:
        """Return what a measure is about; a source without a filter is no pattern."""
        return {**self.chosen, **self.of_what} if self.chosen else {}

    def narrowed(self, **filters: Any) -> "Question":
        """Return the same question with more (or, with None, fewer) filters."""
        return replace(self, **filters)

    def holds(self, happening: Happening) -> bool:
        """Tell whether a happening is among what is asked for."""
        return happening.counts_for(self.source) and self._fits(happening)

    def _fits(self, happening: Happening) -> bool:
        return (
            self.year.first <= happening.day <= self.year.last
            and self.month in (None, happening.day.month)
            and self.weekday in (None, happening.day.isoweekday())
            and (self.kind is None or self.kind in happening.kinds)
            and self.place in (None, happening.place or NOT_SAID)
            and self.moment in (None, happening.moment or NOT_SAID)
            and self.group in (None, happening.group)
        )

    def of(self, happenings: Iterable[Happening]) -> list[Happening]:
        """Return what is asked for, each thing once."""
        return list({each.id: each for each in happenings if self.holds(each)}.values())

    def going_well(self, happenings: Iterable[Happening]) -> list[Happening]:
        """Return what was seen to go well in the same days and group, each thing once: never a part of a problem."""
        asked = self.narrowed(kind=None, place=None, moment=None)
        return list({each.id: each for each in happenings if each.positive and asked._fits(each)}.values())


@dataclass(frozen=True, slots=True)
class Month:
    """A month of a school year: what was recorded, on how many school days that have been."""

    first: date
    count: int
    school_days: int

    @property
    def per_day(self) -> float | None:
        """How many a school day; None for a month without school."""
        return self.count / self.school_days if self.school_days else None


def per_month(happenings: Sequence[Happening], calendar: SchoolCalendar, year: SchoolYear, until: date) -> list[Month]:
    """Return each month of a year up to a day, with its school days."""
    counted = Counter((each.day.year, each.day.month) for each in happenings)
    months = []
    for first in year.months:
        if first <= until:
            last = min(last_of(first), until)
            months.append(Month(first, counted[first.year, first.month], calendar.count(first, last)))
    return months


def last_of(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def by(happenings: Iterable[Happening], what: Callable[[Happening], Any]) -> Counter[Any]:
    """Count happenings by one thing about each."""
    return Counter(what(each) for each in happenings)


def by_kind(happenings: Iterable[Happening]) -> Counter[str]:
    """Count by kind; something of two kinds counts for both."""
    return Counter(kind for each in happenings for kind in each.kinds)


def by_place_and_moment(happenings: Iterable[Happening]) -> Counter[tuple[str, str]]:
    """Count by place and part of the day together."""
    return Counter((each.place or NOT_SAID, each.moment or NOT_SAID) for each in happenings)


def times_of_pupils(happenings: Iterable[Happening], pupils: frozenset[UUID]) -> Counter[UUID]:
    """Count for each of these pupils in how many things they had a part; several parts in one count once."""
    return Counter(person for each in happenings for person in each.people & pupils)


def distribution(times: Mapping[UUID, int]) -> dict[str, int]:
    """Return how many pupils there are with 1, with 2 to 5, and with 6 or more (facts 2.3)."""
    counted = Counter(ONE if each == 1 else SOME if each <= 5 else MANY for each in times.values())
    return {step: counted[step] for step in (ONE, SOME, MANY)}


def left_out(counts: Sequence[int]) -> list[bool]:
    """Return which numbers may not leave the team: those under five, and never one alone, which a sum would tell."""
    out = [count < FEW for count in counts]
    if sum(out) == 1 and len(counts) > 1:
        smallest = min((count, at) for at, count in enumerate(counts) if not out[at])[1]
        out[smallest] = True
    return out


DELAYS = ("0", "1", "2-5", "6+")


def delays(happenings: Iterable[Happening]) -> dict[str, int]:
    """Return how many were recorded the same day, a day later, 2 to 5 days later, and later still."""
    counted = Counter(
        "0" if each.delay == 0 else "1" if each.delay == 1 else "2-5" if each.delay <= 5 else "6+"
        for each in happenings
    )
    return {step: counted[step] for step in DELAYS}


@dataclass(frozen=True, slots=True)
class Registering:
    """How a group registers: how often, and how many school days since the last time (None: not this year)."""

    group: UUID
    count: int
    quiet_days: int | None


def registering(
    happenings: Sequence[Happening], groups: Iterable[UUID], calendar: SchoolCalendar, today: date
) -> list[Registering]:
    """Return each group in the order given: that order is by name, because counts are no ranking (facts 13.12)."""
    newest: dict[UUID | None, date] = {}
    for each in happenings:
        newest[each.group] = max(each.day, newest.get(each.group, each.day))
    counted = by(happenings, lambda each: each.group)
    return [Registering(group, counted[group], _quiet(newest.get(group), calendar, today)) for group in groups]


def _quiet(last: date | None, calendar: SchoolCalendar, today: date) -> int | None:
    return None if last is None else calendar.count(last + timedelta(days=1), today)


@dataclass(frozen=True, slots=True)
class Filled:
    """How many records lack something that figures need."""

    total: int
    without_place: int
    without_moment: int
    without_group: int
    without_severity: int
    without_people: int = field(default=0)


def filled(happenings: Sequence[Happening]) -> Filled:
    """Count what was left open."""
    return Filled(
        len(happenings),
        sum(each.place is None for each in happenings),
        sum(each.moment is None for each in happenings),
        sum(each.group is None for each in happenings),
        sum(each.severity is None for each in happenings),
        sum(not each.parts for each in happenings),
    )
