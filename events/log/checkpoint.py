"""Signed checkpoints: what a school's log is at a moment, for somebody else to keep (C2SP tlog-checkpoint)."""

from base64 import b64decode, b64encode
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from sqlalchemy.engine import Connection

from events.frozen import frozen
from events.log.errors import LogError
from events.log.merkle import Frontier, leaf_hash
from events.log.root_words import root_words
from events.log.signing import WrongSignature, open_note, sign_note, verifier_key
from events.log.tables import event, key_use, log_head

_ROWS_AT_ONCE = 1000


class CheckpointRefused(LogError):
    """The stored log is not what was recorded, so nothing was signed; `position` is the first that does not fit."""

    def __init__(self, sentence: str, position: int):
        super().__init__(sentence)
        self.position = position


@frozen
class Checkpoint:
    """The first `size` events of `school` have the Merkle root `root` (32 bytes); `note` is the signed text."""

    school: UUID
    size: int
    root: bytes
    note: str

    @property
    def words(self) -> tuple[str, ...]:
        """The root as sixteen short Dutch words."""
        return root_words(self.root)


def origin(school: UUID) -> str:
    """Return the first line of a school's checkpoints, which is also the name of the key that signs them."""
    return f"geborgen/{school.hex}"


def public_key_of(school: UUID, signing_key: Ed25519PrivateKey) -> str:
    """Return the public key to print beside a school's checkpoint, and to give to `geborgen-verify --key`."""
    return verifier_key(origin(school), signing_key)


def make_checkpoint(
    connection: Connection,
    school: UUID,
    signing_key: Ed25519PrivateKey,
    previous: Checkpoint | None = None,
    *,
    rehash_all: bool = True,
) -> Checkpoint:
    """Read the stored rows again, hash them, compare them with their leaves and the tree head, and only then sign.

    `previous` must still be the beginning of this log: an earlier checkpoint is never contradicted. With
    `rehash_all=False` only rows after it are hashed; of the rows before it the stored leaves must give its root.
    Raises CheckpointRefused, and signs nothing, when anything differs.
    """
    # The head first: on PostgreSQL rows recorded while we read must not look like rows too many.
    head = connection.execute(sa.select(log_head).where(log_head.c.school == school)).one_or_none()
    size = head.size if head else 0
    if previous and (previous.school != school or previous.size > size):
        raise CheckpointRefused(
            f"The log ends at position {size}, but an earlier checkpoint was signed for {previous.size}.", size + 1
        )
    frontier = Frontier()
    if previous and not rehash_all:
        _take_leaves(connection, previous, frontier)
    else:
        _take_rows(connection, school, frontier, previous.size if previous else 0)
    if previous and frontier.root() != previous.root:
        raise CheckpointRefused("The log is not the one an earlier checkpoint was signed for.", previous.size)
    _take_rows(connection, school, frontier, size)
    if head and frontier.pack() != head.frontier:
        raise CheckpointRefused("The rows of the log do not fit its tree head.", size)
    return _sign(school, size, frontier.root(), signing_key)


def _take_leaves(connection: Connection, previous: Checkpoint, frontier: Frontier) -> None:
    """Add the leaves as stored, which only `previous` itself can confirm."""
    of_school = sa.and_(event.c.school == previous.school, event.c.position <= previous.size)
    leaves = sa.select(event.c.leaf).where(of_school).order_by(event.c.position)
    with connection.execute(leaves, execution_options={"yield_per": _ROWS_AT_ONCE}) as rows:
        frontier.extend(rows.scalars())


def _take_rows(connection: Connection, school: UUID, frontier: Frontier, size: int) -> None:
    """Add rows up to position `size`, each hashed again. Raises CheckpointRefused at the first that differs."""
    coming = sa.and_(event.c.school == school, event.c.position > frontier.size, event.c.position <= size)
    stored = sa.select(event).where(coming).order_by(event.c.position)
    with connection.execute(stored, execution_options={"yield_per": _ROWS_AT_ONCE}) as rows:
        for row in rows:
            expected = frontier.size + 1
            if row.position != expected:
                raise CheckpointRefused(f"The event at position {expected} is missing.", expected)
            if stored_leaf(row) != row.leaf:
                raise CheckpointRefused(f"The event at position {expected} is not as it was recorded.", expected)
            frontier.append(row.leaf)
    if frontier.size < size:
        raise CheckpointRefused(f"The event at position {frontier.size + 1} is missing.", frontier.size + 1)


def stored_leaf(row: sa.Row[Any]) -> bytes | None:
    """Return the leaf that follows from a row of `event`; None when a value does not even fit the format."""
    try:
        return leaf_hash(
            row.school.bytes,
            row.position,
            row.stream.bytes,
            row.version,
            row.name,
            row.name_version,
            row.actor.bytes if row.actor else None,
            row.recorded_at,
            row.happened_at,
            row.payload,
        )
    except (TypeError, ValueError):
        return None


def _sign(school: UUID, size: int, root: bytes, signing_key: Ed25519PrivateKey) -> Checkpoint:
    text = f"{origin(school)}\n{size}\n{b64encode(root).decode('ascii')}\n"
    return Checkpoint(school, size, root, sign_note(text, origin(school), signing_key))


def read_checkpoint(note: str, school: UUID, public: Ed25519PublicKey) -> Checkpoint:
    """Return a checkpoint that this installation signed for `school`. Raises WrongSignature for anything else."""
    text = open_note(note, origin(school), public)
    try:
        named, size, root, *_ = text.splitlines()
        checkpoint = Checkpoint(school, int(size), b64decode(root, validate=True), note)
    except ValueError as error:
        raise WrongSignature("The signed note is not a checkpoint.") from error
    if named != origin(school) or len(checkpoint.root) != 32:
        raise WrongSignature("The signed note is not a checkpoint of this school.")
    return checkpoint


def erased_list(connection: Connection, school: UUID) -> str:
    """Return the ids of all destroyed keys of a school as the text of a note: origin, how many, one id per line.

    It leaves the building with each checkpoint, so that a restored key store can be told what must not come back.
    """
    erased = sa.select(key_use.c.key_id).where(key_use.c.school == school, key_use.c.erased_at.is_not(None))
    ids = sorted(connection.execute(erased).scalars())
    return "\n".join([f"{origin(school)}/erased", str(len(ids)), *ids, ""])


def checkpoint_letter(
    connection: Connection, school: UUID, signing_key: Ed25519PrivateKey, checkpoint: Checkpoint
) -> str:
    """Return what leaves the building: the checkpoint, and after it the list of erased keys as a second signed note."""
    return f"{checkpoint.note}\n{sign_note(erased_list(connection, school), origin(school), signing_key)}"
