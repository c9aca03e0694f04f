"""The pages of cases: from a signal to a case, a plan, looking back and closing; and who sees what of it."""

import re
from datetime import timedelta
from io import BytesIO
from uuid import UUID

import pytest

from events.log import clock
from intranet.cases import commands
from intranet.people.today import today
from tests.intranet.cases.school_with_cases import SchoolWithCases
from tests.intranet.files.made_files import photo
from tests.intranet.incidents.test_exporting import export, rows


def days(number: int) -> str:
    return (clock.now().date() + timedelta(days=number)).isoformat()


def case_in(answer) -> UUID:
    return UUID(re.search(r"/cases/([0-9a-f-]{36})", answer.location)[1])


def open_form(school: SchoolWithCases, **form):
    noor, sem = school.people["noor"].hex, school.people["sem"].hex
    usual = {
        "signs": ["repeated", "on_purpose"],
        "people": [noor, sem],
        f"people-role-{noor}": "victim",
        f"people-role-{sem}": "alleged_perpetrator",
        "concern": "Noor wordt al weken buitengesloten.",
        "group": school.groups["6a"].hex,
    }
    return {**usual, **form}


def planned(school: SchoolWithCases, **facts) -> UUID:
    case = school.open(**facts)
    later = school.do("hanneke", today) + timedelta(days=1)
    school.do("hanneke", commands.make_plan, case, goal="Noor speelt weer mee.", evaluate_on=later)
    return case


def test_a_signal_is_brought_into_a_new_case(school_on_both):
    school = school_on_both
    signal = school.tell("henk", bullying=True, group_id=school.groups["6a"])
    esther = school.client("esther")
    assert f"/cases/gather/signal/{signal}" in esther.get(f"/signals/{signal}").text
    answer = esther.post(f"/cases/gather/signal/{signal}", {"case": "new"})
    assert answer.location.endswith(f"/cases/new?signal={signal.hex}")
    shown = esther.get(answer.location).text
    assert school.people["noor"].hex in shown
    answer = esther.post(answer.location, open_form(school))
    assert answer.status_code == 303
    case = school.case(case_in(answer))
    assert case.gathered == {signal: "signals.signal"}
    assert case.leader == school.people["esther"]
    assert school.row(signal).state == "busy"
    page = esther.get(answer.location).text
    for words in ("Noor wordt al weken buitengesloten.", "krijgt het te verduren", "Zorgsignaal", "Het gebeurt steeds"):
        assert words in page


def test_an_incident_is_brought_into_a_case_that_is_open(small_school):
    school = small_school
    case, incident = school.open(), school.report()
    hanneke = school.client("hanneke")
    answer = hanneke.post(f"/cases/gather/incident/{incident}", {"case": case.hex})
    assert answer.status_code == 303
    assert f"/cases/{case}" in hanneke.get(f"/incidents/{incident}").text
    again = hanneke.post(f"/cases/gather/incident/{incident}", {"case": case.hex})
    assert again.status_code == 409
    assert "Dit zit al in de zaak." in again.text


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({"signs": []}, "Dan is het plagen of ruzie."),
        ({"concern": ""}, "Schrijf op wat er aan de hand is."),
        ({"people": []}, "Kies wie het te verduren krijgt."),
        ({"signs": ["nonsense"]}, "Deze keuze bestaat niet meer."),
    ],
)
def test_a_wrong_form_comes_back_with_what_was_written(small_school, form, sentence):
    before = small_school.size()
    answer = small_school.client("hanneke").post("/cases/new", open_form(small_school, **form))
    assert answer.status_code == 422
    assert sentence in answer.text
    assert form.get("concern", "Noor wordt al weken buitengesloten.") in answer.text
    assert small_school.size() == before


def test_gathering_shows_a_record_to_nobody_who_could_not_read_it(small_school):
    school = small_school
    signal = school.tell("henk", people=[school.people["nova"]], account="Nova is bang.")
    secret = school.report("hanneke", confidential=True)
    case = school.open(gathering=[("signals.signal", signal), ("incidents.incident", secret)])
    fatima = school.client("fatima")
    page = fatima.get(f"/cases/{case}").text
    assert str(signal) not in page
    assert str(secret) not in page
    assert "Zorgsignaal" not in page
    assert "Vertrouwelijk incident" not in page
    mine = school.client("hanneke").get(f"/cases/{case}").text
    assert str(signal) in mine
    assert "Vertrouwelijk incident" in mine
    assert fatima.get(f"/cases/{case}/records/{signal}/take-out").status_code == 404


