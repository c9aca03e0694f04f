"""The log of a school as a list to page through: chosen rows, newest first, with long runs of the same as one."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from msgspec import MsgspecError
from sqlalchemy import Select, and_, case, false, func, not_, or_, select
from sqlalchemy.engine import Connection

from events.frozen import frozen
from events.log.checkpoint import stored_leaf
from events.log.recorder import COLUMNS
from events.log.tables import event
from intranet.api import log

from .period import at_school
from .reach import CLOSED, Reach, reaches

LINES = 50
MOST_ROWS = 1000
RUN = 4
"""From so many of the same in a row they become one line: an import is one thing somebody did, not 250.

Never with a record of which the reader may not know what kind of thing happened: its line would say so."""

_ENVELOPE = (event.c.school, event.c.position, event.c.stream, event.c.name, event.c.actor, event.c.recorded_at)


@frozen
class Choice:
    """What part of a school's log is asked for.

    `kind` is a whole event name or its beginning, or CLOSED. `streams` are selects of the records in which somebody is
    named, `without` of records that must not answer. Events under the condition `closed` answer to no kind but CLOSED.
    """

    school: UUID
    first: int = 1
    last: int = 2**62
    kind: str = ""
    actor: UUID | None = None
    by_system: bool = False
    streams: tuple[Any, ...] = ()
    without: tuple[Any, ...] = ()
    closed: Any = field(default_factory=false)

    @property
    def condition(self) -> Any:
        """This choice as an SQL condition."""
        e = event.c
        every = [e.school == self.school, e.position >= self.first, e.position <= self.last]
        if self.kind == CLOSED:
            every.append(self.closed)
        elif self.kind:
            every.append(not_(self.closed))
            every.append(or_(e.name == self.kind, e.name.startswith(f"{self.kind}.", autoescape=True)))
        if self.by_system:
            every.append(e.actor.is_(None))
        elif self.actor is not None:
            every.append(e.actor == self.actor)
        if self.streams:
            every.append(or_(*(e.stream.in_(streams) for streams in self.streams)))
        every += [e.stream.not_in(streams) for streams in self.without]
        return and_(*every)


@dataclass(slots=True)
class Entry:
    """One row of the log, or a run of rows of one kind by one person on one day.

    `event` is its newest, with sealed words; None when it cannot be read. `fits` tells whether the row still has the
    fingerprint it was stored with.
    """

    row: Any
    oldest: int
    count: int = 1
    event: Any = None
    fits: bool = True


def page(connection: Connection, choice: Choice, before: int | None = None) -> tuple[list[Entry], int | None]:
    """Return the newest lines of a choice (older than `before`), and before which position there is more."""
    query = select(*_ENVELOPE).where(choice.condition).order_by(event.c.position.desc()).limit(MOST_ROWS)
    if before is not None:
        query = query.where(event.c.position < before)
    rows = connection.execute(query).all()
    known = reaches(connection, choice.school, {(record_kind(row.name), row.stream) for row in rows})
    lines = _in_runs(rows, known)
    shown = lines[:LINES]
    more = len(lines) > LINES or len(rows) == MOST_ROWS
    _read(connection, choice.school, shown)
    return shown, shown[-1].oldest if more else None


def every_row(
    connection: Connection, choice: Choice, before: int | None = None, size: int = LINES
) -> tuple[list[Entry], int | None]:
    """Return the rows of a choice one by one, as a record's own page and the content of a run show them."""
    query = select(*_ENVELOPE).where(choice.condition).order_by(event.c.position.desc()).limit(size + 1)
    if before is not None:
        query = query.where(event.c.position < before)
    rows = connection.execute(query).all()
    shown = [Entry(row, oldest=row.position) for row in rows[:size]]
    _read(connection, choice.school, shown)
    return shown, shown[-1].oldest if len(rows) > size else None


def counts(connection: Connection, choice: Choice) -> Counter[tuple[str, UUID | None]]:
    """Count the rows of a choice by kind (CLOSED for what may not be told) and actor, in one go for all filters."""
    kind = case((choice.closed, CLOSED), else_=event.c.name).label("kind")
    rows = select(kind, event.c.actor).where(choice.condition).subquery()
    query: Select[Any] = select(rows.c.kind, rows.c.actor, func.count()).group_by(rows.c.kind, rows.c.actor)
    return Counter({(name, actor): count for name, actor, count in connection.execute(query)})


def record_kind(name: str) -> str:
    """Return of which kind of record an event is, by its name in the log."""
    return name.rpartition(".")[0]


def _in_runs(rows: Iterable[Any], known: Mapping[UUID, Reach]) -> list[Entry]:
    lines: list[Entry] = []
    run: list[Any] = []
    for row in rows:
        told = known[row.stream] >= Reach.FACTS
        if run and not (told and _alike(run[0], row)):
            lines.extend(_as_lines(run))
            run = []
        run.append(row)
        if not told:
            lines.extend(_as_lines(run))
            run = []
    return [*lines, *_as_lines(run)]


def _alike(newest: Any, older: Any) -> bool:
    if newest.name != older.name or newest.actor != older.actor:
        return False
    return at_school(newest.recorded_at).date() == at_school(older.recorded_at).date()


def _as_lines(run: Sequence[Any]) -> list[Entry]:
    if len(run) >= RUN:
        return [Entry(run[0], oldest=run[-1].position, count=len(run))]
    return [Entry(row, oldest=row.position) for row in run]


def _read(connection: Connection, school: UUID, entries: Sequence[Entry]) -> None:
    """Read the whole rows of the lines that are shown, and look whether each still has its fingerprint."""
    wanted = [entry.row.position for entry in entries]
    query = select(*COLUMNS, event.c.leaf).where(event.c.school == school, event.c.position.in_(wanted))
    rows = {row.position: row for row in connection.execute(query)}
    for entry in entries:
        row = rows.get(entry.row.position, entry.row)
        entry.event, entry.fits = _decoded(row), stored_leaf(row) == row.leaf


def _decoded(row: Any) -> Any:
    try:
        return log.kinds_mapper.decode_rows([row[:-1]], readable=False)[0]
    except (MsgspecError, LookupError, TypeError, ValueError, AttributeError):
        # Somebody meddled with it; the page goes on and says so.
        return None
