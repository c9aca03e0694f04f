"""Measures that come from a record, and what who sees to one may do."""

import re
from datetime import date, timedelta
from uuid import uuid4

import pytest
import time_machine

from events.log import clock
from intranet.api import Refused
from intranet.people.commands import let_go
from plugins.patterns import commands, reading
from tests.plugins.patterns.conftest import TUESDAY, report, words_of

LATER = TUESDAY + timedelta(days=30)
TEXT = "Na de pauze praten we vijf minuten."


def propose(school, record=None, *, owner: str = "fatima", evaluate_on: date = LATER):
    return school.do(
        "hanneke",
        commands.propose_measure,
        text=TEXT,
        pattern={} if record else {"place": "playground"},
        owner_id=school.people[owner],
        evaluate_on=evaluate_on,
        record=("incidents.incident", record) if record else None,
    )


def test_an_incident_leads_to_a_measure_and_back(school):
    incident, care = report(school), school.client("hanneke")
    page = care.get(f"/incidents/{incident}").text
    (address,) = re.findall(r'href="(/patterns/measures/new[^"]+)"', page)
    assert "Stel een maatregel voor" not in school.client("fatima").get(f"/incidents/{incident}").text
    form = care.get(address.replace("&amp;", "&")).text
    assert f'<option selected value="{school.groups["6a"].hex}">6a</option>' in form
    sent = {"text": TEXT, "owner_id": school.people["fatima"].hex, "evaluate_on": LATER.isoformat(), "group": ""}
    made = care.post(address.replace("&amp;", "&"), sent)
    assert made.status_code == 303
    shown = care.get(made.location).text
    assert f'<a href="/incidents/{incident}">Uit een incident</a>' in shown
    assert "Ongedaan maken" in shown
    assert TEXT in words_of(care.get(f"/incidents/{incident}"))
    (row,) = school.do("hanneke", reading.measures)
    assert (row.record_kind, row.record) == ("incidents.incident", incident)


def test_of_a_closed_record_only_its_readers_learn_that_a_measure_came_from_it(school):
    incident = report(school, "hanneke", confidential=True)
    measure = propose(school, incident)
    assert "Uit een incident" in words_of(school.client("hanneke").get(f"/patterns/measures/{measure}"))
    others = school.client("esther")
    assert TEXT in words_of(others.get("/patterns/measures"))
    assert "Uit een incident" not in others.get(f"/patterns/measures/{measure}").text
    asked = {"from": "incidents.incident", "record": incident.hex}
    assert others.get("/patterns/measures/new", query_string=asked).status_code == 404
    for odd in ({"record": "x"}, {"from": "people.person"}, {"record": school.people["noor"].hex}):
        assert school.client("hanneke").get("/patterns/measures/new", query_string={**asked, **odd}).status_code == 404


def test_who_sees_to_a_measure_looks_whether_it_works_and_sees_no_other(school):
    mine, other = propose(school, evaluate_on=TUESDAY + timedelta(days=3)), propose(school, owner="hanneke")
    teacher = school.client("fatima")
    assert words_of(teacher.get("/patterns/measures")).count(TEXT) == 1
    assert teacher.get(f"/patterns/measures/{other}").status_code == 404
    assert school.client("bas").get(f"/patterns/measures/{mine}").status_code == 404
    assert "Kijk of deze maatregel werkt" in words_of(teacher.get("/"))
    page = teacher.get(f"/patterns/measures/{mine}").text
    assert "Ervoor en erna" not in page
    assert "/patterns/?" not in page
    said = {"outcome": "adjust", "conclusion": "Vijf minuten is te kort."}
    refused = teacher.post(f"/patterns/measures/{mine}", {**said, "next_on": ""})
    assert refused.status_code == 422
    assert "of het nu wel werkt" in words_of_refused(refused)
    assert teacher.post(f"/patterns/measures/{mine}", {**said, "next_on": "2027-02-01"}).status_code == 303
    assert "Bijstellen" in words_of(teacher.get(f"/patterns/measures/{mine}"))
    here = f"/patterns/measures/{mine}"
    assert teacher.post(f"{here}/withdraw", {}, here).status_code == 404


def words_of_refused(answer):
    return re.sub(r"<[^>]+>", " ", answer.text)


