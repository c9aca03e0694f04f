"""Fills the tables of one projection of one school again, beside the live ones, and switches when they are equal.

The tables beside are temporary ones under the same names: SQLite and PostgreSQL both look there first, so the handlers
run as they are, no writer waits for them, and whatever ends this process also takes them away.
"""

import fcntl
import hashlib
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import MetaData, Select, Table, select, tuple_
from sqlalchemy.engine import Connection
from sqlalchemy.schema import CreateTable

from events.log.context import acting, current_acting
from events.log.errors import LogUnavailable, RebuildFailed, RebuildRunning
from events.log.outages import is_outage
from events.log.projection import Projection, not_up_to_date, set_position
from events.log.tables import log_head
from events.log.tables import projection as positions
from events.log.telling import tell
from events.log.unit_of_work import UnitOfWork, entered

if TYPE_CHECKING:
    from events.log.store import Log

BATCH = 500
PAUSE = 1.0
"""The rest after each batch, in times what it took: half of one processor at most; who writes goes first."""

Progress = Callable[[int], None]


def rebuild(log: "Log", projection: Projection, school: UUID, progress: Progress) -> int:
    """Replay a school's events into one projection and switch. Returns the position reached.

    Raises `RebuildRunning` when another process does the same, `RebuildFailed` when a handler raises; the live rows are
    as they were then.
    """
    with log.write_engine.connect() as connection:
        # Its temporary tables hide the live ones: it must never go back to the pool.
        connection.detach()
        with _only_one(connection, projection, school):
            try:
                position = _replay_and_switch(log, connection, projection, school, progress)
            except Exception as error:
                if is_outage(error):
                    raise LogUnavailable("The database failed while it was writing.") from error
                connection.rollback()
                _note_failure(log, projection, school, type(error).__name__)
                raise RebuildFailed(
                    f"{projection.key} of school {school} cannot be rebuilt ({type(error).__name__}). "
                    "Its rows are as they were, and every event is kept."
                ) from error
    _let_planner_count(log, projection)
    return position


def _let_planner_count(log: "Log", projection: Projection) -> None:
    """Let PostgreSQL count what was filled; by itself it comes a minute later.

    Until then it takes each table for nearly empty and walks all of it for a page.
    """
    if log.write_engine.dialect.name == "postgresql":
        quote = log.write_engine.dialect.identifier_preparer.quote
        with log.write_engine.begin() as connection:
            connection.exec_driver_sql(f"ANALYZE {', '.join(quote(table.name) for table in projection.tables)}")


def _replay_and_switch(
    log: "Log", connection: Connection, projection: Projection, school: UUID, progress: Progress
) -> int:
    connection.execution_options(begin="DEFERRED")
    with connection.begin():
        for table in projection.tables:
            beside = _in(_BESIDE[connection.dialect.name], table)
            connection.execute(CreateTable(beside))
            # Nobody reads these rows but the handlers, and whoever compares all of them.
            for index in () if projection.only_by_key else beside.indexes:
                index.create(connection)
    position = _replay(log, connection, projection, school, progress)
    position, same = _compare(log, connection, projection, school, position)
    connection.execution_options(begin="IMMEDIATE")
    with acting(school=school), connection.begin():
        unit = UnitOfWork(connection, current_acting(), log.projector.keys)
        unit.take_head()
        # From equal rows the same events make equal rows: what was recorded since needs no second look.
        if not (same and _is_live(connection, projection, school, unit.size)):
            with entered(unit):
                tell(log, connection, [projection], school, after=position)
            for table in projection.tables:
                _switch(connection, table, school)
        position = unit.size
        set_position(connection, projection.key, school, position)
    progress(position)
    return position


