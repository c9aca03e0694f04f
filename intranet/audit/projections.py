"""Tables of the review: who opened which record, and which days were gone through."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import BigInteger, Column, Date, Index, Text, Uuid
from sqlalchemy.engine import Connection

from events.log.folding import ColumnsInsert
from events.log.mapper import to_milliseconds
from intranet.api import Projection, on, projection_table

from .events import Reading, Review

LIST = "audit.readings"
"""What a reading calls the list of readings, which is itself read and recorded."""

reading = projection_table(
    "audit_reading",
    Column("position", BigInteger, primary_key=True),
    Column("reading", Uuid, nullable=False),
    Column("reader", Uuid),
    Column("record_kind", Text, nullable=False),
    Column("record", Uuid, nullable=False),
    Column("ground", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("read_at", BigInteger, nullable=False),
    Index("audit_reading_record__v1", "school", "record"),
)

review = projection_table(
    "audit_review",
    Column("review", Uuid, primary_key=True),
    Column("first_day", Date, nullable=False),
    Column("last_day", Date, nullable=False),
    Column("position_from", BigInteger, nullable=False),
    Column("position_until", BigInteger, nullable=False),
    Column("root", Text, nullable=False),
    Column("reviewer", Uuid),
    Column("reviewed_at", BigInteger, nullable=False),
)

_enter = ColumnsInsert(reading)


class Readings(Projection):
    """Who opened what."""

    name = "audit.readings"
    tables = (reading,)
    only_by_key = True

    @on(Reading.Opened)
    def opened(self, db: Connection, event: Any) -> None:
        self.handle_batch(db, [event])

    def handle_batch(self, db: Connection, events: Sequence[Any]) -> None:
        """Enter the readings in a page of history at once."""
        rows = [_row(event) for event in events if type(event) is Reading.Opened]
        if rows:
            _enter(db, events[0].school_id, list(zip(*rows, strict=True)))


def _row(event: Any) -> tuple[Any, ...]:
    return (
        event.position, event.originator_id, event.actor_id, event.record_kind, event.record_id, event.ground,
        event.role, to_milliseconds(event.recorded_at),
    )  # fmt: skip


class Reviews(Projection):
    """Which days somebody went through, up to which position."""

    name = "audit.reviews"
    tables = (review,)

    @on(Review.PeriodReviewed)
    def reviewed(self, db: Connection, event: Any) -> None:
        db.execute(
            review.insert(),
            {
                "school": event.school_id,
                "review": event.originator_id,
                "first_day": event.first_day,
                "last_day": event.last_day,
                "position_from": event.position_from,
                "position_until": event.position_until,
                "root": event.root,
                "reviewer": event.actor_id,
                "reviewed_at": to_milliseconds(event.recorded_at),
            },
        )

    @on(Review.Withdrawn)
    def withdrawn(self, db: Connection, event: Any) -> None:
        db.execute(review.delete().where(review.c.school == event.school_id, review.c.review == event.originator_id))


PROJECTIONS = (Readings(), Reviews())
