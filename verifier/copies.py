"""Reads the events of one school from a copy: an SQLite file, a PostgreSQL database or an exported log."""

from abc import ABC, abstractmethod
from binascii import Error as NotHex
from binascii import unhexlify
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple, Self

from verifier.failure import CannotCheck

__all__ = ["COLUMNS", "Copy", "Head", "Row", "open_copy", "sqlite3"]

try:  # the wheel carries a newer SQLite than most systems have
    from pysqlite3 import dbapi2 as sqlite3
except ImportError:
    import sqlite3

# position, stream, version, name, name_version, actor, recorded_at, happened_at, payload, stored leaf
Row = tuple[int, bytes, int, str, int, bytes | None, int, int | None, bytes, bytes]

COLUMNS = "position, stream, version, name, name_version, actor, recorded_at, happened_at, payload, leaf"
_END = 2**63 - 1
_ROWS_AT_ONCE = 500
_FILES_AT_ONCE = 4
_REMEMBERED = 50_000


class Head(NamedTuple):
    """What the copy itself says about the end of its log."""

    size: int
    frontier: bytes


class Copy(ABC):
    """A copy of a log, seen as it was when it was opened; `with` closes it."""

    _connection: Any

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    @abstractmethod
    def extent(self, school: bytes) -> tuple[int, int]:
        """Return the number of rows and the highest position of a school."""

    @abstractmethod
    def rows(self, school: bytes, after: int = 0, until: int = _END) -> Iterator[Row]:
        """Return the rows with a position above `after`, up to and including `until`, in order of position."""

    @abstractmethod
    def head(self, school: bytes) -> Head | None:
        """Return the stored end of the log; None where the copy does not say."""

    @abstractmethod
    def files(self, school: bytes) -> Iterator[tuple[str, bytes]]:
        """Return name and bytes of the stored files; none where the copy has no table for them."""


def open_copy(address: str) -> Copy:
    """Open the PostgreSQL database or SQLite file at `address`. Raises CannotCheck."""
    if address.startswith(("postgresql:", "postgres:", "postgresql+")):
        return PostgresCopy(address)
    return SqliteCopy(address.removeprefix("sqlite:///"))


class SqliteCopy(Copy):
    """A copy of the database file, opened so that nothing in it can change."""

    def __init__(self, path: str):
        if not Path(path).is_file():
            raise CannotCheck("no_file", path=path)
        self._path = path
        address = Path(path).resolve().as_uri()
        try:
            self._connection = self._open(f"{address}?mode=ro")
        except sqlite3.Error as error:
            # On a read-only medium there is no room for the small file SQLite keeps beside a log in WAL mode. Without
            # it the events that still stand in the file "-wal" cannot be read, and must not seem to be removed.
            if Path(f"{path}-wal").exists():
                raise CannotCheck("unreadable_database", path=path) from error
            try:
                self._connection = self._open(f"{address}?immutable=1")
            except sqlite3.Error as unreadable:
                raise CannotCheck("unreadable_database", path=path) from unreadable

    def _open(self, address: str) -> Any:
        connection = sqlite3.connect(address, uri=True, isolation_level=None)
        # A name that is no valid text must count as a changed event, not end the check.
        connection.text_factory = bytes
        try:
            connection.execute("BEGIN")
            connection.execute("SELECT 1 FROM event LIMIT 1").fetchone()
        except sqlite3.Error:
            connection.close()
            raise
        return connection

    def extent(self, school: bytes) -> tuple[int, int]:
        query = "SELECT count(*), coalesce(max(position), 0) FROM event WHERE school = ?"
        try:
            count, last = self._connection.execute(query, (school.hex(),)).fetchone()
            return count, last
        except sqlite3.Error as error:
            raise CannotCheck("unreadable_database", path=self._path) from error

    def rows(self, school: bytes, after: int = 0, until: int = _END) -> Iterator[Row]:
        query = f"SELECT {COLUMNS} FROM event WHERE school = ? AND position > ? AND position <= ? ORDER BY position"
        identities, names = _Decoded(_identity), _Decoded(_name)
        try:
            cursor = self._connection.execute(query, (school.hex(), after, until))
            while found := cursor.fetchmany(_ROWS_AT_ONCE):
                for position, stream, version, name, name_version, actor, recorded, happened, payload, leaf in found:
                    yield (
                        position, identities[stream], version, names[name], name_version,
                        identities[actor], recorded, happened, payload, leaf,
                    )  # fmt: skip
        except sqlite3.Error as error:
            raise CannotCheck("unreadable_database", path=self._path) from error

    def head(self, school: bytes) -> Head | None:
        try:
            query = "SELECT size, frontier FROM log_head WHERE school = ?"
            found = self._connection.execute(query, (school.hex(),)).fetchone()
        except sqlite3.Error:
            return None
        return Head(*found) if found else None

    def files(self, school: bytes) -> Iterator[tuple[str, bytes]]:
        try:
            if not self._connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'blob'").fetchone():
                return
            for name, content in self._connection.execute(
                "SELECT name, content FROM blob WHERE school = ?", (school.hex(),)
            ):
                yield _name(name), content
        except sqlite3.Error as error:
            raise CannotCheck("unreadable_database", path=self._path) from error


