"""Checking a copy of a long log against a signed checkpoint, with the program that somebody outside would use."""

import subprocess
import sys
from base64 import b64encode
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID, uuid4

import psycopg
import sqlalchemy as sa
from pysqlite3 import dbapi2 as sqlite
from sqlalchemy.engine import make_url

from events.log.checkpoint import origin, public_key_of
from events.log.engines import write_engine
from events.log.merkle import Frontier, leaf_hash
from events.log.signing import create_signing_key, sign_note
from events.log.tables import log_head, log_tables
from tests.benchmarks.databases import SQLITE, Database
from tests.benchmarks.figures import Figure
from tests.benchmarks.sizes import Sizes
from tests.benchmarks.stopwatch import seconds_of

QUESTION = (
    "`geborgen-verify` on a copy of {verified:,} events, from its start to its sentence: every row read and hashed "
    "again and compared with its leaf, the tree's root with the signed one. The better of two runs, because the first "
    "one also brings the file into memory."
)
TARGET = 4.0
COLUMNS = "school, position, stream, version, name, name_version, actor, recorded_at, happened_at, payload, leaf"
PAYLOAD_BYTES = 450
"""What an incident of three sentences takes."""
AT_ONCE = 10_000


def measure(on: Database, sizes: Sizes) -> Iterator[Figure]:
    """Write a log, sign its end, and run the verifier on it."""
    url, school = on.new("copy"), uuid4()
    frontier = _write(on, url, school, sizes.verified)
    key = create_signing_key(on.folder / f"{school.hex}.pem")
    text = f"{origin(school)}\n{frontier.size}\n{b64encode(frontier.root()).decode()}\n"
    checkpoint = on.folder / f"{school.hex}.txt"
    checkpoint.write_text(sign_note(text, origin(school), key))
    command = [
        sys.executable, "-m", "verifier", "--db", url, "--checkpoint", str(checkpoint), "--key",
        public_key_of(school, key), "--language", "en",
    ]  # fmt: skip
    taken = min(seconds_of(lambda: _verify(command)) for _ in range(2))
    if on.kind == SQLITE:
        Path(make_url(url).database or "").unlink()
    yield Figure(f"{sizes.verified:,} events verified", on.kind, f"{taken:.2f} s", taken, at_most=TARGET, unit=" s")
    yield Figure("events verified a second", on.kind, f"{sizes.verified / taken:,.0f}")


def _verify(command: list[str]) -> None:
    answer = subprocess.run(command, capture_output=True, text=True, check=False)
    if answer.returncode or not answer.stdout.startswith("Equal"):
        raise RuntimeError(answer.stdout + answer.stderr)


def _write(on: Database, url: str, school: UUID, size: int) -> Frontier:
    """Write the events as the log does, without its triggers, because a million rows are only here to be read."""
    engine, frontier = write_engine(url), Frontier()
    log_tables.create_all(engine)
    rows = _rows(school, size, frontier)
    if on.kind == SQLITE:
        _write_sqlite(make_url(url).database, rows)
    else:
        _write_postgresql(url, rows)
    with engine.begin() as connection:
        head = {"school": school, "size": frontier.size, "recorded_at": 0, "frontier": frontier.pack()}
        connection.execute(log_head.insert(), head)
    if on.kind != SQLITE:
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(sa.text("VACUUM ANALYZE event"))
    engine.dispose()
    return frontier


def _rows(school: UUID, size: int, frontier: Frontier) -> Iterator[list[tuple[Any, ...]]]:
    draw = Random(size)
    actors = [draw.randbytes(16) for _ in range(40)]
    payloads = [draw.randbytes(PAYLOAD_BYTES) for _ in range(500)]
    numbers, streams, moment = iter(range(1, size + 1)), [draw.randbytes(16)], 1_790_000_000_000
    while some := list(islice(numbers, AT_ONCE)):
        rows, leaves = [], []
        for position in some:
            if position % 2:
                streams.append(draw.randbytes(16))
            stream, version, moment = streams[-1], 2 - position % 2, moment + 40_000
            name = "incidents.incident.Reported" if version == 1 else "incidents.incident.NoteAdded"
            actor, payload = actors[position % 40], payloads[position % 500]
            happened = moment - 60_000 if version == 1 else None
            leaf = leaf_hash(school.bytes, position, stream, version, name, 1, actor, moment, happened, payload)
            leaves.append(leaf)
            rows.append((school, position, stream, version, name, 1, actor, moment, happened, payload, leaf))
        frontier.extend(leaves)
        yield rows


def _write_sqlite(path: str | None, pages: Iterable[list[tuple[Any, ...]]]) -> None:
    connection = sqlite.connect(path, isolation_level=None)
    connection.execute("PRAGMA synchronous=OFF")
    connection.execute("BEGIN")
    for rows in pages:
        connection.executemany(
            f"INSERT INTO event ({COLUMNS}) VALUES (?,?,?,?,?,?,?,?,?,?,?)",
            [(row[0].hex, row[1], row[2].hex(), *row[3:6], row[6].hex(), *row[7:]) for row in rows],
        )
    connection.execute("COMMIT")
    connection.close()


def _write_postgresql(url: str, pages: Iterable[list[tuple[Any, ...]]]) -> None:
    types = ("uuid", "int8", "uuid", "int4", "text", "int4", "uuid", "int8", "int8", "bytea", "bytea")
    into = f"COPY event ({COLUMNS}) FROM STDIN (FORMAT BINARY)"
    with psycopg.connect(url.replace("+psycopg", "")) as connection, connection.cursor().copy(into) as copy:
        copy.set_types(types)
        for rows in pages:
            for row in rows:
                copy.write_row((*row[:2], UUID(bytes=row[2]), *row[3:6], UUID(bytes=row[6]), *row[7:]))
