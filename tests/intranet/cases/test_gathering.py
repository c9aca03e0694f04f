"""A signal or an incident comes into a case: a new one or one that is open; who reads it stays as it was."""

import pytest

from events.log.errors import NotFound, Refused
from intranet.cases import commands
from tests.intranet.cases.filling_in import case_in, open_form


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


def test_what_goes_straight_to_the_board_is_gathered_in_no_case(small_school):
    school = small_school
    matter = school.report("hanneke", kinds=["staff_transgression"])
    hanneke = school.client("hanneke")
    assert "/cases/gather" not in hanneke.get(f"/incidents/{matter}").text
    assert hanneke.get(f"/cases/gather/incident/{matter}").status_code == 404
    assert hanneke.get(f"/cases/gather/nonsense/{matter}").status_code == 404


def test_what_leaves_a_closed_case_has_no_way_back(small_school):
    school, hanneke = small_school, small_school.client("hanneke")
    offered = []
    for closed in (True, False):
        incident = school.report()
        case = school.open(gathering=[("incidents.incident", incident)])
        school.do("hanneke", commands.add_participant, case, school.people["bas"])
        if closed:
            ended = {"conclusion": "Het was ruzie.", "nothing_needed": "Het was geen pesten."}
            school.do("hanneke", commands.close_case, case, **ended)
        out = f"/cases/{case}/records/{incident}/take-out"
        assert hanneke.post(out, {"taking_out": "Hoort er niet bij."}).status_code == 303
        offered.append("tone-ok undo" in hanneke.get(f"/cases/{case}").text)
        gone = f"/cases/{case}/participants/{school.people['bas']}/remove"
        assert hanneke.post(gone, {}, shown="/incidents/new").status_code == 303
        offered.append("tone-ok undo" in hanneke.get(f"/cases/{case}").text)
    assert offered == [False, False, True, True]


def test_what_is_about_a_colleague_is_in_no_case(small_school):
    school = small_school
    case, matter = school.open(), school.report(by="marijke", kinds=["staff_transgression"])
    with pytest.raises(Refused, match="Dit ligt bij het bestuur"):
        school.do("marijke", commands.gather, case, "incidents.incident", matter)
    with pytest.raises(Refused, match="Dit ligt bij het bestuur"):
        school.open(gathering=[("incidents.incident", matter)])
    with pytest.raises(NotFound):
        school.do("marijke", commands.gather, case, "signals.signal", matter)
