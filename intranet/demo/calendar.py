"""The school days of the practice school: weekdays of a school year without its holidays and study days."""

from collections.abc import Iterator
from datetime import date, timedelta

DAY = timedelta(days=1)

# Days off of a made-up school, as (month, day) of the first and the last; a real school enters its own.
HOLIDAYS = (
    ((8, 1), (8, 24)),
    ((10, 17), (10, 25)),
    ((12, 19), (12, 31)),
    ((1, 1), (1, 3)),
    ((2, 20), (2, 28)),
    ((4, 24), (5, 9)),
    ((7, 11), (7, 31)),
)
STUDY_DAYS = ((9, 25), (11, 6), (1, 29), (3, 19), (6, 10))


def school_year_of(day: date) -> int:
    """Return the year in which the school year of a day began: it runs from 1 August to 31 July."""
    return day.year if day.month >= 8 else day.year - 1


def is_school_day(day: date) -> bool:
    """Tell whether there is school on this day."""
    if day.weekday() >= 5 or (day.month, day.day) in STUDY_DAYS:
        return False
    return not any(first <= (day.month, day.day) <= last for first, last in HOLIDAYS)


def school_days(first: date, last: date) -> Iterator[date]:
    """Go through the school days from `first` to and with `last`."""
    day = first
    while day <= last:
        if is_school_day(day):
            yield day
        day += DAY
