"""The register of signals as tables: about whom, how far the looking is; no words."""

from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Boolean, Column, Index, Text, Uuid, and_, case, exists, not_
from sqlalchemy.engine import Connection

from events.case import Case
from events.log.rows import remove
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
    Column("worked_on", Boolean, nullable=False),
    Column("incident", Uuid),
    Index("signals_register_order__v4", "school", "happened_at", "signal"),
    Index("signals_register_state__v4", "school", "state"),
    version=4,
)
"""`before_closing` is the state to which opening it again leads; `worked_on` is what cannot be made undone."""
about = projection_table(
    "signals_about",
    Column("signal", Uuid, primary_key=True),
    Column("person", Uuid, primary_key=True),
    Index("signals_about_person__v4", "school", "person"),
    version=4,
)
lies_with = projection_table(
    "signals_lies_with",
    Column("signal", Uuid, primary_key=True),
    Column("whom", Uuid, primary_key=True),
    version=4,
)
"""The colleagues and the cases that have it as long as it is shared and gathered: then it waits for nobody."""


class Register(Projection):
    """Keeps the signals of a school findable; the page of one signal reads the log itself."""

    name = "signals.register"
    tables = (register, about, lies_with)

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
            "worked_on": False,
            # Nobody has to look at what goes well: it is there for who wants to read it.
            "state": KEPT if event.positive else NEW,
        }
        db.execute(register.insert(), row)
        people = [{"school": event.school_id, "signal": event.originator_id, "person": each} for each in event.people]
        if people:
            db.execute(about.insert(), people)

    @on(Signal.TalkHeld)
    def talked(self, db: Connection, event: Any) -> None:
        _work_on(db, event)

    @on(Signal.Shared)
    def shared(self, db: Connection, event: Any) -> None:
        _lay_with(db, event.school_id, event.originator_id, event.person_id)

    @on(Signal.ShareWithdrawn)
    def share_withdrawn(self, db: Connection, event: Any) -> None:
        _take_from(db, event.school_id, event.originator_id, event.person_id)

    @on(Case.RecordGathered)
    def gathered(self, db: Connection, event: Any) -> None:
        if event.record_kind == Signal.log_name:
            _lay_with(db, event.school_id, event.record_id, event.originator_id)

    @on(Case.RecordTakenOut)
    def taken_out(self, db: Connection, event: Any) -> None:
        if event.record_kind == Signal.log_name:
            _take_from(db, event.school_id, event.record_id, event.originator_id)

    @on(Signal.TakenToSupportTeam)
    def taken_to_support_team(self, db: Connection, event: Any) -> None:
        _set(db, event, state=SUPPORT_TEAM, worked_on=True)

    @on(Signal.Escalated)
    def was_escalated(self, db: Connection, event: Any) -> None:
        _work_on(db, event)
        _set(db, event, escalated=True)

    @on(Signal.BecameIncident)
    def became_incident(self, db: Connection, event: Any) -> None:
        _set(db, event, state=INCIDENT, incident=event.incident_id, worked_on=True)

    @on(Signal.Closed)
    def was_closed(self, db: Connection, event: Any) -> None:
        _set(db, event, before_closing=register.c.state, state=CLOSED)

    @on(Signal.Reopened)
    def was_reopened(self, db: Connection, event: Any) -> None:
        # What nobody did anything with before waits again: a closing by mistake loses no signal.
        _set(db, event, state=register.c.before_closing, before_closing=None)


def _set(db: Connection, event: Any, **values: Any) -> None:
    db.execute(register.update().where(_is(event.school_id, event.originator_id)).values(values))


def _work_on(db: Connection, event: Any) -> None:
    """Somebody did something with it, so it waits no longer."""
    _set(db, event, worked_on=True)
    _wait_no_longer(db, event.school_id, event.originator_id)


def _lay_with(db: Connection, school: UUID, signal: UUID, whom: UUID) -> None:
    row = {"school": school, "signal": signal, "whom": whom}
    remove(db, lies_with, **row)
    db.execute(lies_with.insert(), row)
    _wait_no_longer(db, school, signal)


def _wait_no_longer(db: Connection, school: UUID, signal: UUID) -> None:
    waiting = register.c.state.in_((NEW, KEPT))
    db.execute(register.update().where(_is(school, signal), waiting).values(state=BUSY))


def _take_from(db: Connection, school: UUID, signal: UUID, whom: UUID) -> None:
    """Take it from a colleague or a case; when nobody did anything else with it, it waits as it did before."""
    remove(db, lies_with, school=school, signal=signal, whom=whom)
    still = exists().where(lies_with.c.school == register.c.school, lies_with.c.signal == register.c.signal)
    idle = register.update().where(_is(school, signal), not_(register.c.worked_on), not_(still))
    for column in (register.c.state, register.c.before_closing):
        before = case((register.c.positive, KEPT), else_=NEW)
        db.execute(idle.where(column == BUSY).values({column: before}))


def _is(school: UUID, signal: UUID) -> Any:
    return and_(register.c.school == school, register.c.signal == signal)


PROJECTIONS = (Register(),)