def _compare(
    log: "Log", connection: Connection, projection: Projection, school: UUID, position: int
) -> tuple[int, bool]:
    """Compare the tables beside with the live ones as they are at one moment, while writers go on.

    Returns the position of that moment, and whether the live rows are up to date then and equal.
    """
    with connection.begin():
        if connection.dialect.name == "postgresql":
            connection.execute(sa.text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"))
        size = connection.scalar(select(log_head.c.size).where(log_head.c.school == school)) or 0
        while page := log.facts(school, after=position, until=size, of=projection):
            projection.handle_batch(connection, page)
            position = page[-1].position
        same = _is_live(connection, projection, school, size) and all(
            _is_same(connection, table, school) for table in projection.tables
        )
    return max(position, size), same


def _is_live(connection: Connection, projection: Projection, school: UUID, size: int) -> bool:
    mine = positions.c.name == projection.key, positions.c.school == school
    row = connection.execute(select(positions.c.position, positions.c.error).where(*mine)).first()
    return row is not None and row.error is None and row.position == size


def _is_same(connection: Connection, table: Table, school: UUID) -> bool:
    """Tell whether the live rows are those beside: as many, and none beside that is not there."""
    now, new = _rows(connection, table, school)
    numbers = [connection.scalar(select(sa.func.count()).select_from(rows.subquery())) for rows in (now, new)]
    return numbers[0] == numbers[1] and connection.execute(new.except_(now).limit(1)).first() is None


def _replay(log: "Log", connection: Connection, projection: Projection, school: UUID, progress: Progress) -> int:
    """Replay until so little is left that it can be done while the writers of the school wait."""
    position = 0
    while True:
        begun = time.perf_counter()
        # Asked before the page: then nothing up to there can be missing from a page that is not full.
        size = log.head(school).size
        page = log.facts(school, after=position, at_most=BATCH, of=projection)
        if page:
            with connection.begin():
                projection.handle_batch(connection, page)
            position = page[-1].position
        if len(page) < BATCH:
            position = max(position, size)
        progress(position)
        if len(page) < BATCH:
            return position
        time.sleep(PAUSE * (time.perf_counter() - begun))


_BESIDE = {"sqlite": "temp", "postgresql": "pg_temp"}


def _in(schema: str, table: Table) -> Table:
    return table.to_metadata(MetaData(), schema=schema)


def _live_schema(connection: Connection) -> str:
    if connection.dialect.name == "sqlite":
        return "main"
    schema: str = connection.scalar(sa.text("SELECT current_schema()"))
    return schema


def _rows(connection: Connection, table: Table, school: UUID) -> tuple[Select[Any], Select[Any]]:
    """Return the selects of a school's live rows and of those beside."""
    live, beside = _in(_live_schema(connection), table), _in(_BESIDE[connection.dialect.name], table)
    return select(live).where(live.c.school == school), select(beside)


def _switch(connection: Connection, table: Table, school: UUID) -> None:
    """Make the live rows of a school equal to those beside: only what differs is written, so the lock is short."""
    live = _in(_live_schema(connection), table)
    rows_now, rows_new = _rows(connection, table, school)
    wrong = rows_now.except_(rows_new).subquery()
    keys = [column.name for column in table.primary_key]
    connection.execute(
        live.delete().where(
            live.c.school == school, tuple_(*(live.c[name] for name in keys)).in_(select(*(wrong.c[n] for n in keys)))
        )
    )
    names = [column.name for column in table.columns]
    connection.execute(live.insert().from_select(names, rows_new.except_(rows_now)))


def _note_failure(log: "Log", broken: Projection, school: UUID, why: str) -> None:
    """Mark a projection as stopped, but for one whose live rows are up to date: those stay in use."""
    mine = sa.and_(positions.c.name == broken.key, positions.c.school == school)
    with acting(school=school), log.unit_of_work() as unit:
        row = unit.execute(select(positions.c.position, positions.c.error).where(mine)).first()
        if row is None:
            set_position(unit.connection, broken.key, school, 0, why)
        elif row.error is not None or row.position != unit.size:
            unit.execute(positions.update().where(mine).values(error=why))


@contextmanager
def _only_one(connection: Connection, of: Projection, school: UUID) -> Iterator[None]:
    """Refuse a second rebuild of the same rows. Whoever is killed lets go: the lock is the server's or the kernel's."""
    digest = hashlib.sha256(f"rebuild {of.key} {school.hex}".encode())
    running = RebuildRunning(f"{of.key} of school {school} is being rebuilt already. Wait until that is done.")
    if connection.dialect.name == "postgresql":
        number = int.from_bytes(digest.digest()[:8], signed=True)
        taken = connection.scalar(select(sa.func.pg_try_advisory_lock(sa.cast(number, sa.BigInteger))))
        connection.commit()
        if not taken:
            raise running
        yield
        return
    path = Path(f"{connection.engine.url.database}-rebuild-{digest.hexdigest()[:16]}")
    try:
        file = _locked(path)
    except BlockingIOError as error:
        raise running from error
    with file:
        try:
            yield
        finally:
            with suppress(FileNotFoundError):
                path.unlink()


def _locked(path: Path) -> IO[str]:
    """Return the file at `path`, open and locked. Raises BlockingIOError when somebody else has it."""
    while True:
        file = path.open("w")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            # Whoever ends removes it, maybe between these two lines: nobody else would meet a lock on what is gone.
            if _stands_at(path, file):
                return file
        except OSError:
            file.close()
            raise
        file.close()


def _stands_at(path: Path, file: IO[str]) -> bool:
    try:
        return os.path.samestat(path.stat(), os.fstat(file.fileno()))
    except FileNotFoundError:
        return False


def behind(log: "Log", school: UUID) -> list[Projection]:
    """Return the projections of this program whose rows of a school are not those of its last event."""
    with log.read() as connection:
        late = not_up_to_date(connection, school, log.projector.keys)
    return [each for each in log.projector.projections if each.key in late]
