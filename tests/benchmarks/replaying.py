"""Replaying the past: every table of a school filled again from its events."""

import gc
from collections.abc import Iterator

from events.log.projection import in_memory
from events.log.telling import tables_made, tell
from tests.benchmarks import product
from tests.benchmarks.databases import SQLITE, Database
from tests.benchmarks.figures import Figure
from tests.benchmarks.history import forget_tables, write
from tests.benchmarks.product import Product
from tests.benchmarks.sizes import Sizes
from tests.benchmarks.stopwatch import seconds_of

QUESTION = (
    "{replayed:,} events of one school (a quarter on PostgreSQL), read, decoded and folded into the tables of all "
    "projections, as whoever looks at the past does: beside the live tables, in memory; the best of three. Events that "
    "no projection handles, such as notes, are counted and passed over. An upgrade does the same for one projection "
    "at a time, with pauses for those who write meanwhile, and then switches."
)
TARGET = 40_000
SMALLER = 4
"""On PostgreSQL, where nothing is promised, a quarter says as much."""


def measure(on: Database, sizes: Sizes) -> Iterator[Figure]:
    """Replay everything once; then forget every projection and bring them up to date as an upgrade does."""
    with product.product(on, "replay", sizes.pupils_in_a_group) as school:
        write(school, sizes.years, sizes.replayed // sizes.years // (1 if on.kind == SQLITE else SMALLER))
        size = school.log.head(school.school).size
        # As in a server, whose collector passes over what was there before the first request.
        gc.collect()
        gc.freeze()
        taken = min(seconds_of(lambda: replay(school)) for _ in range(3))
        forget_tables(school)
        upgraded = seconds_of(school.log.bring_up_to_date)
    bound = TARGET if on.kind == SQLITE else None
    rate = size / taken
    yield Figure("events a second into all projections", on.kind, f"{rate:,.0f}", rate, at_least=bound, unit="/s")
    yield Figure("upgrade of every projection", on.kind, f"{upgraded:.1f} s")


def replay(school: Product) -> None:
    """Tell the past once to all projections."""
    projections = school.log.projector.projections
    with in_memory() as tables, tables_made(tables, projections):
        tell(school.log, tables, projections, school.school)
