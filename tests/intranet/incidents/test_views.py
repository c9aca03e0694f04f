"""The pages of incidents: what can be recorded, found, read and changed, by whom, and what is not theirs to know."""

import re
from datetime import timedelta
from uuid import uuid4

from events.involvement import Involvement
from events.log import clock
from intranet.incidents import commands


def test_a_report_is_recorded_and_seen_at_once(school_on_both):
    fatima = school_on_both.client("fatima")
    noor, sem = (school_on_both.people[name].hex for name in ("noor", "sem"))
    answer = fatima.report(
        kinds=["quarrel", "physical_aggression"],
        people=[noor, sem],
        **{f"people-role-{sem}": "witness"},
        account="@Noor van der Berg gaf een duw.",
        **{"account-mention": f"{noor} Noor van der Berg"},
    )
    assert answer.status_code == 303
    assert answer.location.endswith("/recorded")
    assert "Vastgelegd" in fatima.get(answer.location).text
    (row,) = school_on_both.incidents()
    assert (row.reporter, row.class_group, row.place) == (
        school_on_both.people["fatima"],
        school_on_both.groups["6a"],
        "playground",
    )
    incident = school_on_both.incident(row.incident)
    assert incident.account == f"[[p:{noor}]] gaf een duw."
    assert {(part.person_id.hex, part.role) for part in incident.involved} == {(noor, "involved"), (sem, "witness")}
    page = fatima.get(f"/incidents/{row.incident}").text
    assert "Ruzie, Slaan of schoppen" in page
    assert "gaf een duw." in page
    assert "[[p:" not in page
    assert "Ruzie, Slaan of schoppen" in fatima.get("/incidents/").text


def test_nothing_is_preselected_but_now_and_the_own_group(small_school):
    page = small_school.client("fatima").get("/incidents/new").text
    page = page[page.index('<form class="form"') :]
    checked = re.findall(r'value="([^"]*)"[^>]*\bchecked\b', page)
    assert checked == ["just_now"]
    assert re.search(rf'<option selected value="{small_school.groups["6a"].hex}"', page)


def test_something_else_is_only_kept_when_nothing_was_chosen(small_school):
    fatima = small_school.client("fatima")
    fatima.report(kinds=["other"], more_kinds=["theft"])
    fatima.report(kinds=["other"], more_kinds=[])
    kinds = [small_school.incident(row.incident).kinds for row in small_school.incidents()]
    assert kinds == [("theft",), ("other",)]


def test_nobody_known_is_enough(small_school):
    assert small_school.client("henk").report(people=None, unknown_persons="y", group="").status_code == 303
    (row,) = small_school.incidents()
    assert row.class_group is None


TAMPERED = [
    ({"kinds": []}, "Kies wat er gebeurd is."),
    ({"kinds": ["murder"]}, "Deze keuze bestaat niet meer"),
    ({"more_kinds": ["<script>"]}, "Deze keuze bestaat niet meer"),
    ({"people": None}, "Kies wie erbij waren"),
    ({"people": [uuid4().hex]}, "staat niet in de lijst"),
    ({"people": ["niemand"]}, "staat niet in de lijst"),
    ({"people": ["\x00"]}, "staat niet in de lijst"),
    ({"people": [uuid4().hex for _ in range(61)]}, "niet meer dan 60"),
    ({"place": "moon"}, "Deze keuze bestaat niet meer"),
    ({"moment": "teatime"}, "Deze keuze bestaat niet meer"),
    ({"group": uuid4().hex}, "Deze keuze bestaat niet meer"),
    ({"group": "6a"}, "Deze keuze bestaat niet meer"),
    ({"account": ""}, "Schrijf op wat je zag of hoorde."),
    ({"account": " \n\t "}, "Schrijf op wat je zag of hoorde."),
    ({"account": "x" * 10_001}, "te lang"),
    ({"moment": "another_time"}, "Kies de dag waarop het gebeurde."),
    (
        {"moment": "another_time", "happened_on": "gisteren", "happened_time": "10:00"},
        "Vul een datum in, bijvoorbeeld 1-8-2026.",
    ),
    ({"moment": "another_time", "happened_on": "2026-11-20"}, "Vul in hoe laat het was."),
    ({"moment": "another_time", "happened_on": "2026-11-20", "happened_time": "half elf"}, "Dit is geen tijd."),
    ({"moment": "another_time", "happened_on": "0001-01-01", "happened_time": "10:00"}, "Kijk of het jaar klopt."),
    ({"moment": "another_time", "happened_on": "9999-12-31", "happened_time": "10:00"}, "Kijk of het jaar klopt."),
]


