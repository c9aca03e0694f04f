"""Emergency access as a table: who, about which pupil, until when, and what was thought of it; no words."""

from typing import Any

from sqlalchemy import BigInteger, Boolean, Column, Index, Uuid, and_
from sqlalchemy.engine import Connection

from intranet.api import Projection, on, projection_table, to_milliseconds

from .events import EmergencyAccess

emergency = projection_table(
    "emergency_access",
    Column("access", Uuid, primary_key=True),
    Column("person", Uuid, nullable=False),
    Column("pupil", Uuid, nullable=False),
    Column("opened_at", BigInteger, nullable=False),
    Column("until", BigInteger, nullable=False),
    Column("justified", Boolean),
    Column("reviewer", Uuid),
    Column("reviewed_at", BigInteger),
    Index("emergency_access_person__v1", "school", "person", "until"),
)
"""`until` is when it ends, or when it was ended; `justified` is none while nobody reviewed it."""


class Emergencies(Projection):
    """Keeps which emergency access there is and was."""

    name = "emergency.access"
    tables = (emergency,)

    @on(EmergencyAccess.Opened)
    def opened(self, db: Connection, event: Any) -> None:
        row = {
            "school": event.school_id,
            "access": event.originator_id,
            "person": event.person_id,
            "pupil": event.pupil_id,
            "opened_at": to_milliseconds(event.recorded_at),
            "until": to_milliseconds(event.until),
        }
        db.execute(emergency.insert(), row)

    @on(EmergencyAccess.Ended)
    def ended(self, db: Connection, event: Any) -> None:
        db.execute(emergency.update().where(_same(event)).values(until=to_milliseconds(event.recorded_at)))

    @on(EmergencyAccess.Reviewed)
    def reviewed(self, db: Connection, event: Any) -> None:
        values = {
            "justified": event.justified,
            "reviewer": event.actor_id,
            "reviewed_at": to_milliseconds(event.recorded_at),
        }
        db.execute(emergency.update().where(_same(event)).values(values))


def _same(event: Any) -> Any:
    return and_(emergency.c.school == event.school_id, emergency.c.access == event.originator_id)


PROJECTIONS = (Emergencies(),)
