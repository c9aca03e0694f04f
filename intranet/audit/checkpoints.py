"""The signed checkpoints of a school that this installation keeps, beside those that left the building."""

import os
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from flask import current_app
from sqlalchemy.engine import Connection

from events.frozen import frozen
from events.log import clock
from events.log.checkpoint import Checkpoint, checkpoint_letter, make_checkpoint, read_checkpoint
from events.log.errors import LogUnfit
from events.log.signing import WrongSignature, load_signing_key
from intranet.database import log
from intranet.looked_at import looked_at


@frozen
class Kept:
    """A checkpoint with the moment it was signed."""

    checkpoint: Checkpoint
    signed_at: datetime

    @property
    def size(self) -> int:
        return self.checkpoint.size


def signing_key() -> Ed25519PrivateKey:
    """Return the key of this installation. Raises `LogUnfit` when there is none or others can open it."""
    return load_signing_key(Path(current_app.config["INSTANCE"]) / "signing-key.pem")


def has_key() -> bool:
    """Tell whether checkpoints can be signed and checked here."""
    try:
        signing_key()
    except LogUnfit:
        return False
    return True


def kept_here() -> Path:
    """Return the folder in which this installation keeps its checkpoints, a folder in it for each school."""
    return Path(current_app.config["INSTANCE"]) / "checkpoints"


def kept(school: UUID, place: Path | None = None) -> list[Kept]:
    """Return the checkpoints of a school that are still signed as they were, the newest first; none without a key.

    They are those kept here, or those in another `place`.
    """
    try:
        public = signing_key().public_key()
    except LogUnfit:
        return []
    found = []
    for path in sorted(((place or kept_here()) / school.hex).glob("*.txt"), reverse=True):
        try:
            found.append(Kept(read_checkpoint(path.read_text("utf-8"), school, public), _moment(path)))
        except (WrongSignature, ValueError):
            continue
    if looked_at():
        reached = log.head(school).size
        found = [each for each in found if each.size <= reached]
    return sorted(found, key=lambda each: (each.size, each.signed_at), reverse=True)


def keep_new(connection: Connection, school: UUID) -> Kept:
    """Hash all stored rows again, sign what they are and keep it. Raises `CheckpointRefused` when they do not fit."""
    earlier = kept(school)
    previous = earlier[0].checkpoint if earlier else None
    made = make_checkpoint(connection, school, signing_key(), previous)
    now = clock.now().replace(microsecond=0)
    path = kept_here() / school.hex / f"{made.size:010d}-{now:%Y%m%dT%H%M%SZ}.txt"
    _write(path, made.note)
    return Kept(made, now)


def letter(connection: Connection, school: UUID, checkpoint: Checkpoint) -> str:
    """Return what leaves the building: the checkpoint and the signed list of destroyed keys."""
    return checkpoint_letter(connection, school, signing_key(), checkpoint)


def _moment(path: Path) -> datetime:
    _size, _dash, stamp = path.stem.partition("-")
    return datetime.strptime(stamp, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    unfinished = path.with_suffix(".new")
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
    with open(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(path)
