"""Promises that are late climb to whoever looks after them, and each step is recorded once so that it is told once."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.engine import Connection

from intranet.api import SchoolCalendar, acting, log, school_calendar, today
from intranet.follow_up.events import DIRECTOR, LEVELS, Climb
from intranet.follow_up.projections import promise
from intranet.schools.events import CLIMBING, Climbing
from intranet.schools.projections import school


def climbing_of(connection: Connection, school_id: UUID) -> Climbing:
    """Return after how many school days a broken promise climbs at a school."""
    query = select(school.c.climbs_to_coordinator, school.c.climbs_to_director).where(school.c.school == school_id)
    row = connection.execute(query).first()
    return Climbing(*row) if row is not None and row.climbs_to_director else CLIMBING


def school_days_late(due_on: date, day: date, calendar: SchoolCalendar) -> int:
    """Return how many school days ago something had to be done; the day it was for never counts, school or not."""
    return calendar.count(due_on + timedelta(days=1), day)


def record_climbs(schools: Iterable[UUID]) -> int:
    """Record of schools which promises climbed since the last time, and return how many steps that were."""
    recorded = 0
    for each in schools:
        with acting(school=each), log.unit_of_work() as work:
            steps = list(_steps(work.connection, each, today()))
            for step in steps:
                log.save(step)
            recorded += len(steps)
    return recorded


def _steps(connection: Connection, school_id: UUID, day: date) -> Iterator[Climb]:
    late = list(connection.execute(_late(school_id, day)))
    if not late:
        return
    days, calendar = climbing_of(connection, school_id), school_calendar()
    for row in late:
        late_by = school_days_late(row.due_on, day, calendar)
        for level, after in zip(LEVELS, days, strict=True):
            if late_by >= after and not _reached(row, level):
                yield Climb(
                    level=level,
                    owner=row.owner,
                    due_on=row.due_on,
                    record_kind=row.record_kind,
                    record_id=row.record,
                    follow_up_id=row.follow_up,
                )


def _late(school_id: UUID, day: date) -> Any:
    waiting = promise.c.school == school_id, promise.c.open, promise.c.due_on < day
    more = or_(promise.c.climbed.is_(None), promise.c.climbed != DIRECTOR)
    return select(promise).where(*waiting, more).order_by(promise.c.due_on)


def _reached(row: Any, level: str) -> bool:
    return row.climbed in (level, DIRECTOR)
