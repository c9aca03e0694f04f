"""A pattern becomes a measure that somebody looks after, until it is clear whether it works."""

import re

import pytest

from tests.plugins.patterns.conftest import propose, report, words_of


def test_a_pattern_becomes_a_measure_that_is_looked_at_on_its_day(school, care):
    report(school)
    made = propose(care, school)
    assert made.status_code == 303
    page = words_of(care.get(made.location))
    assert "Ruzie, Plein" in page
    assert "Twee pleinwachten." in page
    assert "Fatima Tester" in page
    (fact,) = school.facts("patterns.measure")
    assert {(each.filter, each.choice) for each in fact.pattern} == {("kind", "quarrel"), ("place", "playground")}
    answer = care.post(made.location, {"outcome": "partly", "conclusion": "Rustiger.", "next_on": "2027-02-01"})
    assert answer.status_code == 303
    page = words_of(care.get(made.location))
    assert "Het werkt een beetje" in page
    assert "1 februari 2027" in page
    assert "Twee pleinwachten." in words_of(care.get("/patterns/measures"))


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [({"text": ""}, "Schrijf op wat jullie gaan doen."), ({"evaluate_on": "2026-11-26"}, "Kies een dag die nog komt.")],
)
def test_a_wrong_measure_comes_back(school, care, wrong, sentence):
    report(school)
    answer = propose(care, school, **wrong)
    assert answer.status_code == 422
    assert sentence in answer.text


def test_without_a_pattern_there_is_no_measure(school, care):
    usual = {"text": "Iets.", "owner_id": school.people["fatima"].hex, "evaluate_on": "2026-12-14"}
    assert care.post("/patterns/measures/new", usual).status_code == 409
    assert school.facts("patterns.measure") == []


def test_who_may_only_look_evaluates_nothing(school, care):
    report(school)
    path = propose(care, school).location
    board = school.client("yvonne")
    assert "Werkt het?" not in words_of(board.get(path))
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', board.get(path).text)[1]
    board.client.post(path, data={"csrf_token": token, "once": "x" * 24, "outcome": "works", "conclusion": "Rustig."})
    assert [type(fact).__name__ for fact in school.facts("patterns.measure")] == ["Proposed"]


def test_the_owner_finds_it_on_the_home_page(school):
    report(school)
    head = school.client("marijke")
    propose(head, school, owner_id=school.people["marijke"].hex, evaluate_on="2026-11-27")
    assert "Kijk of deze maatregel werkt" in words_of(head.get("/"))
