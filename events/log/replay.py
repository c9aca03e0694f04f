"""Replays logs up to a position into a database in memory, in which everything reads as it stood then.

The rows of the log go in as they are stored, words encrypted, so that whatever reads the log, or joins it to a
projection, stops at that position too. Keys stay where they are: what was erased since is erased in the past.
"""

import threading
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import count
from typing import TYPE_CHECKING, Any
from uuid import UUID

import sqlalchemy as sa
from pysqlite3 import dbapi2 as sqlite
from sqlalchemy import MetaData, Table, bindparam, select
from sqlalchemy.engine import Connection, Engine

from events.frozen import frozen
from events.log.engines import memory_engine
from events.log.ids import as_stored, texts_of
from events.log.merkle import Frontier
from events.log.projection import Projection, projection_tables
from events.log.recorder import COLUMNS, columns_with_ids
from events.log.statements import COMPILED_ONCE
from events.log.tables import event, key_use, log_head, log_tables
from events.log.tables import projection as positions
from events.log.telling import Audience, tables_made, uncollected

if TYPE_CHECKING:
    from events.log.store import Log

PAGE = 5000
_numbers = count(1)
_page_of = (
    select(*as_stored(COLUMNS), event.c.leaf)
    .where(
        event.c.school == bindparam("of_school"),
        event.c.position > bindparam("after"),
        event.c.position <= bindparam("until"),
    )
    .order_by(event.c.position)
    .limit(PAGE)
)
_recorded_at = select(event.c.recorded_at).where(
    event.c.school == bindparam("of_school"), event.c.position == bindparam("at")
)
_names = [column.name for column in (*COLUMNS, event.c.leaf)]
_IDS = frozenset(place for place, column in enumerate(COLUMNS) if isinstance(column.type, sa.Uuid))
_add_event = f"INSERT INTO event ({', '.join(_names)}) VALUES ({', '.join('?' * len(_names))})"


@frozen
class Part:
    """How much of a school's log is replayed: up to a position; some kinds only, or only what `chosen` says yes to."""

    until: int
    kinds: Collection[str] | None = None
    chosen: Callable[[Any], bool] | None = None


class Replay:
    """The past in memory. `handled` counts the events each projection took; `memory` keeps what readers made of it."""

    def __init__(self, tables: Iterable[Table]):
        name = f"file:/replay-{next(_numbers)}?vfs=memdb"
        # One connection stays open, or the database would be gone; it is also the only one that ever writes.
        self._writer = memory_engine(name)
        self.engine: Engine = sa.create_engine(
            "sqlite://",
            creator=lambda: _reader(name),
            module=sqlite,
            poolclass=sa.pool.QueuePool,
            max_overflow=-1,
            **COMPILED_ONCE,
        )
        self.handled: Counter[str] = Counter()
        self.memory: dict[str, Any] = {}
        self._users, self._closing, self._lock = 0, False, threading.Lock()
        with self._writer.begin() as connection:
            for table in tables:
                table.create(connection, checkfirst=False)

    @contextmanager
    def filling(self) -> Iterator[Connection]:
        """Enter the one transaction that fills it."""
        with self._writer.begin() as connection:
            yield connection

    @property
    def size(self) -> int:
        """How many bytes it takes."""
        with self._writer.connect() as connection:
            return int(
                connection.scalar(sa.text("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size"))
            )

    @contextmanager
    def in_use(self) -> Iterator["Replay"]:
        """Keep it open until the reader is done, also when somebody closes it meanwhile."""
        with self._lock:
            self._users += 1
        try:
            yield self
        finally:
            with self._lock:
                self._users -= 1
            self._let_go()

    def close(self) -> None:
        """Free its memory, as soon as nobody reads it."""
        self._closing = True
        self._let_go()

    def _let_go(self) -> None:
        with self._lock:
            over = self._closing and not self._users
        if over:
            self.engine.dispose()
            self._writer.dispose()


def _reader(name: str) -> Any:
    connection = sqlite.connect(name, uri=True, check_same_thread=False)
    connection.execute("PRAGMA query_only=ON")
    return connection


