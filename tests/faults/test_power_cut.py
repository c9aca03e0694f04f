"""The power is cut at many points of saving: nothing is damaged, and every acknowledged event is there with its words.

`kill -9` cannot show this, because the operating system goes on writing. The control shows that these cuts can hurt:
with one setting less they lose acknowledged events.
"""

import random
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
import sqlalchemy as sa
from pysqlite3 import dbapi2 as sqlite

from events.log.checkpoint import make_checkpoint
from events.log.keyfile import KeyFile
from events.log.projection import stale
from events.log.signing import create_signing_key, load_signing_key
from tests.conftest import skip_or_fail
from tests.events.log.lost_property import shelf
from tests.faults.power_cut import Call, Disk, read_trace, trace
from tests.faults.saving import EVENTS, SCHOOL, opened, words
from tests.faults.served import ROOT

CUTS = 60
"""Of each kind: everything unsynced is gone, or a random part of it is there."""


@dataclass(frozen=True)
class Run:
    """A program that saved events: the disk before it, and its calls."""

    disk: Disk
    calls: list[Call]


def run(folder: Path, synchronous: str) -> Run:
    """Make an empty log in a folder and save events in it, watched."""
    if shutil.which("strace") is None:
        skip_or_fail("No strace on this machine: power cuts are simulated with it (apt install strace).")
    data = folder / "data"
    data.mkdir()
    KeyFile.create(folder / "keyfile.json")
    create_signing_key(folder / "signing-key.pem")
    with opened(data) as log:
        log.key_store.create_tables()
        log.create_tables()
    disk = Disk(data)
    trace([sys.executable, "-m", "tests.faults.saving", data, synchronous], folder / "trace", cwd=ROOT)
    calls = read_trace(folder / "trace", data)
    (folder / "trace").unlink()
    return Run(disk, calls)


def lost_by_cuts(folder: Path, run: Run, kind: str) -> int:
    """Cut the power at many points, and return the largest number of acknowledged events that one cut lost."""
    chance = random.Random(kind)
    numbers = range(len(run.calls))
    acknowledging = [number for number in numbers if _acknowledges(run.calls[number])]
    assert len(acknowledging) == EVENTS
    points = {*chance.sample(acknowledging, CUTS // 2), *chance.sample(numbers, CUTS // 2)}
    acknowledged = most_lost = 0
    for number in numbers:
        if _acknowledges(run.calls[number]):
            acknowledged += 1
        elif not run.calls[number].path.endswith(("-shm", "/acknowledged")):
            run.disk.take(run.calls[number])
        if number in points:
            left = folder / f"cut-{number}"
            run.disk.cut(left, chance if kind == "reordered" else None)
            most_lost = max(most_lost, acknowledged - kept(left, acknowledged))
            shutil.rmtree(left)
    return most_lost


def _acknowledges(call: Call) -> bool:
    return call.name == "write" and call.path.endswith("/acknowledged")


def kept(folder: Path, acknowledged: int) -> int:
    """Open what a cut left, find it whole, and return how many events it holds."""
    for name in ("geborgen.db", "keys.db"):
        connection = sqlite.connect(folder / name)
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        connection.close()
    with opened(folder) as log:
        log.key_store.require_fit()
        found = [str(fact.what) for fact in log.history(SCHOOL, readable=True)]
        with log.read_engine.connect() as connection:
            make_checkpoint(connection, SCHOOL, load_signing_key(folder.parent / "signing-key.pem"))
            assert connection.scalar(sa.select(sa.func.count()).select_from(shelf)) == len(found)
            assert stale(connection, SCHOOL) == {}
    # With their words: a key that was not on the disk before its event would leave them unreadable.
    assert found == [words(number) for number in range(len(found))]
    assert len(found) <= acknowledged + 1
    return len(found)


@pytest.mark.parametrize("kind", ["dropped", "reordered"])
def test_a_power_cut_loses_no_acknowledged_event_and_damages_nothing(tmp_path: Path, kind: str) -> None:
    assert lost_by_cuts(tmp_path, run(tmp_path, "FULL"), kind) == 0


def test_the_same_cuts_lose_events_when_commits_are_not_synced(tmp_path: Path) -> None:
    assert lost_by_cuts(tmp_path, run(tmp_path, "NORMAL"), "dropped") > 10
