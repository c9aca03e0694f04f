"""The calendar of the school that is acted in, as something to count with."""

from datetime import date
from typing import Any

from sqlalchemy import select

from events.log.context import current_school
from intranet.calendar.days import FreeDays, SchoolCalendar
from intranet.calendar.projections import free_period, open_days
from intranet.database import log


def school_calendar() -> SchoolCalendar:
    """Return the school days of the acting school, with everything that is in its calendar now."""
    school = current_school()
    with log.read() as connection:
        free = connection.execute(select(free_period).where(free_period.c.school == school)).all()
        weeks = connection.execute(select(open_days).where(open_days.c.school == school)).all()
    return SchoolCalendar(
        [FreeDays(row.first, row.last, row.kind) for row in free],
        [(row.since, map(int, row.weekdays)) for row in weeks],
    )


def free_periods(first: date, last: date) -> list[Any]:
    """Return the rows of the free days that touch a stretch of days, the earliest first."""
    query = select(free_period).where(
        free_period.c.school == current_school(), free_period.c.first <= last, free_period.c.last >= first
    )
    with log.read() as connection:
        return list(connection.execute(query.order_by(free_period.c.first, free_period.c.last, free_period.c.period)))
