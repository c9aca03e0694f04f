"""What people who write notice of a rebuild: the time their reports take, with and without one running."""

import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from time import perf_counter, sleep

from tests.benchmarks import product
from tests.benchmarks.databases import Database
from tests.benchmarks.figures import Figure, milliseconds, ratio
from tests.benchmarks.history import live_through
from tests.benchmarks.processes import ROOT, Server, environment, served
from tests.benchmarks.product import Product
from tests.benchmarks.sizes import Sizes
from tests.benchmarks.stopwatch import Times

QUESTION = (
    "Two people post reports, one after another without a pause, to gunicorn with two workers. Meanwhile `flask "
    "intranet rebuild` makes every table again from {rebuilt:,} events, {rebuilds} times, as long with it as without."
)
TARGET = 2.0
WRITERS = 2
YEARS = 10
Span = tuple[float, float]


def measure(on: Database, sizes: Sizes) -> Iterator[Figure]:
    """Rebuild now and then while reports are posted, and tell the posts apart by when they began."""
    with product.product(on, "rebuilt", sizes.pupils_in_a_group) as school:
        live_through(school, YEARS, sizes.rebuilt // YEARS)
        with served(school) as server, posting(server, school, sizes.rest_between_posts) as posts:
            rebuilds = [_rebuild_and_rest(school) for _ in range(sizes.rebuilds)]
    during = [taken for begun, taken in posts if _within(begun, rebuilds)]
    rest = [taken for begun, taken in posts if not _within(begun, rebuilds)]
    busy, quiet = Times(during), Times(rest)
    yield ratio("report, 95th percentile: during a rebuild ÷ without", on.kind, busy.p95, quiet.p95, TARGET)
    yield ratio("report, median: during a rebuild ÷ without", on.kind, busy.median, quiet.median)
    yield milliseconds("report, 95th percentile, without", on.kind, quiet.p95)
    yield Figure("reports during, and without", on.kind, f"{len(during)} and {len(rest)}")
    longest = max(ended - begun for begun, ended in rebuilds)
    yield Figure("rebuild of all tables, those who write first", on.kind, f"{longest:.1f} s")


def _within(moment: float, spans: list[Span]) -> bool:
    return any(begun <= moment <= ended for begun, ended in spans)


def _rebuild_and_rest(school: Product) -> Span:
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "intranet", "rebuild"]
    begun = perf_counter()
    done = subprocess.run(command, cwd=ROOT, env=environment(school), capture_output=True, text=True, check=False)
    ended = perf_counter()
    if done.returncode:
        raise RuntimeError(done.stdout + done.stderr)
    sleep(ended - begun)
    return begun, ended


@contextmanager
def posting(server: Server, school: Product, rest: float) -> Iterator[list[Span]]:
    """Post reports with so many seconds between two of a person; gives when each was begun and how long it took."""
    posts: list[Span] = []
    failures: list[Exception] = []
    enough = threading.Event()

    def write() -> None:
        visitor = school.visitor()
        while not enough.is_set():
            form = {**school.report(), "csrf_token": visitor.token}
            begun = perf_counter()
            try:
                server.ask("/incidents/new", visitor.cookies, form)
            except Exception as failure:
                failures.append(failure)
                return
            posts.append((begun, perf_counter() - begun))
            sleep(rest)

    writers = [threading.Thread(target=write) for _ in range(WRITERS)]
    for writer in writers:
        writer.start()
    try:
        yield posts
    finally:
        enough.set()
        for writer in writers:
            writer.join()
    if failures:
        raise failures[0]