def replay(
    log: "Log",
    parts: Mapping[UUID, Part],
    *,
    projections: Sequence[Projection] | None = None,
    besides: Iterable[MetaData] = (),
) -> Replay:
    """Replay parts of logs into projections (those of the log) and return the database; close it when done.

    `besides` are other tables that readers expect; they stay empty.
    """
    running = log.projector.projections if projections is None else tuple(projections)
    own = {table for each in running for table in each.tables}
    # In no order: no table refers to another.
    made = Replay(
        {table for every in (log_tables, projection_tables, *besides) for table in every.tables.values()} - own
    )
    try:
        with made.filling() as connection, tables_made(connection, running), uncollected():
            for school, part in parts.items():
                _fill(log, connection, school, part, Audience(running), made.handled)
    except BaseException:
        made.close()
        raise
    return made


def _fill(
    log: "Log", connection: Connection, school: UUID, part: Part, audience: Audience, handled: Counter[str]
) -> None:
    frontier, recorded_at, heard = Frontier(), 0, frozenset(log.names_of(audience.projections))
    for rows in _pages(log, school, part):
        frontier.extend(row.leaf for row in rows)
        recorded_at = rows[-1].recorded_at
        if part.kinds is not None:
            rows = [row for row in rows if row.name in part.kinds]
        if part.chosen is not None:
            kept = map(part.chosen, _facts(log, rows))
            rows = [row for row, wanted in zip(rows, kept, strict=True) if wanted]
        if rows:
            connection.exec_driver_sql(_add_event, _as_text(rows))
            told = audience.tell(connection, _facts(log, [row for row in rows if row.name in heard]))
            handled.update({projection.key: number for projection, number in told.items()})
    _store_ends(log, connection, school, part, frontier, recorded_at)
    ends = [
        {"name": each.key, "school": school, "position": frontier.size, "error": None} for each in audience.projections
    ]
    if ends:
        connection.execute(positions.insert(), ends)


def _facts(log: "Log", rows: Sequence[Any]) -> list[Any]:
    return log.kinds_mapper.decode_columns(columns_with_ids([row[:-1] for row in rows]), readable=False)


def _as_text(rows: Sequence[Any]) -> list[tuple[Any, ...]]:
    """Return rows as SQLite keeps them, whichever database they were read from."""
    if isinstance(rows[0][0], str):
        return list(map(tuple, rows))
    columns = [texts_of(each) if place in _IDS else each for place, each in enumerate(zip(*rows, strict=True))]
    return list(zip(*columns, strict=True))


def _pages(log: "Log", school: UUID, part: Part) -> Iterator[Sequence[Any]]:
    after = 0
    while True:
        with log.read() as connection:
            rows = connection.execute(_page_of, {"of_school": school, "after": after, "until": part.until}).all()
        if not rows:
            return
        yield rows
        after = rows[-1].position


def _store_ends(
    log: "Log", connection: Connection, school: UUID, part: Part, frontier: Frontier, recorded_at: int
) -> None:
    """Put the tree as it was, and which keys the events up to there use."""
    if frontier.size:
        head = {"school": school, "size": frontier.size, "recorded_at": recorded_at, "frontier": frontier.pack()}
        connection.execute(log_head.insert(), head)
    with log.read() as live:
        of_then = key_use.c.school == school, key_use.c.position <= part.until
        rows = [dict(row._mapping) for row in live.execute(select(key_use).where(*of_then))]
    if rows:
        connection.execute(key_use.insert(), rows)


def position_at(log: "Log", school: UUID, milliseconds: int) -> int:
    """Return the position of the last event of a school that was recorded at or before a moment, 0 when there is none.

    Recorded times never go back in a school and positions have no holes, so a few look-ups find it.
    """
    low, high = 0, log.head(school).size
    with log.read() as connection:
        while low < high:
            middle = (low + high + 1) // 2
            moment = connection.scalar(_recorded_at, {"of_school": school, "at": middle})
            low, high = (middle, high) if moment is not None and moment <= milliseconds else (low, middle - 1)
    return low
