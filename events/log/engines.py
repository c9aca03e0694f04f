"""Connections to the log's database: durable writers, readers that cannot write, and what is refused at start."""

import os
import weakref
from collections.abc import Callable
from pathlib import Path
from types import NoneType
from typing import Any

import sqlalchemy as sa
from pysqlite3 import dbapi2 as sqlite
from sqlalchemy.engine import Engine, make_url

from events.log.errors import LogUnfit
from events.log.statements import COMPILED_ONCE

# SQLite 3.7.0-3.51.2 can lose committed writes when two connections reset a WAL at once (sqlite.org/wal.html).
SAFE_SQLITE = (3, 51, 3)
NETWORK_FILE_SYSTEMS = frozenset({"nfs", "nfs4", "cifs", "smb3", "smbfs", "fuse.sshfs", "fuse.rclone", "9p", "afs"})
BUSY_MILLISECONDS = 15_000
NO_JOURNAL = "no_journal"
"""An option of connections to a database that keeps nothing with which a statement could be undone half way."""

# No table has an hstore, for which every first connection would ask.
POSTGRESQL: dict[str, Any] = {
    "pool_pre_ping": True, "max_overflow": 8, "use_native_hstore": False, **COMPILED_ONCE,
}  # fmt: skip
"""The options of every engine on PostgreSQL; how many connections it keeps is its own."""


def _as_it_is(value: Any) -> Any:
    return value


# Of a value without an adapter the driver asks each time in vain for two methods: that takes a microsecond, where a
# number or a text takes a thirtieth of it.
sqlite.register_adapter(bytes, _as_it_is)
sqlite.register_adapter(NoneType, _as_it_is)

_engines: "weakref.WeakSet[Engine]" = weakref.WeakSet()


def _forget_parents_connections() -> None:
    # A connection shared across a fork mixes the answers of two processes: it corrupted data silently on PostgreSQL.
    for engine in _engines:
        engine.dispose(close=False)


os.register_at_fork(after_in_child=_forget_parents_connections)


def require_fit(url: str) -> None:
    """Refuse a database that cannot keep a log. Raises `LogUnfit` with what to do."""
    parsed = make_url(url)
    if not parsed.drivername.startswith("sqlite"):
        return
    if sqlite.sqlite_version_info < SAFE_SQLITE:
        raise LogUnfit(
            f"SQLite {sqlite.sqlite_version} can lose committed records (WAL-reset defect). "
            "Install the pysqlite3 wheel that the lock file names."
        )
    if not parsed.database or parsed.database == ":memory:" or "mode=memory" in url:
        raise LogUnfit("A log in memory is lost at the first restart. Give DATABASE_URL a file or a PostgreSQL server.")
    kind = _file_system(Path(parsed.database).resolve())
    if kind in NETWORK_FILE_SYSTEMS:
        raise LogUnfit(f"The database is on a network drive ({kind}), where SQLite loses data. Use a local disk.")


def _file_system(path: Path) -> str:
    """Return the type of the file system that holds a path, as Linux names it; empty where that is not known."""
    mounts = Path("/proc/mounts")
    if not mounts.exists():
        return ""
    best, kind = "", ""
    for line in mounts.read_text().splitlines():
        _, mount, mount_kind, *_ = line.split(" ")
        mount = mount.encode().decode("unicode_escape")
        inside = str(path) == mount or str(path).startswith(mount.rstrip("/") + "/")
        if inside and len(mount) >= len(best):
            best, kind = mount, mount_kind
    return kind


def write_engine(url: str) -> Engine:
    """Return an engine whose commits survive a power cut: WAL and synchronous=FULL on SQLite, asserted on connect.

    A connection with the option `begin="DEFERRED"` takes SQLite's writer lock only when it writes to the file.
    """
    require_fit(url)
    _keep_to_owner(url)
    return _engine(url, _durable, "IMMEDIATE")


def _keep_to_owner(url: str) -> None:
    """Make the file readable by its owner only; SQLite gives its journals the same mode."""
    parsed = make_url(url)
    if parsed.drivername.startswith("sqlite") and parsed.database:
        os.close(os.open(parsed.database, os.O_CREAT | os.O_RDWR, 0o600))
        Path(parsed.database).chmod(0o600)


