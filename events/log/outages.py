"""Failures of the database itself (full, locked, away), told apart from those of the statement it was given."""

import sqlalchemy as sa
from pysqlite3 import dbapi2 as sqlite

SQLITE = frozenset({
    sqlite.SQLITE_BUSY, sqlite.SQLITE_LOCKED, sqlite.SQLITE_NOMEM, sqlite.SQLITE_READONLY, sqlite.SQLITE_INTERRUPT,
    sqlite.SQLITE_IOERR, sqlite.SQLITE_CORRUPT, sqlite.SQLITE_FULL, sqlite.SQLITE_CANTOPEN, sqlite.SQLITE_PROTOCOL,
})  # fmt: skip
POSTGRESQL = frozenset({"08", "40", "53", "55", "57", "58"})
"""Classes of SQLSTATE: connection, rollback, resources, object in use, operator, system."""


def is_outage(error: BaseException) -> bool:
    """Tell whether the database itself failed, and not the statement."""
    if isinstance(error, sa.exc.TimeoutError):
        return True
    if not isinstance(error, sa.exc.DBAPIError):
        return False
    code, state = _codes(error)
    if code is not None:
        return code in SQLITE
    if state is not None:
        return state[:2] in POSTGRESQL
    return isinstance(error, sa.exc.OperationalError)


def is_rolled_back(connection: sa.Connection) -> bool:
    """Tell whether SQLite ended the transaction by itself, as it does when the disk is full."""
    return connection.dialect.name == "sqlite" and not connection.connection.in_transaction


def is_surely_undone(error: sa.exc.DBAPIError) -> bool:
    """Tell whether a commit that failed like this left nothing: the database answered, and its answer was no."""
    code, state = _codes(error)
    return code == sqlite.SQLITE_FULL or (state is not None and not error.connection_invalidated)


def _codes(error: sa.exc.DBAPIError) -> tuple[int | None, str | None]:
    extended = getattr(error.orig, "sqlite_errorcode", None)
    return None if extended is None else extended & 0xFF, getattr(error.orig, "sqlstate", None)
