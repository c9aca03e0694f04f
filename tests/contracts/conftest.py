"""The practice school, loaded once, for contracts that look at every page and every row."""

from collections.abc import Iterator

import pytest
from flask import Flask

from tests.patience import patient
from tests.practice import practice_school

__all__ = ["patient"]


@pytest.fixture(scope="package")
def practice(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The product with the practice school."""
    with practice_school(tmp_path_factory) as app:
        yield app
