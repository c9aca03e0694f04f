"""The feed of one person: days, kinds and marks; as its owner may read at that moment, and for nobody else."""

import logging
import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from icalendar import Calendar

from events.log import clock
from intranet.accounts import commands as accounts
from intranet.follow_up import commands as promises
from intranet.schools.commands import remove_teacher
from tests.intranet.incidents.small_school import SmallSchool

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
NEXT_WEEK = date(2026, 12, 1)


@pytest.fixture
def school(app):
    with clock.told_at(MONDAY):
        yield SmallSchool(app)


@pytest.fixture
def school_on_both(app_on_both):
    with clock.told_at(MONDAY):
        yield SmallSchool(app_on_both)


def promise(school, owner="fatima", incident=None, due_on=NEXT_WEEK):
    incident = incident or school.report(by="fatima")
    person = school.people[owner]
    follow_up = school.do(
        "marijke", promises.promise_follow_up, incident, kind="victim_talk", owner=person, due_on=due_on
    )
    return incident, follow_up


def address(school, who="fatima"):
    """Make an address on the own page, and return its path."""
    page = school.client(who).post("/account/agenda", {}).text
    return re.search(r'value="http://localhost(/agenda/[\w-]{43}\.ics)"', page)[1]


def fetch(school, path):
    return school.app.test_client().get(path)


def events_of(answer):
    assert answer.status_code == 200, answer.text
    return Calendar.from_ical(answer.data).walk("VEVENT")


def test_a_calendar_program_reads_the_day_the_kind_and_a_link_that_leads_there(school_on_both):
    school = school_on_both
    incident, follow_up = promise(school)
    answer = fetch(school, address(school))
    assert answer.mimetype == "text/calendar"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    calendar = Calendar.from_ical(answer.data)
    assert (str(calendar["METHOD"]), str(calendar["VERSION"])) == ("PUBLISH", "2.0")
    assert calendar["REFRESH-INTERVAL"].dt == timedelta(hours=6)
    assert calendar["REFRESH-INTERVAL"].params["VALUE"] == "DURATION"
    assert str(calendar["X-PUBLISHED-TTL"]) == "PT6H"
    [event] = calendar.walk("VEVENT")
    assert event["DTSTART"].dt == NEXT_WEEK
    assert event["DTEND"].dt == NEXT_WEEK + timedelta(days=1)
    assert event["DTSTAMP"].dt == MONDAY
    assert str(event["SUMMARY"]) == "Afspraak"
    assert str(event["CLASS"]) == "PRIVATE"
    path = str(event["URL"]).removeprefix("http://localhost")
    assert school.client("fatima").get(path).location == f"/incidents/{incident}/follow-up/{follow_up}"
    assert school.client("marijke").get(path).location == "/"
    assert fetch(school, path).location.startswith("/login")


def test_what_moves_keeps_its_id_and_what_is_done_goes(school):
    incident, follow_up = promise(school)
    path = address(school)
    [before] = events_of(fetch(school, path))
    later = NEXT_WEEK + timedelta(days=2)
    moved = {"owner": school.people["fatima"], "due_on": later, "reason": "Ziek."}
    school.do("marijke", promises.move_follow_up, incident, follow_up, **moved)
    [after] = events_of(fetch(school, path))
    assert (after["UID"], after["DTSTART"].dt) == (before["UID"], later)
    school.do("fatima", promises.keep_follow_up, incident, follow_up, outcome="Gesproken.", on=MONDAY.date())
    assert events_of(fetch(school, path)) == []


def test_it_shows_what_may_be_read_at_that_moment(school):
    incident = school.report(by="henk")
    promise(school, incident=incident)
    path = address(school)
    assert len(events_of(fetch(school, path))) == 1
    school.do("marijke", remove_teacher, school.groups["6a"], school.people["fatima"])
    assert events_of(fetch(school, path)) == []


def refusal(school, path):
    answer = fetch(school, path)
    return answer.status_code, answer.data


def test_every_address_that_does_not_work_gets_the_same_answer(school):
    paths = {who: address(school, who) for who in ("fatima", "bas", "hanneke", "marijke")}
    wrong = refusal(school, f"/agenda/{'a' * 43}.ics")
    assert wrong[0] == 404
    renewed = address(school, "fatima")
    school.client("bas").post("/account/agenda/withdraw", {}, shown="/account/agenda")
    with school.app.app_context():
        accounts.disable(school.board, school.accounts["marijke"], reason="left_school")
    assert refusal(school, paths["fatima"]) == wrong
    assert refusal(school, paths["bas"]) == wrong
    assert refusal(school, paths["marijke"]) == wrong
    # Who reads what is confidential has a second factor, or no feed.
    assert refusal(school, paths["hanneke"]) == wrong
    assert refusal(school, f"{renewed}?op=2026-11-20") == wrong
    assert refusal(school, "/agenda/x.ics") == wrong
    assert refusal(school, f"/agenda/{'%00' * 30}.ics") == wrong
    assert fetch(school, renewed).status_code == 200


def test_an_address_that_was_withdrawn_with_its_account_stays_gone(school):
    path = address(school)
    with school.app.app_context():
        accounts.disable(school.board, school.accounts["fatima"], reason="lost_device")
        token = accounts.enable(school.board, school.accounts["fatima"])
        accounts.choose_password(token, "paarse giraf fietst zelden")
    assert fetch(school, path).status_code == 404


def test_whose_cookie_comes_along_makes_no_difference(school):
    promise(school, owner="fatima")
    path = address(school)
    other = school.client("bas")
    assert len(events_of(other.get(path))) == 1
    assert other.get(f"/agenda/{'a' * 43}.ics").status_code == 404
    assert "Bas Tester" in other.get("/account").text


def test_guessing_and_fetching_too_often_are_slowed_down(school):
    often, guessed = address(school), f"/agenda/{'b' * 43}.ics"
    for path, usual in ((often, 200), (guessed, 404)):
        assert {fetch(school, path).status_code for _each in range(20)} == {usual}
        refused = next(answer for _each in range(5) if (answer := fetch(school, path)).status_code == 429)
        assert int(refused.headers["Retry-After"]) > 0


def test_the_secret_is_stored_as_a_hash_and_logged_nowhere(school, caplog):
    with caplog.at_level(logging.DEBUG):
        path = address(school)
        fetch(school, path)
        fetch(school, path.replace("/agenda/", "/agenda/x"))
    secret = path.removeprefix("/agenda/").removesuffix(".ics")
    assert "agenda.made" in caplog.text
    assert "agenda.refused" in caplog.text
    assert secret not in caplog.text
    school.app.extensions["geborgen.log"].close()
    folder = school.app.config["INSTANCE"]
    read = [each.read_bytes() for each in Path(folder).iterdir() if each.is_file()]
    assert sum(map(len, read)) > 100_000
    assert [each for each in read if secret.encode() in each] == []


def test_the_own_page_shows_the_address_once_and_when_it_was_fetched(school):
    promise(school)
    fatima = school.client("fatima")
    path = address(school)
    page = fatima.get("/account/agenda").text
    assert path not in page
    assert "nog niet" in page
    assert "Afspraak" in page
    fetch(school, path)
    page = fatima.get("/account/agenda").text
    assert "nog niet" not in page
    assert "Adres gemaakt voor een agenda" in fatima.get("/account").text
