"""Every test begins with a product of its own, copied where that gives the same as making it again."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import inspect, select

from events.log.clock import told_at
from events.log.context import acting
from events.log.mapper import from_milliseconds
from events.log.projection import projection_tables
from events.log.tables import event
from intranet.database import log
from intranet.schools.commands import found_board
from intranet.schools.events import Board
from intranet.testing import School, close, open_product


@pytest.fixture
def opened(tmp_path):
    made = []

    def one():
        made.append(open_product(tmp_path / str(len(made))))
        return made[-1]

    yield one
    for app in made:
        close(app)


def test_what_happens_at_one_school_is_not_at_the_next(opened):
    first = School(opened())
    first.enable("patterns")
    size = first.size()
    second = School(opened())
    assert second.size() < size
    second.enable("patterns")
    assert (first.size(), second.size()) == (size, size)
    assert second.client("fatima").get("/").status_code == 200


def test_every_table_is_in_a_copy(opened):
    for app in (opened(), opened()):
        with app.app_context(), log.read() as connection:
            there = set(inspect(connection).get_table_names())
        assert there >= {*projection_tables.tables, event.name}


def test_what_was_recorded_before_the_school_stays(opened):
    School(opened())
    app = opened()
    with app.app_context():
        board = found_board("Stichting Eerder")
    School(app)
    with app.app_context(), acting(school=board):
        assert log.get(Board, board).name == "Stichting Eerder"


def test_a_school_at_another_time_is_founded_then(opened):
    School(opened())
    with told_at(datetime(2025, 9, 1, 8, tzinfo=UTC)):
        app = opened()
        school = School(app)
    with app.app_context(), log.read() as connection:
        recorded = connection.execute(select(event.c.recorded_at).where(event.c.school == school.school)).scalars()
        assert {from_milliseconds(each).year for each in recorded} == {2025}