def test_who_reported_it_sees_their_own_part_and_nothing_of_the_case(small_school):
    school = small_school
    signal = school.tell("henk", bullying=True)
    case = school.open(gathering=[("signals.signal", signal)])
    henk = school.client("henk")
    receipt = henk.get(f"/signals/{signal}").text
    assert "Dit is bekeken en er wordt aan gewerkt." in receipt
    assert str(case) not in receipt
    assert "Zaken" not in receipt.partition("<main")[2]
    assert henk.get(f"/cases/{case}").status_code == 404
    assert str(case) not in henk.get("/cases/").text


def test_what_was_gathered_by_mistake_is_taken_out_with_a_reason(small_school):
    school = small_school
    incident = school.report()
    case = school.open(gathering=[("incidents.incident", incident)])
    hanneke, path = school.client("hanneke"), f"/cases/{case}/records/{incident}/take-out"
    assert hanneke.post(path, {"taking_out": ""}).status_code == 422
    assert hanneke.post(path, {"taking_out": "Ging over een ander kind."}).status_code == 303
    assert school.case(case).gathered == {}
    assert "Ging over een ander kind." in hanneke.get(f"/cases/{case}").text
    assert str(case) not in hanneke.get(f"/incidents/{incident}").text
    assert hanneke.get(path).status_code == 404


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
    school.do("hanneke", commands.hear, case, voice="pupil", view="well", words="Goed.", on=clock.now().date(),
              person_id=school.people["noor"])  # fmt: skip
    school.do("hanneke", commands.evaluate, case, outcome="well", conclusion="Goed.", on=clock.now().date())
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


def test_who_is_in_it_and_who_works_on_it(small_school):
    school = small_school
    case, hanneke = school.open(), school.client("hanneke")
    nova, bas = school.people["nova"], school.people["bas"]
    people = f"/cases/{case}/people"
    added = {"people": [nova.hex], f"people-role-{nova.hex}": "follower"}
    assert hanneke.post(people, added).status_code == 303
    assert "doet mee" in hanneke.get(people).text
    role = {"person": nova.hex, "was": "follower", "role": "defender"}
    assert hanneke.post(f"/cases/{case}/role", role, shown=people).status_code == 303
    out = f"/cases/{case}/withdraw?person={nova.hex}&was=defender"
    assert (
        hanneke.post(out, {"person": nova.hex, "was": "defender", "reason": "Was er niet."}, shown=out).status_code
        == 303
    )
    assert school.client("bas").get(f"/cases/{case}").status_code == 404
    team = f"/cases/{case}/team"
    assert hanneke.post(f"/cases/{case}/participants", {"colleague": bas.hex}, shown=team).status_code == 303
    assert school.client("bas").get(f"/cases/{case}").status_code == 200
    assert hanneke.post(f"/cases/{case}/participants/{bas}/remove", {}, shown=team).status_code == 303
    assert school.client("bas").get(f"/cases/{case}").status_code == 404
    given = {"leader": bas.hex, "handing_over": "Hij kent de groep."}
    assert hanneke.post(f"/cases/{case}/leader", given, shown=team).status_code == 303
    assert "Draag de zaak over" in school.client("bas").get(team).text


def test_a_colleague_who_is_said_to_do_it_loses_it_whatever_their_duty(small_school):
    school = small_school
    case = school.open(involved=school.parts(noor="victim", esther="alleged_perpetrator", bas="witness"))
    assert school.client("esther").get(f"/cases/{case}").status_code == 404
    assert str(case) not in school.client("esther").get("/cases/").text


def test_a_serious_case_is_read_by_the_board_and_every_reading_is_recorded(small_school):
    school = small_school
    case, hanneke = school.open(), school.client("hanneke")
    yvonne = school.client("yvonne")
    assert yvonne.get(f"/cases/{case}").status_code == 404
    weighed = {"serious": "1", "weighing": "Ze durft niet naar school."}
    assert hanneke.post(f"/cases/{case}/seriousness", weighed, shown=f"/cases/{case}/team").status_code == 303
    before = school.size()
    assert yvonne.get(f"/cases/{case}").status_code == 200
    assert school.size() == before + 1
    assert school.facts("audit.reading")[-1].record_id == case


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("", {"one", "two"}),
        ("state=closed", {"three"}),
        ("state=all", {"one", "two", "three"}),
        ("mine=led", {"two"}),
        ("mine=taking_part", {"one", "two"}),
        ("due=1", {"one"}),
        ("state=nonsense&mine=x&due=x&group=x&after=1-x", {"one", "two"}),
    ],
)
def test_the_filters_of_the_list(school_on_both, address, found):
    school = school_on_both
    one = planned(school)
    school.do("hanneke", commands.add_participant, one, school.people["esther"])
    cases = {"one": one, "two": school.open("esther"), "three": school.open()}
    ended = {"conclusion": "Plagen.", "nothing_needed": "Het was gelijk op."}
    school.do("hanneke", commands.close_case, cases["three"], **ended)
    with clock.told_at(clock.now() + timedelta(days=2)):
        page = school.client("esther").get(f"/cases/?{address}").text
    assert {name for name, case in cases.items() if f"/cases/{case}" in page} == found


