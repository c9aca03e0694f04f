"""The calendar as tables: which days are free and why, and on which weekdays the school is open; no titles."""

from typing import Any

from sqlalchemy import Column, Date, Text, Uuid, delete
from sqlalchemy.engine import Connection

from events.log.projection import Projection, on, projection_table
from intranet.calendar.events import FreePeriod
from intranet.schools.events import School

free_period = projection_table(
    "calendar_free_period",
    Column("period", Uuid, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("first", Date, nullable=False),
    Column("last", Date, nullable=False),
)
open_days = projection_table(
    "calendar_open_days",
    Column("since", Date, primary_key=True),
    Column("weekdays", Text, nullable=False),
)
"""From which day the school is open on which weekdays, written as "1245" (1 is Monday)."""


class Calendar(Projection):
    """Keeps the free days and the school week."""

    name = "calendar.days"
    tables = (free_period, open_days)

    @on(FreePeriod.Added, FreePeriod.PutBack)
    def added(self, db: Connection, event: Any) -> None:
        row = {"school": event.school_id, "period": event.originator_id}
        db.execute(free_period.insert(), row | {"kind": event.kind, "first": event.first, "last": event.last})

    @on(FreePeriod.Changed)
    def changed(self, db: Connection, event: Any) -> None:
        values = {"kind": event.kind, "first": event.first, "last": event.last}
        db.execute(free_period.update().where(*self._this(event)).values(**values))

    @on(FreePeriod.Removed)
    def removed(self, db: Connection, event: Any) -> None:
        db.execute(free_period.delete().where(*self._this(event)))

    @on(School.OpenDaysChanged)
    def open_days_changed(self, db: Connection, event: Any) -> None:
        db.execute(delete(open_days).where(open_days.c.school == event.school_id, open_days.c.since == event.since))
        row = {"school": event.school_id, "since": event.since, "weekdays": "".join(map(str, event.weekdays))}
        db.execute(open_days.insert(), row)

    def _this(self, event: Any) -> tuple[Any, Any]:
        return free_period.c.school == event.school_id, free_period.c.period == event.originator_id


PROJECTIONS = (Calendar(),)