def read_engine(url: str) -> Engine:
    """Return an engine whose connections cannot write: whoever tries gets an error from the database itself."""
    return _engine(url, _read_only, "DEFERRED")


def read_options(url: str) -> dict[str, Any]:
    """Return create_engine options for somebody else's engine on the same database (Flask-SQLAlchemy's)."""
    if make_url(url).drivername.startswith("sqlite"):
        return {"module": sqlite, "pool_size": 8, **COMPILED_ONCE}
    return {"pool_size": 4, **POSTGRESQL}


def make_read_only(engine: Engine) -> Engine:
    """Turn an engine made by somebody else into one that cannot write."""
    return _prepare(engine, _read_only, "DEFERRED")


def memory_engine(name: str) -> Engine:
    """Return an engine with one connection to a database in memory, that one thread fills and nobody rolls back."""
    # Without its own locks, which it takes for each value, SQLite needs a fifth less time. They matter where threads
    # share a connection.
    flags = sqlite.SQLITE_OPEN_READWRITE | sqlite.SQLITE_OPEN_CREATE | sqlite.SQLITE_OPEN_NOMUTEX

    def connect() -> Any:
        raw = sqlite.connect(name, uri=True, check_same_thread=False, flags=flags)
        # A row with random ids finds its place in large pages in an eighth less time.
        raw.execute("PRAGMA page_size=16384")
        raw.execute("PRAGMA journal_mode=OFF")
        return raw

    pool = sa.pool.StaticPool
    engine = sa.create_engine("sqlite://", creator=connect, module=sqlite, poolclass=pool, **COMPILED_ONCE)
    engine.update_execution_options(**{NO_JOURNAL: True})
    return engine


def _engine(url: str, on_connect: Callable[[Any], None], begin: str) -> Engine:
    return _prepare(sa.create_engine(url, **read_options(url)), on_connect, begin)


def _prepare(engine: Engine, on_connect: Callable[[Any], None], begin: str) -> Engine:
    _engines.add(engine)
    if engine.dialect.name != "sqlite":
        if on_connect is _read_only:
            sa.event.listen(engine, "connect", _postgresql_read_only)
            _let_lost_readers_go(engine)
        return engine

    @sa.event.listens_for(engine, "connect")
    def connect(raw: Any, _: Any) -> None:
        raw.isolation_level = None
        raw.execute(f"PRAGMA busy_timeout={BUSY_MILLISECONDS}")
        raw.execute("PRAGMA trusted_schema=OFF")
        on_connect(raw)

    @sa.event.listens_for(engine, "begin")
    def start(connection: sa.Connection) -> None:
        connection.exec_driver_sql(f"BEGIN {connection.get_execution_options().get('begin', begin)}")

    return engine


def _durable(raw: Any) -> None:
    raw.execute("PRAGMA journal_mode=WAL")
    raw.execute("PRAGMA synchronous=FULL")
    raw.execute("PRAGMA secure_delete=ON")
    raw.execute("PRAGMA foreign_keys=ON")
    mode = raw.execute("PRAGMA journal_mode").fetchone()[0]
    level = raw.execute("PRAGMA synchronous").fetchone()[0]
    if (mode, level) != ("wal", 2):
        raise LogUnfit(f"SQLite runs with journal {mode} and synchronous {level}; the log needs WAL and FULL.")


def _read_only(raw: Any) -> None:
    raw.execute("PRAGMA query_only=ON")


def _postgresql_read_only(raw: Any, _: Any) -> None:
    with raw.cursor() as cursor:
        cursor.execute("SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY")
    raw.commit()


def _let_lost_readers_go(engine: Engine) -> None:
    """Let no page fail because its reader, done and with nothing to undo, finds the server gone when it says goodbye.

    The connection is closed, and the next one who gets it from the pool notices (`pool_pre_ping`).
    """
    dialect: Any = engine.dialect
    roll_back = dialect.do_rollback

    def do_rollback(connection: Any) -> None:
        try:
            roll_back(connection)
        except dialect.loaded_dbapi.OperationalError:
            connection.dbapi_connection.close()

    dialect.do_rollback = do_rollback
