"""The calendar of the practice school: believable holidays and study days of a made-up school, for any school year."""

from collections.abc import Iterator
from datetime import date, timedelta

from intranet.calendar.days import HOLIDAY, OTHER, STUDY_DAY, FreeDays, SchoolCalendar, SchoolYear

DAY = timedelta(days=1)
SATURDAY = 6

# Title, month and day on or after which the Saturday comes that begins it, and how many days it takes.
HOLIDAYS = (
    ("Herfstvakantie", 10, 15, 9),
    ("Kerstvakantie", 12, 19, 16),
    ("Voorjaarsvakantie", 2, 19, 9),
    ("Meivakantie", 4, 24, 16),
    ("Zomervakantie", 7, 9, 44),
)
STUDY_DAYS = ((9, 25), (11, 6), (1, 29), (3, 19), (6, 10))


def free_days(year: SchoolYear) -> Iterator[tuple[str, FreeDays]]:
    """Give the free days that begin in a school year, with what they are called."""
    holidays = []
    for title, month, day, length in HOLIDAYS:
        first = _on_or_after(_in(year, month, day), SATURDAY)
        holidays.append(FreeDays(first, first + (length - 1) * DAY, HOLIDAY))
        yield title, holidays[-1]
    for title, day, length in _feasts(year):
        if not _in_any(day, holidays):
            yield title, FreeDays(day, day + (length - 1) * DAY, OTHER)
    for month, day in STUDY_DAYS:
        found = _in(year, month, day)
        while found.isoweekday() >= SATURDAY or _in_any(found, holidays):
            found += DAY
        yield "Studiedag", FreeDays(found, found, STUDY_DAY)


def calendar_of(years: range) -> SchoolCalendar:
    """Return the calendar with the free days of these school years and of the one before."""
    return SchoolCalendar(days for begins in (years[0] - 1, *years) for _title, days in free_days(SchoolYear(begins)))


def _in(year: SchoolYear, month: int, day: int) -> date:
    return date(year.begins + (month < 8), month, day)


def _on_or_after(day: date, weekday: int) -> date:
    return day + (weekday - day.isoweekday()) % 7 * DAY


def _in_any(day: date, periods: list[FreeDays]) -> bool:
    return any(period.first <= day <= period.last for period in periods)


def _feasts(year: SchoolYear) -> tuple[tuple[str, date, int], ...]:
    easter = _easter(year.begins + 1)
    return (
        ("Paasmaandag", easter + DAY, 1),
        ("Hemelvaart", easter + 39 * DAY, 2),
        ("Pinkstermaandag", easter + 50 * DAY, 1),
    )


def _easter(year: int) -> date:
    """Return Easter Sunday of a year, by the rule of Gauss for 1900 to 2099."""
    moon = (19 * (year % 19) + 24) % 30
    sunday = (2 * (year % 4) + 4 * (year % 7) + 6 * moon + 5) % 7
    if (moon, sunday) == (29, 6) or (moon == 28 and sunday == 6 and year % 19 > 10):
        sunday -= 7
    return date(year, 3, 22) + (moon + sunday) * DAY
