"""The small school with signals, incidents and cases: all that can be shared."""

import pytest
from flask import Flask

from tests.intranet.cases.school_with_cases import SchoolWithCases


@pytest.fixture
def small_school(app: Flask) -> SchoolWithCases:
    """The school on SQLite."""
    return SchoolWithCases(app)


@pytest.fixture
def school_on_both(app_on_both: Flask) -> SchoolWithCases:
    """The school on SQLite, and again on PostgreSQL."""
    return SchoolWithCases(app_on_both)
