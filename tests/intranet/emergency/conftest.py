"""The small school with a protection officer: who may take emergency access, and has not all of it anyhow."""

from datetime import timedelta

import pytest
from flask import Flask

from tests.intranet.incidents.small_school import SmallSchool
from tests.school_days import today


@pytest.fixture
def small_school(app: Flask) -> SmallSchool:
    """The school on SQLite; Henk is its protection officer."""
    from intranet.people.commands import assign_duty

    school = SmallSchool(app)
    since = today() - timedelta(days=2)
    school.do("marijke", assign_duty, school.people["henk"], "protection_officer", since=since)
    return school
