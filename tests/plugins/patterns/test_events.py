"""The rules about measures and rules, without a database."""

from datetime import date
from uuid import uuid4

import pytest

from intranet.api import Refused
from plugins.patterns.events import Chosen, Measure, Rule
from plugins.patterns.quiet_events import QuietWeek

TODAY, LATER = date(2026, 11, 24), date(2027, 1, 11)
PATTERN = (Chosen("place", "playground"),)


def kinds_of(record):
    return [type(event).__name__ for event in record.collect_events()]


def measure(**options):
    usual = {"text": "Twee pleinwachten.", "pattern": PATTERN, "owner_id": uuid4(), "evaluate_on": LATER}
    return Measure.propose(**{**usual, "today": TODAY, **options})


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"text": " "}, "wat jullie gaan doen"),
        ({"pattern": ()}, "Kies eerst een patroon"),
        ({"evaluate_on": TODAY}, "een dag die nog komt"),
    ],
)
def test_a_measure_has_words_a_pattern_and_a_day_to_come(options, sentence):
    with pytest.raises(Refused, match=sentence):
        measure(**options)


def test_a_measure_is_looked_at_until_it_is_done():
    made = measure()
    made.evaluate(outcome="partly", conclusion="Het is rustiger.", next_on=date(2027, 3, 1), today=LATER)
    assert (made.outcome, made.closed, made.evaluate_on) == ("partly", False, date(2027, 3, 1))
    made.evaluate(outcome="works", conclusion="Al weken niets.", next_on=None, today=date(2027, 3, 1))
    assert made.closed
    assert kinds_of(made) == ["Proposed", "Evaluated", "Evaluated"]
    with pytest.raises(Refused, match="al afgerond"):
        made.evaluate(outcome="works", conclusion="x", next_on=None, today=LATER)


def test_a_measure_comes_from_a_pattern_or_a_record_and_one_of_before_from_no_record():
    record = ("incidents.incident", uuid4())
    assert (measure(pattern=(), record=record).record_kind, measure().record_id) == ("incidents.incident", None)
    before = {"text": "…", "pattern": [], "owner_id": uuid4(), "evaluate_on": LATER}
    Measure.Proposed.upcast_v1_v2(before)
    assert (before["record_kind"], before["record_id"]) == (None, None)


def test_a_measure_is_taken_back_until_somebody_looked_at_it():
    made, other = measure(), measure()
    made.withdraw()
    assert kinds_of(made) == ["Proposed", "Withdrawn"]
    other.evaluate(outcome="partly", conclusion="Het is rustiger.", next_on=date(2027, 3, 1), today=LATER)
    with pytest.raises(Refused, match="al gekeken"):
        other.withdraw()


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"looked": ()}, "hoe jullie keken"),
        ({"looked": ("guessed",)}, "hoe jullie keken"),
        ({"monday": date(2026, 11, 23)}, "nog bezig"),
        ({"monday": date(2026, 9, 21)}, "te lang geleden"),
    ],
)
def test_a_quiet_week_is_decided_by_who_looked_when_it_is_over(options, sentence):
    usual = {"group_id": None, "monday": date(2026, 11, 16), "looked": ("class", "breaks"), "today": TODAY}
    assert QuietWeek.decide(**usual).looked == ("breaks", "class")
    with pytest.raises(Refused, match=sentence):
        QuietWeek.decide(**{**usual, **options})


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"outcome": "great"}, "Kies of de maatregel werkt"),
        ({"conclusion": ""}, "waaraan jullie dat zien"),
        ({"next_on": TODAY}, "een dag die nog komt"),
        ({"outcome": "adjust"}, "of het nu wel werkt"),
    ],
)
def test_an_evaluation_says_something(options, sentence):
    made = measure()
    with pytest.raises(Refused, match=sentence):
        made.evaluate(**{"outcome": "works", "conclusion": "Rustig.", "next_on": None, "today": TODAY, **options})
    assert kinds_of(made) == ["Proposed"]


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"who": "everybody"}, "waarover de regel gaat"),
        ({"times": 1}, "van 2 tot en met 20"),
        ({"times": 21}, "van 2 tot en met 20"),
        ({"days": 0}, "1 tot en met 60"),
        ({"days": 61}, "1 tot en met 60"),
    ],
)
def test_a_rule_that_cannot_be_is_refused(options, sentence):
    with pytest.raises(Refused, match=sentence):
        Rule.switch_on(**{"who": "pupil", "kinds": (), "times": 3, "days": 10, **options})


def warn(rule, warning_id):
    rule.warn(warning_id=warning_id, person_id=uuid4(), group_id=None, place=None, day=TODAY, happenings=(uuid4(),))


def test_a_warning_is_given_once_and_handled_once_and_not_by_a_rule_that_is_off():
    rule, first = Rule.switch_on(who="pupil", kinds=("theft", "quarrel", "theft"), times=3, days=10), uuid4()
    assert rule.kinds == ("quarrel", "theft")
    warn(rule, first)
    warn(rule, first)
    with pytest.raises(Refused, match="wat jullie deden"):
        rule.handle(first, "")
    rule.handle(first, "Gesprek gehad.")
    with pytest.raises(Refused, match="al afgehandeld"):
        rule.handle(first, "Nog eens.")
    with pytest.raises(Refused, match="al afgehandeld"):
        rule.handle(uuid4(), "Bestaat niet.")
    with pytest.raises(Refused, match="waarom je de regel uitzet"):
        rule.switch_off(" ")
    rule.switch_off("Te veel.")
    with pytest.raises(Refused, match="staat al uit"):
        rule.switch_off("Nog eens.")
    warn(rule, uuid4())
    assert kinds_of(rule) == ["SwitchedOn", "Warned", "Handled", "SwitchedOff"]
    rule.switch_back_on()
    with pytest.raises(Refused, match="staat al aan"):
        rule.switch_back_on()
    warn(rule, first)
    warn(rule, uuid4())
    assert kinds_of(rule) == ["SwitchedBackOn", "Warned"]
