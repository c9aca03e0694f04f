"""The school of the tests about suspicions of staff, on SQLite or on both databases."""

import pytest
from flask import Flask

from tests.intranet.staff_matters.school_with_matters import SchoolWithMatters


@pytest.fixture
def small_school(app: Flask) -> SchoolWithMatters:
    """The school on SQLite."""
    return SchoolWithMatters(app)


@pytest.fixture
def school_on_both(app_on_both: Flask) -> SchoolWithMatters:
    """The school on SQLite, and again on PostgreSQL."""
    return SchoolWithMatters(app_on_both)
