"""Whichever page shows something of a closed incident, that it was read is recorded before the page leaves."""

from datetime import timedelta
from uuid import UUID

import pytest

from intranet.follow_up.commands import promise_follow_up
from tests.intranet.incidents.small_school import SmallSchool
from tests.school_days import today

PAGES = ("", "/correct", "/people", "/follow-up/", "/follow-up/new", "/follow-up/{promise}")
REFUSED = (
    "/notes",
    "/severity",
    "/confidentiality",
    "/correct",
    "/people",
    "/withdraw",
    "/follow-up/new",
    "/follow-up/close",
    "/follow-up/parents",
    "/follow-up/{promise}/keep",
    "/follow-up/{promise}/move",
    "/follow-up/{promise}/waive",
)


@pytest.fixture
def closed(small_school: SmallSchool) -> UUID:
    return small_school.report(confidential=True)


@pytest.fixture
def promise(small_school: SmallSchool, closed: UUID) -> UUID:
    day = today() + timedelta(days=3)
    owner = small_school.people["hanneke"]
    return small_school.do("hanneke", promise_follow_up, closed, kind="victim_talk", owner=owner, due_on=day)


def readings(school: SmallSchool) -> int:
    return sum(type(each).__qualname__ == "Reading.Opened" for each in school.facts("audit.reading"))


@pytest.mark.parametrize("part", PAGES)
def test_every_page_of_it_is_a_reading(small_school, closed, promise, part):
    before = readings(small_school)
    answer = small_school.client("hanneke").get(f"/incidents/{closed}{part.format(promise=promise)}")
    assert answer.status_code == 200
    assert readings(small_school) == before + 1


@pytest.mark.parametrize("part", REFUSED)
def test_a_form_that_comes_back_is_a_reading_too(small_school, closed, promise, part):
    before = readings(small_school)
    address = f"/incidents/{closed}{part.format(promise=promise)}"
    answer = small_school.client("hanneke").post(address, {}, shown="/incidents/new")
    assert answer.status_code == 422
    assert readings(small_school) == before + 1


def test_an_open_one_is_none(small_school):
    incident, before = small_school.report(), readings(small_school)
    assert small_school.client("hanneke").get(f"/incidents/{incident}/follow-up/").status_code == 200
    assert readings(small_school) == before
