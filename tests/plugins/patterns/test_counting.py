"""The five questions, over plain values."""

from datetime import date
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intranet.api import SchoolCalendar, SchoolYear
from intranet.calendar.days import FreeDays
from plugins.patterns import counting
from plugins.patterns.counting import Question

YEAR = SchoolYear(2026)
CALENDAR = SchoolCalendar([FreeDays(date(2026, 10, 17), date(2026, 10, 25))])


def test_a_question_holds_for_what_it_says_and_nothing_else(happening):
    group = uuid4()
    this = happening(date(2026, 11, 24), group=group, kinds=frozenset({"quarrel", "theft"}))
    assert Question(YEAR).holds(this)
    for right, wrong in (
        ({"month": 11}, {"month": 10}),
        ({"kind": "theft"}, {"kind": "teasing"}),
        ({"place": "playground"}, {"place": "none"}),
        ({"moment": "big_break"}, {"moment": "lesson"}),
        ({"weekday": 2}, {"weekday": 3}),
        ({"group": group}, {"group": uuid4()}),
    ):
        assert Question(YEAR, **right).holds(this)
        assert not Question(YEAR, **wrong).holds(this)
    assert not Question(SchoolYear(2025)).holds(this)
    assert Question(YEAR, place="none").holds(happening(place=None))


def test_a_question_is_its_own_address(happening):
    group = uuid4()
    question = Question(YEAR, month=11, kind="theft", group=group)
    assert question.parameters == {"year": "2026", "month": "11", "kind": "theft", "group": group.hex}
    assert question.narrowed(month=None).chosen == {"kind": "theft", "group": group.hex}


def test_nothing_counts_twice(happening):
    this = happening()
    assert Question(YEAR).of([this, this]) == [this]


def test_each_month_is_divided_by_its_own_school_days(happening):
    found = [happening(date(2026, 10, 1)), happening(date(2026, 10, 2)), happening(date(2026, 11, 2))]
    months = counting.per_month(found, CALENDAR, YEAR, date(2026, 11, 3))
    assert [(each.first.month, each.count, each.school_days) for each in months] == [
        (8, 0, 21), (9, 0, 22), (10, 2, 17), (11, 1, 2),
    ]  # fmt: skip
    assert months[2].per_day == pytest.approx(2 / 17)
    nothing = counting.per_month([], SchoolCalendar(open_days=[(date(2020, 1, 1), ())]), YEAR, date(2026, 8, 31))
    assert nothing[0].per_day is None


def test_a_pupil_with_two_parts_in_one_thing_counts_once(happening):
    noor, sem, teacher = uuid4(), uuid4(), uuid4()
    found = [
        happening(parts=((noor, "victim"), (noor, "defender"), (teacher, "witness"))),
        happening(parts=((noor, "victim"), (sem, "involved"))),
    ]
    times = counting.times_of_pupils(found, frozenset({noor, sem}))
    assert times == {noor: 2, sem: 1}
    assert counting.distribution(times) == {"1": 1, "2-5": 1, "6+": 0}
    assert counting.distribution({noor: 5, sem: 6}) == {"1": 0, "2-5": 1, "6+": 1}


def test_how_late_something_was_recorded(happening):
    found = [happening(delay=delay) for delay in (0, 0, 1, 2, 5, 6, 30)]
    assert counting.delays(found) == {"0": 2, "1": 1, "2-5": 2, "6+": 2}


def test_groups_stand_in_the_order_given_whatever_they_registered(happening):
    a, b, silent = uuid4(), uuid4(), uuid4()
    found = [happening(date(2026, 11, 20), group=b), happening(date(2026, 11, 20), group=b), happening(group=a)]
    rows = counting.registering(found, [a, b, silent], CALENDAR, date(2026, 11, 25))
    assert [(each.group, each.count, each.quiet_days) for each in rows] == [(a, 1, 1), (b, 2, 3), (silent, 0, None)]


def test_what_was_left_open_is_counted(happening):
    found = [happening(place=None, moment=None), happening(severity=2, group=uuid4(), parts=((uuid4(), "victim"),))]
    assert counting.filled(found) == counting.Filled(2, 1, 1, 1, 1, 1)


@given(st.lists(st.integers(0, 40), max_size=12))
def test_no_small_number_leaves_the_team_and_none_can_be_worked_out(counts):
    out = counting.left_out(counts)
    assert all(hidden for count, hidden in zip(counts, out, strict=True) if count < 5)
    assert sum(out) != 1 or len(counts) == 1
    if min(counts, default=5) >= 5:
        assert not any(out)


@given(st.lists(st.tuples(st.dates(date(2026, 8, 1), date(2027, 7, 31)), st.sampled_from(["gym", None])), max_size=30))
def test_every_way_of_counting_adds_up(days):
    from datetime import datetime

    found = [
        counting.Happening(uuid4(), datetime.combine(day, datetime.min.time()), datetime.max, frozenset(), place)
        for day, place in days
    ]
    months = counting.per_month(found, CALENDAR, YEAR, YEAR.last)
    assert sum(each.count for each in months) == len(found)
    assert counting.by_place_and_moment(found).total() == len(found)
    assert sum(each.school_days for each in months) == CALENDAR.count(YEAR.first, YEAR.last)
