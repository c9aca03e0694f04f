"""The tables say what is open and how often an incident was closed, on both databases and after a rebuild."""

from datetime import UTC, date, datetime, time

import pytest
import sqlalchemy as sa

from events.log.clock import told_at
from tests.intranet.follow_up.conftest import told
from tests.intranet.incidents.small_school import SmallSchool

DAY, LATER = date(2026, 11, 26), date(2026, 12, 3)


@pytest.fixture
def school(app_on_both):
    with told_at(datetime.combine(DAY, time(12), UTC)):
        yield SmallSchool(app_on_both)


def test_the_tables_follow_the_log_and_are_the_same_when_rebuilt(school):
    from intranet.follow_up import commands
    from intranet.follow_up.projections import PROJECTIONS, closing, promise

    log = school.app.extensions["geborgen.log"]
    incident, me = told(school), school.people["hanneke"]

    def rows(table):
        with log.read_engine.connect() as connection:
            return sorted(map(tuple, connection.execute(sa.select(table))), key=repr)

    one = school.do("hanneke", commands.promise_follow_up, incident, kind="victim_talk", owner=me, due_on=DAY)
    two = school.do(
        "hanneke", commands.promise_follow_up, incident, kind="contact_moment", owner=me, due_on=DAY, repeats=5
    )
    school.do("hanneke", commands.keep_follow_up, incident, two, outcome="Goed.", on=DAY, again=True)
    school.do("hanneke", commands.move_follow_up, incident, one, owner=me, due_on=LATER, reason="Later.")
    assert {(row.follow_up, row.open, row.due_on) for row in _all(log, promise)} == {
        (one, True, LATER),
        (two, True, LATER),
    }
    with told_at(datetime.combine(LATER, time(12), UTC)):
        school.do("hanneke", commands.keep_follow_up, incident, two, outcome="Klaar.", on=LATER)
    school.do("hanneke", commands.waive_follow_up, incident, one, "Niet nodig.")
    school.do("hanneke", commands.close_incident, incident, conclusion="Klaar.")
    first = _all(log, closing)[0]
    assert (first.closed, first.closings) == (True, 1)
    school.do("hanneke", commands.reopen_incident, incident, "Toch niet.")
    assert not _all(log, closing)[0].closed
    school.do("hanneke", commands.close_incident, incident, conclusion="Nu echt.")
    last = _all(log, closing)[0]
    assert (last.closed, last.closings, last.first_closed_at) == (True, 2, first.first_closed_at)
    live = rows(promise), rows(closing)
    log.rebuild(PROJECTIONS[0], school.school)
    assert (rows(promise), rows(closing)) == live


def _all(log, table):
    with log.read_engine.connect() as connection:
        return connection.execute(sa.select(table)).all()
