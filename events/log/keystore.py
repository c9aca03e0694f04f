"""The key store: one wrapped data key per dossier or person, apart from the log: destroying it erases their words."""

import os
import re
import secrets
import threading
import time
import weakref
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import islice
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from events.log import key_rotation
from events.log.cipher import forget_ciphers, unwrap, wrap
from events.log.errors import LogUnavailable, LogUnfit
from events.log.key_rotation import BY_SERVER
from events.log.key_tables import create_tables, data_key, key_engine, state, tombstone
from events.log.keyfile import KeyFile
from events.log.keypool import DataKey, KeyPool

__all__ = ["DataKey", "KeyStore"]

KEY_ID = re.compile(r"[0-9a-f]{32}")
KEYS_CACHED = 20_000
IDS_PER_STATEMENT = 500
LOOK_AGAIN_SECONDS = 1.0
FILE_CLOCK_NANOSECONDS = 50_000_000

_stores: "weakref.WeakSet[KeyStore]" = weakref.WeakSet()


def _start_over_in_child() -> None:
    for store in _stores:
        store.start_over()


os.register_at_fork(after_in_child=_start_over_in_child)


class KeyStore:
    """The data keys at `url` (an SQLite file of its own, or schema `keys` on PostgreSQL), wrapped by `key_file`.

    Threads and forks may share it. A key that another process destroyed stops opening here with the next `open`
    (SQLite), or with the next `notice_erasures()` and at most a second later (PostgreSQL).
    """

    def __init__(self, url: str, key_file: KeyFile):
        self.key_file = key_file
        self.engine = key_engine(url)
        self._file = self.engine.url.database if self.engine.dialect.name == "sqlite" else None
        self._pool = KeyPool(self._make)
        self._opened: dict[str, bytes | None] = {}
        self._generation = ""
        self._seen: Any = None
        self._lock = threading.Lock()
        _stores.add(self)

    def create_tables(self, create: Callable[[Connection], None] = create_tables) -> None:
        """Create what is missing, with `create`, and the first row.

        Raises `LogUnfit` when the key store in place does not belong to the key file.
        """
        with _failing(), self.engine.connect().execution_options(write=True) as connection, connection.begin():
            create(connection)
            if connection.scalar(sa.select(state.c.id)) is None:
                first = {"id": 1, "current_kek": self.key_file.newest.id, "generation": secrets.token_hex(8)}
                connection.execute(state.insert(), first)
        self.require_fit()

    def require_fit(self) -> None:
        """Check that this key file opens this key store. Raises `LogUnfit` with what to do."""
        try:
            with self.engine.connect() as connection:
                current = connection.scalar(sa.select(state.c.current_kek))
                sample = connection.execute(
                    sa.select(data_key).where(data_key.c.wrapping.startswith(BY_SERVER)).limit(1)
                ).first()
        except (sa.exc.OperationalError, sa.exc.ProgrammingError) as error:
            raise LogUnfit(
                "The key store is missing or away. Put back your copy of it, or start its server."
            ) from error
        if current is None:
            raise LogUnfit("The key store is empty. Put back your copy of it: without it no word can be read.")
        self.key_file.wrapping_key(current)
        if sample is not None:
            self._unwrap(sample.id, sample.wrapping, sample.wrapped)

    def fill_pool(self) -> None:
        """Make keys ahead, as at the start of a process. Raises `LogUnavailable`."""
        self._pool.fill()

    def take(self) -> DataKey:
        """Return a key that nobody else gets; writes to disk only when the pool ran dry. Raises `LogUnavailable`."""
        return self._pool.take()

    def open(self, key_id: str) -> bytes | None:
        """Return a data key (32 bytes), None when it was destroyed or never existed.

        Raises `LogUnfit` (key file of another store), `WrongSeal` (damaged row), `LogUnavailable`.
        """
        self._look()
        opened = self._opened
        return opened[key_id] if key_id in opened else self._fetch([key_id]).get(key_id)

    def open_many(self, key_ids: Iterable[str]) -> dict[str, bytes | None]:
        """Return every key of `key_ids` as `open` would, in few statements."""
        self._look()
        opened, wanted = self._opened, set(key_ids)
        found = {each: opened[each] for each in wanted if each in opened}
        for some in _portions(wanted - found.keys()):
            found |= self._fetch(some)
        return {each: found.get(each) for each in wanted}

    @property
    def generation(self) -> str:
        """What changes whenever a key is destroyed: whoever keeps readable words compares it first."""
        self._look()
        return self._generation

    def notice_erasures(self) -> None:
        """Forget every opened key if any was destroyed elsewhere; call it at the start of a request."""
        self._look(now=True)

    def forget(self) -> None:
        """Drop every opened key from this process."""
        with self._lock:
            self._opened = {}
        forget_ciphers()

    def destroy(self, key_ids: Iterable[str]) -> list[str]:
        """Destroy keys for good and return the ids of those that were still there. Doing it again is harmless.

        Raises ValueError for what is no key id, `LogUnavailable` when nothing was destroyed.
        """
        wanted = set(key_ids)
        for each in wanted:
            if not KEY_ID.fullmatch(each):
                raise ValueError(f"{each!r} is no key id.")
        with self.writing() as connection:
            for some in _portions(wanted):
                buried = set(connection.scalars(sa.select(tombstone.c.id).where(tombstone.c.id.in_(some))))
                if new := [{"id": each} for each in some if each not in buried]:
                    connection.execute(tombstone.insert(), new)
            destroyed = self._delete(connection, wanted)
        self._look(now=True)
        return destroyed

    def held(self, key_ids: Iterable[str]) -> list[str]:
        """Return which of `key_ids` still have a key here."""
        with self.reading() as connection:
            return [each for some in _portions(set(key_ids)) for each in _present(connection, some)]

    def remove(self, key_ids: Iterable[str]) -> None:
        """Remove keys that no event names; unlike a destroyed key they leave no tombstone."""
        with self.writing() as connection:
            self._delete(connection, set(key_ids))
        self._look(now=True)

    def rotate(self, used: key_rotation.Used | None = None) -> str:
        """Replace the wrapping key and remove keys that were never used (see `key_rotation`); return its id."""
        if used is not None:
            key_rotation.remove_unused(self, used)
        return key_rotation.rotate(self)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection to read with. Raises `LogUnavailable` when the store is away."""
        with _failing(), self.engine.connect() as connection:
            if self._file is None:
                connection.execution_options(isolation_level="AUTOCOMMIT")
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction beside which nobody else writes. Raises `LogUnavailable` when the store cannot write."""
        with _failing(), self.engine.connect().execution_options(write=True) as connection, connection.begin():
            connection.execute(sa.select(state.c.id).with_for_update())
            yield connection

    def close(self) -> None:
        """Let go of the database."""
        self._pool.close()
        self.engine.dispose()

    def start_over(self) -> None:
        """In a forked child: leave the parent its connections, and its pool, since a key serves one owner only."""
        self.engine.dispose(close=False)
        self._lock = threading.Lock()
        self._pool.start_over()

    def _make(self, number: int) -> list[DataKey]:
        keys = [DataKey(secrets.token_hex(16), secrets.token_bytes(32)) for _ in range(number)]
        today = datetime.now(UTC).date()
        with self.writing() as connection:
            current = connection.execute(sa.select(state.c.current_kek)).scalar_one()
            wrapping_key = self.key_file.wrapping_key(current)
            rows = [
                {
                    "id": each.id,
                    "wrapping": BY_SERVER + current,
                    "wrapped": wrap(wrapping_key, each.id, each.key),
                    "made_on": today,
                }
                for each in keys
            ]
            connection.execute(data_key.insert(), rows)
        return keys

    def _fetch(self, key_ids: list[str], *, again: bool = True) -> dict[str, bytes | None]:
        generation = self._generation
        no_key = sa.null()
        with self.reading() as connection:
            rows = connection.execute(
                sa.select(data_key.c.id, data_key.c.wrapping, data_key.c.wrapped)
                .where(data_key.c.id.in_(key_ids))
                .union_all(sa.select(tombstone.c.id, no_key, no_key).where(tombstone.c.id.in_(key_ids)))
            ).all()
        try:
            found = {row.id: row.wrapped and self._unwrap(*row) for row in sorted(rows, key=_is_tombstone)}
        except LogUnfit:
            if not again:
                raise
            return self._fetch(key_ids, again=False)  # rotated between reading the row and reading the key file
        with self._lock:
            if generation == self._generation:
                if len(self._opened) + len(found) > KEYS_CACHED:
                    self._opened = dict(islice(self._opened.items(), KEYS_CACHED // 2, None))
                self._opened.update(found)
        return found

    def _unwrap(self, key_id: str, wrapping: str, wrapped: bytes) -> bytes:
        if not wrapping.startswith(BY_SERVER):
            raise LogUnfit(f"Data key {key_id} is not wrapped for this server.")
        return unwrap(self.key_file.wrapping_key(wrapping.removeprefix(BY_SERVER)), key_id, wrapped)

    def _delete(self, connection: Connection, key_ids: set[str]) -> list[str]:
        deleted = []
        for some in _portions(key_ids):
            deleted += _present(connection, some)
            connection.execute(data_key.delete().where(data_key.c.id.in_(some)))
        connection.execute(state.update().values(generation=secrets.token_hex(8)))
        return deleted

    def _look(self, *, now: bool = False) -> None:
        """Compare the store's generation, which every deletion changes, with the one that the opened keys are of."""
        if self._file is not None:
            if self._seen is not None and self._seen == _file_mark(self._file):
                return
            seen: Any = _file_mark(self._file)
        else:
            seen = time.monotonic()
            if not now and self._seen is not None and seen - self._seen < LOOK_AGAIN_SECONDS:
                return
        with self.reading() as connection:
            generation = connection.execute(sa.select(state.c.generation)).scalar_one()
        if generation != self._generation:
            self._pool.keep(self.held(self._pool.ids()))
            with self._lock:
                self._opened, self._generation = {}, generation
            forget_ciphers()
        self._seen = seen


def _portions(key_ids: Collection[str]) -> Iterator[list[str]]:
    ordered = sorted(key_ids)
    for start in range(0, len(ordered), IDS_PER_STATEMENT):
        yield ordered[start : start + IDS_PER_STATEMENT]


def _present(connection: Connection, key_ids: list[str]) -> list[str]:
    return list(connection.scalars(sa.select(data_key.c.id).where(data_key.c.id.in_(key_ids))))


def _is_tombstone(row: Any) -> bool:
    return row.wrapped is None


def _file_mark(path: str) -> tuple[int, int, int] | None:
    """What changes with every commit to the file; None while the file clock is too coarse to tell two commits apart."""
    try:
        status = os.stat(path)
    except OSError as error:
        raise LogUnavailable("The key store is away; no word can be read until it is back.") from error
    if time.time_ns() - status.st_mtime_ns < FILE_CLOCK_NANOSECONDS:
        return None
    return status.st_ino, status.st_size, status.st_mtime_ns


@contextmanager
def _failing() -> Iterator[None]:
    try:
        yield
    except (sa.exc.OperationalError, sa.exc.InterfaceError, sa.exc.TimeoutError) as error:
        raise LogUnavailable("The key store cannot be used now; nothing was changed in it.") from error
