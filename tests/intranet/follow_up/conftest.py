"""The small school of the incident tests, with an incident that asks for every step of the plan."""

from datetime import timedelta
from uuid import UUID

import pytest
from flask import Flask

from events.involvement import Involvement
from events.log import clock
from tests.intranet.incidents.small_school import SmallSchool


@pytest.fixture
def small_school(app: Flask) -> SmallSchool:
    """The school on SQLite."""
    return SmallSchool(app)


@pytest.fixture
def school_on_both(app_on_both: Flask) -> SmallSchool:
    """The school on SQLite, and again on PostgreSQL."""
    return SmallSchool(app_on_both)


def told(school: SmallSchool, **facts: object) -> UUID:
    """Record an incident with a victim, somebody who did it, and a witness."""
    people = school.people
    parts = [("noor", "victim"), ("sem", "alleged_perpetrator"), ("nova", "witness")]
    return school.report(
        kinds=["physical_aggression"],
        happened_at=clock.now() - timedelta(hours=2),
        involved=[Involvement(people[name], role) for name, role in parts],
        **facts,
    )


@pytest.fixture
def incident(small_school: SmallSchool) -> UUID:
    return told(small_school)
