"""Which files hang on which record; no words."""

from typing import Any

from sqlalchemy import Boolean, Column, Date, Index, Integer, Text, Uuid
from sqlalchemy.engine import Connection

from events.log.rows import change
from intranet.api import Projection, on, projection_table
from intranet.files.events import StoredFile

stored = projection_table(
    "files_stored",
    Column("file", Uuid, primary_key=True),
    Column("record", Uuid, nullable=False),
    Column("kind", Text, nullable=False),
    Column("pages", Integer, nullable=False),
    Column("position", Integer, nullable=False),
    Column("removed_until", Date),
    Column("destroyed", Boolean, nullable=False),
    Index("files_stored_record__v1", "school", "record"),
)


class Shelf(Projection):
    """Finds the files of a record in the order in which they were added."""

    name = "files.shelf"
    tables = (stored,)

    @on(StoredFile.Added)
    def added(self, db: Connection, event: Any) -> None:
        row = {
            "school": event.school_id,
            "file": event.originator_id,
            "record": event.dossier_id,
            "kind": event.kind,
            "pages": len(event.pages),
            "position": event.position,
            "removed_until": None,
            "destroyed": False,
        }
        db.execute(stored.insert(), row)

    @on(StoredFile.Removed)
    def removed(self, db: Connection, event: Any) -> None:
        self._change(db, event, removed_until=event.until)

    @on(StoredFile.PutBack)
    def put_back(self, db: Connection, event: Any) -> None:
        self._change(db, event, removed_until=None)

    @on(StoredFile.Destroyed)
    def destroyed(self, db: Connection, event: Any) -> None:
        self._change(db, event, destroyed=True)

    def _change(self, db: Connection, event: Any, **values: Any) -> None:
        change(db, stored, {"school": event.school_id, "file": event.originator_id}, **values)


PROJECTIONS = [Shelf()]
