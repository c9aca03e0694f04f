"""Which marks hang on which record, in the order of when it was seen; neither where nor what."""

from typing import Any

from sqlalchemy import Column, Date, Index, Integer, Uuid
from sqlalchemy.engine import Connection

from intranet.api import Projection, on, projection_table
from intranet.body_map.events import BodyMark

noted = projection_table(
    "body_map_noted",
    Column("mark", Uuid, primary_key=True),
    Column("record", Uuid, nullable=False),
    Column("seen_on", Date, nullable=False),
    Column("position", Integer, nullable=False),
    Index("body_map_noted_record__v1", "school", "record"),
)


class Map(Projection):
    """Finds the marks of a record."""

    name = "body_map.map"
    tables = (noted,)

    @on(BodyMark.Noted)
    def noted(self, db: Connection, event: Any) -> None:
        row = {
            "school": event.school_id,
            "mark": event.originator_id,
            "record": event.dossier_id,
            "seen_on": event.seen_on,
            "position": event.position,
        }
        db.execute(noted.insert(), row)


PROJECTIONS = [Map()]
