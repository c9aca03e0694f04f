"""Rules that warn, over plain values: when, how often, and never twice about the same."""

from collections import Counter
from datetime import date, datetime, time, timedelta
from uuid import UUID, uuid4

from hypothesis import given
from hypothesis import strategies as st

from intranet.api import SchoolCalendar
from intranet.calendar.days import FreeDays
from plugins.patterns.counting import Happening
from plugins.patterns.what_if import SchoolDays, Threshold, Watch, replay

AUTUMN = FreeDays(date(2026, 10, 17), date(2026, 10, 25))
CALENDAR = SchoolCalendar([AUTUMN])
FIRST, LAST = date(2026, 8, 1), date(2027, 7, 31)
NOOR, SEM = uuid4(), uuid4()
PUPILS = frozenset({NOOR, SEM})


def things(happening, *days, person=NOOR, role="victim", **facts):
    return [happening(day, parts=((person, role),), **facts) for day in days]


def warned(threshold, happenings):
    done = replay(threshold, happenings, CALENDAR, PUPILS, FIRST, LAST)
    return [(each.warning.subject, each.warning.day) for each in done.outcomes]


def test_so_often_in_so_many_school_days_warns_once(happening):
    rule = Threshold("pupil_victim", 3, 5)
    found = things(happening, date(2026, 11, 2), date(2026, 11, 4), date(2026, 11, 6), date(2026, 11, 6))
    assert warned(rule, found) == [(NOOR, date(2026, 11, 6))]
    assert warned(rule, found[:2]) == []


def test_the_window_has_its_borders_in_school_days(happening):
    monday, friday, next_monday = date(2026, 11, 2), date(2026, 11, 6), date(2026, 11, 9)
    rule = Threshold("pupil_victim", 2, 5)
    assert warned(rule, things(happening, monday, friday)) == [(NOOR, friday)]
    assert warned(rule, things(happening, monday, next_monday)) == []
    assert warned(Threshold("pupil_victim", 2, 6), things(happening, monday, next_monday)) == [(NOOR, next_monday)]


def test_a_holiday_does_not_count(happening):
    before, after = date(2026, 10, 16), date(2026, 10, 26)
    assert warned(Threshold("pupil_victim", 2, 2), things(happening, before, after)) == [(NOOR, after)]
    assert warned(Threshold("pupil_victim", 2, 1), things(happening, before, after)) == []


def test_a_weekend_belongs_to_the_friday_before(happening):
    friday, saturday = date(2026, 11, 6), date(2026, 11, 7)
    assert warned(Threshold("pupil_victim", 2, 1), things(happening, friday, saturday)) == [(NOOR, saturday)]


def test_what_is_recorded_late_counts_on_the_day_it_happened(happening):
    late = things(happening, date(2026, 11, 3), delay=9)
    found = things(happening, date(2026, 11, 2), date(2026, 11, 4)) + late
    assert warned(Threshold("pupil_victim", 3, 3), found) == [(NOOR, date(2026, 11, 3))]


def test_what_comes_late_in_the_middle_stretches_no_window(happening):
    late = things(happening, date(2026, 11, 3), delay=20)
    found = things(happening, date(2026, 11, 2), date(2026, 11, 5)) + late
    assert warned(Threshold("pupil_victim", 3, 3), found) == []
    assert warned(Threshold("pupil_victim", 3, 4), found) == [(NOOR, date(2026, 11, 3))]


def test_the_same_thing_seen_again_counts_once_and_warns_once(happening):
    watch = Watch(Threshold("pupil", 2, 5), SchoolDays(CALENDAR, FIRST, LAST), PUPILS)
    first, second = things(happening, date(2026, 11, 2), date(2026, 11, 3))
    assert [watch.record(each) for each in (first, first, first)] == [[], [], []]
    assert len(watch.record(second)) == 1
    assert watch.record(second) == []


def test_a_serious_thing_that_gives_the_warning_itself_came_without_one(happening):
    found = things(happening, date(2026, 11, 2)) + things(happening, date(2026, 11, 3), severity=3)
    done = replay(Threshold("pupil_victim", 2, 5), found, CALENDAR, PUPILS, FIRST, LAST)
    assert (len(done.outcomes), done.missed, done.before_serious) == (1, 1, [])


def test_role_kind_group_and_place_decide_for_whom_something_counts(happening):
    group = uuid4()
    days = [date(2026, 11, 2), date(2026, 11, 3)]
    as_victim = things(happening, *days, group=group, place="gym", kinds=frozenset({"theft"}))
    assert warned(Threshold("pupil_perpetrator", 2, 5), as_victim) == []
    assert warned(Threshold("pupil", 2, 5), as_victim) == [(NOOR, days[1])]
    assert warned(Threshold("group", 2, 5), as_victim) == [(group, days[1])]
    assert warned(Threshold("place", 2, 5), as_victim) == [("gym", days[1])]
    assert warned(Threshold("pupil", 2, 5, frozenset({"quarrel"})), as_victim) == []
    assert warned(Threshold("pupil", 2, 5, frozenset({"quarrel", "theft"})), as_victim) == [(NOOR, days[1])]
    nowhere = [happening(day, place=None) for day in days]
    assert warned(Threshold("place", 2, 5), nowhere) == []