class _Decoded(dict[Any, Any]):
    """Remembers what a stored value stands for: the same people and names come back in most rows."""

    def __init__(self, decode: Callable[[Any], Any]):
        super().__init__()
        self._decode = decode

    def __missing__(self, stored: Any) -> Any:
        if len(self) > _REMEMBERED:
            self.clear()
        decoded = self[stored] = self._decode(stored)
        return decoded


def _identity(stored: Any) -> bytes | None:
    """Return the 16 bytes of a stored id; for what is no id, bytes that fit no leaf."""
    if stored is None:
        return None
    try:
        return unhexlify(stored)
    except (TypeError, NotHex):
        return b"no id"


def _name(stored: Any) -> Any:
    return stored.decode(errors="surrogateescape") if isinstance(stored, bytes) else stored


class PostgresCopy(Copy):
    """A PostgreSQL database, read in one read-only snapshot."""

    def __init__(self, address: str):
        try:
            import psycopg
        except ImportError as error:
            raise CannotCheck("no_postgresql") from error
        self._errors = psycopg.Error
        try:
            self._connection = psycopg.connect(address.replace("+psycopg", "", 1))
            self._connection.read_only = True
            self._connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        except psycopg.Error as error:
            raise CannotCheck("no_database") from error

    def extent(self, school: bytes) -> tuple[int, int]:
        found = self._one("SELECT count(*), coalesce(max(position), 0) FROM event WHERE school = %s::uuid", school)
        return found or (0, 0)

    def rows(self, school: bytes, after: int = 0, until: int = _END) -> Iterator[Row]:
        columns = COLUMNS.replace("stream", "uuid_send(stream)").replace("actor", "uuid_send(actor)")
        query = f"SELECT {columns} FROM event WHERE school = %s::uuid AND position > %s AND position <= %s"
        try:
            with self._connection.cursor(name="verify") as cursor:
                cursor.itersize = _ROWS_AT_ONCE
                yield from cursor.execute(f"{query} ORDER BY position", (school.hex(), after, until), binary=True)
        except self._errors as error:
            raise CannotCheck("no_database") from error

    def head(self, school: bytes) -> Head | None:
        found = self._one("SELECT size, frontier FROM log_head WHERE school = %s::uuid", school)
        return Head(*found) if found else None

    def files(self, school: bytes) -> Iterator[tuple[str, bytes]]:
        if next(self._each("SELECT 1 WHERE to_regclass('blob') IS NOT NULL", ()), None):
            yield from self._each("SELECT name, content FROM blob WHERE school = %s::uuid", (school.hex(),))

    def _each(self, query: str, values: Sequence[object]) -> Iterator[Any]:
        try:
            with self._connection.cursor(name="files") as cursor:
                cursor.itersize = _FILES_AT_ONCE
                yield from cursor.execute(query, values, binary=True)
        except self._errors as error:
            raise CannotCheck("no_database") from error

    def _one(self, query: str, school: bytes) -> tuple[Any, ...] | None:
        try:
            found: tuple[Any, ...] | None = self._connection.execute(query, (school.hex(),), binary=True).fetchone()
            return found
        except self._errors as error:
            raise CannotCheck("no_database") from error
