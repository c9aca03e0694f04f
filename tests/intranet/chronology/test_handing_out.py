"""A chronology that leaves: no name of anybody else is anywhere in the file of one child, and it is recorded first."""

import re

import pytest

from intranet.api import log
from intranet.cases.commands import take_out
from intranet.chronology.events import HandedOut
from intranet.people.today import today
from intranet.sharing.commands import share_record
from intranet.signals.commands import record_talk
from tests.intranet.chronology.handed_out import FORBIDDEN, form, hand_out, made, post, text_of, told
from tests.intranet.chronology.test_pages import numbers, of_pupil, readings
from tests.intranet.files.made_files import photo


def test_no_name_of_anybody_else_is_in_the_file_for_parents(school_on_both):
    school = school_on_both
    told(school)
    preview, answer = hand_out(school, "parents")
    assert answer.mimetype == "application/pdf"
    text = text_of(answer.data)
    for name in FORBIDDEN:
        assert not re.search(name, text, re.IGNORECASE), name
    for words in (
        "Noor van der Berg",
        "een ander kind (A)",
        "een ander kind (B)",
        "#",
        "veiligheid thuis",
        "Mevrouw Janssen",
        "Schaafwond: Knie rechts (voorkant) (gezien op",
        "Muntje van 1 euro",
    ):
        assert words.casefold() in text.casefold(), words
    assert "Bult" not in text
    assert "Thuis is het onveilig" not in text
    assert "getuige" not in text
    assert "vermoedelijke dader" not in text
    assert b"/people/" not in answer.data
    assert [(row.level, row.recipient, row.lines) for row in made(school)] == [("parents", "parents", 4)]


def test_of_one_child_no_file_has_the_names_of_others_for_nobody(small_school):
    school = small_school
    told(school)
    answer = school.client("hanneke").get(of_pupil(school, query="/hand-out"))
    assert 'value="internal"' not in answer.text
    for wrong in (form("internal"), {**form("authority"), "recipient": "parents"}):
        assert post(school, of_pupil(school, query="/hand-out"), wrong).status_code == 422
    assert made(school) == []


def test_the_file_of_a_group_for_the_school_itself_has_the_names(small_school):
    school = small_school
    told(school)
    _preview, answer = hand_out(school, "internal", f"/chronology/groups/{school.groups['6a']}/hand-out", home="y")
    text = text_of(answer.data)
    for name in set(FORBIDDEN) - {"Kwik"}:
        assert name in text, name
    assert "Thuis is het onveilig" in text


def test_an_authority_reads_functions_and_no_other_child(small_school):
    school = small_school
    told(school)
    _preview, answer = hand_out(school, "authority")
    text = text_of(answer.data)
    assert "leerkracht (A)" in text
    assert "Schaafwond" in text
    assert "Bult" not in text
    assert "een ander kind (A) (vermoedelijke dader)" in text
    assert "getuige" not in text
    assert not re.search(r"\b(sem|vos|jip|fatima|henk)\b", text, re.IGNORECASE)


def test_who_told_it_is_in_no_file_of_one_child_not_even_as_a_function(small_school):
    school = small_school
    signal = school.tell("esther", account="Zij is stil.", group_id=school.groups["6a"])
    school.do("hanneke", record_talk, signal, "pupil", "Zij wil rust.")
    group = f"/chronology/groups/{school.groups['6a']}/hand-out"
    assert "Anti-pestcoördinator (A)" in text_of(hand_out(school, "authority", group)[1].data)
    for level in ("parents", "authority"):
        text = text_of(hand_out(school, level)[1].data)
        assert "Zij is stil." in text
        assert "Zij wil rust." in text
        for words in ("coördinator", "medewerker (", "Esther"):
            assert words not in text, level
        assert ("Intern begeleider (A)" in text) == (level == "authority")


def test_what_the_school_arranges_among_its_people_is_not_for_parents(small_school):
    school = small_school
    signal, until = school.tell("henk"), school.do("hanneke", today)
    school.do("hanneke", share_record, signal, school.people["bas"], until=until, reason="Bas ziet haar elke dag.")
    case = school.open(gathering=[("signals.signal", signal)])
    school.do("hanneke", take_out, case, signal, "Hoort hier niet.")
    within = ("ziet haar elke dag", "Hoort hier niet")
    for level, there in (("parents", False), ("authority", True)):
        text = text_of(hand_out(school, level)[1].data)
        assert [words in text for words in within] == [there, there], level


