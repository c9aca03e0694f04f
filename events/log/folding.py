"""Projections with a row for each record and lists beside it: events are folded in memory, a record is written once."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice, repeat
from operator import itemgetter
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import Boolean, Select, Table, Uuid, bindparam, select
from sqlalchemy.engine import Connection, Dialect
from sqlalchemy.types import TypeEngine

from events.log.engines import NO_JOURNAL
from events.log.ids import texts_of
from events.log.projection import Projection

CHUNK = 500
ROWS_AT_ONCE = 16
"""Where SQLite keeps no journal, so many rows in one statement take a fifth less time; more make it no quicker."""
ToStored = Callable[[Sequence[Any]], Iterable[Any]]


def rows_of(db: Connection, statement: Select[Any], school: UUID, records: Iterable[UUID]) -> Iterator[Any]:
    """Yield what a select of `of_school` and `records` (expanding) finds, some hundreds of records at a time."""
    wanted = list(records)
    for start in range(0, len(wanted), CHUNK):
        yield from db.execute(statement, {"of_school": school, "records": wanted[start : start + CHUNK]})


class Entry:
    """A record as the tables know it: its row, and for each table of lists the values behind school and record.

    What is given becomes its own, and changes with it.
    """

    __slots__ = ("facts", "lists")

    def __init__(self, facts: dict[str, Any], lists: dict[Table, list[tuple[Any, ...]]]):
        self.facts = facts
        self.lists = lists


class ColumnsInsert:
    """An INSERT in a table, values handed to the driver a column at a time: SQLAlchemy takes twice as long for each."""

    def __init__(self, table: Table):
        self._insert = table.insert()
        self._names = table.columns.keys()
        self._types = [column.type for column in table.columns]
        self._compiled: dict[str, tuple[str, str, list[ToStored]]] = {}

    def __call__(self, db: Connection, school: UUID, columns: Sequence[Sequence[Any]]) -> None:
        """Insert rows of a school, given the values of all columns but the school's, in their order."""
        if not columns or not columns[0]:
            return
        if not db.dialect.positional:
            rows = zip(repeat(school, len(columns[0])), *columns, strict=True)
            db.execute(self._insert, [dict(zip(self._names, row, strict=True)) for row in rows])
            return
        one, several, (stored_school, *to_stored) = self._compiled.get(db.dialect.name) or self._compile(db.dialect)
        stored = [turn(values) for turn, values in zip(to_stored, columns, strict=True)]
        always = repeat(next(iter(stored_school([school]))), len(columns[0]))
        values, width = chain.from_iterable(zip(always, *stored, strict=True)), len(self._names)
        times, rest = 0, len(columns[0])
        # With a journal it would keep, for each statement, what could undo a half of its rows.
        if db.get_execution_options().get(NO_JOURNAL):
            times, rest = divmod(rest, ROWS_AT_ONCE)
        if times:
            db.exec_driver_sql(several, [tuple(islice(values, width * ROWS_AT_ONCE)) for _ in range(times)])
        if rest:
            db.exec_driver_sql(one, [tuple(islice(values, width)) for _ in range(rest)])

    def rows(self, db: Connection, school: UUID, rows: Collection[Mapping[str, Any]]) -> None:
        """Insert rows of a school, given by the names of their columns."""
        self(db, school, [[row[name] for row in rows] for name in self._names[1:]])

    def _compile(self, dialect: Dialect) -> tuple[str, str, list[ToStored]]:
        to_stored = [_to_stored(each, dialect) for each in self._types]
        one = str(self._insert.compile(dialect=dialect))
        before, of_a_row = one.split(" VALUES ")
        several = f"{before} VALUES {', '.join([of_a_row] * ROWS_AT_ONCE)}"
        self._compiled[dialect.name] = one, several, to_stored
        return self._compiled[dialect.name]


def _to_stored(kind: TypeEngine[Any], dialect: Dialect) -> ToStored:
    """Return what makes a column of values into what the driver takes."""
    one: Callable[[Any], Any] | None = kind.dialect_impl(dialect).bind_processor(dialect)
    if one is None:
        return lambda values: values
    if isinstance(kind, Uuid) and not dialect.supports_native_uuid:
        return _texts
    # There are three of them, and a dictionary answers sooner than a function.
    turned = {each: one(each) for each in (True, False, None)}.__getitem__ if isinstance(kind, Boolean) else one
    return lambda values: map(turned, values)


def _texts(ids: Sequence[Any]) -> Sequence[Any]:
    return ids if ids and type(ids[0]) is str else texts_of(ids)


