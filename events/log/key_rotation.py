"""Replaces the key that wraps all data keys, so that older copies of the key store become unreadable."""

from collections.abc import Callable, Collection
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from events.log.cipher import unwrap, wrap
from events.log.errors import LogUnfit
from events.log.key_tables import data_key, state

if TYPE_CHECKING:
    from events.log.keystore import KeyStore

BY_SERVER = "kek:"
BATCH = 500
UNUSED_AFTER = timedelta(days=1)

Used = Callable[[Collection[str]], Collection[str]]
"""Tells which of some key ids are named by an event."""


def rotate(store: "KeyStore") -> str:
    """Wrap every data key anew and forget the old wrapping keys; return the id of the new one.

    Killed at any moment, every live key still opens and calling it again completes what was begun. Order: the new
    key is in the file before a row uses it; no row can use the old key once it leaves the file, because keys are
    made under the lock of the row that says which wrapping key is current.
    """
    with store.key_file.held():
        store.key_file.reload()
        store.require_fit()
        target = _target(store)
        with store.writing() as connection:
            connection.execute(state.update().values(current_kek=target))
        while _rewrap_some(store, target):
            pass
        with store.writing() as connection:
            if connection.scalar(sa.select(sa.func.count()).where(*_wrapped_otherwise(target))):
                raise LogUnfit("Keys were written with a retired wrapping key; nothing was removed. Rotate again.")
            store.key_file.keep_only(target)
    return target


def only_wrapping_key(connection: Connection) -> str | None:
    """Return the id of the wrapping key that opens every data key; None while a rotation is not finished."""
    current: str = connection.scalars(sa.select(state.c.current_kek)).one()
    some_other = sa.select(data_key.c.id).where(*_wrapped_otherwise(current)).limit(1)
    return None if connection.scalar(some_other) else current


def remove_unused(store: "KeyStore", used: Used) -> int:
    """Remove keys made at least a day ago that no event names; return how many.

    Raises `LogUnfit`, removing nothing, when no old key is named at all: then the log is not the one of this store.
    """
    before = datetime.now(UTC).date() - UNUSED_AFTER
    with store.reading() as connection:
        old = set(connection.scalars(sa.select(data_key.c.id).where(data_key.c.made_on < before)))
    if not old:
        return 0
    named = old.intersection(used(old))
    if not named:
        raise LogUnfit("No key of this key store is named in the log: the two do not belong together.")
    store.remove(old - named)
    return len(old - named)


def _target(store: "KeyStore") -> str:
    """The wrapping key to end with: a new one, or the one that an interrupted rotation had added."""
    if len(store.key_file.wrapping_keys) > 1:
        return store.key_file.newest.id
    return store.key_file.add_wrapping_key()


def _rewrap_some(store: "KeyStore", target: str) -> bool:
    new = store.key_file.wrapping_key(target)
    with store.writing() as connection:
        rows = connection.execute(sa.select(data_key).where(*_wrapped_otherwise(target)).limit(BATCH)).all()
        for row in rows:
            old = store.key_file.wrapping_key(row.wrapping.removeprefix(BY_SERVER))
            wrapped = wrap(new, row.id, unwrap(old, row.id, row.wrapped))
            _put(connection, row.id, target, wrapped)
    return bool(rows)


def _put(connection: Connection, key_id: str, target: str, wrapped: bytes) -> None:
    changed = {"wrapping": BY_SERVER + target, "wrapped": wrapped}
    connection.execute(data_key.update().where(data_key.c.id == key_id), changed)


def _wrapped_otherwise(target: str) -> tuple[sa.ColumnElement[bool], ...]:
    # Keys wrapped for duty holders themselves are not the server's to rewrap.
    return data_key.c.wrapping.startswith(BY_SERVER), data_key.c.wrapping != BY_SERVER + target
