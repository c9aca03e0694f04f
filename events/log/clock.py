"""The one clock of the log, so that practice history and tests can be told at the time they are about."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime

_told_at: ContextVar[datetime | None] = ContextVar("told_at", default=None)


def now() -> datetime:
    """Return the current moment in UTC, or the one that `told_at` set."""
    return _told_at.get() or datetime.now(UTC)


@contextmanager
def told_at(moment: datetime) -> Iterator[None]:
    """Let everything inside happen at an aware moment; the order of a school's log still never goes back."""
    token = _told_at.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _told_at.reset(token)