@pytest.mark.parametrize(
    ("query", "found"), [("", 2), ("?state=done", 1), ("?state=due", 0), ("?mine=1", 1), ("?outcome=works", 1)]
)
def test_the_list_is_filtered_by_its_address(school, query, found):
    done, _mine = propose(school), propose(school, owner="hanneke")
    evaluated = {"outcome": "works", "conclusion": "Al weken niets.", "next_on": None}
    school.do("hanneke", commands.evaluate_measure, done, **evaluated)
    assert words_of(school.client("hanneke").get(f"/patterns/measures{query}")).count(TEXT) == found


def test_the_list_says_when_each_is_looked_at_by_whom_and_which_is_late(school):
    propose(school)
    late = propose(school, owner="hanneke", evaluate_on=TUESDAY + timedelta(days=3))
    care = school.client("hanneke")
    page = words_of(care.get("/patterns/measures"))
    assert "Kijk op 24 december 2026 · Fatima Tester" in page
    assert "Kijk op 27 november 2026 · Hanneke Tester" in page
    badges = page.count("Nu kijken")
    with time_machine.travel("2026-11-27 13:00+01:00", tick=True):
        care = school.client("hanneke")
        page = words_of(care.get("/patterns/measures"))
        assert page.count("Nu kijken") == badges + 1
        assert str(late) in care.get("/patterns/measures?state=due").text


def test_nothing_is_agreed_without_the_day_on_which_one_looks(school):
    incident, care = report(school), school.client("hanneke")
    address = f"/patterns/measures/new?from=incidents.incident&record={incident.hex}"
    sent = {"text": TEXT, "owner_id": school.people["fatima"].hex, "evaluate_on": "", "group": ""}
    refused = care.post(address, sent)
    assert refused.status_code == 422
    assert "Kies wanneer jullie kijken of het werkt." in refused.text
    assert school.do("hanneke", reading.measures) == []


@pytest.mark.parametrize("kind", ["signals.signal", "cases.case"])
def test_a_signal_and_a_case_lead_to_a_measure_and_back(school, kind):
    from events.involvement import Involvement
    from intranet.cases.commands import open_case
    from intranet.signals.commands import record_signal

    hanneke, noor = school.people["hanneke"], school.people["noor"]
    if kind == "cases.case":
        parts = [Involvement(noor, "victim")]
        facts = {"kind": "bullying", "signs": ["repeated", "unequal_power"], "involved": parts, "leader": hanneke}
        record, path = school.do("hanneke", lambda: open_case(concern="Elke dag weer.", **facts)), "/cases/"
    else:
        facts = {"kind": "concern", "happened_at": clock.now(), "people": [noor]}
        record, path = school.do("fatima", lambda: record_signal(account="Noor is stil.", **facts)), "/signals/"
    care = school.client("hanneke")
    (address,) = re.findall(r'href="(/patterns/measures/new[^"]+)"', care.get(f"{path}{record}").text)
    sent = {"text": TEXT, "owner_id": hanneke.hex, "evaluate_on": LATER.isoformat(), "group": ""}
    made = care.post(address.replace("&amp;", "&"), sent)
    assert made.status_code == 303
    assert f'href="{path}{record}"' in care.get(made.location).text
    assert TEXT in words_of(care.get(f"{path}{record}"))


def test_a_measure_that_was_taken_back_is_gone(school):
    measure, care = propose(school), school.client("hanneke")
    here = f"/patterns/measures/{measure}"
    assert care.post(f"{here}/withdraw", {}, here).status_code == 303
    assert care.get(f"/patterns/measures/{measure}").status_code == 404
    assert [type(fact).__name__ for fact in school.facts("patterns.measure")] == ["Proposed", "Withdrawn"]


def test_who_sees_to_a_measure_works_here(school):
    facts = {"text": "Twee pleinwachten.", "pattern": {"place": "playground"}, "evaluate_on": LATER}
    school.do("marijke", let_go, school.people["bas"])
    for person in (school.people["bas"], school.people["noor"], uuid4()):
        with pytest.raises(Refused, match="werkt hier niet, of niet meer"):
            school.do("hanneke", commands.propose_measure, owner_id=person, **facts)
