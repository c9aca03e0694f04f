"""The list of incidents, the start page and the search box, after ten years and after one."""

import re
from collections.abc import Iterator

from tests.benchmarks import product
from tests.benchmarks.databases import Database
from tests.benchmarks.figures import Figure, milliseconds, ratio
from tests.benchmarks.history import live_through
from tests.benchmarks.product import Product
from tests.benchmarks.sizes import Sizes
from tests.benchmarks.stopwatch import in_turns, seconds_of
from tests.benchmarks.visitor import Visitor

QUESTION = (
    "The same page of the same school after one year and after ten, with {events_a_year:,} events a year: some "
    "600 incidents, six times what a school records that records well. The teacher sees what concerns their own "
    "group; the care coordinator sees nearly everything."
)
PAGES = {"list": "/incidents/", "start page": "/"}
READERS = {"teacher": "teacher", "coordinator": "care coordinator"}
TARGET = 1.2
SEARCHES = (
    ("a word that is in all", "geduwd"),
    ("a word that is in none", "klimrek"),
    ("a kind and a word", "ruzie bal"),
)
MOST_OF_A_SEARCH = 0.3


def measure(on: Database, sizes: Sizes) -> Iterator[Figure]:
    """Open each page of both schools in turns."""
    with (
        product.product(on, "young", sizes.pupils_in_a_group) as young,
        product.product(on, "old", sizes.pupils_in_a_group) as old,
    ):
        live_through(young, 1, sizes.events_a_year)
        live_through(old, sizes.years, sizes.events_a_year)
        yield from _lengths(on, young, old)
        yield from _searches(on, old.visitor("coordinator"), sizes)
        for who, called in READERS.items():
            visitors = {"young": young.visitor(who), "old": old.visitor(who)}
            for page, path in PAGES.items():
                times = in_turns(
                    {age: (lambda v=visitor, p=path: v.request(p)) for age, visitor in visitors.items()},
                    sizes.page_rounds,
                )
                what = f"{page}, {called}"
                yield ratio(f"{what}: ten years ÷ one", on.kind, times["old"].median, times["young"].median, TARGET)
                yield milliseconds(f"{what}: ten years, median", on.kind, times["old"].median)


def _searches(on: Database, visitor: Visitor, sizes: Sizes) -> Iterator[Figure]:
    """Search everything that was written in ten years; the first time it is all decrypted."""
    visitor.open_form("/search")
    first = seconds_of(visitor.request("/search", {"q": "klimrek"}, expects=200))
    times = in_turns(
        {what: (lambda asked=words: visitor.request("/search", {"q": asked}, expects=200)) for what, words in SEARCHES},
        sizes.page_rounds,
    )
    for what, _words in SEARCHES:
        median = times[what].median
        shown = f"{median * 1000:.0f} ms"
        yield Figure(f"search for {what}: ten years, median", on.kind, shown, median, MOST_OF_A_SEARCH, unit=" s")
    yield milliseconds("first search of a process: ten years decrypted", on.kind, first)


def _lengths(on: Database, young: Product, old: Product) -> Iterator[Figure]:
    """Say how much there is on the pages, which is what makes them comparable."""
    said = []
    for school in (young, old):
        text = school.visitor("coordinator").request("/incidents/?period=all")()
        said.append(re.search(r"([0-9]+) incident", text)[1])
    yield Figure("incidents in all, as the list counts them", on.kind, " and ".join(said))
