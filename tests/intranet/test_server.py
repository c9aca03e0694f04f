"""The server: its main process holds no application, workers begin together, and what works is kept."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from intranet.cli.serving import COMPILED_CODE, server_command

ROOT = Path(__file__).resolve().parents[2]
SITE = """
import os, time
from pathlib import Path
from gunicorn.workers.gthread import ThreadWorker
from events.log.errors import LogUnfit

HERE = Path(__file__).parent

class SlowToBegin(ThreadWorker):
    def init_process(self):
        while not (HERE / "begin").exists():
            time.sleep(0.01)
        super().init_process()

def create():
    if (HERE / "unfit").exists():
        raise LogUnfit("The key file went away.")
    if (HERE / "slow").exists():
        time.sleep(60)
    loaded_by = os.getpid()

    def site(environ, start_response):
        start_response("200 OK", [])
        return [f"{loaded_by} {os.getpid()}".encode()]

    return site
"""


class OverSocket(http.client.HTTPConnection):
    """HTTP over a Unix socket."""

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(10)
        self.sock.connect(self.host)


class Site:
    """A small site on the server, in a folder of its own."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.said = folder / "said"
        (folder / "small_site.py").write_text(SITE)

    def start(self, timeout: int = 30, worker: str = "gthread") -> None:
        command = [sys.executable, "-m", "intranet.server", "--bind", f"unix:{self.folder}/socket"]
        options = ["--workers", "2", "--threads", "2", "--timeout", str(timeout), "--no-control-socket"]
        options += ["--worker-class", worker]
        with self.said.open("wb") as said:
            self.main = subprocess.Popen(
                [*command, *options, "small_site:create()"], cwd=self.folder, stdout=said, stderr=said,
                env=os.environ | {"PYTHONPATH": f"{ROOT}:{self.folder}"}, start_new_session=True,
            )  # fmt: skip

    def stop(self) -> None:
        self.main.terminate()
        self.main.wait(60)

    def ask(self) -> tuple[int, int]:
        """Return the process that loaded the site that answers, and the one that answers."""
        connection = OverSocket(f"{self.folder}/socket")
        try:
            connection.request("GET", "/", headers={"Host": "localhost"})
            loaded_by, process = connection.getresponse().read().split()
        finally:
            connection.close()
        return int(loaded_by), int(process)

    def answers(self) -> bool:
        try:
            return bool(self.ask())
        except OSError:
            assert self.main.poll() is None, self.said.read_text()
            return False

    def workers(self) -> set[int]:
        return set(map(int, Path(f"/proc/{self.main.pid}/task/{self.main.pid}/children").read_text().split()))

    def says(self, words: str) -> bool:
        return words in self.said.read_text()


def until(true: Callable[[], bool]) -> None:
    """Wait until something is so, however busy the machine is."""
    last = time.monotonic() + 60
    while not true():
        assert time.monotonic() < last, "it never came to that"
        time.sleep(0.01)


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    small = Site(tmp_path)
    yield small
    small.stop()


def test_who_loads_the_site_makes_all_workers_and_ends(site: Site) -> None:
    site.start()
    until(site.answers)
    until(lambda: len(site.workers()) == 2)
    answered = {site.ask() for _ in range(30)}
    assert {process for _loaded_by, process in answered} <= site.workers()
    ((loaded_by),) = {loaded_by for loaded_by, _process in answered}
    assert loaded_by not in {site.main.pid, *site.workers()}
    with pytest.raises(ProcessLookupError):
        os.kill(loaded_by, 0)


def test_a_lost_worker_is_replaced_with_the_others_and_the_site_answers_meanwhile(site: Site) -> None:
    site.start()
    until(site.answers)
    until(lambda: len(site.workers()) == 2)
    first, lost = site.ask()
    before = site.workers()
    os.kill(lost, signal.SIGKILL)
    until(lambda: site.ask()[0] != first)
    until(lambda: len(site.workers()) == 2)
    assert not site.workers() & before


def test_a_reload_brings_new_code_without_a_gap(site: Site) -> None:
    site.start()
    until(site.answers)
    first, _process = site.ask()
    changed = SITE.replace("{loaded_by} {os", "{loaded_by}000000 {os")
    (site.folder / "small_site.py").write_text(changed)
    site.main.send_signal(signal.SIGHUP)
    until(lambda: site.ask()[0] % 1_000_000 == 0)
    until(lambda: len(site.workers()) == 2)


def test_what_may_not_be_served_is_said_in_a_sentence(site: Site) -> None:
    (site.folder / "unfit").touch()
    site.start()
    assert site.main.wait(20) != 0
    assert site.says("The key file went away.")
    assert not site.says("Traceback")


def test_what_works_is_kept_when_it_cannot_be_loaded_again(site: Site) -> None:
    site.start()
    until(site.answers)
    until(lambda: len(site.workers()) == 2)
    first, lost = site.ask()
    (site.folder / "unfit").touch()
    os.kill(lost, signal.SIGKILL)
    until(lambda: site.says("The key file went away."))
    assert {site.ask()[0] for _ in range(5)} == {first}
    (site.folder / "unfit").unlink()
    site.main.send_signal(signal.SIGHUP)
    until(lambda: site.ask()[0] != first)


def test_loading_that_does_not_end_is_ended(site: Site) -> None:
    (site.folder / "slow").touch()
    site.start(timeout=1)
    until(lambda: site.says("took more than 1 seconds"))
    (site.folder / "slow").unlink()
    until(site.answers)


def test_a_worker_that_is_told_to_stop_before_it_began_stops(site: Site) -> None:
    site.start(worker="small_site.SlowToBegin")
    until(lambda: len(site.workers()) == 2)
    site.main.terminate()
    until(lambda: not (site.folder / "socket").exists())
    time.sleep(0.1)
    (site.folder / "begin").touch()
    assert site.main.wait(15) == 0, "it waited until gunicorn had enough of it, after 30 seconds"


def test_the_service_starts_it_in_the_same_way() -> None:
    unit = (ROOT / "deploy" / "geborgen.service").read_text().splitlines()
    (started,) = (line.partition("=")[2].split() for line in unit if line.startswith("ExecStart="))
    assert started[1:-2] == server_command(Path("/srv/geborgen/instance") / COMPILED_CODE)[1:]
