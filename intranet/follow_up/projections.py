"""Promises and closings of incidents and cases as tables: whose, when, open or not; no words."""

from typing import Any

from sqlalchemy import BigInteger, Boolean, Column, Date, Index, Integer, Text, Uuid
from sqlalchemy.engine import Connection

from events.case import Case
from events.incident import Incident
from intranet.api import Projection, on, projection_table, to_milliseconds
from intranet.follow_up.events import Climb

promise = projection_table(
    "follow_up_promise",
    Column("record", Uuid, primary_key=True),
    Column("follow_up", Uuid, primary_key=True),
    Column("record_kind", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("owner", Uuid, nullable=False),
    Column("person", Uuid),
    Column("due_on", Date, nullable=False),
    Column("repeats", Integer),
    Column("open", Boolean, nullable=False),
    Column("climbed", Text),
    Index("follow_up_promise_due__v3", "school", "open", "due_on"),
    version=3,
)
"""`climbed` is the highest level that heard that it is late; a new day, or doing it once, begins that again."""
closing = projection_table(
    "follow_up_closing",
    Column("record", Uuid, primary_key=True),
    Column("closed", Boolean, nullable=False),
    Column("proposed", Boolean, nullable=False),
    Column("closings", Integer, nullable=False),
    Column("first_closed_at", BigInteger),
    Column("closed_at", BigInteger),
    version=3,
)
"""One row for each record of which a closing was proposed or done; both the first and the last closing count."""


class FollowUps(Projection):
    """Keeps which promises are open, and which incidents and cases are closed."""

    name = "follow_up.follow_ups"
    tables = (promise, closing)

    @on(Incident.FollowUpPromised, Case.FollowUpPromised)
    def promised(self, db: Connection, event: Any) -> None:
        row = {
            "school": event.school_id,
            "record": event.originator_id,
            "follow_up": event.follow_up_id,
            "record_kind": (Incident if isinstance(event, Incident.FollowUpPromised) else Case).log_name,
            "kind": event.kind,
            "owner": event.owner,
            "person": event.person_id,
            "due_on": event.due_on,
            "repeats": event.repeats,
            "open": True,
        }
        db.execute(promise.insert(), row)
        db.execute(closing.update().where(_closing_of(event)).values(proposed=False))

    @on(Incident.FollowUpKept, Case.FollowUpKept)
    def kept(self, db: Connection, event: Any) -> None:
        if event.next_due is None:
            db.execute(promise.update().where(_promise_of(event)).values(open=False))
        else:
            db.execute(promise.update().where(_promise_of(event)).values(due_on=event.next_due, climbed=None))

    @on(Incident.FollowUpWaived, Case.FollowUpWaived)
    def waived(self, db: Connection, event: Any) -> None:
        db.execute(promise.update().where(_promise_of(event)).values(open=False))

    @on(Incident.FollowUpMoved, Case.FollowUpMoved)
    def moved(self, db: Connection, event: Any) -> None:
        moved = {"owner": event.owner, "due_on": event.due_on, "climbed": None}
        db.execute(promise.update().where(_promise_of(event)).values(moved))

    @on(Climb.Reached)
    def climbed(self, db: Connection, event: Any) -> None:
        mine = promise.c.school == event.school_id, promise.c.record == event.record_id
        of_this_day = promise.c.follow_up == event.follow_up_id, promise.c.due_on == event.due_on
        db.execute(promise.update().where(*mine, *of_this_day).values(climbed=event.level))

    @on(Incident.ClosingProposed, Case.ClosingProposed)
    def proposed(self, db: Connection, event: Any) -> None:
        self._begin(db, event)
        db.execute(closing.update().where(_closing_of(event)).values(proposed=True))

    @on(Incident.Closed, Case.Closed)
    def closed(self, db: Connection, event: Any) -> None:
        self._begin(db, event)
        at = to_milliseconds(event.recorded_at)
        first = closing.update().where(_closing_of(event), closing.c.closings == 0).values(first_closed_at=at)
        db.execute(first)
        again = {"closed": True, "proposed": False, "closings": closing.c.closings + 1, "closed_at": at}
        db.execute(closing.update().where(_closing_of(event)).values(again))

    @on(Incident.Reopened, Case.Reopened)
    def reopened(self, db: Connection, event: Any) -> None:
        db.execute(closing.update().where(_closing_of(event)).values(closed=False))

    def _begin(self, db: Connection, event: Any) -> None:
        if db.execute(closing.select().where(_closing_of(event))).first() is None:
            row = {"school": event.school_id, "record": event.originator_id}
            db.execute(closing.insert(), {**row, "closed": False, "proposed": False, "closings": 0})


def _promise_of(event: Any) -> Any:
    mine = (promise.c.school == event.school_id) & (promise.c.record == event.originator_id)
    return mine & (promise.c.follow_up == event.follow_up_id)


def _closing_of(event: Any) -> Any:
    return (closing.c.school == event.school_id) & (closing.c.record == event.originator_id)


PROJECTIONS = (FollowUps(),)
