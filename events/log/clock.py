"""The one clock of the log, so that practice history and tests can be told at the time they are about."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime

_told_at: ContextVar[datetime | None] = ContextVar("told_at", default=None)


def now() -> datetime:
    """Return the current moment in UTC, or the one that `told_at` set."""
    return _told_at.get() or datetime.now(UTC)


def told() -> datetime | None:
    """Return the moment that `told_at` set, None when the clock just runs."""
    return _told_at.get()


@contextmanager
def told_at(moment: datetime | None) -> Iterator[None]:
    """Let everything inside happen at an aware moment, or at the current one (None).

    The order of a school's log still never goes back.
    """
    token = _told_at.set(moment and moment.astimezone(UTC))
    try:
        yield
    finally:
        _told_at.reset(token)
