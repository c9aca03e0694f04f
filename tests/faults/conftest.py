"""A school with teachers who can log in, on each database; every test here hurts something that runs."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.served import School, Served, make_school, served


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder takes seconds and kills, fills or restarts something."""
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker("faults")
            item.add_marker("slow")


@pytest.fixture
def small_school(tmp_path: Path, database_url: str, keys_url: str) -> School:
    """A school of its own for this test, on SQLite and on PostgreSQL."""
    return make_school(tmp_path / "instance", database_url, keys_url, teachers=8)


@pytest.fixture
def site(small_school: School) -> Iterator[Served]:
    """That school, served."""
    with served(small_school) as site:
        yield site
