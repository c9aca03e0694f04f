"""A school with a calendar, on either database."""

import pytest
from flask import Flask

from tests.intranet.people.conftest import Place, make_place


@pytest.fixture
def place(app: Flask) -> Place:
    """The school on SQLite."""
    return make_place(app)


@pytest.fixture
def place_on_both(app_on_both: Flask) -> Place:
    """The school on SQLite, and again on PostgreSQL."""
    return make_place(app_on_both)
