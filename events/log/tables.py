"""The tables of the log, and the triggers that keep a row as it was written."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import (
    BigInteger,
    Column,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
)
from sqlalchemy.engine import Connection, Dialect

log_tables = MetaData()
IDS_REMEMBERED = 4096


class RepeatedId(Uuid[UUID]):
    """An id of which the same few come back in row after row: SQLite keeps text, and each is parsed once."""

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], UUID | None] | None:
        parse = super().result_processor(dialect, coltype)  # type: ignore[no-untyped-call]
        return None if parse is None else lru_cache(maxsize=IDS_REMEMBERED)(parse)


event = Table(
    "event",
    log_tables,
    Column("school", RepeatedId, nullable=False),
    Column("position", BigInteger, nullable=False),
    Column("stream", RepeatedId, nullable=False),
    Column("version", Integer, nullable=False),
    Column("name", Text, nullable=False),
    Column("name_version", Integer, nullable=False),
    Column("actor", RepeatedId),
    Column("recorded_at", BigInteger, nullable=False),
    Column("happened_at", BigInteger),
    Column("payload", LargeBinary, nullable=False),
    Column("leaf", LargeBinary(32), nullable=False),
    PrimaryKeyConstraint("school", "position"),
    UniqueConstraint("school", "stream", "version"),
)

log_head = Table(
    "log_head",
    log_tables,
    Column("school", Uuid, primary_key=True),
    Column("size", BigInteger, nullable=False),
    Column("recorded_at", BigInteger, nullable=False),
    Column("frontier", LargeBinary, nullable=False),
)

command_key = Table(
    "command_key",
    log_tables,
    Column("key", Text, primary_key=True),
    Column("school", Uuid, nullable=False),
    Column("stream", Uuid, nullable=False),
    Column("kind", Text, nullable=False),
    Column("made_at", BigInteger, nullable=False),
)

key_use = Table(
    "key_use",
    log_tables,
    Column("key_id", Text, primary_key=True),
    Column("school", Uuid, nullable=False),
    Column("owner", Uuid, nullable=False),
    Column("position", BigInteger, nullable=False),
    Column("erased_at", BigInteger),
    Index("key_use_owner", "school", "owner"),
)

# Sealed files. What is in one never changes; a row goes when its key was destroyed, or when an event says so.
blob = Table(
    "blob",
    log_tables,
    Column("school", Uuid, nullable=False),
    Column("name", Text, nullable=False),
    Column("key_id", Text, nullable=False),
    Column("content", LargeBinary, nullable=False),
    PrimaryKeyConstraint("school", "name"),
    Index("blob_key", "key_id"),
)

projection = Table(
    "projection",
    log_tables,
    Column("name", Text, nullable=False),
    Column("school", Uuid, nullable=False),
    Column("position", BigInteger, nullable=False),
    Column("error", Text),
    PrimaryKeyConstraint("name", "school"),
)

# INSERT OR REPLACE overwrites a row in SQLite without firing its DELETE trigger: an insert over a row is refused too.
_SQLITE_GUARDS = (
    """CREATE TRIGGER IF NOT EXISTS event_no_update BEFORE UPDATE ON event
    BEGIN SELECT RAISE(ABORT, 'an event is never changed'); END""",
    """CREATE TRIGGER IF NOT EXISTS event_no_delete BEFORE DELETE ON event
    BEGIN SELECT RAISE(ABORT, 'an event is never removed'); END""",
    """CREATE TRIGGER IF NOT EXISTS event_no_replace BEFORE INSERT ON event
    WHEN EXISTS (SELECT 1 FROM event WHERE school = NEW.school AND
        (position = NEW.position OR (stream = NEW.stream AND version = NEW.version)))
    BEGIN SELECT RAISE(ABORT, 'UNIQUE constraint failed: event exists'); END""",
    """CREATE TRIGGER IF NOT EXISTS blob_no_update BEFORE UPDATE ON blob
    BEGIN SELECT RAISE(ABORT, 'a stored file is never changed'); END""",
    """CREATE TRIGGER IF NOT EXISTS blob_no_replace BEFORE INSERT ON blob
    WHEN EXISTS (SELECT 1 FROM blob WHERE school = NEW.school AND name = NEW.name)
    BEGIN SELECT RAISE(ABORT, 'UNIQUE constraint failed: this file exists'); END""",
)

_POSTGRESQL_GUARDS = (
    """CREATE OR REPLACE FUNCTION event_is_kept() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'an event is never changed or removed'; END $$""",
    "DROP TRIGGER IF EXISTS event_no_change ON event",
    """CREATE TRIGGER event_no_change BEFORE UPDATE OR DELETE ON event
    FOR EACH ROW EXECUTE FUNCTION event_is_kept()""",
    "DROP TRIGGER IF EXISTS event_no_truncate ON event",
    """CREATE TRIGGER event_no_truncate BEFORE TRUNCATE ON event
    FOR EACH STATEMENT EXECUTE FUNCTION event_is_kept()""",
    "REVOKE UPDATE, DELETE, TRUNCATE ON event FROM PUBLIC, CURRENT_USER",
    """CREATE OR REPLACE FUNCTION blob_is_kept() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'a stored file is never changed'; END $$""",
    "DROP TRIGGER IF EXISTS blob_no_change ON blob",
    """CREATE TRIGGER blob_no_change BEFORE UPDATE ON blob
    FOR EACH ROW EXECUTE FUNCTION blob_is_kept()""",
    "DROP TRIGGER IF EXISTS blob_no_truncate ON blob",
    """CREATE TRIGGER blob_no_truncate BEFORE TRUNCATE ON blob
    FOR EACH STATEMENT EXECUTE FUNCTION blob_is_kept()""",
    "REVOKE UPDATE, TRUNCATE ON blob FROM PUBLIC, CURRENT_USER",
)


def create_tables(connection: Connection) -> None:
    """Create what is missing of the log's tables and guards, in the connection's transaction."""
    log_tables.create_all(connection)
    guard(connection)


def guard(connection: Connection) -> None:
    """Put up the guards of the log, in the connection's transaction; those that stand already are made again."""
    guards = _SQLITE_GUARDS if connection.dialect.name == "sqlite" else _POSTGRESQL_GUARDS
    for statement in guards:
        connection.execute(sa.text(statement))
