"""The register of signals as tables: about whom, how far the looking is; no words."""

from typing import Any

from sqlalchemy import BigInteger, Boolean, Column, Index, Text, Uuid, and_
from sqlalchemy.engine import Connection

from events.case import Case
from events.signal import Signal
from intranet.api import Projection, on, projection_table, to_milliseconds
from intranet.signals.kinds import BUSY, CLOSED, INCIDENT, KEPT, NEW, SUPPORT_TEAM

register = projection_table(
    "signals_register",
    Column("signal", Uuid, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("positive", Boolean, nullable=False),
    Column("source", Text, nullable=False),
    Column("happened_at", BigInteger, nullable=False),
    Column("recorded_at", BigInteger, nullable=False),
    Column("reporter", Uuid),
    Column("class_group", Uuid),
    Column("bullying", Boolean, nullable=False),
    Column("home_signs", Boolean, nullable=False),
    Column("escalated", Boolean, nullable=False),
    Column("state", Text, nullable=False),
    Column("before_closing", Text),
    Column("incident", Uuid),
    Index("signals_register_order__v3", "school", "happened_at", "signal"),
    Index("signals_register_state__v3", "school", "state"),
    version=3,
)
"""`before_closing` is the state to which opening it again leads."""
about = projection_table(
    "signals_about",
    Column("signal", Uuid, primary_key=True),
    Column("person", Uuid, primary_key=True),
    Index("signals_about_person__v3", "school", "person"),
    version=3,
)


class Register(Projection):
    """Keeps the signals of a school findable; the page of one signal reads the log itself."""

    name = "signals.register"
    tables = (register, about)

    @on(Signal.Recorded)
    def recorded(self, db: Connection, event: Any) -> None:
        row = {
            "school": event.school_id,
            "signal": event.originator_id,
            "kind": event.kind,
            "positive": event.positive,
            "source": event.source,
            "happened_at": to_milliseconds(event.happened_at),
            "recorded_at": to_milliseconds(event.recorded_at),
            "reporter": event.actor_id,
            "class_group": event.group_id,
            "bullying": event.bullying,
            "home_signs": event.home_signs,
            "escalated": False,
            # Nobody has to look at what goes well: it is there for who wants to read it.
            "state": KEPT if event.positive else NEW,
        }
        db.execute(register.insert(), row)
        people = [{"school": event.school_id, "signal": event.originator_id, "person": each} for each in event.people]
        if people:
            db.execute(about.insert(), people)

    @on(Signal.TalkHeld, Signal.Shared)
    def begun(self, db: Connection, event: Any) -> None:
        _begin(db, event)

    @on(Signal.TakenToSupportTeam)
    def taken_to_support_team(self, db: Connection, event: Any) -> None:
        db.execute(register.update().where(_same(register, event)).values(state=SUPPORT_TEAM))

    @on(Signal.Escalated)
    def was_escalated(self, db: Connection, event: Any) -> None:
        _begin(db, event)
        db.execute(register.update().where(_same(register, event)).values(escalated=True))

    @on(Signal.BecameIncident)
    def became_incident(self, db: Connection, event: Any) -> None:
        values = {"state": INCIDENT, "incident": event.incident_id}
        db.execute(register.update().where(_same(register, event)).values(values))

    @on(Case.RecordGathered)
    def gathered(self, db: Connection, event: Any) -> None:
        waiting = and_(register.c.signal == event.record_id, register.c.state.in_((NEW, KEPT)))
        db.execute(register.update().where(register.c.school == event.school_id, waiting).values(state=BUSY))

    @on(Signal.Closed)
    def was_closed(self, db: Connection, event: Any) -> None:
        values = {"before_closing": register.c.state, "state": CLOSED}
        db.execute(register.update().where(_same(register, event)).values(values))

    @on(Signal.Reopened)
    def was_reopened(self, db: Connection, event: Any) -> None:
        values = {"state": register.c.before_closing, "before_closing": None}
        db.execute(register.update().where(_same(register, event)).values(values))
        _begin(db, event)


def _begin(db: Connection, event: Any) -> None:
    """Somebody does something with it, so it waits no longer."""
    waiting = register.c.state.in_((NEW, KEPT))
    db.execute(register.update().where(_same(register, event), waiting).values(state=BUSY))


def _same(table: Any, event: Any) -> Any:
    return and_(table.c.school == event.school_id, table.c.signal == event.originator_id)


PROJECTIONS = (Register(),)
