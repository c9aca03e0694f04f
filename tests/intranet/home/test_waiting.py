"""What waits is one list: late, today, this week; what is later is not shown, and a role sees its own first."""

from datetime import date, timedelta

import pytest

from events.log import clock
from intranet.contributions import DueDate
from intranet.follow_up import commands as promises
from intranet.home.waiting import LATE, TODAY, WEEK, _dated
from intranet.incidents import commands
from intranet.people.mentions import token
from intranet.sharing.commands import share_record
from intranet.signals.commands import record_signal, record_talk
from tests.intranet.incidents.small_school import SmallSchool
from tests.school_days import today

DAY = date(2026, 11, 25)


def test_dates_are_grouped_and_later_ones_left_out(app):
    days = {"a": -3, "b": 0, "c": 7, "d": 8, "e": -1}
    dates = [DueDate(DAY + timedelta(days=away), name, f"/{name}", "noot") for name, away in days.items()]
    with app.test_request_context():
        found = [(line.when, line.item["label"]) for line in _dated(dates, DAY)]
        assert found == [(LATE, "a"), (LATE, "e"), (TODAY, "b"), (WEEK, "c")]


@pytest.fixture
def school(app):
    return SmallSchool(app)


def waits(school, who):
    page = school.client(who).get("/").text
    return page[page.index('id="waiting"') : page.index("Laatst gebeurd")]


def test_a_coordinator_begins_with_signals_and_a_teacher_with_promises(school):
    incident = school.report(by="fatima")
    school.do("fatima", record_signal, kind="concern", account="Stil.", happened_at=clock.now(), people=[])
    for who in ("fatima", "hanneke"):
        due, owner = school.do("marijke", today), school.people[who]
        school.do("marijke", promises.promise_follow_up, incident, kind="victim_talk", owner=owner, due_on=due)
        school.do("marijke", commands.add_note, incident, f"Vraag {token(owner)}.")
    care, group = waits(school, "hanneke"), waits(school, "fatima")
    assert care.index("/signals/") < care.index("/follow-up/") < care.index("/notices/mentions")
    assert care.index("/notices/mentions") < care.index("Wegen:")
    assert group.index("/follow-up/") < group.index("/notices/mentions")
    assert "Wegen:" not in group
    assert "/signals/" not in group


def test_a_signal_that_was_only_shared_waits_again_when_that_is_over(school):
    concern = {"kind": "concern", "account": "Stil.", "happened_at": clock.now(), "people": []}
    signal, talked_about = (school.do("fatima", record_signal, **concern) for _number in range(2))
    until = today() + timedelta(days=3)
    for each in (signal, talked_about):
        school.do("hanneke", share_record, each, school.people["bas"], until=until, reason="Jij kent hem.")
    school.do("hanneke", record_talk, talked_about, "pupil", "Het gaat.")
    assert f"/signals/{signal}" not in school.client("hanneke").get("/").text
    with clock.told_at(clock.now() + timedelta(days=4)):
        page = waits(school, "hanneke")
    assert f"/signals/{signal}" in page
    assert "Delen is voorbij. Kijk wat er nu nodig is." in page
    assert f"/signals/{talked_about}" not in page


def test_a_proposal_to_close_waits_for_whoever_did_not_make_it(school):
    incident = school.report(by="fatima")
    school.do("hanneke", commands.assess_severity, incident, 3)
    ended = {"conclusion": "Het is over.", "nothing_needed": "Een gesprek was genoeg."}
    assert school.do("hanneke", promises.close_incident, incident, **ended) is False
    sentence = "Een voorstel om te sluiten wacht op een tweede paar ogen"
    told = {who: sentence in school.client(who).get("/").text for who in ("marijke", "hanneke", "fatima")}
    assert told == {"marijke": True, "hanneke": False, "fatima": False}
    assert school.do("marijke", promises.close_incident, incident, **ended) is True
    assert sentence not in school.client("marijke").get("/").text
