"""The wrapping key is replaced while keys are made, opened and destroyed, and the replacing is killed at twenty points.

Afterwards every live key opens with what is in the key file and no destroyed key does; a killed rotation leaves
nothing to repair, the next one completes it.
"""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import sqlalchemy as sa

from events.log.key_tables import data_key, tombstone
from events.log.keyfile import KeyFile
from events.log.keystore import KeyStore

POINTS = 20
KEYS_BEFORE = 400

# Dies at its n-th step, a step being anything after which a crash leaves something else on a disk or a server.
ROTATE = """
import os, signal, sys
from sqlalchemy import event
from sqlalchemy.engine import Engine
from events.log import key_rotation
from events.log.keyfile import KeyFile
from events.log.keystore import KeyStore

url, path, last = sys.argv[1], sys.argv[2], int(sys.argv[3])
key_rotation.BATCH = 50
steps = 0

def step(*_, **__):
    global steps
    steps += 1
    if steps == last:
        os.kill(os.getpid(), signal.SIGKILL)

def around(function):
    def stepped(*given, **named):
        step()
        try:
            return function(*given, **named)
        finally:
            step()
    return stepped

store = KeyStore(url, KeyFile(path))
for name in ("before_cursor_execute", "after_cursor_execute"):
    event.listen(Engine, name, step)
store.engine.dialect.do_commit = around(store.engine.dialect.do_commit)
for name in ("fsync", "replace", "open", "fdopen"):
    setattr(os, name, around(getattr(os, name)))
store.rotate()
print(steps)
"""

# Says what it does before and after; exits with an error at the first key that does not answer as it should.
WORK = """
import random, sys, time
from events.log.keyfile import KeyFile
from events.log.keystore import KeyStore

store = KeyStore(sys.argv[1], KeyFile(sys.argv[2]))
live, erased = {}, []
while True:
    taken = store.take()
    live[taken.id] = taken.key
    print("live", taken.id, taken.key.hex(), flush=True)
    store.forget()
    some = random.sample(sorted(live), min(5, len(live)))
    assert store.open_many(some) == {each: live[each] for each in some}, "a live key does not open"
    if random.random() < 0.1:
        gone = random.choice(sorted(live))
        del live[gone]
        print("erasing", gone, flush=True)
        store.destroy([gone])
        print("erased", gone, flush=True)
        erased.append(gone)
    assert all(store.open(each) is None for each in erased[-20:]), "an erased key opens"
    time.sleep(0.002)
"""

pytestmark = [pytest.mark.faults, pytest.mark.slow]


@pytest.fixture
def worker(keys_url, key_store, tmp_path):
    """A process that takes, opens and destroys keys until it is stopped; writes what it did to a file."""
    done = tmp_path / "worked"
    with done.open("wb") as out, (tmp_path / "trouble").open("wb") as trouble:
        process = subprocess.Popen(
            [sys.executable, "-c", WORK, keys_url, key_store.key_file.path], stdout=out, stderr=trouble
        )
        yield process, done
        process.kill()
        process.wait()


def rotate(url: str, path: Path, last: int) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", ROTATE, url, path, str(last)], capture_output=True, text=True, timeout=120, check=False
    )


def read_work(done: Path) -> tuple[dict[str, bytes], set[str]]:
    """Return the keys that must open and those that must not; one that was being destroyed may do either."""
    live, erased = {}, set()
    for line in done.read_text().rpartition("\n")[0].splitlines():
        what, key_id, *key = line.split(" ")
        if what == "live":
            live[key_id] = bytes.fromhex(key[0])
        else:
            live.pop(key_id, None)
        if what == "erased":
            erased.add(key_id)
    return live, erased


def check(url: str, path: Path, live: dict[str, bytes], erased: set[str]) -> None:
    """Open everything as a process that starts now would."""
    store = KeyStore(url, KeyFile(path))
    try:
        store.require_fit()
        opened = store.open_many(live)
        lost = [each for each, key in live.items() if opened[each] != key]
        destroyed_since = set()
        with store.reading() as connection:
            destroyed_since.update(connection.scalars(sa.select(tombstone.c.id)))
        assert [each for each in lost if each not in destroyed_since] == []
        assert [each for each, key in store.open_many(erased).items() if key is not None] == []
    finally:
        store.close()


def test_rotation_killed_at_twenty_points_under_load_loses_no_key_and_revives_none(
    keys_url, key_store, worker, tmp_path
):
    process, done = worker
    path = key_store.key_file.path
    before = {each.id: each.key for each in (key_store.take() for _ in range(KEYS_BEFORE))}
    whole = rotate(keys_url, path, 0)
    assert whole.returncode == 0, whole.stderr
    steps = int(whole.stdout)
    assert steps > POINTS * 2

    killed_at = []
    attempts = 0
    unfinished_with_two_keys = 0
    for point in range(POINTS):
        last = 1 + point * (steps - 1) // (POINTS - 1)
        # A rotation that only completes an earlier one may be over before this step; the one after it is not.
        for _ in range(3):
            attempts += 1
            ended = rotate(keys_url, path, last)
            assert ended.returncode in (0, -signal.SIGKILL), ended.stderr
            assert process.poll() is None, (tmp_path / "trouble").read_text()
            live, erased = read_work(done)
            check(keys_url, path, live | before, erased)
            if ended.returncode:
                killed_at.append(last)
                unfinished_with_two_keys += len(KeyFile(path).wrapping_keys) > 1
                break
    assert len(killed_at) >= POINTS - 1, f"only killed at {killed_at} of {steps} steps"
    assert unfinished_with_two_keys > POINTS // 4, "the kills did not fall inside the work"

    time.sleep(0.2)
    assert process.poll() is None, (tmp_path / "trouble").read_text()
    process.kill()
    process.wait()
    live, erased = read_work(done)
    assert len(live) > 100
    assert len(erased) > 10
    # Completes what the last kill left, then once more from a clean start.
    assert key_store.rotate() != key_store.rotate()
    check(keys_url, path, live | before, erased)
    assert len(KeyFile(path).wrapping_keys) == 1
    with key_store.reading() as connection:
        wrappings = set(connection.scalars(sa.select(data_key.c.wrapping)))
    assert wrappings == {f"kek:{KeyFile(path).newest.id}"}
    assert sorted(os.listdir(path.parent)) == sorted(
        {path.name, "worked", "trouble"} | ({"keys.db"} if keys_url.startswith("sqlite") else set())
    )


@pytest.mark.parametrize("when", [0.0, 0.1])
def test_two_rotations_at_once_follow_each_other(keys_url, key_store, when):
    before = {each.id: each.key for each in (key_store.take() for _ in range(200))}
    path = key_store.key_file.path
    first = subprocess.Popen(
        [sys.executable, "-c", ROTATE, keys_url, path, "0"], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    time.sleep(when)
    second = rotate(keys_url, path, 0)
    trouble = first.communicate(timeout=120)[1]
    assert (first.returncode, second.returncode) == (0, 0), (trouble, second.stderr)
    check(keys_url, path, before, set())
    assert len(KeyFile(path).wrapping_keys) == 1
