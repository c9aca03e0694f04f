"""Marking a period as reviewed and recording who reads, with their tables, on both databases."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from events.log.context import acting
from events.log.errors import Refused
from intranet.api import log
from intranet.audit import commands, projections
from intranet.audit.period import Period, positions
from intranet.audit.projections import reading, review
from intranet.people.today import today


def rows(school, table):
    with school.app.app_context(), log.read() as connection:
        return connection.execute(select(table).order_by(*table.primary_key)).all()


def test_a_review_keeps_its_days_positions_and_root(school_on_both):
    school_on_both.report()
    with school_on_both.app.app_context():
        head = log.head(school_on_both.school)
        with acting(school=school_on_both.school, actor=school_on_both.people["yvonne"]):
            review_id = commands.review_period(today() - timedelta(days=6), today(), "Alles gelezen.")
    (row,) = rows(school_on_both, review)
    assert (row.review, row.reviewer) == (review_id, school_on_both.people["yvonne"])
    assert (row.position_from, row.position_until) == (1, head.size)
    assert row.root == head.root().hex()
    school_on_both.do("yvonne", commands.withdraw_review, review_id)
    assert rows(school_on_both, review) == []


def test_a_quiet_period_is_reviewed_too(school_on_both):
    day = today_in(school_on_both)
    school_on_both.do("yvonne", commands.review_period, day - timedelta(days=40), day - timedelta(days=30), None)
    (row,) = rows(school_on_both, review)
    assert (row.position_from, row.position_until) == (1, 0)


@pytest.mark.parametrize(("first", "last"), [(0, 1), (0, -1)])
def test_days_that_make_no_period_are_refused(small_school, first, last):
    days = today_in(small_school)
    with pytest.raises(Refused):
        small_school.do(
            "yvonne", commands.review_period, days + timedelta(days=first), days + timedelta(days=last), None
        )
    assert rows(small_school, review) == []


def today_in(school):
    with school.app.app_context():
        return today()


def test_rebuilt_tables_equal_live_ones(school_on_both):
    yvonne = school_on_both.client("yvonne")
    yvonne.get("/audit/readings")
    kept = school_on_both.do("yvonne", commands.review_period, today_in(school_on_both), today_in(school_on_both), None)
    gone = school_on_both.do("yvonne", commands.review_period, today_in(school_on_both), today_in(school_on_both), None)
    school_on_both.do("yvonne", commands.withdraw_review, gone)
    live = rows(school_on_both, reading), rows(school_on_both, review)
    assert [row.review for row in live[1]] == [kept]
    with school_on_both.app.app_context():
        for projection in projections.PROJECTIONS:
            log.rebuild(next(p for p in log.projector.projections if p.name == projection.name), school_on_both.school)
    assert (rows(school_on_both, reading), rows(school_on_both, review)) == live


def test_a_period_is_found_by_the_recorded_times(school_on_both):
    with school_on_both.app.app_context(), log.read() as connection:
        end = log.head(school_on_both.school).size
        assert positions(connection, school_on_both.school, Period()) == (1, end)
        assert positions(connection, school_on_both.school, Period(today(), today())) == (1, end)
        tomorrow = today() + timedelta(days=1)
        assert positions(connection, school_on_both.school, Period(tomorrow, None)) == (end + 1, end)
