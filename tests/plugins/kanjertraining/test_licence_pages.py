"""Who has a licence, who lacks one, and who is warned of it."""

import re
from datetime import date

import pytest

from intranet.people.commands import register_person
from intranet.schools.commands import add_teacher
from plugins.kanjertraining import commands, reading, school_commands
from tests.plugins.kanjertraining.conftest import DAY, TODAY
from tests.plugins.kanjertraining.looking import K, rows, words_of


@pytest.mark.parametrize(("days", "due", "carded"), [(91, False, False), (89, False, True), (31, True, True)])
def test_a_licence_warns_90_and_30_days_ahead(school, days, due, carded):
    school.do(
        "esther", school_commands.record_licence, person_id=school.people["fatima"], level="b",
        issued_on=date(2025, 1, 1), valid_until=TODAY + days * DAY, at_this_school=True, evidence=None,
    )  # fmt: skip
    own, keeper = words_of(school.client("fatima").get("/")), words_of(school.client("esther").get("/"))
    assert ("Je Kanjerlicentie loopt af" in own) == due
    assert ("Kanjerlicentie van Fatima Tester loopt af" in keeper) == due
    assert ("loopt bijna af" in keeper) == carded
    assert "Fatima" not in words_of(school.client("bas").get("/"))


def test_the_coordinator_sees_who_lacks_a_licence_in_a_window_and_in_the_plan(planned):
    window = {"wave": "autumn", "year_groups": ["6"], "first": "2026-11-27", "last": "2026-12-09"}
    esther, first = planned.client("esther"), rows(planned)[0]
    planned.do("esther", commands.move_to_week, first.lesson, date(2026, 12, 7))
    assert esther.post(f"{K}/windows/new", window).status_code == 303
    page = words_of(esther.get(f"{K}/coordinator"))
    assert "Geen geldige licentie: Fatima Tester (groep 6a)." in page
    assert "Gepland zonder geldige licentie" in page
    assert "Nieuw in het team" in page
    assert "Geen geldige licentie: Fatima Tester (groep 6a)." in words_of(esther.get("/"))
    assert "Er mist 1 licentie." in words_of(esther.get("/"))
    assert "Er mist 1 licentie." not in words_of(planned.client("fatima").get("/"))
    assert esther.get(f"{K}/licences/").status_code == 200
    assert planned.client("fatima").get(f"{K}/coordinator").status_code == 404
    assert "Geen licentie vastgelegd" in words_of(planned.client("fatima").get(f"{K}/licences/mine"))


def test_who_is_new_and_has_no_licence_stands_on_the_page_of_the_coordinator(school):
    last_month = TODAY - 30 * DAY

    def comes(given, on=last_month, teaches=True, **licence):
        person = school.do("marijke", register_person, kind="staff", given_name=given, family_name="Nieuw", on=on)
        if teaches:
            school.do("marijke", add_teacher, school.groups["7b"], person)
        if licence:
            usual = {"level": "a", "issued_on": on, "valid_until": TODAY + 400 * DAY, "evidence": None}
            school.do("esther", school_commands.record_licence, person_id=person, **usual, **licence)
        return person

    anouk = comes("Anouk")
    comes("Bram", at_this_school=True)
    comes("Cato", at_this_school=False)
    comes("Daan", on=TODAY - 370 * DAY)
    comes("Els", teaches=False)
    esther = school.client("esther")
    page = esther.get(f"{K}/coordinator").text
    new = words_of(esther.get(f"{K}/coordinator")).partition("Nieuw in het team")[2]
    assert "Anouk Nieuw sinds 27 oktober 2026 geen licentie" in new
    assert "Cato Nieuw sinds 27 oktober 2026 op naam van een andere school" in new
    assert not any(each in new for each in ("Bram", "Daan", "Els"))
    (form,) = re.findall(rf'href="({K}/licences/new\?person={anouk.hex})"', page)
    assert f'selected value="{anouk.hex}"' in esther.get(form).text
    sent = {"person": anouk.hex, "level": "a", "issued_on": "2026-11-01", "valid_until": "2027-11-01"}
    esther.post(form, {**sent, "at_this_school": "y"})
    assert "Anouk" not in words_of(esther.get(f"{K}/coordinator")).partition("Nieuw in het team")[2]
    assert school.client("bas").get(f"{K}/coordinator").status_code == 404


def test_a_licence_is_entered_put_right_and_withdrawn(school):
    esther, fatima = school.client("esther"), school.people["fatima"]
    sent = {"person": fatima.hex, "level": "a", "issued_on": "2026-01-01", "valid_until": "2027-06-01"}
    assert esther.post(f"{K}/licences/new", sent).status_code == 303
    page = words_of(esther.get(f"{K}/licences/"))
    assert "op naam van een andere school" in page
    (row,) = school.do("esther", reading.licences)
    own = f"{K}/licences/{row.licence}"
    assert esther.post(own, {**sent, "at_this_school": "y"}).status_code == 303
    assert "geldig" in words_of(school.client("fatima").get(f"{K}/licences/mine"))
    assert "Licentie A" in words_of(school.client("fatima").get(f"/chronology/people/{fatima}"))
    assert "Licentie A" not in words_of(school.client("bas").get(f"/chronology/people/{fatima}"))
    assert esther.post(f"{own}/withdraw", {"reason": ""}, shown=own).status_code == 422
    assert esther.post(f"{own}/withdraw", {"reason": "Van school."}, shown=own).status_code == 303
    assert esther.get(own).status_code == 404
    for who, page in (("esther", "licences/"), ("fatima", "licences/mine")):
        assert "Van school." in words_of(school.client(who).get(f"{K}/{page}"))
    assert "Van school." not in words_of(school.client("bas").get(f"{K}/licences/mine"))
    assert school.client("bas").get(f"{K}/licences/").status_code == 404
