"""Files of a dossier: sealed under its key, named by the hash of what is stored, in the transaction that names them."""

from collections.abc import Iterable
from hashlib import sha256
from uuid import UUID

import msgspec
from sqlalchemy import bindparam, select

from events.log.cipher import WrongSeal, seal_file, unseal_file
from events.log.errors import LogError
from events.log.personal import Code
from events.log.store import Log
from events.log.tables import blob
from events.log.unit_of_work import UnitOfWork, current_unit

FORMAT = b"\x01"
_HEAD = len(FORMAT) + 16
"""The format and the key id; nonce and ciphertext follow."""

_one = select(blob.c.content).where(blob.c.school == bindparam("of_school"), blob.c.name == bindparam("of_name"))


class BlobLost(LogError):
    """A stored file is not there, or is no longer what the event says; its key still exists."""


class BlobRef(msgspec.Struct, frozen=True):
    """What an event says of a file: the hash of its stored bytes, the key that opens them, and how long it is."""

    blob: Code
    key: Code
    size: int


def put_blob(log: Log, owner: UUID, content: bytes) -> BlobRef:
    """Store `content` sealed under the key of `owner` and return what the event must say of it.

    Runs inside the unit of work that records that event: neither is ever there without the other. Raises `Refused`
    when the owner was erased.
    """
    unit = current_unit()
    if unit is None:
        raise RuntimeError("A file is stored inside the unit of work that records it only.")
    key_id, key = log.owned_keys.key_for(owner)
    stored = FORMAT + bytes.fromhex(key_id) + seal_file(key, key_id, owner, content)
    name = sha256(stored).hexdigest()
    row = {"school": unit.school, "name": name, "key_id": key_id, "content": stored}
    unit.execute(blob.insert(), row)
    return BlobRef(name, key_id, len(content))


def read_blob(log: Log, school: UUID, owner: UUID, ref: BlobRef) -> bytes | None:
    """Return what was stored, None when its key was destroyed.

    Raises `BlobLost` when the key exists and the bytes are gone or changed.
    """
    key = log.owned_keys.open(ref.key)
    if key is None:
        return None
    with log.read() as connection:
        stored = connection.scalar(_one, {"of_school": school, "of_name": ref.blob})
    if stored is None or sha256(stored).hexdigest() != ref.blob:
        raise BlobLost(f"The file {ref.blob} is not what was stored. Run: flask intranet verify")
    try:
        return unseal_file(key, ref.key, owner, stored[_HEAD:])
    except WrongSeal as error:
        raise BlobLost(f"The file {ref.blob} was sealed for another dossier.") from error


def drop_blobs(unit: UnitOfWork, names: Iterable[str]) -> None:
    """Remove stored files, in the transaction of the event that says so."""
    for name in names:
        unit.execute(blob.delete().where(blob.c.school == unit.school, blob.c.name == name))
