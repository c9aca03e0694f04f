"""Projections: tables that are a function of the log, filled in the event's own transaction and rebuilt at will."""

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, ClassVar
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import Column, MetaData, Table, Uuid, bindparam, select, update
from sqlalchemy.engine import Connection

from events.log.engines import memory_engine
from events.log.errors import LogUnavailable
from events.log.outages import is_outage, is_rolled_back
from events.log.tables import log_head
from events.log.tables import projection as projection_table_of_positions
from events.log.unit_of_work import UnitOfWork

logger = logging.getLogger(__name__)
projection_tables = MetaData()
Handler = Callable[[Any, Any, Any], None]
_positions = projection_table_of_positions

AT_ONCE = 1000
"""So many events late, a projection is brought up to date inside the next save; more is for `intranet upgrade`."""
_rows_of_school = select(_positions.c.name, _positions.c.position, _positions.c.error).where(
    _positions.c.school == bindparam("of_school")
)
_beside_head = (
    select(log_head.c.size, _positions.c.name, _positions.c.position, _positions.c.error)
    .select_from(log_head.outerjoin(_positions, log_head.c.school == _positions.c.school))
    .where(log_head.c.school == bindparam("of_school"))
)
_stop = (
    update(_positions)
    .where(_positions.c.school == bindparam("of_school"), _positions.c.name == bindparam("of_name"))
    .values(position=bindparam("was"), error=bindparam("why"))
)


def projection_table(name: str, *columns: Column[Any], version: int = 1, **options: Any) -> Table:
    """Declare a table of a projection; `school` comes first in its primary key.

    The version is part of the real name: a changed table is filled beside the old one, never altered. Whoever changes a
    table, or what a handler puts in it, raises the version of all tables of that projection.
    """
    school: Column[Any] = Column("school", Uuid, primary_key=True)
    if all(column.primary_key for column in columns if isinstance(column, Column)):
        # The whole row is its key: SQLite would keep each twice, and look for its place twice.
        options["sqlite_with_rowid"] = False
    return Table(f"{name}__v{version}", projection_tables, school, *columns, **options)


def version_of(table: Table) -> str:
    """Return the version in the name of a projection's table."""
    return table.name.rpartition("__v")[2]


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
    only_by_key: ClassVar[bool] = False
    """Whether its handlers find rows by the primary key only: a replay then makes the other indexes at the end."""

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        cls.handlers = dict(cls.handlers)
        for member in vars(cls).values():
            for event_class in getattr(member, "handles", ()):
                cls.handlers[event_class] = member
        # Two programs run side by side during an upgrade: a table of both would get every row twice.
        if len({version_of(table) for table in cls.tables}) > 1:
            raise TypeError(f"The tables of {cls.__name__} must have one version: raise them together.")

    @property
    def key(self) -> str:
        """The name under which its position is kept; another version of its tables is another projection."""
        return f"{self.name}@{'.'.join(sorted({version_of(table) for table in self.tables}))}"

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
        # One comparison each: a list would be written out anew in every save. Others' rows are theirs to move.
        mine = sa.or_(sa.false(), *(_positions.c.name == key for key in self.by_key))
        self._of_kinds: dict[frozenset[type], tuple[str, ...]] = {}
        self._advance = (
            update(_positions)
            .where(
                _positions.c.school == bindparam("of_school"),
                _positions.c.position == bindparam("was"),
                _positions.c.error.is_(None),
                mine,
            )
            .values(position=bindparam("now"))
            .returning(_positions.c.name)
        )

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(self.by_key)

    def fold(self, unit: UnitOfWork, facts: Sequence[Any], past: Callable[[int, int], list[Any]]) -> None:
        """Project what was just recorded. A projection never vetoes a fact: a broken one stops, the event stays.

        `past(after, until)` reads what a late projection missed.
        """
        was, now = facts[0].position - 1, facts[-1].position
        at_hand = {"of_school": unit.school, "was": was, "now": now}
        live = set(unit.connection.scalars(self._advance, at_hand))
        if len(live) < len(self.by_key):
            live |= self._joined(unit, live, was, now, past)
        running = [self.by_key[key] for key in self._concerned(frozenset(map(type, facts))) if key in live]
        if not running:
            return
        try:
            with savepoint(unit.connection):
                for projection in running:
                    projection.apply(unit.connection, facts)
        except Exception as error:
            _raise_outage(unit.connection, error)
            logger.exception("A projection failed; each runs again on its own.")
            self._one_by_one(unit, running, facts, was)

    def _concerned(self, kinds: frozenset[type]) -> tuple[str, ...]:
        """Return the keys of the projections that handle one of these events; looked up once for each set of them."""
        found = self._of_kinds.get(kinds)
        if found is None:
            found = tuple(key for key, each in self.by_key.items() if not kinds.isdisjoint(each.handlers))
            self._of_kinds[kinds] = found
        return found

    def _joined(
        self, unit: UnitOfWork, live: set[str], was: int, now: int, past: Callable[[int, int], list[Any]]
    ) -> set[str]:
        """Bring up to date what is only a little late, as after an older program wrote, and return which those are."""
        known = {row.name: row for row in unit.connection.execute(_rows_of_school, {"of_school": unit.school})}
        joined = set()
        for key in self.by_key.keys() - live:
            row = known.get(key)
            position = 0 if row is None else row.position
            if (row is not None and row.error) or was - position > AT_ONCE:
                continue
            if position > was:
                # A shorter log was put back under it; soon the number would fit again and the rows would not.
                set_position(unit.connection, key, unit.school, position, "AheadOfTheLog")
                continue
            try:
                with savepoint(unit.connection):
                    if row is None:
                        # Rows of which nobody knows how far they go do not count.
                        _empty(unit, self.by_key[key])
                    self.by_key[key].handle_batch(unit.connection, past(position, was))
            except Exception as error:
                _raise_outage(unit.connection, error)
                logger.exception("Projection %s cannot be brought up to date from position %s.", key, position)
                set_position(unit.connection, key, unit.school, position, type(error).__name__)
            else:
                set_position(unit.connection, key, unit.school, now)
                joined.add(key)
        return joined

    def _one_by_one(self, unit: UnitOfWork, running: list[Projection], facts: Sequence[Any], was: int) -> None:
        for projection in running:
            try:
                with savepoint(unit.connection):
                    projection.apply(unit.connection, facts)
            except Exception as error:
                _raise_outage(unit.connection, error)
                logger.exception("Projection %s stopped at position %s.", projection.key, was)
                # Only the kind of error is kept: its message may quote what somebody wrote.
                unit.connection.execute(
                    _stop,
                    {"of_school": unit.school, "of_name": projection.key, "was": was, "why": type(error).__name__},
                )


