"""To whom which chronology was handed out; no names and no reasons."""

from typing import Any

from sqlalchemy import BigInteger, Column, Index, Integer, Text, Uuid
from sqlalchemy.engine import Connection

from events.log.mapper import to_milliseconds
from intranet.api import Projection, on, projection_table
from intranet.chronology.events import HandedOut

handed_out = projection_table(
    "chronology_handed_out",
    Column("handed_out", Uuid, primary_key=True),
    Column("subject", Uuid, nullable=False),
    Column("level", Text, nullable=False),
    Column("recipient", Text, nullable=False),
    Column("lines", Integer, nullable=False),
    Column("recorded_at", BigInteger, nullable=False),
    Index("chronology_handed_out_subject__v1", "school", "subject"),
)


class HandedOutRegister(Projection):
    """Finds what was handed out of a person, a group or a case."""

    name = "chronology.handed_out"
    tables = (handed_out,)

    @on(HandedOut.Made)  # type: ignore[attr-defined]
    def made(self, db: Connection, event: Any) -> None:
        row = {
            "school": event.school_id,
            "handed_out": event.originator_id,
            "subject": event.subject_id,
            "level": event.level,
            "recipient": event.recipient,
            "lines": event.lines,
            "recorded_at": to_milliseconds(event.recorded_at),
        }
        db.execute(handed_out.insert(), row)


PROJECTIONS = (HandedOutRegister(),)
