"""Who acts, in which school, from which submitted form: put on every event without being an argument everywhere."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from uuid import UUID

from events.frozen import frozen
from events.log.errors import OnlyReading, UnknownSchool


@frozen
class Acting:
    """One person (or the system, `actor=None`) acting in one school; `command_key` names the submitted form."""

    school: UUID
    actor: UUID | None = None
    command_key: str | None = None


_acting: ContextVar[Acting | None] = ContextVar("acting", default=None)


@contextmanager
def acting(*, school: UUID, actor: UUID | None = None, command_key: str | None = None) -> Iterator[Acting]:
    """Everything inside is done by `actor` in `school`; a `command_key` is accepted by the log once, ever."""
    now = Acting(school, actor, command_key)
    token = _acting.set(now)
    try:
        yield now
    finally:
        _acting.reset(token)


def current_acting() -> Acting:
    """Return who acts now. Raises `UnknownSchool` outside `acting(...)`."""
    now = _acting.get()
    if now is None:
        raise UnknownSchool("The log was asked something outside a school.")
    return now


def current_school() -> UUID:
    """Return the school acted in. Raises `UnknownSchool` outside `acting(...)`."""
    return current_acting().school


def current_actor() -> UUID | None:
    """Return the person who acts, None for the system. Raises `UnknownSchool` outside `acting(...)`."""
    return current_acting().actor


_only_reading: ContextVar[bool] = ContextVar("only_reading", default=False)


@contextmanager
def only_reading(only: bool = True) -> Iterator[None]:
    """Everything inside looks and records nothing: entering a unit of work raises `OnlyReading`; False lifts that."""
    token = _only_reading.set(only)
    try:
        yield
    finally:
        _only_reading.reset(token)


def is_only_reading() -> bool:
    """Tell whether this is inside `only_reading()`, where what is read may be of another moment."""
    return _only_reading.get()


def refuse_when_only_reading() -> None:
    """Raise `OnlyReading` inside `only_reading()`."""
    if is_only_reading():
        raise OnlyReading("Nothing can be recorded here: this only looks.")
