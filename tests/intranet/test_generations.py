"""How gunicorn's workers come and go: from a process that loads the application and is gone, never the main one."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import pytest

ROOT = Path(__file__).resolve().parents[2]
APPLICATION = """
import os
import time
from pathlib import Path

words = Path("words").read_text()
with Path("loading").open("a") as loading:
    loading.write(f"{os.getpid()} ")
while Path("slow").exists():
    time.sleep(0.01)
if Path("broken").exists():
    raise RuntimeError("The database is away.")
loaded_by = os.getpid()


def app(environ, start_response):
    start_response("200 OK", [])
    return [f"{os.getpid()} {loaded_by} {words}".encode()]
"""
Found = TypeVar("Found")

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the main process forks the workers itself")


@dataclass(frozen=True)
class Said:
    worker: int
    loaded_by: int
    words: str


class Site:
    """A small application in a folder, served with our settings."""

    def __init__(self, folder: Path):
        self.folder = folder
        (folder / "tiny.py").write_text(APPLICATION)
        self.say("one")
        with (folder / "log").open("wb") as log:
            command = ["-m", "gunicorn", "-c", ROOT / "deploy" / "gunicorn.conf.py", "-b", "unix:socket", "tiny:app"]
            self.main = subprocess.Popen(
                [sys.executable, *command], cwd=folder, env=os.environ | {"PYTHONPATH": str(ROOT)}, stderr=log
            )

    def say(self, words: str) -> None:
        (self.folder / "words").write_text(words)

    def mark(self, name: str) -> Path:
        (self.folder / name).touch()
        return self.folder / name

    def loaders(self) -> list[int]:
        return [int(each) for each in (self.folder / "loading").read_text().split()]

    def children(self) -> set[int]:
        return {int(each) for each in Path(f"/proc/{self.main.pid}/task/{self.main.pid}/children").read_text().split()}

    def ask(self) -> Said:
        with socket.socket(socket.AF_UNIX) as line:
            line.settimeout(10)
            line.connect(str(self.folder / "socket"))
            line.sendall(b"GET / HTTP/1.0\r\n\r\n")
            answer = b"".join(iter(lambda: line.recv(4096), b""))
        worker, loaded_by, words = answer.rpartition(b"\r\n")[2].decode().split()
        return Said(int(worker), int(loaded_by), words)

    def log(self) -> str:
        return (self.folder / "log").read_text()


def until(find: Callable[[], Found], seconds: float = 30) -> Found:
    """Return what is found as soon as it is more than nothing."""
    end = time.monotonic() + seconds
    while True:
        with suppress(OSError, ValueError):
            if found := find():
                return found
        assert time.monotonic() < end, "it does not come"
        time.sleep(0.01)


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    site = Site(tmp_path)
    try:
        until(site.ask)
        until(lambda: len(site.children()) == 2)
        yield site
    finally:
        site.main.kill()
        site.main.wait()


def test_the_workers_are_copies_of_a_process_that_is_gone(site):
    said = site.ask()
    assert said.worker in site.children()
    assert said.loaded_by not in {site.main.pid, *site.children()}
    assert not Path(f"/proc/{said.loaded_by}").exists()
    assert site.loaders() == [said.loaded_by]
    maps = Path(f"/proc/{site.main.pid}/maps").read_text()
    assert "sqlite" not in maps
    assert "cryptography" not in maps


def test_a_worker_that_is_killed_is_replaced_by_a_new_generation(site):
    before = site.children()
    os.kill(min(before), signal.SIGKILL)
    until(lambda: len(site.children()) == 2 and not site.children() & before)
    said = site.ask()
    assert said.worker in site.children()
    assert site.loaders()[-1] == said.loaded_by
    assert len(site.loaders()) == 2


def test_a_reload_brings_new_code_and_the_old_workers_serve_until_it_is_there(site):
    before, slow = site.children(), site.mark("slow")
    site.say("two")
    site.main.send_signal(signal.SIGHUP)
    until(lambda: len(site.loaders()) == 2)
    assert site.ask().words == "one"
    slow.unlink()
    until(lambda: len(site.children()) == 2 and not site.children() & before)
    assert site.ask().words == "two"


def test_what_cannot_be_loaded_leaves_the_old_workers_be_and_is_tried_again(site):
    before, broken = site.children(), site.mark("broken")
    site.main.send_signal(signal.SIGHUP)
    until(lambda: "The database is away." in site.log())
    assert site.ask().worker in before
    # The one that is left serves on while there is no application for another.
    os.kill(min(before), signal.SIGKILL)
    until(lambda: site.children() == {max(before)})
    assert site.ask().worker == max(before)
    broken.unlink()
    until(lambda: len(site.children()) == 2 and not site.children() & before)
    assert site.ask().worker in site.children()


def test_a_start_that_cannot_load_the_application_ends(tmp_path):
    (tmp_path / "broken").touch()
    site = Site(tmp_path)
    assert site.main.wait(30) == 4
    assert "The database is away." in site.log()


def test_a_loading_that_is_killed_begins_again(site):
    slow = site.mark("slow")
    for each in site.children():
        os.kill(each, signal.SIGKILL)
    os.kill(until(lambda: site.loaders()[1:])[0], signal.SIGKILL)
    slow.unlink()
    assert until(site.ask).loaded_by == site.loaders()[2]
    until(lambda: len(site.children()) == 2)


def test_a_site_that_is_loading_stops_at_once(tmp_path):
    (tmp_path / "slow").touch()
    site = Site(tmp_path)
    until(site.loaders)
    site.main.terminate()
    assert site.main.wait(30) == 0
    assert not Path(f"/proc/{site.loaders()[0]}").exists()


def test_a_new_main_process_takes_over(site):
    before = site.children()
    site.main.send_signal(signal.SIGUSR2)
    new = until(lambda: site.children() - before).pop()
    until(lambda: len(site.loaders()) == 2)
    until(lambda: len(Path(f"/proc/{new}/task/{new}/children").read_text().split()) == 2)
    site.main.terminate()
    assert site.main.wait(30) == 0
    try:
        assert site.ask().loaded_by == site.loaders()[1]
    finally:
        os.kill(new, signal.SIGTERM)
        until(lambda: not Path(f"/proc/{new}").exists())
