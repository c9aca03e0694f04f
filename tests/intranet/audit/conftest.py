"""The small school with somebody to review it, on SQLite or on both databases, and ways to meddle with its log."""

from collections.abc import Callable

import pytest
import sqlalchemy as sa
from flask import Flask

from tests.intranet.incidents.small_school import SmallSchool


def _school(app: Flask) -> SmallSchool:
    from intranet.people.commands import assign_duty

    school = SmallSchool(app)
    school.do("marijke", assign_duty, school.people["henk"], "dpo")
    return school


@pytest.fixture
def small_school(app: Flask) -> SmallSchool:
    """The school on SQLite; Henk is its data protection officer."""
    return _school(app)


@pytest.fixture
def school_on_both(app_on_both: Flask) -> SmallSchool:
    """The school on SQLite, and again on PostgreSQL."""
    return _school(app_on_both)


@pytest.fixture
def meddle(small_school: SmallSchool) -> Callable[..., None]:
    """Change the stored log as somebody with the database in hand could: without the triggers that refuse it."""

    def change(statement: str, **values: object) -> None:
        engine = small_school.app.extensions["geborgen.log"].write_engine
        with engine.begin() as connection:
            for trigger in ("event_no_update", "event_no_delete", "event_no_replace"):
                connection.execute(sa.text(f"DROP TRIGGER IF EXISTS {trigger}"))
            connection.execute(sa.text(statement), {"school": small_school.school.hex, **values})

    return change
