"""Rules that warn: when one would warn, and what it would have done last year. Plain values, no database, no clock."""

from bisect import bisect_right, insort
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from intranet.api import SchoolCalendar

from .counting import Happening
from .events import GROUP, INCIDENT, PLACE, PUPIL_PERPETRATOR, PUPIL_VICTIM

ROLES = {PUPIL_VICTIM: "victim", PUPIL_PERPETRATOR: "alleged_perpetrator"}
SERIOUS = 3
Subject = UUID | str


@dataclass(frozen=True, slots=True)
class Threshold:
    """Somebody or some place, so often, in so many school days; `kinds` empty means whatever happened."""

    who: str
    times: int
    days: int
    kinds: frozenset[str] = frozenset()
    source: str = INCIDENT

    def subjects(self, happening: Happening, pupils: frozenset[UUID]) -> Iterator[Subject]:
        """Give whom or what a happening counts for; each once, whatever number of parts somebody had in it."""
        if not happening.counts_for(self.source) or (self.kinds and self.kinds.isdisjoint(happening.kinds)):
            return
        if self.who == GROUP:
            yield from [happening.group] if happening.group else []
        elif self.who == PLACE:
            yield from [happening.place] if happening.place else []
        else:
            wanted = ROLES.get(self.who)
            in_it = {person for person, role in happening.parts if wanted in (None, role)}
            yield from sorted(in_it & pupils)


class SchoolDays:
    """Numbers school days, so that "within ten school days" is a subtraction."""

    def __init__(self, calendar: SchoolCalendar, first: date, last: date):
        self._days = calendar.school_days(first, last)

    def number(self, day: date) -> int:
        """Return the number of a day; a day without school has that of the school day before it."""
        return bisect_right(self._days, day)


@dataclass(frozen=True, slots=True)
class Warning:
    """A warning: about whom or what, after which happening, and what it counted."""

    subject: Subject
    after: UUID
    day: date
    counted: tuple[UUID, ...]


class Watch:
    """Follows one threshold while things are recorded, in whatever order they happened; warns at most once a window."""

    def __init__(self, threshold: Threshold, days: SchoolDays, pupils: frozenset[UUID]):
        self.threshold, self.days, self.pupils = threshold, days, pupils
        self._seen: dict[Subject, list[tuple[int, UUID]]] = defaultdict(list)
        self._known: set[tuple[Subject, UUID]] = set()
        self._warned: dict[Subject, list[int]] = defaultdict(list)

    def take_in(self, happening: Happening) -> list[Subject]:
        """Count a happening without warning, and return whom it newly counts for; the same one counts once."""
        number = self.days.number(happening.day)
        found = []
        for subject in self.threshold.subjects(happening, self.pupils):
            if (subject, happening.id) not in self._known:
                self._known.add((subject, happening.id))
                insort(self._seen[subject], (number, happening.id))
                found.append(subject)
        return found

    def record(self, happening: Happening) -> list[Warning]:
        """Take in a happening and return the warnings it gives. The same happening again gives none."""
        found = []
        number = self.days.number(happening.day)
        for subject in self.take_in(happening):
            counted = self._fullest_window(subject, number)
            if len(counted) >= self.threshold.times and not self._is_warned(subject, number):
                self._warned[subject].append(number)
                found.append(Warning(subject, happening.id, happening.day, counted))
        return found

    def already_warned(self, subject: Subject, day: date) -> None:
        """Say that a warning about somebody was given on a day: no other comes in the same window."""
        self._warned[subject].append(self.days.number(day))

    def _fullest_window(self, subject: Subject, number: int) -> tuple[UUID, ...]:
        """Return what is in the fullest stretch of the threshold's days that holds this day."""
        near = [each for each in self._seen[subject] if abs(each[0] - number) < self.threshold.days]
        best: tuple[UUID, ...] = ()
        for end, _id in near:
            begin = end - self.threshold.days + 1
            if begin <= number <= end:
                window = tuple(each for at, each in near if begin <= at <= end)
                best = max(best, window, key=len)
        return best

    def _is_warned(self, subject: Subject, number: int) -> bool:
        return any(abs(number - earlier) < self.threshold.days for earlier in self._warned[subject])


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came after a warning for the same subject, by when things happened."""

    warning: Warning
    later: int
    days_until_last: int
    days_until_serious: int | None


@dataclass(frozen=True, slots=True)
class Replayed:
    """What a threshold would have done: its warnings in order, and the serious things it would have missed."""

    outcomes: tuple[Outcome, ...]
    considered: int
    school_days: int
    missed: int

    @property
    def followed(self) -> list[Outcome]:
        """Return the warnings after which something happened again."""
        return [each for each in self.outcomes if each.later]

    @property
    def quiet(self) -> int:
        """How many warnings came after which nothing happened any more: solved, or noise."""
        return len(self.outcomes) - len(self.followed)

    @property
    def per_week(self) -> float:
        """How many warnings there would have been a week of five school days."""
        return 5 * len(self.outcomes) / self.school_days if self.school_days else 0.0

    @property
    def days_ahead(self) -> float | None:
        """How many school days a warning came before the last time, on average over those that were followed."""
        return sum(each.days_until_last for each in self.followed) / len(self.followed) if self.followed else None

    @property
    def before_serious(self) -> list[int]:
        """Return how many school days before a serious incident a warning came, for each that did."""
        return [each.days_until_serious for each in self.outcomes if each.days_until_serious is not None]


def replay(
    threshold: Threshold,
    happenings: Iterable[Happening],
    calendar: SchoolCalendar,
    pupils: frozenset[UUID],
    first: date,
    last: date,
) -> Replayed:
    """Tell the past again to a threshold, in the order in which things were recorded, from `first` to `last`."""
    told = sorted(
        {each.id: each for each in happenings if first <= each.day <= last}.values(),
        key=lambda each: (each.recorded_at, each.id),
    )
    days = SchoolDays(calendar, first - timedelta(days=400), last)
    watch = Watch(threshold, days, pupils)
    warnings = [warning for each in told for warning in watch.record(each)]
    by_subject: dict[Subject, list[Happening]] = defaultdict(list)
    for each in told:
        for subject in threshold.subjects(each, pupils):
            by_subject[subject].append(each)
    outcomes = tuple(_outcome(warning, by_subject[warning.subject], days) for warning in warnings)
    return Replayed(outcomes, len(told), calendar.count(first, last), _missed(by_subject, warnings))


def _outcome(warning: Warning, of_subject: Sequence[Happening], days: SchoolDays) -> Outcome:
    later = [each for each in of_subject if each.day > warning.day and each.id not in warning.counted]
    begun = days.number(warning.day)
    serious = [days.number(each.day) - begun for each in later if (each.severity or 0) >= SERIOUS]
    return Outcome(
        warning,
        len(later),
        max((days.number(each.day) - begun for each in later), default=0),
        min(serious, default=None),
    )


def _missed(by_subject: dict[Subject, list[Happening]], warnings: Sequence[Warning]) -> int:
    """Count the serious things that came with no warning before them for anybody they count for."""
    first_warning: dict[Subject, date] = {}
    for warning in warnings:
        first_warning[warning.subject] = min(warning.day, first_warning.get(warning.subject, warning.day))
    serious: dict[UUID, bool] = {}
    for subject, of_subject in by_subject.items():
        for each in of_subject:
            if (each.severity or 0) >= SERIOUS:
                warned = subject in first_warning and first_warning[subject] < each.day
                serious[each.id] = serious.get(each.id, False) or warned
    return sum(not warned for warned in serious.values())
