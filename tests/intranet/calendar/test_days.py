"""Counting school days."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intranet.calendar.days import HOLIDAY, STUDY_DAY, FreeDays, NoSchoolDays, SchoolCalendar, SchoolYear

AUTUMN = FreeDays(date(2026, 10, 17), date(2026, 10, 25), HOLIDAY)
STUDY = FreeDays(date(2026, 11, 6), date(2026, 11, 6), STUDY_DAY)
CALENDAR = SchoolCalendar([AUTUMN, STUDY])
DAYS = st.dates(date(2024, 1, 1), date(2029, 12, 31))


def test_a_school_year_runs_from_august_to_july():
    assert SchoolYear.of(date(2026, 7, 31)) == SchoolYear(2025)
    assert SchoolYear.of(date(2026, 8, 1)) == SchoolYear(2026)
    assert str(SchoolYear(2026)) == "2026-2027"
    assert (SchoolYear(2026).first, SchoolYear(2026).last) == (date(2026, 8, 1), date(2027, 7, 31))
    assert [(day.year, day.month) for day in SchoolYear(2026).months] == [
        *((2026, month) for month in range(8, 13)),
        *((2027, month) for month in range(1, 8)),
    ]


def test_weekends_holidays_and_study_days_are_no_school_days():
    assert CALENDAR.is_school_day(date(2026, 10, 16))
    assert not CALENDAR.is_school_day(date(2026, 10, 19))
    assert CALENDAR.is_school_day(date(2026, 10, 26))
    assert not CALENDAR.is_school_day(date(2026, 11, 6))
    assert not CALENDAR.is_school_day(date(2026, 11, 7))
    assert CALENDAR.count(date(2026, 10, 12), date(2026, 11, 9)) == 5 + 5 + 5 + 4 - 4 + 1 - 1 + 0
    assert CALENDAR.school_days(date(2026, 10, 16), date(2026, 10, 26)) == [date(2026, 10, 16), date(2026, 10, 26)]


def test_some_school_days_after_and_before_a_day():
    assert CALENDAR.after(date(2026, 10, 15), 1) == date(2026, 10, 16)
    assert CALENDAR.after(date(2026, 10, 15), 2) == date(2026, 10, 26)
    assert CALENDAR.before(date(2026, 10, 26), 1) == date(2026, 10, 16)
    with pytest.raises(ValueError, match="at least one"):
        CALENDAR.after(date(2026, 10, 15), 0)


def test_a_calendar_without_school_days_does_not_count_for_ever():
    never = SchoolCalendar(open_days=[(date(2000, 1, 1), ())])
    with pytest.raises(NoSchoolDays):
        never.after(date(2026, 10, 15), 1)


def test_where_free_days_overlap_a_holiday_stays_a_holiday():
    inside = FreeDays(date(2026, 10, 20), date(2026, 10, 20), STUDY_DAY)
    for order in ([AUTUMN, inside], [inside, AUTUMN]):
        assert SchoolCalendar(order).free_kind(date(2026, 10, 20)) == HOLIDAY


def test_another_school_week_counts_from_its_day_on():
    calendar = SchoolCalendar(open_days=[(date(2027, 1, 1), (1, 2, 4, 5)), (date(2026, 1, 1), (1, 2, 3, 4))])
    assert calendar.is_school_day(date(2025, 12, 31))
    assert calendar.weekdays_on(date(2026, 6, 1)) == {1, 2, 3, 4}
    assert not calendar.is_school_day(date(2026, 11, 27))
    assert not calendar.is_school_day(date(2027, 1, 6))
    assert calendar.is_school_day(date(2027, 1, 8))


def test_the_weeks_of_a_school_year_have_the_numbers_that_people_use():
    weeks = CALENDAR.weeks(SchoolYear(2026))
    assert (weeks[0].number, weeks[0].monday, weeks[0].school_days) == (31, date(2026, 7, 27), ())
    assert [week.number for week in weeks if date(2026, 12, 20) < week.monday < date(2027, 1, 12)] == [52, 53, 1, 2]
    assert next(week for week in weeks if week.number == 43).school_days == ()
    assert sum(len(week.school_days) for week in weeks) == CALENDAR.count(date(2026, 8, 1), date(2027, 7, 31))
    assert weeks[-1].monday == date(2027, 7, 26)


def test_a_year_is_filled_in_when_a_holiday_between_the_summers_is():
    assert CALENDAR.has_holidays(SchoolYear(2026))
    assert not CALENDAR.has_holidays(SchoolYear(2025))
    summer = SchoolCalendar([FreeDays(date(2026, 7, 11), date(2026, 8, 23), HOLIDAY)])
    assert not summer.has_holidays(SchoolYear(2026))
    assert not SchoolCalendar([STUDY]).has_holidays(SchoolYear(2026))


@given(first=DAYS, length=st.integers(0, 400), middle=st.integers(0, 400))
def test_counting_in_two_parts_gives_the_same(first, length, middle):
    last = first + timedelta(days=length)
    cut = min(first + timedelta(days=middle), last)
    assert CALENDAR.count(first, last) == CALENDAR.count(first, cut) + CALENDAR.count(cut + timedelta(days=1), last)


@given(day=DAYS, number=st.integers(1, 60))
def test_after_and_before_and_counting_agree(day, number):
    after, before = CALENDAR.after(day, number), CALENDAR.before(day, number)
    assert CALENDAR.is_school_day(after)
    assert CALENDAR.is_school_day(before)
    assert CALENDAR.count(day + timedelta(days=1), after) == number
    assert CALENDAR.count(before, day - timedelta(days=1)) == number
