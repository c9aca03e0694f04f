"""Projections: tables that are a function of the log, filled in the event's own transaction and rebuilt at will."""

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, ClassVar
from uuid import UUID

import sqlalchemy as sa
from pysqlite3 import dbapi2 as sqlite
from sqlalchemy import Column, MetaData, Table, Uuid, bindparam, select, update
from sqlalchemy.engine import Connection

from events.log.tables import projection as projection_table_of_positions
from events.log.unit_of_work import UnitOfWork

logger = logging.getLogger(__name__)
projection_tables = MetaData()
Handler = Callable[[Any, Connection, Any], None]
_positions = projection_table_of_positions

_advance = (
    update(_positions)
    .where(
        _positions.c.school == bindparam("of_school"),
        _positions.c.position == bindparam("was"),
        _positions.c.error.is_(None),
    )
    .values(position=bindparam("now"))
    .returning(_positions.c.name)
)
_stop = (
    update(_positions)
    .where(_positions.c.school == bindparam("of_school"), _positions.c.name == bindparam("of_name"))
    .values(position=bindparam("was"), error=bindparam("why"))
)


def projection_table(name: str, *columns: Column[Any], version: int = 1, **options: Any) -> Table:
    """Declare a table of a projection; `school` comes first in its primary key.

    The version is part of the real name: a changed table is filled beside the old one, never altered.
    """
    school: Column[Any] = Column("school", Uuid, primary_key=True)
    return Table(f"{name}__v{version}", projection_tables, school, *columns, **options)


def on(*event_classes: type) -> Callable[[Handler], Handler]:
    """Mark a method of a projection as the handler of these events."""

    def mark(handler: Handler) -> Handler:
        handler.handles = event_classes  # type: ignore[attr-defined]
        return handler

    return mark


class Projection:
    """Tables filled from events. A handler depends on the event and its own tables only: no clock, no chance.

    `name` is lasting (`<area>.<what it keeps>`). `tables` are all it writes. A handler gets a Connection and the event,
    whose personal fields are `SEALED`, so no name or sentence can reach a table.
    """

    name: ClassVar[str] = ""
    tables: ClassVar[tuple[Table, ...]] = ()
    handlers: ClassVar[dict[type, Handler]] = {}

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        cls.handlers = dict(cls.handlers)
        for member in vars(cls).values():
            for event_class in getattr(member, "handles", ()):
                cls.handlers[event_class] = member

    @property
    def key(self) -> str:
        """The name under which its position is kept; another version of a table is another projection."""
        versions = {table.name.rpartition("__v")[2] for table in self.tables}
        return f"{self.name}@{'.'.join(sorted(versions))}"

    def apply(self, db: Connection, events: Iterable[Any]) -> None:
        """Handle events one by one, in order."""
        handlers = self.handlers
        for event in events:
            handler = handlers.get(type(event))
            if handler is not None:
                handler(self, db, event)

    def handle_batch(self, db: Connection, events: Sequence[Any]) -> None:
        """Handle many events at a replay; a projection may fold them in memory, with the same rows as result."""
        self.apply(db, events)


class Projector:
    """Runs the projections of a log: inside each save, and over the past."""

    def __init__(self, projections: Sequence[Projection]):
        self.projections = tuple(projections)
        self.by_key = {projection.key: projection for projection in projections}
        if len(self.by_key) != len(self.projections):
            raise TypeError("Two projections have the same name.")
        self._handled = {event_class for projection in projections for event_class in projection.handlers}

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(self.by_key)

    def fold(self, unit: UnitOfWork, facts: Sequence[Any]) -> None:
        """Project what was just recorded. A projection never vetoes a fact: a broken one stops, the event stays."""
        was, now = facts[0].position - 1, facts[-1].position
        live = set(unit.connection.scalars(_advance, {"of_school": unit.school, "was": was, "now": now}))
        if self._handled.isdisjoint(type(fact) for fact in facts):
            return
        running = [projection for key, projection in self.by_key.items() if key in live]
        try:
            with unit.connection.begin_nested():
                for projection in running:
                    projection.apply(unit.connection, facts)
        except Exception:
            logger.exception("A projection failed; each runs again on its own.")
            self._one_by_one(unit, running, facts, was)

    def _one_by_one(self, unit: UnitOfWork, running: list[Projection], facts: Sequence[Any], was: int) -> None:
        for projection in running:
            try:
                with unit.connection.begin_nested():
                    projection.apply(unit.connection, facts)
            except Exception as error:
                logger.exception("Projection %s stopped at position %s.", projection.key, was)
                # Only the kind of error is kept: its message may quote what somebody wrote.
                unit.connection.execute(
                    _stop,
                    {"of_school": unit.school, "of_name": projection.key, "was": was, "why": type(error).__name__},
                )


@contextmanager
def in_memory(tables: Iterable[Table]) -> Iterator[Connection]:
    """Open an empty database in memory with these tables: where the past is replayed, beside the live rows."""
    engine = sa.create_engine("sqlite://", module=sqlite, poolclass=sa.pool.StaticPool)
    try:
        with engine.connect() as connection:
            for table in tables:
                table.create(connection)
            yield connection
    finally:
        engine.dispose()


def put_in_place(unit: UnitOfWork, projection: Projection, replayed: Connection, position: int) -> None:
    """Swap a school's live rows for the replayed ones and mark the projection as up to date, in the transaction."""
    for table in projection.tables:
        unit.connection.execute(table.delete().where(table.c.school == unit.school))
        result = replayed.execute(select(table)).mappings()
        for rows in result.partitions(1000):
            unit.connection.execute(table.insert(), [dict(row) for row in rows])
    mine = sa.and_(_positions.c.name == projection.key, _positions.c.school == unit.school)
    unit.connection.execute(_positions.delete().where(mine))
    unit.connection.execute(
        _positions.insert(), {"name": projection.key, "school": unit.school, "position": position, "error": None}
    )


def stale(connection: Connection, school: UUID) -> dict[str, str | None]:
    """Return the projections of a school that stopped, with the kind of error: their pages say they are rebuilt."""
    rows = connection.execute(
        select(_positions.c.name, _positions.c.error).where(
            _positions.c.school == school, _positions.c.error.is_not(None)
        )
    )
    return {row.name: row.error for row in rows}
