"""Where lessons go: around holidays and study days, evenly or in a pace, carried over from another year."""

from datetime import date, timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intranet.api import SchoolCalendar, SchoolYear
from intranet.calendar.days import FreeDays
from plugins.kanjertraining import licensing, planning
from tests.plugins.kanjertraining.conftest import AUTUMN, STUDY_DAY, TODAY

DAY = timedelta(days=1)
YEAR = SchoolYear(2026)
CALENDAR = SchoolCalendar([FreeDays(*AUTUMN), FreeDays(STUDY_DAY, STUDY_DAY, "study_day")])
TUESDAYS = planning.days_for_lessons(CALENDAR, YEAR, 2, date(2026, 9, 1))


def test_one_day_a_week_around_the_holidays():
    assert TUESDAYS[0] == date(2026, 9, 1)
    assert not any(AUTUMN[0] <= day <= AUTUMN[1] for day in TUESDAYS)
    assert {day.isoweekday() for day in TUESDAYS} == {2}
    fridays = planning.days_for_lessons(CALENDAR, YEAR, 5, date(2026, 9, 1))
    assert STUDY_DAY not in fridays
    assert STUDY_DAY - DAY in fridays


@given(st.integers(1, len(TUESDAYS)), st.sampled_from(planning.PACES))
def test_every_lesson_gets_a_week_of_its_own_in_order(number, pace):
    try:
        days = planning.spread(number, TUESDAYS, pace)
    except planning.TooManyLessons as too_many:
        assert number > too_many.weeks  # noqa: PT017
        return
    assert len(days) == number
    assert days == sorted(set(days))
    assert set(days) <= set(TUESDAYS)


def test_evenly_reaches_over_the_year_and_a_pace_begins_at_once():
    evenly = planning.spread(10, TUESDAYS, "evenly")
    gaps = [(after - before).days for before, after in zip(evenly, evenly[1:], strict=False)]
    assert evenly[0] == TUESDAYS[0]
    assert evenly[-1] > date(2027, 5, 1)
    assert max(gaps) <= 42
    assert planning.spread(3, TUESDAYS, "weekly") == TUESDAYS[:3]
    assert planning.spread(3, TUESDAYS, "fortnightly") == TUESDAYS[:5:2]


def test_more_lessons_than_weeks_say_how_many_weeks_there_are():
    with pytest.raises(planning.TooManyLessons) as too_many:
        planning.spread(len(TUESDAYS) + 1, TUESDAYS, "evenly")
    assert too_many.value.weeks == len(TUESDAYS)


@pytest.mark.parametrize(("was", "becomes"), [
    (date(2025, 9, 9), date(2026, 9, 8)),
    (date(2026, 1, 6), date(2027, 1, 12)),
    (date(2025, 10, 21), date(2026, 10, 13)),  # its week is holiday now: the nearest one that is not
    (date(2025, 11, 7), date(2026, 11, 5)),  # a study day now
])  # fmt: skip
def test_last_year_is_the_same_week_of_this_year(was, becomes):
    assert planning.same_week(was, CALENDAR, YEAR) == becomes


def test_a_week_gives_its_weekday_or_the_nearest_day_with_school():
    assert planning.in_week(date(2026, 11, 2), 5, CALENDAR) == STUDY_DAY - DAY
    assert planning.in_week(date(2026, 10, 19), 2, CALENDAR) is None


def test_conflicts_are_days_without_school_and_two_lessons_on_a_day():
    tuesday = date(2026, 12, 1)
    wrong = planning.conflicts([tuesday, STUDY_DAY, TODAY], [tuesday, tuesday, STUDY_DAY, TODAY], CALENDAR)
    assert wrong == {STUDY_DAY: [planning.NOT_A_SCHOOL_DAY], tuesday: [planning.SAME_DAY]}


def licence(until: date, *, here: bool = True, since: date = date(2024, 1, 1)):
    return SimpleNamespace(
        person=uuid4(), issued_on=since, valid_until=until, at_this_school=here, withdrawn=False
    )  # fmt: skip


@pytest.mark.parametrize(("row", "standing"), [
    (licence(TODAY + 91 * DAY), licensing.VALID),
    (licence(TODAY + 90 * DAY), licensing.SOON),
    (licence(TODAY), licensing.SOON),
    (licence(TODAY - DAY), licensing.LAPSED),
    (licence(TODAY + 400 * DAY, here=False), licensing.ELSEWHERE),
    (licence(TODAY - DAY, here=False), licensing.LAPSED),
    (licence(TODAY + 400 * DAY, since=TODAY + DAY), licensing.LAPSED),
])  # fmt: skip
def test_a_licence_counts_when_it_is_valid_and_of_this_school(row, standing):
    assert licensing.standing([row], TODAY) == standing
    assert licensing.counts_on(row, TODAY) == (standing in (licensing.VALID, licensing.SOON))


def test_the_licence_that_counts_is_the_one_that_is_shown():
    lapsed, valid, elsewhere = (
        licence(TODAY - DAY), licence(TODAY + 200 * DAY), licence(TODAY + 900 * DAY, here=False),
    )  # fmt: skip
    assert licensing.best_of([lapsed, elsewhere, valid], TODAY) is valid
    assert licensing.standing([], TODAY) == licensing.NONE
