"""Files that were read and wait for somebody to confirm them: sealed under the key of that person, for a day."""

from datetime import timedelta
from typing import Generic, TypeVar
from uuid import UUID, uuid4

import msgspec
from sqlalchemy import BigInteger, Column, ColumnElement, LargeBinary, Table, Text, Uuid, select

from events.log import clock
from events.log.cipher import seal, unseal
from events.log.context import current_actor, current_school
from events.log.errors import NotFound, Refused
from events.log.mapper import to_milliseconds
from events.log.personal import ERASED, SealedValue
from events.log.unit_of_work import UnitOfWork
from intranet.database import log
from intranet.schema import core_tables

KEPT = timedelta(hours=24)
Content = TypeVar("Content")

upload = Table(
    "upload",
    core_tables,
    Column("upload", Uuid, primary_key=True),
    Column("purpose", Text, nullable=False),
    Column("school", Uuid, nullable=False),
    Column("importer", Uuid, nullable=False),
    Column("made_at", BigInteger, nullable=False),
    Column("key_id", Text, nullable=False),
    Column("nonce", LargeBinary, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
)


class UnreadableFile(Refused):
    """The uploaded file is not one that can be read; the sentence says why and nothing was changed."""


class Uploads(Generic[Content]):
    """The uploads for one purpose (`people.roster`); `kind` is the Struct that reading such a file gives."""

    def __init__(self, purpose: str, kind: type[Content]):
        self.purpose = purpose
        self.kind = kind

    def keep(self, read: Content) -> UUID:
        """Keep a read file until it is confirmed and return its id; older uploads of the same person go."""
        school, importer, upload_id = current_school(), _importer(), uuid4()
        with log.unit_of_work() as work:
            mine = (upload.c.school == school) & (upload.c.importer == importer) & (upload.c.purpose == self.purpose)
            work.execute(upload.delete().where(mine | (upload.c.made_at < _since())))
            key_id, key = log.owned_keys.key_for(importer)
            sealed = seal(key, key_id, importer, 0, f"upload.{upload_id.hex}", msgspec.json.encode(read).decode())
            row = {"upload": upload_id, "purpose": self.purpose, "school": school, "importer": importer}
            row |= {"made_at": to_milliseconds(clock.now())}
            work.execute(upload.insert(), row | {"key_id": sealed.k, "nonce": sealed.n, "sealed": sealed.c})
        return upload_id

    def kept(self, upload_id: UUID) -> Content | None:
        """Return a file that the acting person uploaded; None for any other, or when it is taken over or too old."""
        query = select(upload).where(*self._mine(upload_id), upload.c.made_at >= _since())
        with log.read() as connection:
            row = connection.execute(query).first()
        if row is None:
            return None
        key = log.owned_keys.open(row.key_id)
        sealed = SealedValue(row.key_id, row.nonce, row.sealed)
        words = unseal(key, sealed, row.importer, 0, f"upload.{upload_id.hex}")
        return None if words is ERASED else msgspec.json.decode(words, type=self.kind)

    def discard(self, upload_id: UUID) -> None:
        """Forget an upload of the acting person."""
        with log.unit_of_work(lock=False) as work:
            self.taken_over(work, upload_id)

    def taken_over(self, work: UnitOfWork, upload_id: UUID) -> None:
        """Forget an upload in the transaction in which it was taken over."""
        work.execute(upload.delete().where(*self._mine(upload_id)))

    def _mine(self, upload_id: UUID) -> tuple[ColumnElement[bool], ...]:
        return (
            upload.c.upload == upload_id,
            upload.c.purpose == self.purpose,
            upload.c.school == current_school(),
            upload.c.importer == _importer(),
        )


def _importer() -> UUID:
    importer = current_actor()
    if importer is None:
        raise NotFound("An upload belongs to a person.")
    return importer


def _since() -> int:
    return to_milliseconds(clock.now() - KEPT)
