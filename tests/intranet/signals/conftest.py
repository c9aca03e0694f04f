"""The small school of the signal tests, on SQLite or on both databases."""

import pytest
from flask import Flask

from tests.intranet.signals.school_with_signals import SchoolWithSignals


@pytest.fixture
def small_school(app: Flask) -> SchoolWithSignals:
    """The school on SQLite."""
    return SchoolWithSignals(app)


@pytest.fixture
def school_on_both(app_on_both: Flask) -> SchoolWithSignals:
    """The school on SQLite, and again on PostgreSQL."""
    return SchoolWithSignals(app_on_both)