def test_what_is_wrong_comes_back_with_a_sentence_and_everything_kept(small_school):
    fatima = small_school.client("fatima")
    for wrong, sentence in TAMPERED:
        answer = fatima.report(**{"account": "De tekst die niet weg mag.", **wrong})
        assert answer.status_code == 422, wrong
        assert sentence in answer.text, wrong
        assert "<title>Fout: Nieuw incident" in answer.text, wrong
        assert "account" in wrong or "De tekst die niet weg mag." in answer.text, wrong
        assert "people" in wrong or f'data-person="{small_school.people["noor"].hex}"' in answer.text, wrong
        assert "kinds" in wrong or re.search(r'value="quarrel"[^>]* checked', answer.text), wrong
    assert small_school.incidents() == []


def test_a_role_that_does_not_exist_is_refused(small_school):
    noor = small_school.people["noor"].hex
    answer = small_school.client("fatima").report(**{f"people-role-{noor}": "judge"})
    assert answer.status_code == 422
    assert "Een rol die je koos bestaat niet." in answer.text


def test_a_form_without_a_moment_or_group_is_just_now_and_no_group(small_school):
    assert small_school.client("fatima").report(moment=None, group=None, place=None).status_code == 303
    (row,) = small_school.incidents()
    assert (row.moment, row.class_group, row.place) == (None, None, None)


def test_a_form_without_its_forgery_token_records_nothing(small_school):
    fatima = small_school.client("fatima")
    answer = fatima.client.post("/incidents/new", data={"kinds": "quarrel", "unknown_persons": "y", "account": "x"})
    assert answer.status_code == 400
    assert small_school.incidents() == []


def test_the_same_form_twice_is_one_incident(school_on_both):
    fatima = school_on_both.client("fatima")
    form = {**fatima.shown(), "kinds": "quarrel", "unknown_persons": "y", "moment": "just_now", "account": "Eén keer."}
    first = fatima.client.post("/incidents/new", data=form)
    again = fatima.client.post("/incidents/new", data=form)
    (row,) = school_on_both.incidents()
    assert first.status_code == again.status_code == 303
    assert again.location.endswith(f"/incidents/{row.incident}")


def test_names_in_the_text_are_escaped(small_school):
    fatima = small_school.client("fatima")
    fatima.report(account="<script>alert(1)</script> [[p:00000000000000000000000000000000]]")
    page = fatima.get(f"/incidents/{small_school.incidents()[0].incident}").text
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


READERS = {
    "plain": {"fatima", "hanneke", "esther", "marijke"},
    "confidential": {"fatima", "hanneke", "marijke"},
    "serious": {"fatima", "hanneke", "esther", "marijke", "yvonne"},
    "home": {"fatima", "hanneke", "esther", "marijke", "petra"},
    "staff": {"fatima", "yvonne"},
    "about_marijke": {"fatima", "hanneke", "esther"},
    "of_7b_with_a_pupil_of_6a": {"henk", "fatima", "bas", "hanneke", "esther", "marijke"},
}


def incident_of(school, what):
    noor, nova = Involvement(school.people["noor"], "victim"), Involvement(school.people["nova"], "victim")
    facts = {
        "confidential": {"confidential": True},
        "home": {"kinds": ["home_safety_signs"]},
        "staff": {"kinds": ["staff_transgression"]},
        "about_marijke": {"involved": [noor, Involvement(school.people["marijke"], "alleged_perpetrator")]},
        "of_7b_with_a_pupil_of_6a": {"group_id": school.groups["7b"], "involved": [noor, nova]},
    }.get(what, {})
    by = "henk" if what == "of_7b_with_a_pupil_of_6a" else "fatima"
    incident = school.report(by, **facts)
    if what == "serious":
        school.do("hanneke", commands.assess_severity, incident, 3)
    return incident


def test_who_may_not_know_gets_404_everywhere(small_school):
    incidents = {what: incident_of(small_school, what) for what in READERS}
    for given in small_school.accounts:
        browser = small_school.client(given)
        in_list, at_home = browser.get("/incidents/?period=all").text, browser.get("/").text
        for what, incident in incidents.items():
            reads = given in READERS[what]
            for path in ("", "/recorded"):
                assert browser.get(f"/incidents/{incident}{path}").status_code == (200 if reads else 404), (given, what)
            assert (str(incident) in in_list) is reads, (given, what)
            assert (str(incident) in at_home) is reads, (given, what)


def test_changing_takes_more_than_reading(small_school):
    incident = small_school.report("fatima")
    for given in small_school.accounts:
        browser, expected = small_school.client(given), 200 if given in {"fatima", "hanneke", "marijke"} else 404
        for path in ("correct", "people", "withdraw"):
            assert browser.get(f"/incidents/{incident}/{path}").status_code == expected, (given, path)


