"""Notices as a table: for whom, of which kind, about which record; and who wrote which signal."""

from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Boolean, Column, Index, Text, Uuid, select
from sqlalchemy.engine import Connection

from events.case import Case
from events.incident import SERIOUS as SERIOUS_FROM
from events.incident import Incident
from events.log.mapper import to_milliseconds
from events.log.projection import Projection, on, projection_table
from events.signal import Signal
from events.staff_matter import StaffMatter
from intranet.emergency.events import EmergencyAccess
from intranet.follow_up.events import Climb
from intranet.notices.events import Notice
from intranet.notices.kinds import (
    CLIMBED,
    CLOSING,
    EMERGENCY,
    KINDS,
    MATTER,
    PROMISED,
    SERIOUS,
    SHARED,
    SIGNAL_STATE,
    TEAM,
)

HEAD = "head_teacher"
AUDIENCES = ("incidents.close", "cases.lead", "staff_matters.handle", "emergency.review")
"""Permissions by which a notice finds its readers; otherwise it is for a person or for a duty."""

notice = projection_table(
    "notices_notice",
    Column("position", BigInteger, primary_key=True, autoincrement=False),
    Column("whom", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("record_kind", Text, nullable=False),
    Column("record", Uuid, nullable=False),
    Column("item", Uuid),
    Column("actor", Uuid),
    Column("at", BigInteger, nullable=False),
    Column("urgent", Boolean, nullable=False),
    Index("notices_notice_whom__v1", "school", "whom", "at"),
    Index("notices_notice_record__v1", "school", "record"),
)
"""`whom` is the hex id of a person, the code of a duty, a permission, or a level to which a promise climbs.

`item` is the promise it is about; `actor` who did it or has it to do, and so is not told.
"""
writer = projection_table(
    "notices_writer", Column("signal", Uuid, primary_key=True), Column("person", Uuid, nullable=False)
)


class Notices(Projection):
    """Keeps what is new for whom. One of each kind for a person and a record: the newest takes the place of others."""

    name = "notices.notices"
    tables = (notice, writer)

    @on(Notice.Given)
    def given(self, db: Connection, event: Any) -> None:
        _give(db, event, event.person_id.hex, event.kind, event.record_kind, event.record_id, urgent=event.urgent)

    @on(Incident.FollowUpPromised, Incident.FollowUpMoved, Case.FollowUpPromised, Case.FollowUpMoved)
    def promised(self, db: Connection, event: Any) -> None:
        _of_item(db, event)
        # A closing that was proposed waits no longer: there is something to do first.
        _take_back(db, event, CLOSING)
        _give(db, event, event.owner.hex, PROMISED, item=event.follow_up_id)

    @on(Incident.FollowUpKept, Incident.FollowUpWaived, Case.FollowUpKept, Case.FollowUpWaived)
    def no_longer_open(self, db: Connection, event: Any) -> None:
        if getattr(event, "next_due", None) is None:
            _of_item(db, event)
        else:
            _take_back(db, event, CLIMBED, item=event.follow_up_id)

    @on(Climb.Reached)
    def climbed(self, db: Connection, event: Any) -> None:
        about = {"item": event.follow_up_id, "actor": event.owner}
        _give(db, event, event.level, CLIMBED, event.record_kind, event.record_id, **about)

    @on(Incident.ClosingProposed, Case.ClosingProposed)
    def closing_proposed(self, db: Connection, event: Any) -> None:
        of_incident = isinstance(event, Incident.ClosingProposed)
        _give(db, event, "incidents.close" if of_incident else "cases.lead", CLOSING)

    @on(Incident.Closed, Case.Closed, Incident.Reopened, Case.Reopened)
    def closed(self, db: Connection, event: Any) -> None:
        _take_back(db, event, CLOSING)

    @on(Incident.SeverityAssessed)
    def weighed(self, db: Connection, event: Any) -> None:
        if event.level >= SERIOUS_FROM:
            _give(db, event, HEAD, SERIOUS)
        else:
            _take_back(db, event, SERIOUS)

    @on(Case.LeaderChanged)
    def leads(self, db: Connection, event: Any) -> None:
        _give(db, event, event.leader.hex, TEAM)

    @on(Case.ParticipantAdded)
    def takes_part(self, db: Connection, event: Any) -> None:
        _give(db, event, event.person_id.hex, TEAM)

    @on(Signal.Recorded)
    def written(self, db: Connection, event: Any) -> None:
        if event.actor_id is not None:
            row = {"school": event.school_id, "signal": event.originator_id, "person": event.actor_id}
            db.execute(writer.insert(), row)

    @on(Incident.Shared, Signal.Shared, Case.Shared)
    def shared(self, db: Connection, event: Any) -> None:
        _give(db, event, event.person_id.hex, SHARED)

    @on(Signal.TalkHeld, Signal.TakenToSupportTeam, Signal.BecameIncident, Signal.Closed, Signal.Reopened)
    def went_on(self, db: Connection, event: Any) -> None:
        mine = writer.c.school == event.school_id, writer.c.signal == event.originator_id
        person = db.scalar(select(writer.c.person).where(*mine))
        if person is not None:
            _give(db, event, person.hex, SIGNAL_STATE)

    @on(StaffMatter.Reported, StaffMatter.ClosingAsked)
    def for_the_board(self, db: Connection, event: Any) -> None:
        _give(db, event, "staff_matters.handle", MATTER)

    @on(EmergencyAccess.Opened)
    def emergency(self, db: Connection, event: Any) -> None:
        _give(db, event, "emergency.review", EMERGENCY)

    @on(EmergencyAccess.Reviewed)
    def reviewed(self, db: Connection, event: Any) -> None:
        _take_back(db, event, EMERGENCY)


_KINDS_OF_RECORD = {
    Incident: Incident.log_name,
    Case: Case.log_name,
    Signal: Signal.log_name,
    StaffMatter: StaffMatter.log_name,
    EmergencyAccess: EmergencyAccess.log_name,
}


def _record_kind(event: Any) -> str:
    outer = type(event).__qualname__.partition(".")[0]
    return next(name for kind, name in _KINDS_OF_RECORD.items() if kind.__name__ == outer)


def _give(
    db: Connection,
    event: Any,
    whom: str,
    kind: str,
    record_kind: str | None = None,
    record: UUID | None = None,
    *,
    item: UUID | None = None,
    actor: UUID | None = None,
    urgent: bool | None = None,
) -> None:
    """Put a notice in the table, in the place of an older one that says the same."""
    record = record or event.originator_id
    same = notice.c.school == event.school_id, notice.c.record == record, notice.c.whom == whom, notice.c.kind == kind
    db.execute(notice.delete().where(*same, notice.c.item.is_(None) if item is None else notice.c.item == item))
    db.execute(
        notice.insert(),
        {
            "school": event.school_id,
            "position": event.position,
            "whom": whom,
            "kind": kind,
            "record_kind": record_kind or _record_kind(event),
            "record": record,
            "item": item,
            "actor": actor or event.actor_id,
            "at": to_milliseconds(event.recorded_at),
            "urgent": KINDS[kind].urgent if urgent is None else urgent,
        },
    )


def _take_back(db: Connection, event: Any, kind: str, *, item: UUID | None = None) -> None:
    mine = notice.c.school == event.school_id, notice.c.record == event.originator_id, notice.c.kind == kind
    db.execute(notice.delete().where(*mine, *(() if item is None else (notice.c.item == item,))))


def _of_item(db: Connection, event: Any) -> None:
    mine = notice.c.school == event.school_id, notice.c.record == event.originator_id
    db.execute(notice.delete().where(*mine, notice.c.item == event.follow_up_id))


PROJECTIONS = (Notices(),)
