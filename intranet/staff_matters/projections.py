"""The register of suspicions about staff as tables: for whom each is, who is named, how far it is; no words."""

from typing import Any

from sqlalchemy import BigInteger, Boolean, Column, Index, Text, Uuid, and_
from sqlalchemy.engine import Connection

from events.staff_matter import StaffMatter
from intranet.api import Projection, on, projection_table, to_milliseconds

register = projection_table(
    "staff_matters_register",
    Column("matter", Uuid, primary_key=True),
    Column("reporter", Uuid),
    Column("recorded_at", BigInteger, nullable=False),
    Column("addressee", Text, nullable=False),
    Column("received_at", BigInteger),
    Column("consulted", Boolean, nullable=False),
    Column("reasonable", Boolean),
    Column("filed", Boolean, nullable=False),
    Column("closing_asked", Boolean, nullable=False),
    Column("closed", Boolean, nullable=False),
    Index("staff_matters_register_order__v1", "school", "recorded_at"),
)
named = projection_table(
    "staff_matters_named",
    Column("matter", Uuid, primary_key=True),
    Column("person", Uuid, primary_key=True),
    Index("staff_matters_named_person__v1", "school", "person"),
)
"""Whoever has a row here does not reach the matter, whatever their duties are."""


class Register(Projection):
    """Keeps who may find which matter; the page of one reads the log itself."""

    name = "staff_matters.register"
    tables = (register, named)

    @on(StaffMatter.Reported)
    def reported(self, db: Connection, event: Any) -> None:
        db.execute(
            register.insert(),
            {
                "school": event.school_id,
                "matter": event.originator_id,
                "reporter": event.actor_id,
                "recorded_at": to_milliseconds(event.recorded_at),
                "addressee": event.addressee,
                "received_at": None,
                "consulted": False,
                "reasonable": None,
                "filed": False,
                "closing_asked": False,
                "closed": False,
            },
        )
        _name(db, event, event.named)

    @on(StaffMatter.StaffNamed)
    def staff_named(self, db: Connection, event: Any) -> None:
        _name(db, event, event.people)
        _set(db, event, addressee=event.addressee, closing_asked=False)

    @on(StaffMatter.ReceiptConfirmed)
    def received(self, db: Connection, event: Any) -> None:
        _set(db, event, received_at=to_milliseconds(event.recorded_at))

    @on(StaffMatter.InspectorConsulted)
    def consulted(self, db: Connection, event: Any) -> None:
        _set(db, event, consulted=True, closing_asked=False)

    @on(StaffMatter.SuspicionJudged)
    def judged(self, db: Connection, event: Any) -> None:
        _set(db, event, reasonable=event.reasonable, closing_asked=False)

    @on(StaffMatter.PoliceReportFiled)
    def filed(self, db: Connection, event: Any) -> None:
        _set(db, event, filed=True, closing_asked=False)

    @on(
        StaffMatter.NoteAdded,
        StaffMatter.NoteWithdrawn,
        StaffMatter.NotePutBack,
        StaffMatter.PeopleInformed,
        StaffMatter.MeasureTaken,
    )
    def went_on(self, db: Connection, event: Any) -> None:
        _set(db, event, closing_asked=False)

    @on(StaffMatter.ClosingAsked)
    def closing_asked(self, db: Connection, event: Any) -> None:
        _set(db, event, closing_asked=True)

    @on(StaffMatter.Closed)
    def closed(self, db: Connection, event: Any) -> None:
        _set(db, event, closed=True, closing_asked=False)

    @on(StaffMatter.Reopened)
    def reopened(self, db: Connection, event: Any) -> None:
        _set(db, event, closed=False)


def _set(db: Connection, event: Any, **values: Any) -> None:
    mine = and_(register.c.school == event.school_id, register.c.matter == event.originator_id)
    db.execute(register.update().where(mine).values(**values))


def _name(db: Connection, event: Any, people: tuple[Any, ...]) -> None:
    rows = [{"school": event.school_id, "matter": event.originator_id, "person": person} for person in people]
    if rows:
        db.execute(named.insert(), rows)


PROJECTIONS = [Register()]