class FoldedProjection(Projection):
    """Say what begins a record and what later events change in it; saves and replays then do the same.

    The first of `tables` has the row, the others its lists; school and record are the first two columns of each.
    `begins` makes an entry of an event, with all columns but those two; `folds` change it.
    """

    only_by_key = True
    begins: ClassVar[Mapping[type, Callable[[Any], Entry]]] = {}
    folds: ClassVar[Mapping[type, Callable[[Entry, Any], None]]] = {}
    _insert: ClassVar[dict[Table, ColumnsInsert]]
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
        cls._insert = {table: ColumnsInsert(table) for table in cls.tables}
        cls._remove = {
            table: table.delete().where(mine[table], record[table] == bindparam("of_record")) for table in cls.tables
        }
        cls._select = {
            table: select(table).where(mine[table], record[table].in_(bindparam("records", expanding=True)))
            for table in cls.tables
        }

    def _begin(self, db: Connection, event: Any) -> None:
        # A few inserts and no more: this stands in the way of somebody in a hurry.
        records, entries = [event.originator_id], [self.begins[type(event)](event)]
        for table in self.tables:
            self._insert[table](db, event.school_id, self._columns(table, records, entries))

    def _change(self, db: Connection, event: Any) -> None:
        self.handle_batch(db, [event])

    def handle_batch(self, db: Connection, events: Sequence[Any]) -> None:
        """Fold a page of history and write each record once, in the tables where something changed."""
        begins, folds = self.begins, self.folds
        # By number: to look up an id takes a call of its own each time.
        new: dict[int, tuple[UUID, Entry]] = {}
        later = []
        for event in events:
            kind, record = type(event), event.originator_id
            if kind in begins:
                new[record.int] = record, begins[kind](event)
            elif kind not in folds:
                continue
            elif record.int in new:
                folds[kind](new[record.int][1], event)
            else:
                later.append(event)
        if later:
            self._fold_into_rows(db, later)
        if new:
            school = events[0].school_id
            ids, entries = zip(*new.values(), strict=True)
            # Turned once for all tables, and in the order of their keys: side by side they find their place sooner.
            written = ids if db.dialect.supports_native_uuid else texts_of(ids)
            records, entries = zip(*sorted(zip(written, entries, strict=True), key=itemgetter(0)), strict=True)
            for table in self.tables:
                self._insert[table](db, school, self._columns(table, records, entries))

    def _fold_into_rows(self, db: Connection, events: Sequence[Any]) -> None:
        school = events[0].school_id
        known = self._load(db, school, {event.originator_id for event in events})
        before = {table: self._rows_of_each(table, known) for table in self.tables}
        for event in events:
            self.folds[type(event)](known[event.originator_id], event)
        for table in self.tables:
            now = self._rows_of_each(table, known)
            changed = {record: entry for record, entry in known.items() if now[record] != before[table][record]}
            if changed:
                db.execute(self._remove[table], [{"of_school": school, "of_record": record} for record in changed])
                self._insert[table](db, school, self._columns(table, list(changed), list(changed.values())))

    def _rows_of_each(self, table: Table, entries: Mapping[UUID, Entry]) -> dict[UUID, Any]:
        if table is self.tables[0]:
            return {record: dict(entry.facts) for record, entry in entries.items()}
        return {record: list(entry.lists[table]) for record, entry in entries.items()}

    def _columns(self, table: Table, records: Sequence[Any], entries: Sequence[Entry]) -> list[Sequence[Any]]:
        if table is self.tables[0]:
            facts = [entry.facts for entry in entries]
            return [records, *([each[name] for each in facts] for name in table.columns.keys()[2:])]
        lists = [entry.lists[table] for entry in entries]
        of_each = [record for record, rows in zip(records, lists, strict=True) for _ in rows]
        return [of_each, *zip(*chain.from_iterable(lists), strict=True)]

    def _load(self, db: Connection, school: UUID, records: Iterable[UUID]) -> dict[UUID, Entry]:
        entries: dict[UUID, Entry] = {}
        row_table, *list_tables = self.tables
        names = row_table.columns.keys()[2:]
        for _school, record, *values in rows_of(db, self._select[row_table], school, records):
            entries[record] = Entry(dict(zip(names, values, strict=True)), {table: [] for table in list_tables})
        for table in list_tables:
            for _school, record, *values in rows_of(db, self._select[table], school, entries):
                entries[record].lists[table].append(tuple(values))
        return entries