def test_what_is_about_a_colleague_never_goes_to_parents_and_a_matter_of_the_board_to_nobody(small_school):
    from intranet.people.commands import assign_duty
    from intranet.staff_matters.commands import report_staff_matter

    school = small_school
    yvonne, noor = school.people["yvonne"], school.people["noor"]
    school.do("yvonne", assign_duty, yvonne, "head_teacher")
    school.report(by="yvonne", kinds=["staff_transgression"], account="Er werd hard geroepen.")
    told_of = {"account": "Er waren berichtjes.", "named": [school.people["bas"]], "pupils": [noor]}
    school.do("fatima", lambda: report_staff_matter(**told_of))
    school.report(account="Dit mag mee.")
    on_screen = school.client("yvonne").get(of_pupil(school)).text
    assert "Er werd hard geroepen." in on_screen
    assert "Er waren berichtjes." in on_screen
    for level, asked, there in (("parents", "y", False), ("authority", "", False), ("authority", "y", True)):
        more = {"staff": asked} if asked else {}
        text = text_of(hand_out(school, level, by="yvonne", **more)[1].data)
        assert "Dit mag mee." in text
        assert ("Er werd hard geroepen." in text) == there, (level, asked)
        assert "Er waren berichtjes." not in text


def test_what_might_tell_who_waits_for_a_choice_and_nothing_leaves(small_school):
    school = small_school
    told(school)
    _preview, answer = hand_out(school, "parents", choice="")
    assert answer.status_code == 422
    assert "wachten nog op jouw keuze" in answer.text
    assert made(school) == []


def test_what_is_struck_out_is_not_in_the_file(small_school):
    school = small_school
    told(school)
    _preview, answer = hand_out(school, "parents", choice="strike")
    text = text_of(answer.data)
    assert "doorgestreept" in text
    assert "Noor is stil" not in text


def test_what_was_taken_away_leaves_as_a_fact_and_without_a_word(small_school):
    from intranet.body_map.commands import note_mark, withdraw_mark
    from intranet.files.commands import add_files, describe_file, put_file_back, remove_file
    from intranet.files.receiving import received

    school, incident = small_school, small_school.report(involved=small_school.parts(noor="victim"))
    facts = {"record_id": incident, "added_by": school.people["fatima"]}
    shown = ("Een jas op een stoel.", "Een tas in een sloot.", "Een vage muur.")
    jacket, bag, wall = (
        school.do("fatima", lambda words=words: add_files([received(photo())], shows=words, **facts))[0]
        for words in shown
    )
    for file in (jacket, bag):
        school.do("fatima", remove_file, file, "Hierop stond het verkeerde kind.")
    school.do("fatima", put_file_back, bag)
    school.do("fatima", describe_file, wall, "Een kapotte muur.")
    seen = {"place": "front_right_knee", "kind": "graze", "size": "coin", "seen_on": school.do("fatima", today)}
    noted = {"record_id": incident, "person_id": school.people["noor"], "words": "Het prikt."}
    mark = school.do("fatima", note_mark, **noted, **seen)
    school.do("fatima", withdraw_mark, mark, "Het was verf.")
    _preview, answer = hand_out(school, "authority")
    text = " ".join(text_of(answer.data).split())
    for words in ("jas", "verkeerde kind", "Schaafwond", "Knie", "1 euro", "prikt", "verf", "vage"):
        assert words not in text, words
    for words, times in (
        ("Foto toegevoegd", 3),
        ("Foto of scan weggehaald", 2),
        ("Foto of scan teruggezet", 1),
        ("Een tas in een sloot.", 1),
        ("Een kapotte muur.", 1),
        ("Plek op het lichaam vastgelegd", 1),
        ("Plek op het lichaam weggehaald", 1),
    ):
        assert text.count(words) == times, (words, text)
    inside = school.client("hanneke").get(of_pupil(school)).text
    for words in ("Een jas op een stoel.", "verkeerde kind", "Schaafwond: Knie", "Het prikt.", "Het was verf."):
        assert words in inside


