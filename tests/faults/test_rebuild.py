"""A rebuild is killed at every step of its switch and at some before, while somebody else writes.

After each kill the live rows are either all as they were or all made again, and belong to their position.
"""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from events.log.context import acting
from events.log.projection import in_memory
from events.log.store import Log
from events.log.tables import log_head
from events.log.tables import projection as positions
from tests.events.log.lost_property import Shelf, found, shelf

EVENTS_BEFORE = 120
MARK = "staat er niet meer"

# Forks a child for each line it reads, which dies at the n-th step of a phase; a step is a statement or a commit.
REBUILD = """
import json, os, signal, sys
from uuid import UUID
import sqlalchemy as sa
from events.log import rebuilding
from events.log.keyfile import KeyFile
from events.log.keystore import KeyStore
from events.log.store import Log
from events.log.unit_of_work import UnitOfWork
from tests.events.log.lost_property import Shelf

url, keys, path, school = sys.argv[1:]
rebuilding.BATCH, rebuilding.PAUSE = 50, 0
log = Log(url, KeyStore(keys, KeyFile(path)), [Shelf()])

def rebuild(wanted, last):
    steps = {"beside": 0, "switch": 0, "commit": 0}
    phase = ["beside"]
    def step(*_, **__):
        steps[phase[0]] += 1
        if phase[0] == wanted and steps[wanted] == last:
            os.kill(os.getpid(), signal.SIGKILL)
    take_head, commit = UnitOfWork.take_head, log.write_engine.dialect.do_commit
    def switching(unit):
        phase[0] = "switch"
        return take_head(unit)
    def committing(*given):
        if phase[0] == "switch":
            phase[0] = "commit"
        step()
        commit(*given)
        step()
    UnitOfWork.take_head = switching
    log.write_engine.dialect.do_commit = committing
    for name in ("before_cursor_execute", "after_cursor_execute"):
        sa.event.listen(log.write_engine, name, step)
    log.rebuild(log.projector.projections[0], UUID(school))

for line in sys.stdin:
    wanted, last = json.loads(line)
    child = os.fork()
    if not child:
        try:
            rebuild(wanted, last)
            os._exit(0)
        except BaseException:
            import traceback
            traceback.print_exc()
            os._exit(1)
    print(os.waitpid(child, 0)[1], flush=True)
"""

WRITE = """
import sys, time
from uuid import UUID, uuid4
from events.log.context import acting
from events.log.keyfile import KeyFile
from events.log.keystore import KeyStore
from events.log.store import Log
from tests.events.log.lost_property import FoundItem, Shelf, found

url, keys, path, school = sys.argv[1:]
log = Log(url, KeyStore(keys, KeyFile(path)), [Shelf()])
with acting(school=UUID(school)):
    while True:
        item = found()
        log.save(item)
        if item.id.int % 2:
            item = log.get(FoundItem, item.id)
            item.hand_back(owner_id=uuid4(), remark=None)
            log.save(item)
        time.sleep(0.02)
"""


@pytest.fixture
def long_log(make_log, school) -> Log:
    log = make_log(Shelf())
    with acting(school=school), log.unit_of_work():
        for _ in range(EVENTS_BEFORE):
            log.save(found())
    return log


@pytest.fixture
def program(database_url, keys_url, key_store, school, tmp_path):
    """Start a program on the log of this test; its errors go to a file."""
    running = []

    def start(source: str, **options) -> subprocess.Popen:
        words = [sys.executable, "-c", source, database_url, keys_url, str(key_store.key_file.path), str(school)]
        with (tmp_path / "trouble").open("ab") as trouble:
            running.append(subprocess.Popen(words, stderr=trouble, text=True, **options))
        return running[-1]

    yield start
    for process in running:
        process.kill()
        process.communicate()


def mark(log: Log, school) -> None:
    """Make the live rows wrong by one."""
    with log.write_engine.begin() as connection:
        connection.execute(shelf.delete().where(shelf.c.place == MARK))
        connection.execute(shelf.insert(), {"school": school, "item": school, "place": MARK})


def look(log: Log, school) -> tuple[set, int]:
    """Return the live rows, seen at one moment; fail when they do not belong to their position."""
    with log.read_engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            connection.execution_options(isolation_level="REPEATABLE READ")
        rows = {row.item: row.place for row in connection.execute(sa.select(shelf))}
        position = connection.execute(sa.select(positions)).one()
        size = connection.scalar(sa.select(log_head.c.size))
    assert (position.position, position.error) == (size, None)
    with in_memory(Shelf.tables) as beside:
        Shelf().handle_batch(beside, list(log.history(school, until=size)))
        truth = {row.item: row.place for row in beside.execute(sa.select(shelf))}
    surplus = rows.items() - truth.items()
    assert truth.items() - rows.items() == set()
    assert surplus <= {(school, MARK)}
    return surplus, size


def until_let_go(log: Log) -> None:
    """Wait until PostgreSQL has found out that its client is dead, and freed its lock; the kernel does so at once."""
    if log.write_engine.dialect.name != "postgresql":
        return
    mine = "database = (SELECT oid FROM pg_database WHERE datname = current_database())"
    held = sa.text(f"SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND {mine}")
    last = time.monotonic() + 60
    with log.read_engine.connect() as connection:
        while connection.scalar(held):
            assert time.monotonic() < last, "The lock of a dead client was never freed."
            time.sleep(0.01)


def points() -> Iterator[tuple[str, int]]:
    yield from (("beside", step) for step in (1, 40, 200))
    # Before a statement and after the one that precedes it is the same moment for a database.
    yield from (("switch", step) for step in range(1, 12, 2))
    yield from (("commit", step) for step in (1, 2))


def test_a_rebuild_killed_at_every_step_under_a_writer_leaves_rows_and_position_right(
    long_log, school, program, tmp_path
):
    writer = program(WRITE)
    rebuilder = program(REBUILD, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    before = long_log.head(school).size
    switched = {}
    for phase, step in points():
        mark(long_log, school)
        rebuilder.stdin.write(json.dumps([phase, step]) + "\n")
        rebuilder.stdin.flush()
        status = rebuilder.stdout.readline().strip()
        assert status == "9", (phase, step, (tmp_path / "trouble").read_text())
        until_let_go(long_log)
        surplus, _ = look(long_log, school)
        switched[phase, step] = not surplus
        assert writer.poll() is None, (tmp_path / "trouble").read_text()
    assert [point for point, done in switched.items() if done] == [("commit", 2)]
    mark(long_log, school)
    long_log.rebuild(long_log.projector.projections[0], school)
    surplus, size = look(long_log, school)
    assert not surplus
    assert size > before + 20
    assert leftovers(tmp_path) == []


def leftovers(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir() if "rebuild" in path.name]
