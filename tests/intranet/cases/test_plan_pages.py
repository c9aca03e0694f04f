"""The plan of a case: its steps, asking how it goes, looking back, closing and beginning again."""

import re
from datetime import timedelta

from events.log import clock
from intranet.cases import commands
from intranet.people.mentions import token
from tests.intranet.cases.filling_in import days, planned
from tests.school_days import today


def test_the_plan_its_steps_and_more_time(small_school):
    school = small_school
    case = school.open()
    hanneke, path = school.client("hanneke"), f"/cases/{case}/plan"
    shown = hanneke.get(path).text
    assert days(42) in shown
    assert hanneke.post(f"{path}/goal", {"goal": "", "look_back_on": days(9)}, shown=path).status_code == 422
    assert hanneke.post(f"{path}/goal", {"goal": "Rust.", "look_back_on": days(0)}, shown=path).status_code == 422
    assert (
        hanneke.post(f"{path}/goal", {"goal": "Noor durft weer.", "look_back_on": days(9)}, shown=path).status_code
        == 303
    )
    assert 'name="look_back_on"' not in hanneke.get(path).text
    assert hanneke.post(f"{path}/goal", {"goal": "Noor durft weer naar school."}, shown=path).status_code == 303
    moved = hanneke.post(f"{path}/goal", {"goal": "Rust.", "look_back_on": days(30)}, shown=path)
    assert (moved.status_code, "Geef meer tijd, met de reden." in moved.text) == (409, True)
    assert (school.case(case).goal, school.case(case).evaluate_on.isoformat()) == (
        "Noor durft weer naar school.",
        days(9),
    )
    form = {
        "kind": "contact_moment",
        "person": school.people["noor"].hex,
        "owner": school.people["fatima"].hex,
        "due_on": days(1),
        "repeats": "5",
        "text": "Elke week even vragen.",
    }
    assert hanneke.post(f"{path}/new", form).status_code == 303
    promise = school.case(case).follow_ups[0].id
    assert "Contact houden" in school.client("fatima").get("/").text
    one = school.client("fatima").get(f"{path}/{promise}").text
    assert "Elke week even vragen." in one
    kept = {"outcome": "Ze lachte.", "done_on": days(0), "again": "y"}
    assert school.client("fatima").post(f"{path}/{promise}/keep", kept, shown=f"{path}/{promise}").status_code == 303
    assert school.case(case).follow_ups[0].times_kept == 1
    assert "Ze lachte." in hanneke.get(f"/chronology/cases/{case}?show=contact").text
    more = {"more_time_until": days(20), "extension": "Er was vakantie."}
    assert hanneke.post(f"{path}/more-time", more, shown=path).status_code == 303
    parents = {"child": school.people["noor"].hex, "informed_on": days(0), "how": "phone", "remark": "Blij."}
    assert hanneke.post(f"{path}/parents", parents, shown=path).status_code == 303
    assert "Noor van der Berg weten het" in hanneke.get(f"/cases/{case}").text


def test_the_pupil_is_asked_first_and_then_the_others(small_school):
    school = small_school
    case = planned(school)
    hanneke, path = school.client("hanneke"), f"/cases/{case}/evaluation"
    shown = hanneke.get(path).text
    assert "Vraag het eerst aan: Noor van der Berg." in shown
    assert "Wat besluiten jullie?" not in shown
    assert "De ouders van" not in shown
    noor = school.people["noor"].hex
    said = {"asked": f"pupil:{noor}", "view": "not_yet", "told": "In de pauze nog niet.", "heard_on": days(0)}
    assert hanneke.post(f"{path}/views", {**said, "view": ""}, shown=path).status_code == 422
    assert hanneke.post(f"{path}/views", {**said, "asked": "teacher"}, shown=path).status_code == 422
    assert hanneke.post(f"{path}/views", said, shown=path).status_code == 303
    shown = hanneke.get(path).text
    assert f"parents:{noor}" in shown
    decided = {"outcome": "not_yet", "seen": "Nog twee weken.", "next_on": ""}
    refused = hanneke.post(f"{path}/conclude", decided, shown=path)
    assert refused.status_code == 422
    assert "Kies wanneer jullie weer terugkijken." in refused.text
    assert hanneke.post(f"{path}/conclude", {**decided, "next_on": days(14)}, shown=path).status_code == 303
    page = hanneke.get(f"/chronology/cases/{case}?show=evaluation").text
    assert "In de pauze nog niet." in page
    assert "Nog twee weken." in page
    assert "Zaak geopend" not in page


def test_it_closes_after_looking_back_and_begins_again_with_a_reason(small_school):
    school = small_school
    case = planned(school)
    hanneke, path = school.client("hanneke"), f"/cases/{case}/evaluation"
    closing = {"conclusion": "Het is over.", "nothing_needed": ""}
    early = hanneke.post(f"/cases/{case}/close", closing, shown=path)
    assert early.status_code == 409
    assert "Kijk eerst samen terug." in early.text
    school.do("hanneke", commands.hear, case, voice="pupil", view="well", words="Goed.", on=today(),
              person_id=school.people["noor"])  # fmt: skip
    school.do("hanneke", commands.evaluate, case, outcome="well", conclusion="Goed.", on=today())
    answer = hanneke.post(f"/cases/{case}/close", {**closing, "nothing_needed": "Een gesprek was genoeg."}, shown=path)
    assert answer.status_code == 303
    shown = f'href="/cases/{case}"'
    assert shown not in hanneke.get("/cases/").text
    assert shown in hanneke.get("/cases/?state=closed").text
    again = {"begins_again": "", "look_back_again_on": days(7)}
    assert hanneke.post(f"/cases/{case}/reopen", again, shown=path).status_code == 422
    again["begins_again"] = "Het begint opnieuw."
    assert hanneke.post(f"/cases/{case}/reopen", again, shown=path).status_code == 303
    assert str(case) in hanneke.get("/cases/").text


def test_looking_back_waits_for_who_leads_the_case(small_school):
    school = small_school
    case = planned(school)
    with clock.told_at(clock.now() + timedelta(days=2)):
        assert "Terugkijken in een pestzaak" in school.client("hanneke").get("/").text
        assert "Terugkijken in een pestzaak" not in school.client("esther").get("/").text
    assert f"/cases/{case}/evaluation" in school.client("hanneke").get("/").text


def test_a_school_chooses_after_how_many_weeks_it_looks_back(small_school):
    school = small_school
    case, marijke = school.open(), school.client("marijke")
    assert marijke.post("/school/case-term", {"weeks": "99"}, shown="/school").status_code == 422
    assert marijke.post("/school/case-term", {"weeks": "4"}, shown="/school").status_code == 303
    assert days(28) in school.client("hanneke").get(f"/cases/{case}/plan").text


def test_who_is_named_in_a_goal_stands_in_its_form_by_name(small_school):
    school, hanneke = small_school, small_school.client("hanneke")
    case, noor = school.open(), school.people["noor"]
    day = school.do("hanneke", today) + timedelta(days=9)
    school.do("hanneke", commands.make_plan, case, goal=f"{token(noor)} doet mee.", evaluate_on=day)
    path = f"/cases/{case}/plan"
    page = hanneke.get(path).text
    assert "@Noor van der Berg doet mee." in page
    assert token(noor) not in page
    (named,) = re.findall(r'name="goal-mention" value="([^"]+)"', page)
    sent = {"goal": "@Noor van der Berg doet mee.", "goal-mention": named}
    answer = hanneke.post(f"{path}/goal", sent, shown=path)
    assert (answer.status_code, "Je hebt niets veranderd." in answer.text) == (409, True)
