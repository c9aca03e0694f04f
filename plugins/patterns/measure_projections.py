"""The measures there are and the weeks that were decided to be quiet: ids, codes and days, no words."""

from typing import Any

from sqlalchemy import BigInteger, Boolean, Column, Connection, Date, Index, Text, Uuid

from intranet.api import Projection, on, projection_table, to_milliseconds

from .events import Measure
from .quiet_events import QuietWeek

measure = projection_table(
    "patterns_measure",
    Column("measure", Uuid, primary_key=True),
    Column("proposed_at", BigInteger, nullable=False),
    Column("owner", Uuid, nullable=False),
    Column("evaluate_on", Date, nullable=False),
    Column("outcome", Text),
    Column("done", Boolean, nullable=False),
    Column("record_kind", Text),
    Column("record", Uuid),
    Index("patterns_measure_of_record__v2", "school", "record"),
    version=2,
)
"""`record` is what a measure came from, None for a pattern alone."""
quiet_week = projection_table(
    "patterns_quiet_week",
    Column("quiet_week", Uuid, primary_key=True),
    Column("monday", Date, nullable=False),
    Column("class_group", Uuid),
    Column("looked", Text, nullable=False),
    Column("decided_by", Uuid),
    Column("decided_at", BigInteger, nullable=False),
)
"""One row for each week that somebody decided to have been quiet; `class_group` None is the whole school."""


class Measures(Projection):
    """Keeps which measures there are, and when each is looked at again."""

    name = "patterns.measures"
    tables = (measure,)

    @on(Measure.Proposed)
    def proposed(self, db: Connection, event: Any) -> None:
        row = {
            "school": event.school_id,
            "measure": event.originator_id,
            "proposed_at": to_milliseconds(event.recorded_at),
            "owner": event.owner_id,
            "evaluate_on": event.evaluate_on,
            "done": False,
            "record_kind": event.record_kind,
            "record": event.record_id,
        }
        db.execute(measure.insert(), row)

    @on(Measure.Evaluated)
    def evaluated(self, db: Connection, event: Any) -> None:
        values: dict[str, Any] = {"outcome": event.outcome, "done": event.next_on is None}
        if event.next_on is not None:
            values["evaluate_on"] = event.next_on
        same = measure.c.school == event.school_id, measure.c.measure == event.originator_id
        db.execute(measure.update().where(*same).values(**values))

    @on(Measure.Withdrawn)
    def withdrawn(self, db: Connection, event: Any) -> None:
        same = measure.c.school == event.school_id, measure.c.measure == event.originator_id
        db.execute(measure.delete().where(*same))


class QuietWeeks(Projection):
    """Keeps which weeks somebody decided to have been quiet."""

    name = "patterns.quiet_weeks"
    tables = (quiet_week,)

    @on(QuietWeek.Decided)
    def decided(self, db: Connection, event: Any) -> None:
        row = {
            "school": event.school_id,
            "quiet_week": event.originator_id,
            "monday": event.monday,
            "class_group": event.group_id,
            "looked": " ".join(event.looked),
            "decided_by": event.actor_id,
            "decided_at": to_milliseconds(event.recorded_at),
        }
        db.execute(quiet_week.insert(), row)

    @on(QuietWeek.Withdrawn)
    def withdrawn(self, db: Connection, event: Any) -> None:
        same = quiet_week.c.school == event.school_id, quiet_week.c.quiet_week == event.originator_id
        db.execute(quiet_week.delete().where(*same))