@contextmanager
def savepoint(connection: Connection) -> Iterator[None]:
    """Undo what is written inside when it raises, and nothing else of the transaction."""
    # As plain statements: SQLAlchemy's own builds and compiles each of them again in every save.
    connection.exec_driver_sql("SAVEPOINT projecting")
    try:
        yield
    except Exception:
        if not (connection.invalidated or is_rolled_back(connection)):
            connection.exec_driver_sql("ROLLBACK TO SAVEPOINT projecting")
            connection.exec_driver_sql("RELEASE SAVEPOINT projecting")
        raise
    connection.exec_driver_sql("RELEASE SAVEPOINT projecting")


def _raise_outage(connection: Connection, error: Exception) -> None:
    # A full disk or a lost server is no fault of a projection. SQLite then rolls back the whole transaction, and what
    # is written after that would be committed without its event.
    if is_outage(error) or is_rolled_back(connection):
        raise LogUnavailable("The database failed while it was writing.") from error


def _empty(unit: UnitOfWork, projection: Projection) -> None:
    for table in projection.tables:
        unit.connection.execute(table.delete().where(table.c.school == unit.school))


@contextmanager
def in_memory(tables: Iterable[Table] = ()) -> Iterator[Connection]:
    """Open an empty database in memory with these tables: where the past is replayed, beside the live rows."""
    engine = memory_engine(":memory:")
    try:
        with engine.connect() as connection:
            for table in tables:
                table.create(connection)
            yield connection
    finally:
        engine.dispose()


def set_position(connection: Connection, key: str, school: UUID, position: int, error: str | None = None) -> None:
    """Write down up to where the rows of a projection go, and with which kind of error it stopped."""
    connection.execute(_positions.delete().where(_positions.c.name == key, _positions.c.school == school))
    connection.execute(_positions.insert(), {"name": key, "school": school, "position": position, "error": error})


def not_up_to_date(connection: Connection, school: UUID, keys: Iterable[str]) -> dict[str, str | None]:
    """Return which of these projections do not show a school's last event, with the kind of error if one stopped."""
    # In one statement: between two of them somebody may record something, and all would seem late.
    rows = connection.execute(_beside_head, {"of_school": school}).all()
    known = {row.name: row for row in rows}
    return {
        key: known[key].error if key in known else None
        for key in keys
        if rows and rows[0].size and (key not in known or known[key].error or known[key].position != rows[0].size)
    }


def stale(connection: Connection, school: UUID) -> dict[str, str | None]:
    """Return the projections of a school that stopped, with the kind of error: their pages say they are rebuilt."""
    rows = connection.execute(
        select(_positions.c.name, _positions.c.error).where(
            _positions.c.school == school, _positions.c.error.is_not(None)
        )
    )
    return {row.name: row.error for row in rows}
