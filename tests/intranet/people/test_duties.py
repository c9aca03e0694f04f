"""Who holds which task of the safety plan, and what nobody holds."""

from datetime import date, timedelta
from uuid import uuid4

from intranet.people.duties import ALWAYS_HELD, SOON, Gap, Holding, gaps, held_on

TODAY = date(2026, 11, 24)
DAY = timedelta(days=1)


def everything(**until):
    return [Holding(uuid4(), duty, TODAY - DAY, until.get(duty)) for duty in ALWAYS_HELD]


def test_a_duty_counts_on_its_first_and_its_last_day():
    holding = Holding(uuid4(), "dpo", TODAY, TODAY + DAY)
    assert [holding.holds_on(TODAY + DAY * days) for days in (-1, 0, 1, 2)] == [False, True, True, False]


def test_nobody_missing_is_no_gap():
    assert gaps(everything(), TODAY) == []


def test_a_task_that_nobody_has_is_a_gap_now():
    held = [each for each in everything() if each.duty != "protection_officer"]
    assert gaps(held, TODAY) == [Gap("protection_officer", None)]


def test_a_task_that_soon_nobody_has_is_a_gap_then():
    last = TODAY + SOON - DAY
    assert gaps(everything(dpo=last, care_coordinator=last), TODAY) == [Gap("care_coordinator", last)]
    assert gaps(everything(care_coordinator=TODAY + SOON), TODAY) == []


def test_a_second_holder_fills_the_gap():
    second = Holding(uuid4(), "care_coordinator", TODAY + DAY, None)
    assert gaps([*everything(care_coordinator=TODAY + DAY), second], TODAY) == []


def test_a_task_that_begins_later_is_not_held_now():
    later = Holding(uuid4(), "care_coordinator", TODAY + DAY, None)
    held = [each for each in everything() if each.duty != "care_coordinator"]
    assert gaps([*held, later], TODAY) == [Gap("care_coordinator", None)]
    assert held_on([later], TODAY)["care_coordinator"] == []