def test_a_colleague_or_a_parent_is_no_pupil(happening):
    found = things(happening, date(2026, 11, 2), date(2026, 11, 3), person=uuid4())
    assert warned(Threshold("pupil", 2, 5), found) == []


def test_two_parts_in_one_thing_are_one_thing(happening):
    once = happening(date(2026, 11, 2), parts=((NOOR, "victim"), (NOOR, "defender")))
    assert warned(Threshold("pupil", 2, 5), [once]) == []
    assert warned(Threshold("pupil", 2, 5), [once, once]) == []


def test_how_early_how_much_noise_and_what_was_missed(happening):
    noor = things(happening, date(2026, 11, 2), date(2026, 11, 3)) + things(happening, date(2026, 11, 10), severity=3)
    sem = things(happening, date(2026, 11, 2), date(2026, 11, 3), person=SEM)
    alone = things(happening, date(2026, 9, 1), severity=4)
    done = replay(Threshold("pupil_victim", 2, 5), noor + sem + alone, CALENDAR, PUPILS, FIRST, LAST)
    assert len(done.outcomes) == 2
    assert [each.later for each in done.followed] == [1]
    assert done.quiet == 1
    assert done.days_ahead == 5
    assert done.before_serious == [5]
    assert done.missed == 1
    assert done.considered == 6
    assert done.per_week == 5 * 2 / CALENDAR.count(FIRST, LAST)


def test_nothing_told_gives_nothing(happening):
    done = replay(Threshold("pupil", 2, 5), [], CALENDAR, PUPILS, FIRST, LAST)
    assert (done.outcomes, done.quiet, done.days_ahead, done.missed) == ((), 0, None, 0)


TOLD = st.lists(
    st.tuples(
        st.dates(date(2026, 8, 20), date(2027, 7, 10)),
        st.integers(0, 20),
        st.sampled_from([NOOR, SEM]),
        st.sampled_from(["victim", "involved"]),
    ),
    max_size=40,
)
RULES = st.builds(
    Threshold, st.sampled_from(["pupil", "pupil_victim", "place"]), st.integers(2, 6), st.integers(1, 30)
)  # fmt: skip


def told(draw):
    found = []
    for number, (day, late, person, role) in enumerate(draw):
        at = datetime.combine(day, time(12))
        recorded = at + timedelta(days=late, minutes=number)
        found.append(Happening(UUID(int=number), at, recorded, frozenset({"x"}), "gym", parts=((person, role),)))
    return found


@given(RULES, TOLD)
def test_every_warning_is_true_and_no_two_share_a_window(rule, draw):
    found = told(draw)
    by_id = {each.id: each for each in found}
    days = SchoolDays(CALENDAR, FIRST - timedelta(days=400), LAST)
    done = replay(rule, found, CALENDAR, PUPILS, FIRST, LAST)
    warned_at = Counter()
    for outcome in done.outcomes:
        warning = outcome.warning
        assert warning.after in warning.counted
        assert len(set(warning.counted)) == len(warning.counted) >= rule.times
        numbers = [days.number(by_id[each].day) for each in warning.counted]
        assert max(numbers) - min(numbers) < rule.days
        assert all(warning.subject in rule.subjects(by_id[each], PUPILS) for each in warning.counted)
        assert all(by_id[each].recorded_at <= by_id[warning.after].recorded_at for each in warning.counted)
        assert not any(
            abs(days.number(warning.day) - other) < rule.days
            for (subject, other) in warned_at
            if subject == warning.subject
        )
        warned_at[warning.subject, days.number(warning.day)] += 1


@given(RULES, TOLD)
def test_who_ever_reached_the_threshold_was_warned_about(rule, draw):
    found = told(draw)
    days = SchoolDays(CALENDAR, FIRST - timedelta(days=400), LAST)
    reached = set()
    for subject in {each for happening in found for each in rule.subjects(happening, PUPILS)}:
        numbers = sorted(days.number(each.day) for each in found if subject in set(rule.subjects(each, PUPILS)))
        for at in range(len(numbers) - rule.times + 1):
            if numbers[at + rule.times - 1] - numbers[at] < rule.days:
                reached.add(subject)
    assert {each.warning.subject for each in replay(rule, found, CALENDAR, PUPILS, FIRST, LAST).outcomes} == reached


@given(RULES, TOLD, st.randoms(use_true_random=False))
def test_telling_the_same_twice_or_in_another_order_changes_nothing(rule, draw, shuffled):
    found = told(draw)
    again = found + found
    shuffled.shuffle(again)
    assert replay(rule, again, CALENDAR, PUPILS, FIRST, LAST) == replay(rule, found, CALENDAR, PUPILS, FIRST, LAST)


@given(RULES, TOLD)
def test_a_watch_that_was_away_gives_the_same_warning_as_one_that_stayed(rule, draw):
    """As in the product: each time a new watch takes in the past, with the warnings that were given."""
    found = sorted(told(draw), key=lambda each: each.recorded_at)
    days = SchoolDays(CALENDAR, FIRST - timedelta(days=400), LAST)
    stayed = Watch(rule, days, PUPILS)
    given: list = []
    for number, each in enumerate(found):
        fresh = Watch(rule, days, PUPILS)
        for earlier in found[:number]:
            fresh.take_in(earlier)
        for warning in given:
            fresh.already_warned(warning.subject, warning.day)
        here = stayed.record(each)
        assert fresh.record(each) == here
        given += here