def test_who_may_not_read_changes_nothing(small_school):
    incident = small_school.report("hanneke", confidential=True)
    before = small_school.size()
    bas = small_school.client("bas")
    form = {"text": "x", "level": "4", "role": "victim", "motive": "x", "reason": "x"}
    for path in ("notes", "severity", "role", "confidentiality", "correct", "people", "withdraw"):
        assert bas.post(f"/incidents/{incident}/{path}", form, shown="/incidents/new").status_code == 404, path
    assert small_school.size() == before


def test_an_incident_of_nowhere_is_404(small_school):
    assert small_school.client("marijke").get(f"/incidents/{uuid4()}").status_code == 404


def test_reading_a_confidential_incident_is_recorded_before_the_page_leaves(small_school):
    plain, closed = small_school.report(), small_school.report(confidential=True)
    hanneke = small_school.client("hanneke")
    before = small_school.size()
    hanneke.get(f"/incidents/{plain}")
    hanneke.get("/incidents/")
    assert small_school.size() == before
    assert "De tekst" not in hanneke.get("/").text
    assert "Dat je het opent, is vastgelegd." in hanneke.get(f"/incidents/{closed}").text
    assert small_school.size() == before + 1
    with small_school.app.app_context():
        from intranet.api import log

        reading = log.facts(small_school.school, after=before)[0]
    assert (reading.record_id, reading.ground, reading.actor_id) == (closed, "duty", small_school.people["hanneke"])


def test_the_list_of_a_confidential_incident_tells_no_more_than_that(small_school):
    small_school.report(confidential=True, kinds=["sexual_transgression"], place="toilets")
    for path in ("/incidents/", "/"):
        page = small_school.client("hanneke").get(path).text
        assert "Vertrouwelijk incident" in page
        table = page[page.index("Vertrouwelijk incident") :]
        assert "Noor" not in table
        assert "Toilet" not in table.split("</table>")[0].split("</ol>")[0]


def test_how_much_later_something_was_recorded_breaks_in_no_narrow_column(small_school):
    incident = small_school.report(happened_at=clock.now() - timedelta(days=3))
    hanneke = small_school.client("hanneke")
    beside = re.search(r"<dt>Vastgelegd</dt>(.*?)</div>", hanneke.get(f"/incidents/{incident}").text, re.S)[1]
    assert re.sub(r"<[^>]+>", "", beside).strip().endswith("3 dagen later")
    assert "3\xa0dagen\xa0later\xa0vastgelegd" in hanneke.get("/incidents/").text


def test_the_people_that_are_found_begin_with_the_own_group(small_school):
    fatima, bas = small_school.client("fatima"), small_school.client("bas")

    def found(browser, letters):
        return browser.post("/incidents/people", {"q": letters}, shown="/incidents/new").get_json()["people"]

    def names(browser, letters):
        return [person["label"] for person in found(browser, letters)]

    assert names(fatima, "no") == ["Noor van der Berg", "Nova Bakker"]
    assert names(bas, "no") == ["Nova Bakker", "Noor van der Berg"]
    assert names(fatima, "") == ["Noor van der Berg", "Sem Vos"]
    assert names(fatima, "be")[0] == "Noor van der Berg"
    assert "Fatima Tester" in names(fatima, "fat")
    assert names(fatima, "\0\0") == names(fatima, "zzz") == []


def test_another_one_begins_at_the_same_place_and_time(small_school):
    incident = small_school.report("fatima", place="gym", happened_at=clock.now() - timedelta(days=1))
    page = small_school.client("fatima").get(f"/incidents/new?like={incident}").text
    assert re.search(r'value="gym"[^>]* checked', page)
    assert re.search(r'value="another_time"[^>]* checked', page)
    assert "Ze trokken" not in page
    assert small_school.client("bas").get(f"/incidents/new?like={incident}").status_code == 404


def test_who_will_see_it_is_said_before_it_is_saved(small_school):
    fatima = small_school.client("fatima")
    assert "het team van groep 6a" in fatima.get("/incidents/new").text

    def seen(**form):
        return fatima.post("/incidents/audience", form, shown="/incidents/new").text

    nova = small_school.people["nova"].hex
    assert "het team van groep 7b" in seen(kinds="quarrel", people=nova)
    closed = seen(kinds="quarrel", people=nova, confidential="y")
    assert "het team" not in closed
    assert "intern begeleider" in closed
    assert "aandachtsfunctionaris" in seen(kinds="other", more_kinds="home_safety_signs")
