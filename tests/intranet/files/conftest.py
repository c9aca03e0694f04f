"""The small school of the incident tests, and pictures to send."""

import pytest
from flask import Flask

from tests.intranet.incidents.small_school import SmallSchool


@pytest.fixture
def small_school(app: Flask) -> SmallSchool:
    """The school on SQLite."""
    return SmallSchool(app)


@pytest.fixture
def school_on_both(app_on_both: Flask) -> SmallSchool:
    """The school on SQLite, and again on PostgreSQL."""
    return SmallSchool(app_on_both)