def test_that_it_was_given_is_told_to_the_director_without_the_reason(small_school):
    school = small_school
    told(school)
    hand_out(school, "authority", reason="De agent vroeg erom.")
    marijke = school.client("marijke")
    page = marijke.get("/audit/").text
    assert "Hanneke Tester gaf een tijdlijn van 5 regels. Soort: Voor een instantie of collega." in page
    assert "Ontvanger: Veilig Thuis." in page
    assert "De agent vroeg erom." not in page
    assert "1 keer als PDF gegeven" in marijke.get(of_pupil(school)).text
    assert "Mevrouw Janssen" not in school.client("fatima").get(of_pupil(school)).text


def test_the_file_is_oldest_first_with_the_places_of_the_page(small_school):
    school = small_school
    told(school)
    group = f"/chronology/groups/{school.groups['6a']}"
    _preview, answer = hand_out(school, "internal", f"{group}/hand-out", home="y")
    on_screen = numbers(school.client("hanneke").get(f"{group}?order=oldest").text)
    assert len(on_screen) == 8
    assert on_screen != sorted(on_screen)
    assert [int(each) for each in re.findall(r"#(\d+)", text_of(answer.data))] == on_screen


def test_what_leaves_is_recorded_with_whom_and_why_and_what_was_left_out(small_school):
    school = small_school
    incident = told(school)
    leave = {f"leave-{incident.hex}": "others", "reason": "Sem Vos vraagt het."}
    path = of_pupil(school, query="/hand-out?period=week")
    _preview, answer = hand_out(school, "parents", path, **leave)
    text = " ".join(text_of(answer.data).split())
    assert "Noor is stil" in text
    assert "duwde Noor" not in text
    assert "Schaafwond" not in text
    assert "Waarom Een ander kind (A) vraagt het." in text
    (row,) = made(school)
    kept = school.do("hanneke", lambda: log.get(HandedOut, row.handed_out))
    assert (kept.recipient, kept.recipient_name, kept.reason) == ("parents", "Mevrouw Janssen", "Sem Vos vraagt het.")
    fact = school.facts("chronology.handed_out")[-1]
    assert [(each.record_id, each.reason) for each in fact.left_out] == [(incident, "others")]
    assert [(each.filter, each.choice) for each in fact.filters] == [("period", "week")]
    assert (fact.subject_kind, fact.subject_id, fact.lines) == ("person", school.people["noor"], 1)
    assert fact.actor_id == school.people["hanneke"]


def test_the_filters_of_the_page_are_those_of_the_file(small_school):
    school = small_school
    told(school)
    page = school.client("hanneke").get(of_pupil(school, query="?show=signal")).text
    (path,) = re.findall(r'href="([^"]+/hand-out[^"]*)"', page)
    _preview, answer = hand_out(school, "authority", path)
    assert "Noor is stil" in text_of(answer.data)
    assert "duwde Noor" not in text_of(answer.data)


@pytest.mark.parametrize(
    ("missing", "sentence"),
    [
        ("reason", "Schrijf kort op waarom je dit geeft."),
        ("recipient_name", "Vul in wie het krijgt."),
        ("recipient", "Kies voor wie het is."),
        ("level", "Kies hoeveel erin staat."),
    ],
)
def test_nothing_leaves_without_whom_and_why(small_school, missing, sentence):
    school = small_school
    told(school)
    for sent in ({**form("parents"), missing: ""}, {**form("parents"), missing: "", "looked_through": "1"}):
        refused = post(school, of_pupil(school, query="/hand-out"), sent)
        assert refused.status_code == 422
        assert sentence in refused.text
    assert made(school) == []


def test_that_confidential_records_leave_is_recorded_as_reading_them(small_school):
    school = small_school
    secret = school.report(confidential=True, account="Dit is vertrouwelijk verteld.")
    hand_out(school, "authority")
    assert secret in readings(school)


def test_others_have_no_such_page(small_school):
    for name in ("fatima", "esther", "yvonne"):
        assert small_school.client(name).get(of_pupil(small_school, query="/hand-out")).status_code == 404, name
