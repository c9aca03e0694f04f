"""The tables of the key store and the connections to it: apart from the log, with nothing left behind on deletion."""

import contextlib
import os
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from pysqlite3 import dbapi2 as sqlite
from sqlalchemy import Column, Date, Integer, LargeBinary, MetaData, Table, Text
from sqlalchemy.engine import Connection, Engine, make_url

from events.log.engines import BUSY_MILLISECONDS, POSTGRESQL, require_fit
from events.log.errors import LogUnfit
from events.log.statements import COMPILED_ONCE

SCHEMA = "keys"

key_tables = MetaData()

data_key = Table(
    "data_key",
    key_tables,
    Column("id", Text, primary_key=True),
    Column("wrapping", Text, nullable=False),
    Column("wrapped", LargeBinary, nullable=False),
    Column("made_on", Date, nullable=False),
)

tombstone = Table("tombstone", key_tables, Column("id", Text, primary_key=True))

state = Table(
    "state",
    key_tables,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("current_kek", Text, nullable=False),
    Column("generation", Text, nullable=False),
)


def key_engine(url: str) -> Engine:
    """Return an engine for the key store at `url`. Raises `LogUnfit` for a place that cannot keep keys.

    Statements commit one by one, unless the connection has the execution option `write`: that is one transaction,
    alone from its first statement.
    """
    require_fit(url)
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        return _sqlite(parsed)
    if parsed.drivername == "postgresql":
        parsed = parsed.set(drivername="postgresql+psycopg")
    engine = sa.create_engine(parsed, pool_size=2, **POSTGRESQL)
    return engine.execution_options(schema_translate_map={None: SCHEMA})


def create_tables(connection: Connection) -> None:
    """Create what is missing, in the connection's transaction; two that do so at once wait for each other."""
    if connection.dialect.name == "postgresql":
        connection.execute(sa.text("SELECT pg_advisory_xact_lock(hashtext('geborgen.keys'))"))
        connection.execute(sa.text(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}"))
    key_tables.create_all(connection)


def _sqlite(url: sa.URL) -> Engine:
    path = Path(str(url.database))
    if not path.parent.is_dir():
        raise LogUnfit(f"The folder {path.parent} for the key store does not exist. Create it, mode 0700.")
    if not path.exists():
        # Never open and close an SQLite file that is in use: closing it drops the locks of every connection to it.
        with contextlib.suppress(FileExistsError):
            os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600))
    engine = sa.create_engine(url, module=sqlite, pool_size=2, max_overflow=8, **COMPILED_ONCE)

    @sa.event.listens_for(engine, "connect")
    def connect(raw: Any, _: Any) -> None:
        raw.isolation_level = None
        raw.execute(f"PRAGMA busy_timeout={BUSY_MILLISECONDS}")
        raw.execute("PRAGMA trusted_schema=OFF")
        # No write-ahead log: its old frames would keep the bytes of a destroyed key.
        wanted = {"journal_mode": "delete", "synchronous": 3, "secure_delete": 1}
        for name, value in wanted.items():
            raw.execute(f"PRAGMA {name}={value}")
            found = raw.execute(f"PRAGMA {name}").fetchone()[0]
            if found != value:
                raise LogUnfit(f"The key store runs with {name}={found}; destroying a key needs {value}.")

    @sa.event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        if connection.get_execution_options().get("write"):
            connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine
