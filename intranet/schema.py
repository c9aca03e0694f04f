"""What no log can rebuild: its tables, one linear history of changes to them, and how far each database is."""

from collections.abc import Callable
from functools import cached_property
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy import Column, MetaData, PrimaryKeyConstraint, String, Table
from sqlalchemy.engine import Connection

from events.frozen import frozen
from events.log import key_tables, tables
from events.log.errors import LogUnfit

core_tables = MetaData()
"""What is written but is no event: sessions, credentials, drafts, rate limits."""

marker = Table(
    "alembic_version",
    MetaData(),
    Column("version_num", String(32), nullable=False),
    PrimaryKeyConstraint("version_num", name="alembic_version_pkc"),
)


@frozen(slots=False)
class History:
    """The steps in a folder: `versions/0001_what_it_did.py` and so on, each for both databases."""

    folder: Path

    @cached_property
    def versions(self) -> list[str]:
        """The versions in order, the newest last; read from the file names, so that a start need not load Alembic."""
        return sorted(path.name.partition("_")[0] for path in (self.folder / "versions").glob("[0-9]*.py"))

    @property
    def newest(self) -> str:
        """The version that this program works with."""
        return self.versions[-1]

    def run(self, connection: Connection, database: "Database") -> None:
        """Take every step that a database lacks, in the connection's transaction."""
        from alembic import command
        from alembic.config import Config

        config = Config(
            attributes={"connection": connection, "part": database.part, "marker_schema": database.schema(connection)}
        )
        config.set_main_option("script_location", str(self.folder).replace("%", "%%"))
        command.upgrade(config, "head")


HISTORY = History(Path(__file__).with_name("migrations"))


@frozen(slots=False)
class Database:
    """One of the two: what sentences call it, a table that it always has, and how everything in it is made at once."""

    part: str
    title: str
    first_table: str
    create: Callable[[Connection], None]
    empty: str

    def schema(self, connection: Connection) -> str | None:
        """Return the schema its tables are in, None for the usual one."""
        return key_tables.SCHEMA if self.part == "keys" and connection.dialect.name == "postgresql" else None

    def begun(self, connection: Connection) -> bool:
        """Tell whether it has tables."""
        return self._has(connection, self.first_table)

    def version(self, connection: Connection) -> str | None:
        """Return the version of its tables; None where there are none, or from before there were versions."""
        return connection.scalar(sa.select(marker.c.version_num)) if self._has(connection, marker.name) else None

    def _has(self, connection: Connection, table: str) -> bool:
        schema = self.schema(connection)
        if connection.dialect.name == "postgresql":
            # SQLAlchemy searches the catalogue for it, with a question that each start would compile anew.
            name = f"{schema}.{table}" if schema else table
            return connection.scalar(sa.select(sa.func.to_regclass(name))) is not None
        return sa.inspect(connection).has_table(table, schema=schema)


def _create_log_tables(connection: Connection) -> None:
    tables.create_tables(connection)
    core_tables.create_all(connection)


LOG = Database(
    "log",
    "database",
    "event",
    _create_log_tables,
    "The database has no tables yet. Start a school: flask intranet init",
)
KEYS = Database(
    "keys",
    "key store",
    "data_key",
    key_tables.create_tables,
    "The key store is empty. Put back your copy of it (flask intranet restore): without it no word can be read.",
)


def upgrade(connection: Connection, database: Database, history: History = HISTORY) -> None:
    """Bring a database to the newest version, in the connection's transaction: all of it, or nothing of it.

    An empty one is made at once, one from before there were versions goes through the whole history. Raises `LogUnfit`
    for one that a newer program made: there is no way back.
    """
    if connection.dialect.name == "postgresql":
        turn = sa.text("SELECT pg_advisory_xact_lock(hashtext(:part))")
        connection.execute(turn, {"part": f"geborgen.{database.part}"})
    version = database.version(connection)
    if version == history.newest:
        return
    _refuse_newer(version, database, history)
    if version is None and not database.begun(connection):
        database.create(connection)
        marker.create(connection)
        connection.execute(marker.insert(), {"version_num": history.newest})
    else:
        history.run(connection, database)


def require_current(connection: Connection, database: Database, history: History = HISTORY) -> None:
    """Refuse a database that is not of this program's version. Raises `LogUnfit` with what to do."""
    version = database.version(connection)
    if version == history.newest:
        return
    _refuse_newer(version, database, history)
    if version is None and not database.begun(connection):
        raise LogUnfit(database.empty)
    raise LogUnfit(
        f"The tables of the {database.title} are of version {version or '0000'}; this program works with "
        f"{history.newest}. Make a backup, then run: flask intranet upgrade"
    )


def _refuse_newer(version: str | None, database: Database, history: History) -> None:
    if version is not None and version not in history.versions:
        raise LogUnfit(
            f"The tables of the {database.title} are of version {version}, made by a newer Geborgen; this one knows "
            f"{history.newest}. Install the newer one again, or put back a copy from before the upgrade."
        )
