"""The chronology of a pupil, a group and a case: who sees which lines, filters with counts, and recorded reads."""

import re
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from events.incident import Incident
from events.log import clock
from intranet.api import log
from intranet.people.today import today
from tests.intranet.cases.school_with_cases import SchoolWithCases


def numbers(page: str) -> list[int]:
    """Return the places in the log that a page shows, in its order."""
    return [int(each) for each in re.findall(r'class="position">#(\d+)<', page)]


def readings(school: SchoolWithCases) -> set:
    from intranet.audit.projections import reading

    with school.app.app_context(), log.read() as connection:
        return set(connection.scalars(select(reading.c.record)))


def of_pupil(school: SchoolWithCases, name: str = "noor", query: str = "") -> str:
    return f"/chronology/people/{school.people[name]}{query}"


def told(school: SchoolWithCases) -> dict[str, UUID]:
    from intranet.cases.commands import gather

    incident = school.report(happened_at=clock.now() - timedelta(days=3))
    signal = school.tell("henk")
    case = school.open()
    school.do("hanneke", gather, case, "signals.signal", signal)
    return {"incident": incident, "signal": signal, "case": case}


def test_a_pupil_has_one_line_for_each_event_of_every_record(school_on_both):
    school = school_on_both
    known = told(school)
    page = school.client("hanneke").get(of_pupil(school)).text
    for words in ("Noor mocht weer niet meedoen.", "Noor is al weken stil.", "Noor wordt al weken buitengesloten."):
        assert words in page
    assert "3 dagen later vastgelegd" in page
    assert len(numbers(page)) == 4
    oldest = school.client("hanneke").get(of_pupil(school, query="?order=oldest")).text
    assert numbers(oldest) == numbers(page)[::-1]
    for path in (f"/incidents/{known['incident']}", f"/signals/{known['signal']}"):
        assert path in page


def test_a_correction_stands_beside_what_was_said_first(small_school):
    from intranet.incidents.commands import correct_incident

    school = small_school
    incident = school.report()
    now = school.do("hanneke", lambda: log.get(Incident, incident))
    school.do(
        "fatima",
        correct_incident,
        incident,
        reason="Het was een ander spel.",
        kinds=now.kinds,
        place=now.place,
        moment=now.moment,
        happened_at=now.happened_at,
        group_id=now.group_id,
        unknown_persons=False,
        account="Noor koos zelf voor lezen.",
    )
    page = school.client("hanneke").get(of_pupil(school)).text
    for words in ("later verbeterd", "Noor mocht weer niet meedoen.", "Noor koos zelf voor lezen.", "ander spel"):
        assert words in page


def test_filters_are_the_address_and_say_how_many_lines_they_give(small_school):
    school = small_school
    told(school)
    hanneke = school.client("hanneke")
    page = hanneke.get(of_pupil(school)).text
    for option in ("Incidenten (1)", "Signalen (1)", "Zaken (2)", "Afgelopen 7 dagen (4)", "Vorig schooljaar (0)"):
        assert option in page
    only = hanneke.get(of_pupil(school, query="?show=signal")).text
    assert "Noor is al weken stil." in only
    assert "Noor mocht weer niet meedoen." not in only
    assert "Niets gevonden" in hanneke.get(of_pupil(school, query="?period=previous")).text


def test_a_mark_on_a_body_is_a_line_and_so_is_that_it_was_taken_back(small_school):
    from intranet.body_map.commands import note_mark, withdraw_mark

    school = small_school
    signal = school.tell("henk")
    day = school.do("henk", today) - timedelta(days=1)
    facts = {"place": "front_right_knee", "kind": "graze", "size": "coin", "words": "Het prikt.", "seen_on": day}
    mark = school.do("henk", note_mark, record_id=signal, person_id=school.people["noor"], **facts)
    school.do("henk", withdraw_mark, mark, "Het was verf.")
    page = school.client("hanneke").get(of_pupil(school, query="?show=body")).text
    for words in ("Plekken op het lichaam (2)", "Schaafwond: Knie rechts (voorkant) (gezien op", "Het prikt.",
                  "Muntje van 1 euro", "Plek op het lichaam weggehaald", "Het was verf."):  # fmt: skip
        assert words in page
    assert len(numbers(page)) == 2
    assert f"/signals/{signal}/body-map" in page


