"""Shares as a table: which record, with whom, until which day; no words."""

from typing import Any

from sqlalchemy import Column, Date, Index, Uuid
from sqlalchemy.engine import Connection

from events.case import Case
from events.incident import Incident
from events.log.projection import Projection, on, projection_table
from events.log.rows import remove
from events.signal import Signal

shared = projection_table(
    "sharing_shared",
    Column("record", Uuid, primary_key=True),
    Column("person", Uuid, primary_key=True),
    Column("until", Date, nullable=False),
    Index("sharing_shared_person__v1", "school", "person", "until"),
)
"""Who may read which record up to and with which day; what was taken back has no row."""


class Shares(Projection):
    """Keeps with whom a record is shared, whatever kind of record it is."""

    name = "sharing.shares"
    tables = (shared,)

    @on(Incident.Shared, Signal.Shared, Case.Shared)
    def was_shared(self, db: Connection, event: Any) -> None:
        self.withdrawn(db, event)
        row = {"school": event.school_id, "record": event.originator_id, "person": event.person_id}
        db.execute(shared.insert(), {**row, "until": event.until})

    @on(Incident.ShareWithdrawn, Signal.ShareWithdrawn, Case.ShareWithdrawn)
    def withdrawn(self, db: Connection, event: Any) -> None:
        remove(db, shared, school=event.school_id, record=event.originator_id, person=event.person_id)


PROJECTIONS = (Shares(),)
