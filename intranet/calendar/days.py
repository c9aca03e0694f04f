"""Counting school days: a school year, its weeks, and what is left when weekends and free days are taken out."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from events.frozen import frozen

HOLIDAY, STUDY_DAY, OTHER = "holiday", "study_day", "other"
KINDS = (HOLIDAY, STUDY_DAY, OTHER)
"""In the order in which they count where they overlap: a study day in a holiday is holiday."""

MONDAY_TO_FRIDAY = (1, 2, 3, 4, 5)
DAY, WEEK = timedelta(days=1), timedelta(weeks=1)
FARTHEST = timedelta(days=3 * 366)


class NoSchoolDays(LookupError):
    """There is no such school day within three years; the calendar of the school cannot be right."""


@dataclass(frozen=True, slots=True, order=True)
class SchoolYear:
    """A school year, from 1 August of the year in which it begins to 31 July."""

    begins: int

    @classmethod
    def of(cls, day: date) -> "SchoolYear":
        """Return the school year of a day."""
        return cls(day.year if day.month >= 8 else day.year - 1)

    @property
    def first(self) -> date:
        return date(self.begins, 8, 1)

    @property
    def last(self) -> date:
        return date(self.begins + 1, 7, 31)

    @property
    def previous(self) -> "SchoolYear":
        return SchoolYear(self.begins - 1)

    @property
    def next(self) -> "SchoolYear":
        return SchoolYear(self.begins + 1)

    @property
    def months(self) -> list[date]:
        """Return the first day of each of its twelve months."""
        return [date(self.begins + (month > 12), (month - 1) % 12 + 1, 1) for month in range(8, 20)]

    def __str__(self) -> str:
        return f"{self.begins}-{self.begins + 1}"


@frozen
class FreeDays:
    """Days without school: the first and the last one, and why."""

    first: date
    last: date
    kind: str = HOLIDAY


@frozen
class Week:
    """A week of the school year: its number as everybody writes it (ISO 8601), its Monday, its school days."""

    number: int
    monday: date
    school_days: tuple[date, ...]


class SchoolCalendar:
    """The days on which one school is open. Days outside what was entered are weekdays without holidays."""

    def __init__(self, free: Iterable[FreeDays] = (), open_days: Iterable[tuple[date, Iterable[int]]] = ()):
        """`free` are the free days; `open_days` says from which day the school is open on which weekdays (1 to 7)."""
        self._kinds: dict[date, str] = {}
        for each in sorted(free, key=lambda each: KINDS.index(each.kind), reverse=True):
            day = each.first
            while day <= each.last:
                self._kinds[day] = each.kind
                day += DAY
        weeks = sorted((since, frozenset(weekdays)) for since, weekdays in open_days)
        self._since = [since for since, _weekdays in weeks]
        self._weekdays = [frozenset(MONDAY_TO_FRIDAY), *(weekdays for _since, weekdays in weeks)]

    def is_school_day(self, day: date) -> bool:
        """Tell whether there is school on a day."""
        return day not in self._kinds and day.isoweekday() in self.weekdays_on(day)

    def weekdays_on(self, day: date) -> frozenset[int]:
        """Return the weekdays (1 is Monday) on which the school was open around a day."""
        return self._weekdays[bisect_right(self._since, day)]

    def free_kind(self, day: date) -> str | None:
        """Return why a day is free (`holiday`, `study_day`, `other`), None when it is not in the calendar."""
        return self._kinds.get(day)

    def school_days(self, first: date, last: date) -> list[date]:
        """Return the school days from `first` to and with `last`."""
        count = (last - first).days + 1
        return [day for day in (first + n * DAY for n in range(count)) if self.is_school_day(day)]

    def count(self, first: date, last: date) -> int:
        """Return how many school days there are from `first` to and with `last`."""
        return len(self.school_days(first, last))

    def after(self, day: date, number: int) -> date:
        """Return the `number`-th school day after a day; the day itself never counts. Raises `NoSchoolDays`."""
        return self._walk(day, number, DAY)

    def before(self, day: date, number: int) -> date:
        """Return the `number`-th school day before a day; the day itself never counts. Raises `NoSchoolDays`."""
        return self._walk(day, number, -DAY)

    def _walk(self, day: date, number: int, step: timedelta) -> date:
        if number < 1:
            raise ValueError("Count at least one school day.")
        left, begun = number, day
        while left and abs(day - begun) <= FARTHEST:
            day += step
            left -= self.is_school_day(day)
        if left:
            raise NoSchoolDays(f"No {number} school days from {begun} within three years.")
        return day

    def weeks(self, year: SchoolYear) -> list[Week]:
        """Return the weeks of a school year, also those without school; the first and last may hold a few days only."""
        monday = year.first - (year.first.isoweekday() - 1) * DAY
        weeks = []
        while monday <= year.last:
            first, last = max(monday, year.first), min(monday + 6 * DAY, year.last)
            weeks.append(Week(monday.isocalendar().week, monday, tuple(self.school_days(first, last))))
            monday += WEEK
        return weeks

    def has_holidays(self, year: SchoolYear) -> bool:
        """Tell whether a holiday of a school year was entered: without, averages per school day come out too low."""
        # The summer reaches into August: only what lies between the two summers says that a year was filled in.
        between = (date(year.begins, 9, 15), date(year.begins + 1, 6, 15))
        return any(kind == HOLIDAY and between[0] <= day <= between[1] for day, kind in self._kinds.items())
