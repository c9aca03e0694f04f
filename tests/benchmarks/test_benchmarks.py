"""The benchmarks run, with sizes that measure nothing, so that they cannot rot between two runs of `make bench`."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.benchmarks import __main__ as bench
from tests.benchmarks.databases import SQLITE, Database, databases
from tests.benchmarks.figures import Figure, Subject, page, ratio, table
from tests.benchmarks.sizes import SMALL
from tests.benchmarks.stopwatch import Times, in_turns


@pytest.fixture(scope="module")
def sqlite() -> Iterator[Database]:
    with databases(SQLITE) as found:
        yield found[0]


@pytest.mark.parametrize("subject", bench.SUBJECTS)
def test_a_subject_can_be_measured(subject: str, sqlite: Database) -> None:
    measured = bench.subject_of(subject, [sqlite], SMALL)
    assert measured.figures
    assert all(figure.shown and figure.database == SQLITE for figure in measured.figures)
    assert any(figure.bound for figure in measured.figures)


def test_variants_take_turns_and_only_the_run_is_timed() -> None:
    order: list[str] = []
    variants = {name: (lambda name=name: lambda: order.append(name)) for name in "ab"}
    times = in_turns(variants, 2, warm_up=1)
    assert "".join(order) == "abbaab"
    assert [len(each.seconds) for each in times.values()] == [2, 2]
    assert Times([1.0, 2.0, 9.0]).median == 2.0


def test_a_bound_is_met_or_it_is_not() -> None:
    assert ratio("a", SQLITE, 3.0, 2.0, 1.5).met
    assert not ratio("a", SQLITE, 3.1, 2.0, 1.5).met
    assert not Figure("a", SQLITE, "39,999", 39_999, at_least=40_000).met
    assert ratio("a", SQLITE, 3.0, 2.0).verdict == "for scale"
    assert Figure("a", SQLITE, "no strace on this machine", at_most=1).verdict == "not measured"


def test_the_table_puts_one_thing_on_both_databases_together() -> None:
    figures = [ratio("a", "SQLite", 3, 2, 1.2), ratio("b", "SQLite", 1, 1), ratio("a", "PostgreSQL", 1, 1, 1.2)]
    assert table(figures).splitlines()[2:] == [
        "| a | SQLite | 1.50× | ≤ 1.2× | **no** |",
        "|  | PostgreSQL | 1.00× | ≤ 1.2× | yes |",
        "| b | SQLite | 1.00× |  | for scale |",
    ]
    assert "1 of 2 targets met." in page([Subject("A", "?", figures, 1.0)], ["today"])


def test_what_people_wrote_around_the_tables_stays(tmp_path: Path) -> None:
    written = tmp_path / "measured.md"
    written.write_text(f"Before.\n{bench.BEGIN}\nold\n{bench.END}\nAfter.\n")
    for _ in range(2):
        bench.put(written, "new")
    assert written.read_text() == f"Before.\n{bench.BEGIN}\n\nnew\n\n{bench.END}\nAfter.\n"


def test_the_page_in_the_documentation_can_be_written() -> None:
    assert bench.PAGE.read_text().count(bench.BEGIN) == bench.PAGE.read_text().count(bench.END) == 1
