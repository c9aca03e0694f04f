"""The past: how soon a page of a moment long ago opens, the first time and the next."""

import time
from collections.abc import Callable, Iterator
from statistics import median

from intranet.as_of.entering import KEPT
from tests.benchmarks import product
from tests.benchmarks.databases import Database
from tests.benchmarks.figures import Figure
from tests.benchmarks.history import live_through
from tests.benchmarks.product import Product
from tests.benchmarks.sizes import Sizes

QUESTION = (
    "The list of incidents of a school with {past_events:,} events as it was after all of them, by the head teacher: "
    "the first time, when everything is replayed into memory, and the next."
)
FIRST, NEXT = 2.0, 0.2


def measure(on: Database, sizes: Sizes) -> Iterator[Figure]:
    """Look back a few times, with nothing kept and with what the first page kept."""
    times = min(5, sizes.page_rounds)
    with product.product(on, "past", sizes.pupils_in_a_group) as school:
        live_through(school, sizes.years, sizes.past_events // sizes.years)
        first, following = _look_back(school, times, time.perf_counter)
        worked = _look_back(school, times, time.process_time)
    yield Figure("first page of a past moment", on.kind, f"{first:.2f} s", first, at_most=FIRST, unit=" s")
    yield Figure("next page of it", on.kind, f"{following:.2f} s", following, at_most=NEXT, unit=" s")
    # What no other program on the machine slows down.
    yield Figure("both, processor time", on.kind, " and ".join(f"{each:.2f} s" for each in worked))


def _look_back(school: Product, times: int, clock: Callable[[], float]) -> tuple[float, float]:
    head, kept = school.visitor("head"), school.app.extensions[KEPT]
    page = f"/incidents/?op={time.strftime('%Y-%m-%dT%H:%M:%SZ', time.gmtime())}&period=all"
    first, following = [], []
    for _ in range(times):
        kept.close()
        for seconds in (first, following):
            begun = clock()
            head.request(page)()
            seconds.append(clock() - begun)
    kept.close()
    return median(first), median(following)
