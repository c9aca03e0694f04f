"""A made-up log of one school in plain rows, written as the copy that somebody wants checked."""

import json
import random
import sqlite3
from base64 import b64encode
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from events.log.merkle import Frontier, leaf_hash, tree_root

SCHOOL = bytes.fromhex("5c4001" + "00" * 13)
OTHER_SCHOOL = bytes.fromhex("5c4002" + "00" * 13)
SIGNING_KEY = Ed25519PrivateKey.from_private_bytes(sha256(b"only for tests").digest())

# What an insider who can do anything is left with: the columns, without keys, constraints and triggers.
LAYOUT = """
CREATE TABLE event (school CHAR(32), position BIGINT, stream CHAR(32), version INTEGER, name TEXT,
    name_version INTEGER, actor CHAR(32), recorded_at BIGINT, happened_at BIGINT, payload BLOB, leaf BLOB);
CREATE TABLE log_head (school CHAR(32), size BIGINT, recorded_at BIGINT, frontier BLOB);
"""


@dataclass(frozen=True)
class Event:
    """One row of the log."""

    position: int
    stream: bytes
    version: int
    name: str
    actor: bytes | None
    recorded_at: int
    happened_at: int | None
    payload: bytes
    school: bytes = SCHOOL
    name_version: int = 1
    leaf: bytes = b""

    def with_own_leaf(self) -> "Event":
        """Return the event with the leaf that follows from its values."""
        values = (self.stream, self.version, self.name, self.name_version, self.actor)
        rest = (self.recorded_at, self.happened_at, self.payload)
        return replace(self, leaf=leaf_hash(self.school, self.position, *values, *rest))


def some_log(size: int, school: bytes = SCHOOL) -> list[Event]:
    """Return `size` events of some streams, people and minutes; the same ones each time."""
    chance = random.Random(size)
    actors = [chance.randbytes(16) for _ in range(5)] + [None]
    versions: dict[bytes, int] = {}
    events = []
    now = 1_790_000_000_000
    for position in range(1, size + 1):
        stream = chance.choice([*versions, chance.randbytes(16)])
        versions[stream] = versions.get(stream, 0) + 1
        now += chance.randrange(1, 90_000)
        event = Event(
            position=position,
            stream=stream,
            version=versions[stream],
            name="incidents.incident.Reported" if versions[stream] == 1 else "incidents.incident.Corrected",
            actor=chance.choice(actors),
            recorded_at=now,
            happened_at=chance.choice([None, now - 60_000]),
            payload=b'{"kind":"bullying","number":%d}' % chance.randrange(1000),
            school=school,
        )
        events.append(event.with_own_leaf())
    return events


def frontier_of(events: Sequence[Event]) -> Frontier:
    """Return the frontier over the stored leaves."""
    frontier = Frontier()
    frontier.extend(event.leaf for event in events)
    return frontier


def write_copy(path: Path, events: Sequence[Event], head: Frontier | None = None) -> Path:
    """Write the events as a database file, with the given stored end of the log (that of the events if none)."""
    head = head or frontier_of(events)
    path.unlink(missing_ok=True)
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(LAYOUT)
        connection.executemany(
            "INSERT INTO event VALUES (?,?,?,?,?,?,?,?,?,?,?)",
            [
                (
                    event.school.hex(), event.position, event.stream.hex(), event.version, event.name,
                    event.name_version, event.actor and event.actor.hex(), event.recorded_at, event.happened_at,
                    event.payload, event.leaf,
                )
                for event in events
            ],
        )  # fmt: skip
        connection.execute(
            "INSERT INTO log_head VALUES (?, ?, ?, ?)", (SCHOOL.hex(), head.size, events[-1].recorded_at, head.pack())
        )
        connection.commit()
    return path


def checkpoint_text(size: int, root: bytes, school: bytes = SCHOOL) -> str:
    """Return the three lines of a checkpoint."""
    return f"geborgen/{school.hex()}\n{size}\n{b64encode(root).decode()}\n"


def signed(text: str, name: str = f"geborgen/{SCHOOL.hex()}", key: Ed25519PrivateKey = SIGNING_KEY) -> str:
    """Return `text` as a signed note, written down here apart from the product's own signer."""
    encoded = b"\x01" + key.public_key().public_bytes_raw()
    key_id = sha256(name.encode() + b"\n" + encoded).digest()[:4]
    return f"{text}\n— {name} {b64encode(key_id + key.sign(text.encode())).decode()}\n"


def checkpoint(events: Sequence[Event], size: int) -> str:
    """Return the signed checkpoint over the first `size` events."""
    return signed(checkpoint_text(size, tree_root(event.leaf for event in events[:size])))


def public_key(name: str = f"geborgen/{SCHOOL.hex()}", key: Ed25519PrivateKey = SIGNING_KEY) -> str:
    """Return the public key as it is printed on a checkpoint page."""
    encoded = b"\x01" + key.public_key().public_bytes_raw()
    key_id = sha256(name.encode() + b"\n" + encoded).digest()[:4]
    return f"{name}+{key_id.hex()}+{b64encode(encoded).decode()}"


def set_value(path: Path, position: int, column: str, value: object) -> None:
    """Put a value of any kind into one row, as only somebody with the file can."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"UPDATE event SET {column} = ? WHERE position = ?", (value, position))
        connection.commit()


def in_wal_mode(path: Path) -> None:
    """Leave the file as the product has it: in WAL mode."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")


def write_export(path: Path, rows: list[Event]) -> None:
    """Write the exported log as docs/log-format.md describes it, apart from the product's own exporter."""
    lines = [
        {
            "school": row.school.hex(), "position": row.position, "stream": row.stream.hex(), "version": row.version,
            "name": row.name, "name_version": row.name_version, "actor": row.actor and row.actor.hex(),
            "recorded_at": row.recorded_at, "happened_at": row.happened_at,
            "payload": b64encode(row.payload).decode(), "leaf": b64encode(row.leaf).decode(),
        }
        for row in rows
    ]  # fmt: skip
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))
