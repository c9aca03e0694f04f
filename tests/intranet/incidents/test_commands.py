"""Commands against both databases: what many people do at once is recorded once each, in order."""

from datetime import timedelta
from threading import Barrier, Thread
from uuid import uuid4

import pytest
from sqlalchemy import event

from events.involvement import Involvement
from events.log import clock
from events.log.errors import Refused
from intranet.api import acting, log
from intranet.incidents import commands
from intranet.people.commands import let_go, register_person
from intranet.schools.commands import close_group, form_group
from tests.school_days import today


def test_25_simultaneous_submits_of_one_form_make_one_incident(school_on_both):
    school, browser = school_on_both, school_on_both.client("fatima")
    answers, start = [], Barrier(25)
    form = {"kinds": "quarrel", "unknown_persons": "y", "moment": "just_now", "account": "Eén keer.", **browser.shown()}

    def submit():
        client = school.app.test_client()
        for cookie in browser.client._cookies.values():
            client.set_cookie(cookie.key, cookie.value)
        start.wait()
        answers.append(client.post("/incidents/new", data=form))

    threads = [Thread(target=submit) for _ in range(25)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [answer.status_code for answer in answers] == [303] * 25
    (row,) = school.incidents()
    assert all(str(row.incident) in answer.location for answer in answers)


def test_32_people_reporting_at_once_are_all_accepted_with_dense_positions(school_on_both):
    school, start, failures = school_on_both, Barrier(32), []
    before = school.size()

    def report(number):
        start.wait()
        try:
            school.report("fatima", account=f"Verhaal {number}")
        except Exception as error:
            failures.append(error)

    threads = [Thread(target=report, args=(number,)) for number in range(32)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert len(school.incidents()) == 32
    assert school.size() == before + 32
    with school.app.app_context():
        from intranet.api import log

        assert [event.position for event in log.facts(school.school, after=before)] == list(
            range(before + 1, before + 33)
        )


def test_each_command_changes_the_incident_and_the_register(school_on_both):
    school = school_on_both
    incident = school.report("fatima")
    school.do("hanneke", commands.assess_severity, incident, 4, "Er was een mes.")
    school.do("hanneke", commands.add_note, incident, "Politie gebeld.")
    school.do("hanneke", commands.change_involvement, incident, school.people["noor"], "involved", "victim")
    school.do("hanneke", commands.change_confidentiality, incident, True, "Onderzoek loopt.")
    now = school.incident(incident)
    assert (now.severity, now.confidential, now.version) == (4, True, 5)
    (row,) = school.incidents()
    assert (row.severity, row.confidential) == (4, True)


def test_only_people_and_groups_of_this_school_are_in_an_incident(small_school):
    school, next_door = small_school, small_school.next_door()
    incident, their_group = school.report(), next_door.groups["6a"]
    corrected = {
        "reason": "Het was een andere groep.", "kinds": ["quarrel"], "happened_at": clock.now() - timedelta(hours=2),
        "account": "Om de bal.", "place": None, "moment": None, "unknown_persons": False,
    }  # fmt: skip
    before = school.size()
    for stranger in (next_door.people["noor"], next_door.people["fatima"], uuid4()):
        part = Involvement(stranger, "witness")
        with pytest.raises(Refused, match="Iemand die je koos hoort niet bij deze school"):
            school.report(involved=[Involvement(school.people["noor"], "victim"), part])
        with pytest.raises(Refused, match="Iemand die je koos hoort niet bij deze school"):
            school.do("hanneke", commands.add_involvements, incident, iter([part]))
    for group in (their_group, school.people["noor"], uuid4()):
        with pytest.raises(Refused, match="De groep die je koos hoort niet bij deze school"):
            school.report(group_id=group)
        with pytest.raises(Refused, match="De groep die je koos hoort niet bij deze school"):
            school.do("hanneke", commands.correct_incident, incident, **corrected, group_id=group)
    assert school.size() == before


def test_who_left_and_a_group_that_is_closed_can_still_be_in_an_incident(small_school):
    small_school.do("marijke", let_go, small_school.people["noor"])
    group = small_school.do("marijke", form_group, "8c")
    small_school.do("marijke", close_group, group, on=today())
    assert small_school.report(group_id=group)


def test_who_was_registered_in_the_same_transaction_can_be_in_an_incident(small_school):
    me = small_school.people["fatima"]
    with small_school.app.app_context(), acting(school=small_school.school, actor=me), log.unit_of_work():
        bo = register_person(kind="pupil", given_name="Bo")
        incident = small_school.report(involved=[Involvement(bo, "victim")])
    assert small_school.incident(incident).concerned == {bo}


def test_a_report_asks_the_database_once_whether_the_people_are_still_the_same(small_school):
    browser, asked = small_school.client("fatima"), []
    form = {
        "kinds": "quarrel",
        "people": small_school.people["noor"].hex,
        "moment": "just_now",
        "account": "Om de bal.",
    }

    def note(_connection, _cursor, statement, *_rest):
        asked.append(statement)

    filled = {**form, "group": small_school.groups["6a"].hex, **browser.shown()}
    with small_school.app.app_context():
        engine = small_school.app.extensions["sqlalchemy"].engines[None]
        event.listen(engine, "before_cursor_execute", note)
        assert browser.client.post("/incidents/new", data=filled).status_code == 303
        event.remove(engine, "before_cursor_execute", note)
    assert len([each for each in asked if "people_change" in each]) == 1
