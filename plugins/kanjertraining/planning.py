"""Where lessons go in a school year: spread over its weeks, carried over from another year, and what does not fit."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from intranet.api import SchoolCalendar, SchoolYear

EVENLY, WEEKLY, FORTNIGHTLY = PACES = ("evenly", "weekly", "fortnightly")
STEPS = {WEEKLY: 1, FORTNIGHTLY: 2}
DAY = timedelta(days=1)
NOT_A_SCHOOL_DAY, SAME_DAY, GROUP_GONE = "not_a_school_day", "same_day", "group_gone"


class TooManyLessons(ValueError):
    """There are fewer weeks than lessons; `weeks` says how many there are."""

    def __init__(self, weeks: int):
        super().__init__(f"There are {weeks} weeks.")
        self.weeks = weeks


def days_for_lessons(calendar: SchoolCalendar, year: SchoolYear, weekday: int, first: date) -> list[date]:
    """Return one day in each week with school from a day on: on the usual weekday, else as near to it as there is."""
    days = []
    for week in calendar.weeks(year):
        open_days = [day for day in week.school_days if day >= first]
        if open_days:
            days.append(min(open_days, key=lambda day: (abs(day.isoweekday() - weekday), day)))
    return days


def spread(number: int, days: Sequence[date], pace: str) -> list[date]:
    """Choose a day for each of so many lessons. Raises `TooManyLessons` when there are not enough weeks."""
    if pace == EVENLY:
        if number > len(days):
            raise TooManyLessons(len(days))
        return [days[place * len(days) // number] for place in range(number)]
    chosen = days[:: STEPS[pace]]
    if number > len(chosen):
        raise TooManyLessons(len(chosen))
    return list(chosen[:number])


def same_week(day: date, calendar: SchoolCalendar, year: SchoolYear) -> date | None:
    """Return the school day in a year that comes nearest to the same weekday of the same week of another year."""
    number, weekday = day.isocalendar().week, day.isoweekday()
    weeks = [week for week in calendar.weeks(year) if week.school_days]
    if not weeks:
        return None
    # Weeks are in order of the school year, so that week 52 and week 1 stand beside each other.
    found = min(weeks, key=lambda week: (abs(_place(week.number) - _place(number)), week.monday))
    return min(found.school_days, key=lambda each: (abs(each.isoweekday() - weekday), each))


def in_week(monday: date, weekday: int, calendar: SchoolCalendar) -> date | None:
    """Return the school day of a week nearest to a weekday; None for a week without school."""
    days = calendar.school_days(monday, monday + 6 * DAY)
    return min(days, key=lambda each: (abs(each.isoweekday() - weekday), each)) if days else None


def conflicts(planned: Iterable[date], every: Iterable[date], calendar: SchoolCalendar) -> dict[date, list[str]]:
    """Return what is wrong with each day on which something is planned; `every` are the days of all lessons."""
    counted = Counter(every)
    found: dict[date, list[str]] = {}
    for day in sorted(set(planned)):
        wrong = [] if calendar.is_school_day(day) else [NOT_A_SCHOOL_DAY]
        if counted[day] > 1:
            wrong.append(SAME_DAY)
        if wrong:
            found[day] = wrong
    return found


def _place(number: int) -> int:
    """Return where a week stands in a school year, which begins about week 31."""
    return (number - 31) % 53
