"""The school of the tests of notes, on SQLite or on both databases."""

import pytest
from flask import Flask

from tests.intranet.incidents.small_school import SmallSchool
from tests.intranet.staff_matters.school_with_matters import SchoolWithMatters


@pytest.fixture
def small_school(app: Flask) -> SmallSchool:
    """The school on SQLite."""
    return SmallSchool(app)


@pytest.fixture
def school_on_both(app_on_both: Flask) -> SmallSchool:
    """The school on SQLite, and again on PostgreSQL."""
    return SmallSchool(app_on_both)


@pytest.fixture
def with_matters(app: Flask) -> SchoolWithMatters:
    """The school in which somebody is suspected."""
    return SchoolWithMatters(app)