def test_only_what_has_a_follow_up(small_school):
    from intranet.follow_up.commands import promise_follow_up

    school = small_school
    known = told(school)
    other = school.report(account="Dit bleef zonder vervolg.")
    due = school.do("hanneke", today) + timedelta(days=2)
    facts = {"kind": "victim_care", "owner": school.people["hanneke"], "due_on": due}
    school.do("hanneke", promise_follow_up, known["incident"], **facts)
    page = school.client("hanneke").get(of_pupil(school, query="?followed=1")).text
    assert "Noor mocht weer niet meedoen." in page
    assert "Dit bleef zonder vervolg." not in page
    assert f"/incidents/{other}" not in page


def test_who_may_read_nothing_sees_an_empty_page_and_no_number(small_school):
    school = small_school
    told(school)
    page = school.client("bas").get(of_pupil(school)).text
    assert "Hier staat niets" in page
    assert numbers(page) == []
    assert "Maak een PDF" not in page


@pytest.mark.parametrize("name", ["fatima", "hanneke", "marijke"])
def test_nobody_sees_more_lines_than_the_records_they_may_open(small_school, name):
    school = small_school
    known = told(school)
    reader = school.client(name)
    page = reader.get(of_pupil(school)).text
    for kind, path in (("incident", "/incidents/"), ("signal", "/signals/"), ("case", "/cases/")):
        address = f"{path}{known[kind]}"
        assert (f'href="{address}"' in page) == (reader.get(address).status_code == 200), kind


def test_that_a_confidential_record_is_read_is_recorded_and_no_other(small_school):
    school = small_school
    secret = school.report(confidential=True, account="Dit is vertrouwelijk verteld.")
    open_one = school.report()
    assert "Dit is vertrouwelijk verteld." in school.client("hanneke").get(of_pupil(school)).text
    assert secret in readings(school)
    assert open_one not in readings(school)


def test_what_is_confidential_is_not_there_for_the_teacher(small_school):
    school = small_school
    school.report(by="hanneke", confidential=True, account="Dit is vertrouwelijk verteld.")
    page = school.client("fatima").get(of_pupil(school)).text
    assert "Dit is vertrouwelijk verteld." not in page
    assert "Hier staat niets" in page
    assert "(1)" not in page


def test_a_group_has_what_happened_in_it(small_school):
    school = small_school
    school.report(group_id=school.groups["6a"])
    school.tell("henk", group_id=school.groups["6a"])
    page = school.client("hanneke").get(f"/chronology/groups/{school.groups['6a']}").text
    assert "Noor mocht weer niet meedoen." in page
    assert "Noor is al weken stil." in page
    assert (
        f"/chronology/groups/{school.groups['6a']}"
        in school.client("hanneke").get(f"/people/groups/{school.groups['6a']}").text
    )


def test_a_group_has_the_cases_of_its_pupils_and_none_of_others(small_school):
    school = small_school
    case, other = school.open(), school.open(involved=school.parts(nova="victim"), concern="Nova is vaak alleen.")
    hanneke = school.client("hanneke")
    page = hanneke.get(f"/chronology/groups/{school.groups['6a']}").text
    assert f"/cases/{case}" in page
    assert f"/cases/{other}" not in page
    named = school.open(group_id=school.groups["7b"], involved=school.parts(noor="victim"))
    assert f"/cases/{named}" in hanneke.get(f"/chronology/groups/{school.groups['7b']}").text


def test_a_case_has_the_lines_of_what_is_gathered_in_it(small_school):
    school = small_school
    known = told(school)
    page = school.client("hanneke").get(f"/chronology/cases/{known['case']}").text
    assert "Noor is al weken stil." in page
    assert "Noor mocht weer niet meedoen." not in page
    assert school.client("bas").get(f"/chronology/cases/{known['case']}").status_code == 404


def test_the_page_of_a_person_leads_to_the_chronology(small_school):
    page = small_school.client("fatima").get(f"/people/{small_school.people['noor']}").text
    assert of_pupil(small_school) in page
    assert small_school.client("fatima").get(f"/chronology/people/{small_school.school}").status_code == 404
