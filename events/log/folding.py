"""Projections with a row for each record and lists beside it: events are folded in memory, a record is written once."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import repeat
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import Table, bindparam, select
from sqlalchemy.engine import Connection, Dialect

from events.log.projection import Projection

CHUNK = 500


class Entry:
    """A record as the tables know it: its row, and for each table of lists the values behind school and record."""

    __slots__ = ("facts", "lists")

    def __init__(self, facts: dict[str, Any], lists: Mapping[Table, Iterable[tuple[Any, ...]]]):
        self.facts = facts
        self.lists = {table: list(rows) for table, rows in lists.items()}


class RowInsert:
    """An INSERT of whole rows in a table, handed to the driver as they are: SQLAlchemy takes twice as long for each."""

    def __init__(self, table: Table):
        self._insert = table.insert()
        self._names = table.columns.keys()
        self._types = [column.type for column in table.columns]
        self._compiled: dict[str, tuple[str, list[Callable[[Any], Any] | None]]] = {}

    def __call__(self, db: Connection, school: UUID, rows: Sequence[tuple[Any, ...]]) -> None:
        """Insert rows of a school, each with the values of all columns but the school's, in their order."""
        if not rows:
            return
        if not db.dialect.positional:
            db.execute(self._insert, [dict(zip(self._names, (school, *row), strict=True)) for row in rows])
            return
        statement, (stored_school, *processors) = self._compiled.get(db.dialect.name) or self._compile(db.dialect)
        columns = zip(*rows, strict=True)
        stored = [values if to is None else map(to, values) for to, values in zip(processors, columns, strict=True)]
        always = repeat(school if stored_school is None else stored_school(school), len(rows))
        db.exec_driver_sql(statement, list(zip(always, *stored, strict=True)))

    def _compile(self, dialect: Dialect) -> tuple[str, list[Callable[[Any], Any] | None]]:
        processors: list[Any] = [each.dialect_impl(dialect).bind_processor(dialect) for each in self._types]
        self._compiled[dialect.name] = str(self._insert.compile(dialect=dialect)), processors
        return self._compiled[dialect.name]


class FoldedProjection(Projection):
    """Say what begins a record and what later events change in it; saves and replays then do the same.

    The first of `tables` has the row, the others its lists; school and record are the first two columns of each.
    `begins` makes an entry of an event, with all columns but those two; `folds` change it.
    """

    begins: ClassVar[Mapping[type, Callable[[Any], Entry]]] = {}
    folds: ClassVar[Mapping[type, Callable[[Entry, Any], None]]] = {}
    _insert: ClassVar[dict[Table, RowInsert]]
    _remove: ClassVar[dict[Table, Any]]
    _select: ClassVar[dict[Table, Any]]

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        cls.handlers = {
            **cls.handlers,
            **dict.fromkeys(cls.begins, FoldedProjection._begin),
            **dict.fromkeys(cls.folds, FoldedProjection._change),
        }
        record = {table: table.columns[1] for table in cls.tables}
        mine = {table: table.c.school == bindparam("of_school") for table in cls.tables}
        cls._insert = {table: RowInsert(table) for table in cls.tables}
        cls._remove = {
            table: table.delete().where(mine[table], record[table] == bindparam("of_record")) for table in cls.tables
        }
        cls._select = {
            table: select(table).where(mine[table], record[table].in_(bindparam("records", expanding=True)))
            for table in cls.tables
        }

    def _begin(self, db: Connection, event: Any) -> None:
        # A few inserts and no more: this stands in the way of somebody in a hurry.
        entries = {event.originator_id: self.begins[type(event)](event)}
        for table in self.tables:
            self._insert[table](db, event.school_id, self._rows(table, entries))

    def _change(self, db: Connection, event: Any) -> None:
        self.handle_batch(db, [event])

    def handle_batch(self, db: Connection, events: Sequence[Any]) -> None:
        """Fold a page of history and write each record once, in the tables where something changed."""
        new = {event.originator_id: self.begins[type(event)](event) for event in events if type(event) in self.begins}
        later = [event for event in events if type(event) in self.folds]
        if not new and not later:
            return
        school = events[0].school_id
        known = self._load(db, school, {event.originator_id for event in later} - new.keys())
        before = {table: self._rows_of_each(table, known) for table in self.tables}
        for event in later:
            self.folds[type(event)](new.get(event.originator_id) or known[event.originator_id], event)
        for table in self.tables:
            now = self._rows_of_each(table, known)
            changed = [record for record in known if now[record] != before[table][record]]
            if changed:
                db.execute(self._remove[table], [{"of_school": school, "of_record": record} for record in changed])
            rows = [row for record in changed for row in now[record]]
            self._insert[table](db, school, rows + self._rows(table, new))

    def _rows_of_each(self, table: Table, entries: Mapping[UUID, Entry]) -> dict[UUID, list[Any]]:
        return {record: self._rows(table, {record: entry}) for record, entry in entries.items()}

    def _rows(self, table: Table, entries: Mapping[UUID, Entry]) -> list[tuple[Any, ...]]:
        if table is not self.tables[0]:
            return [(record, *values) for record, entry in entries.items() for values in entry.lists[table]]
        names = table.columns.keys()[2:]
        return [(record, *[entry.facts[name] for name in names]) for record, entry in entries.items()]

    def _load(self, db: Connection, school: UUID, records: Iterable[UUID]) -> dict[UUID, Entry]:
        entries: dict[UUID, Entry] = {}
        wanted = list(records)
        row_table, *list_tables = self.tables
        names = row_table.columns.keys()[2:]
        for start in range(0, len(wanted), CHUNK):
            these = {"of_school": school, "records": wanted[start : start + CHUNK]}
            for _school, record, *values in db.execute(self._select[row_table], these):
                entries[record] = Entry(dict(zip(names, values, strict=True)), {table: () for table in list_tables})
            for table in list_tables:
                for _school, record, *values in db.execute(self._select[table], these):
                    entries[record].lists[table].append(tuple(values))
        return entries
