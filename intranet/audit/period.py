"""Days and school years on the school's clock, and the positions of the log that belong to them."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import current_app
from sqlalchemy import bindparam, func, select
from sqlalchemy.engine import Connection

from events.frozen import frozen
from events.log.mapper import from_milliseconds, to_milliseconds
from events.log.tables import event

_next_row = (
    select(event.c.position, event.c.recorded_at)
    .where(event.c.school == bindparam("of_school"), event.c.position >= bindparam("at_least"))
    .order_by(event.c.position)
    .limit(1)
)
_last_position = select(func.max(event.c.position)).where(event.c.school == bindparam("of_school"))


@frozen
class Period:
    """Days from and until, both included; None is without end."""

    first: date | None = None
    last: date | None = None


def clock() -> ZoneInfo:
    """Return the zone in which the school's days begin."""
    return ZoneInfo(current_app.config["TIME_ZONE"])


def at_school(milliseconds: int) -> datetime:
    """Return a recorded time on the school's clock."""
    return from_milliseconds(milliseconds).astimezone(clock())


def begin_of(day: date) -> int:
    """Return the first millisecond of a school day."""
    return to_milliseconds(datetime(day.year, day.month, day.day, tzinfo=clock()).astimezone(UTC))


def school_year(day: date) -> Period:
    """Return the school year of a day: 1 August until 31 July."""
    start = date(day.year if day.month >= 8 else day.year - 1, 8, 1)
    return Period(start, date(start.year + 1, 7, 31))


NAMED_PERIODS: dict[str, Callable[[date], Period]] = {
    "week": lambda day: Period(day - timedelta(days=day.weekday()), None),
    "month": lambda day: Period(day.replace(day=1), None),
    "school_year": lambda day: Period(school_year(day).first, None),
    "last_school_year": lambda day: school_year(school_year(day).first - timedelta(days=1)),  # type: ignore[operator]
    "all": lambda day: Period(),
}


def positions(connection: Connection, school: UUID, period: Period) -> tuple[int, int]:
    """Return the first and last position recorded in a period; the first is past the last when it is empty.

    Recorded times never go back in a school, so a few look-ups find the borders without an index on time.
    """
    end = (connection.scalar(_last_position, {"of_school": school}) or 0) + 1
    first = 1 if period.first is None else _border(connection, school, begin_of(period.first), end)
    after = end if period.last is None else _border(connection, school, begin_of(period.last + timedelta(days=1)), end)
    return first, after - 1


def _border(connection: Connection, school: UUID, moment: int, end: int) -> int:
    low, high = 1, end
    while low < high:
        middle = (low + high) // 2
        row = connection.execute(_next_row, {"of_school": school, "at_least": middle}).first()
        if row is None or row.recorded_at >= moment:
            high = middle
        else:
            low = row.position + 1
    return low
