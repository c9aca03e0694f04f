"""Promises and closings of incidents and cases as tables: whose, when, open or not; no words."""

from typing import Any

from sqlalchemy import BigInteger, Boolean, Column, Date, Index, Integer, Text, Uuid, bindparam, select
from sqlalchemy.engine import Connection

from events.case import Case
from events.incident import Incident
from events.log.rows import change
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


_closings = select(closing.c.closings).where(
    closing.c.school == bindparam("of_school"), closing.c.record == bindparam("of_record")
)


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
        change(db, closing, _closing_of(event), proposed=False)

    @on(Incident.FollowUpKept, Case.FollowUpKept)
    def kept(self, db: Connection, event: Any) -> None:
        if event.next_due is None:
            change(db, promise, _promise_of(event), open=False)
        else:
            change(db, promise, _promise_of(event), due_on=event.next_due, climbed=None)

    @on(Incident.FollowUpWaived, Case.FollowUpWaived)
    def waived(self, db: Connection, event: Any) -> None:
        change(db, promise, _promise_of(event), open=False)

    @on(Incident.FollowUpMoved, Case.FollowUpMoved)
    def moved(self, db: Connection, event: Any) -> None:
        change(db, promise, _promise_of(event), owner=event.owner, due_on=event.due_on, climbed=None)

    @on(Climb.Reached)
    def climbed(self, db: Connection, event: Any) -> None:
        mine = {"school": event.school_id, "record": event.record_id, "follow_up": event.follow_up_id}
        change(db, promise, {**mine, "due_on": event.due_on}, climbed=event.level)

    @on(Incident.ClosingProposed, Case.ClosingProposed)
    def proposed(self, db: Connection, event: Any) -> None:
        self._begin(db, event)
        change(db, closing, _closing_of(event), proposed=True)

    @on(Incident.Closed, Case.Closed)
    def closed(self, db: Connection, event: Any) -> None:
        at, closings = to_milliseconds(event.recorded_at), self._begin(db, event)
        if not closings:
            change(db, closing, _closing_of(event), first_closed_at=at)
        again = {"closed": True, "proposed": False, "closings": closings + 1, "closed_at": at}
        change(db, closing, _closing_of(event), **again)

    @on(Incident.Reopened, Case.Reopened)
    def reopened(self, db: Connection, event: Any) -> None:
        change(db, closing, _closing_of(event), closed=False)

    def _begin(self, db: Connection, event: Any) -> int:
        """Make a row for the record where there is none, and return how often it was closed."""
        this = _closing_of(event)
        closings: int | None = db.scalar(_closings, {"of_school": this["school"], "of_record": this["record"]})
        if closings is None:
            db.execute(closing.insert(), {**this, "closed": False, "proposed": False, "closings": 0})
        return closings or 0


def _promise_of(event: Any) -> dict[str, Any]:
    return {"school": event.school_id, "record": event.originator_id, "follow_up": event.follow_up_id}


def _closing_of(event: Any) -> dict[str, Any]:
    return {"school": event.school_id, "record": event.originator_id}


PROJECTIONS = (FollowUps(),)