def test_looking_back_waits_for_who_leads_the_case(small_school):
    school = small_school
    case = planned(school)
    with clock.told_at(clock.now() + timedelta(days=2)):
        assert "Terugkijken in een pestzaak" in school.client("hanneke").get("/").text
        assert "Terugkijken in een pestzaak" not in school.client("esther").get("/").text
    assert f"/cases/{case}/evaluation" in school.client("hanneke").get("/").text


def test_a_name_finds_the_cases_that_one_may_read(small_school):
    case = small_school.open()
    for given, there in (("hanneke", True), ("fatima", True), ("bas", False), ("henk", False)):
        page = small_school.client(given).post("/search", {"q": "Noor"}).text
        assert (f"/cases/{case}" in page) is there, given


def test_the_page_has_the_newest_lines_and_the_chronology_all_of_them(small_school):
    school, hanneke = small_school, small_school.client("hanneke")
    case = planned(school, gathering=[("incidents.incident", school.report()), ("signals.signal", school.tell())])
    page = hanneke.get(f"/cases/{case}").text
    assert page.count('class="event tone-') == 5
    assert page.index("Plan gemaakt") < page.index("Bij de zaak gevoegd")
    assert f"/chronology/cases/{case}" in page
    oldest = hanneke.get(f"/chronology/cases/{case}?order=oldest").text
    assert oldest.index("Zaak geopend") < oldest.index("Plan gemaakt")
    assert "Plan en afspraken (1)" in oldest
    assert "Zaak geopend" not in hanneke.get(f"/chronology/cases/{case}?show=promise").text


def test_a_scan_hangs_on_a_case_for_who_reads_it_and_stands_in_its_chronology(small_school):
    school = small_school
    case, hanneke = school.open(), school.client("hanneke")
    path = f"/cases/{case}/files"
    sent = {"files": [(BytesIO(photo()), "brief.jpg")], "shows": "Een brief van de ouders van Sem."}
    assert hanneke.post(path, sent, content_type="multipart/form-data").status_code == 303
    for page in (path, f"/cases/{case}", f"/chronology/cases/{case}"):
        assert "Een brief van de ouders van Sem." in hanneke.get(page).text, page
    assert "Een brief van de ouders van Sem." in school.client("fatima").get(path).text
    assert school.client("bas").get(path).status_code == 404
    told = school.client("marijke").get("/audit/").text
    assert "voegde een foto of scan toe." in told
    assert "Een brief" not in told


def test_the_list_leaves_as_a_file_without_names_unless_they_are_asked_for(small_school):
    small_school.open()
    hanneke = small_school.client("hanneke")
    head, row = rows(export(hanneke, "/cases/export"))
    assert row[1] == "Pestzaak"
    assert head[7:] == ["Eerst afgesloten op", "Laatst afgesloten op", "Aantal keer afgesloten"]
    assert "Noor" not in str(row)
    _head, row = rows(export(hanneke, "/cases/export", names="with"))
    assert "Noor van der Berg (krijgt het te verduren)" in row[10]
    assert row[11] == "Hanneke Tester"


def test_the_review_tells_of_a_case_without_its_words(small_school):
    school = small_school
    planned(school)
    page = school.client("marijke").get("/audit/").text
    assert "Hanneke Tester opende een zaak: pesten, met 2 mensen." in page
    assert "Noor speelt weer mee." not in page


def test_a_school_chooses_after_how_many_weeks_it_looks_back(small_school):
    school = small_school
    case, marijke = school.open(), school.client("marijke")
    assert marijke.post("/school/case-term", {"weeks": "99"}, shown="/school").status_code == 422
    assert marijke.post("/school/case-term", {"weeks": "4"}, shown="/school").status_code == 303
    assert days(28) in school.client("hanneke").get(f"/cases/{case}/plan").text


def test_what_goes_straight_to_the_board_is_gathered_in_no_case(small_school):
    school = small_school
    matter = school.report("hanneke", kinds=["staff_transgression"])
    hanneke = school.client("hanneke")
    assert "/cases/gather" not in hanneke.get(f"/incidents/{matter}").text
    assert hanneke.get(f"/cases/gather/incident/{matter}").status_code == 404
    assert hanneke.get(f"/cases/gather/nonsense/{matter}").status_code == 404
