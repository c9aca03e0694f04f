"""The calendar of the school that is acted in, as something to count with."""

from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import bindparam, select

from events.log.context import current_school
from intranet.calendar.days import FreeDays, SchoolCalendar
from intranet.calendar.projections import free_period, open_days
from intranet.database import log

_free = select(free_period.c.first, free_period.c.last, free_period.c.kind).where(
    free_period.c.school == bindparam("of_school")
)
_weeks = select(open_days.c.since, open_days.c.weekdays).where(open_days.c.school == bindparam("of_school"))


def school_calendar() -> SchoolCalendar:
    """Return the school days of the acting school, with everything that is in its calendar now."""
    here = {"of_school": current_school()}
    with log.read() as connection:
        free = connection.execute(_free, here).all()
        weeks = connection.execute(_weeks, here).all()
    return _calendar(tuple(map(tuple, free)), tuple(map(tuple, weeks)))


@lru_cache(maxsize=32)
def _calendar(free: tuple[tuple[date, date, str], ...], weeks: tuple[tuple[date, str], ...]) -> SchoolCalendar:
    """Return the calendar of these rows; going through the days of ten years each time would cost more than reading."""
    return SchoolCalendar(
        [FreeDays(first, last, kind) for first, last, kind in free],
        [(since, map(int, weekdays)) for since, weekdays in weeks],
    )


def free_periods(first: date, last: date) -> list[Any]:
    """Return the rows of the free days that touch a stretch of days, the earliest first."""
    query = select(free_period).where(
        free_period.c.school == current_school(), free_period.c.first <= last, free_period.c.last >= first
    )
    with log.read() as connection:
        return list(connection.execute(query.order_by(free_period.c.first, free_period.c.last, free_period.c.period)))
