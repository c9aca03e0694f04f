"""One write transaction of one school: its lock, its place in the order, and what is to be done after the commit."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import bindparam, select, update
from sqlalchemy.engine import Connection

from events.log import clock
from events.log.context import Acting
from events.log.mapper import to_milliseconds
from events.log.merkle import Frontier
from events.log.tables import log_head, projection

_take_head = (
    select(log_head.c.size, log_head.c.recorded_at, log_head.c.frontier)
    .where(log_head.c.school == bindparam("of_school"))
    .with_for_update()
)
_store_head = (
    update(log_head)
    .where(log_head.c.school == bindparam("of_school"))
    .values(size=bindparam("size"), recorded_at=bindparam("recorded_at"), frontier=bindparam("frontier"))
)
_first_head = sa.text(
    "INSERT INTO log_head (school, size, recorded_at, frontier) "
    "VALUES (:school, 0, 0, :frontier) ON CONFLICT DO NOTHING"
).bindparams(bindparam("school", type_=sa.Uuid), bindparam("frontier", type_=sa.LargeBinary))


class UnitOfWork:
    """A write transaction. On PostgreSQL the school's head row is its lock; SQLite has one writer at a time anyhow."""

    def __init__(self, connection: Connection, acting: Acting, projections: tuple[str, ...]):
        self.connection = connection
        self.school: UUID = acting.school
        self.key_taken = False
        self.recorded: list[Any] = []
        self.data_keys: dict[UUID, tuple[str, bytes]] = {}
        self._projections = projections
        self._frontier: Frontier | None = None
        self._last_at = 0

    def execute(self, statement: Any, parameters: Any = None) -> Any:
        """Execute a statement in this transaction."""
        return self.connection.execute(statement, parameters)

    @contextmanager
    def borrowed(self) -> Iterator[Connection]:
        """Lend the connection to a reader inside the transaction, who must not close it."""
        yield self.connection

    def take_head(self) -> Frontier:
        """Lock the school's head row and return its tree; a school's first write makes the row."""
        if self._frontier is None:
            row = self.connection.execute(_take_head, {"of_school": self.school}).first()
            if row is None:
                self._begin_school()
                row = self.connection.execute(_take_head, {"of_school": self.school}).one()
            self._last_at = row.recorded_at
            self._frontier = Frontier.load(row.size, row.frontier)
            self._now = max(to_milliseconds(clock.now()), self._last_at)
        return self._frontier

    def _begin_school(self) -> None:
        self.connection.execute(_first_head, {"school": self.school, "frontier": b""})
        rows = [{"name": name, "school": self.school, "position": 0} for name in self._projections]
        if rows:
            self.connection.execute(projection.insert(), rows)

    @property
    def recorded_at(self) -> int:
        """The time of this transaction in milliseconds, never before the last event of the school."""
        self.take_head()
        return self._now

    @property
    def size(self) -> int:
        """How many events the school has, those of this transaction included."""
        return self.take_head().size

    def next_position(self) -> tuple[int, int]:
        """Return the position (from 1) and recorded-at of the next event."""
        return self.take_head().size + 1, self._now

    def append_leaf(self, leaf: bytes) -> None:
        """Add the leaf of the event at the next position to the school's tree."""
        self.take_head().append(leaf)

    def store_head(self) -> None:
        """Write the tree head; call it once after the rows of a save."""
        frontier = self.take_head()
        self.connection.execute(
            _store_head,
            {
                "of_school": self.school,
                "size": frontier.size,
                "recorded_at": self._now,
                "frontier": frontier.pack(),
            },
        )


_unit: ContextVar[UnitOfWork | None] = ContextVar("unit_of_work", default=None)


def current_unit() -> UnitOfWork | None:
    """Return the write transaction that this code runs in, None outside one."""
    return _unit.get()


@contextmanager
def entered(unit: UnitOfWork) -> Iterator[UnitOfWork]:
    """Make a unit of work the current one."""
    token = _unit.set(unit)
    try:
        yield unit
    finally:
        _unit.reset(token)
