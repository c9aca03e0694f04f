"""The product as an operator runs it, gunicorn with two workers: how soon it answers, and how much memory it keeps."""

import http.client
import os
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import urlencode

from intranet.cli.serving import COMPILED_CODE, server_command
from tests.benchmarks import product
from tests.benchmarks.databases import Database
from tests.benchmarks.figures import Figure
from tests.benchmarks.history import live_through
from tests.benchmarks.product import Product
from tests.benchmarks.sizes import Sizes

QUESTION = (
    "The server as `geborgen.service` starts it, on a school of one year. Cold start: from the command to the first "
    "page that is answered, the median of {starts}. Memory: the main process and both workers, what they share "
    "counted once (PSS), after {requests_before_weighing} times the start page, the list and a report."
)
COLD_START, MEMORY = 1.0, 130
WORKERS = 2
ROOT = Path(__file__).parents[2]
MEBIBYTE = 1024


def measure(on: Database, sizes: Sizes) -> Iterator[Figure]:
    """Start the server a number of times; let the last one work before it is weighed."""
    with product.product(on, "served", sizes.pupils_in_a_group) as school:
        live_through(school, 1, sizes.events_a_year)
        visitor, starts, worked = school.visitor(), [], []
        for _ in range(sizes.starts):
            with served(school) as server:
                starts.append(server.cold_start)
                worked.append(server.processor_time())
                fresh = server.memory()
                if len(starts) < sizes.starts:
                    continue
                for _ in range(sizes.requests_before_weighing):
                    server.ask("/", visitor.cookies)
                    server.ask("/incidents/", visitor.cookies)
                    server.ask("/incidents/new", visitor.cookies, {**school.report(), "csrf_token": visitor.token})
                used, busy = server.memory(), server.workers_that_worked()
    yield Figure("cold start", on.kind, f"{median(starts):.2f} s", median(starts), at_most=COLD_START, unit=" s")
    yield Figure("cold start, processor time", on.kind, f"{median(worked):.2f} s")
    after = f"memory of two workers after work ({busy} worked)"
    yield Figure(after, on.kind, f"{used:.0f} MiB", used, at_most=MEMORY, unit=" MiB")
    yield Figure("memory of two workers at the start", on.kind, f"{fresh:.0f} MiB")


class Server:
    """A running gunicorn on a Unix socket."""

    def __init__(self, process: subprocess.Popen[bytes], address: Path, begun: float):
        self.process, self.address, self.begun = process, address, begun
        self.cold_start = self._wait()
        self._settle()

    def _wait(self) -> float:
        while time.perf_counter() - self.begun < 60:
            if self.process.poll() is not None:
                break
            try:
                self.ask("/login", {})
            except (FileNotFoundError, ConnectionError):
                time.sleep(0.005)
            else:
                return time.perf_counter() - self.begun
        raise RuntimeError(f"gunicorn did not come up: exit code {self.process.poll()}")

    def _settle(self) -> None:
        """Wait until there are workers and nothing else: the first answers while who loaded the site still ends."""
        while len(self._processes()) != 1 + WORKERS:
            if time.perf_counter() - self.begun > 60:
                raise RuntimeError(f"gunicorn has {len(self._processes()) - 1} processes, not {WORKERS}")
            time.sleep(0.005)

    def ask(self, path: str, cookies: Mapping[str, str], form: Mapping[str, Any] | None = None) -> None:
        """Make one request on a connection of its own. Raises RuntimeError for an error page."""
        connection = OverSocket("localhost")
        connection.path = str(self.address)
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items())}
        if form is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        body = None if form is None else urlencode(form, doseq=True)
        try:
            connection.request("GET" if form is None else "POST", path, body, headers)
            answer = connection.getresponse()
            answer.read()
        finally:
            connection.close()
        if answer.status >= 400:
            raise RuntimeError(f"{path} answered {answer.status}")

    def _processes(self) -> list[int]:
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        return [self.process.pid, *map(int, children)]

    def memory(self) -> float:
        """Return the memory of the main process and its workers in MiB, what they share counted once."""
        lines = (line for each in self._processes() for line in _lines(f"/proc/{each}/smaps_rollup"))
        return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / MEBIBYTE

    def processor_time(self) -> float:
        """Return the seconds that all processes together kept a processor busy: what no other program slows down."""
        return sum(map(_busy, self._processes()))

    def workers_that_worked(self) -> int:
        """Return how many workers spent time on requests: a sleeping one would weigh nothing."""
        return sum(_busy(each) > 0.1 for each in self._processes()[1:])


def _busy(process: int) -> float:
    # Of itself, and of those it started that ended, such as the one that loaded the application.
    times = _lines(f"/proc/{process}/stat")[0].rpartition(")")[2].split()[11:15]
    return sum(map(int, times)) / os.sysconf("SC_CLK_TCK")


def _lines(path: str) -> list[str]:
    return Path(path).read_text().splitlines()


class OverSocket(http.client.HTTPConnection):
    """HTTP over a Unix socket, on which no other program can be in the way."""

    path = ""

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.connect(self.path)


def environment(school: Product) -> dict[str, str]:
    """Return the environment of a program that looks after a school; Python keeps what it compiled, as anywhere."""
    settings = {f"GEBORGEN_{name}": value for name, value in school.settings.items()}
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"} | settings


@contextmanager
def served(school: Product) -> Iterator[Server]:
    """Start the server for a school and stop it again."""
    folder = Path(school.settings["INSTANCE"])
    address, log = folder / "socket", folder / "gunicorn.log"
    address.unlink(missing_ok=True)
    begun = time.perf_counter()
    with log.open("ab") as file:
        process = subprocess.Popen(
            [*server_command(folder / COMPILED_CODE), "-c", "deploy/gunicorn.conf.py", "--bind", f"unix:{address}"],
            cwd=ROOT, env=environment(school), stdout=file, stderr=file,
        )  # fmt: skip
    try:
        yield Server(process, address, begun)
    except RuntimeError as error:
        raise RuntimeError(f"{error}\n{log.read_text()[-3000:]}") from error
    finally:
        process.terminate()
        process.wait(30)
