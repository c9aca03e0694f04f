"""A page of a past moment says what it said then, to who may see the audit, and changes nothing."""

import re
from datetime import date

import pytest

from events.log.clock import told_at
from events.log.erasure import erase
from intranet.incidents import commands
from intranet.incidents.kinds import STAFF_MATTER, with_mark
from intranet.people.commands import register_person, rename_person
from tests.intranet.as_of.conftest import at, told, without_links_to_forms, words

PAST = "2026-03-12T14:00"
BANNER = "Je kijkt terug naar donderdag 12 maart 2026, 14:00"


def report(school, moment: str = "03-10 10:00", by: str = "fatima", **facts):
    with told_at(at(moment)):
        return school.report(by, **facts)


def facts_of(school, incident_id, **other):
    incident = school.incident(incident_id)
    names = ("kinds", "happened_at", "account", "place", "moment", "group_id", "unknown_persons")
    return {name: getattr(incident, name) for name in names} | {"reason": "Er stond iets niet goed."} | other


def size(school) -> int:
    return school.app.extensions["geborgen.log"].head(school.school).size


def test_pages_say_what_they_said_then(place_on_both):
    school = place_on_both
    incident = report(school)
    pages = ["/", "/incidents/", f"/incidents/{incident}", "/people", "/audit/", f"/people/{school.people['noor']}"]
    head = school.client("marijke")
    with told_at(at("03-12 13:00")):
        then = {page: words(without_links_to_forms(school.app, head.get(page).text)) for page in pages}
    told(school, "03-12 13:01", "fatima", commands.add_note, incident, "De ouders zijn gebeld.")
    told(school, "03-13 09:00", "hanneke", commands.assess_severity, incident, 3)
    told(
        school,
        "03-13 10:00",
        "marijke",
        rename_person,
        school.people["noor"],
        given_name="Nora",
        infix=None,
        family_name="Berg",
    )
    report(school, "03-14 10:00", account="Iets anders.")
    now = {page: words(head.get(page).text) for page in pages}
    assert all(now[page] != then[page] for page in pages)
    for page in pages:
        shown = head.get(page, query_string={"op": PAST})
        assert shown.status_code == 200
        assert words(shown.text) == then[page], page
        assert BANNER in shown.text
        assert "Je kijkt terug" not in head.get(page).text
    assert {page: words(head.get(page).text) for page in pages} == now


def test_the_two_clocks_differ_where_something_was_recorded_late(place):
    corrected = report(place, "03-11 10:00", happened_at=at("03-11 08:00"), account="Eerst verkeerd.")
    later = facts_of(place, corrected, happened_at=at("03-15 08:00"))
    told(place, "03-16 10:00", "fatima", commands.correct_incident, corrected, **later)
    late = report(place, "03-20 10:00", happened_at=at("03-11 09:00"), account="Pas later verteld.")
    head = place.client("marijke")

    def there(clock):
        return [
            head.get(f"/incidents/{each}", query_string={"op": PAST, "klok": clock}).status_code
            for each in (late, corrected)
        ]

    assert there("vastgelegd") == [404, 200]
    assert there("gebeurd") == [200, 404]
    page = head.get("/incidents/", query_string={"op": PAST, "klok": "gebeurd"}).text
    assert '<span aria-current="true">' in page
    assert "klok=gebeurd" in page
    assert head.get("/audit/", query_string={"op": PAST, "klok": "gebeurd"}).status_code == 400
    assert head.get(f"/incidents/{late}").status_code == 200, "the present is not touched by what was looked at"


def test_names_of_a_past_are_not_taken_for_those_of_today(place):
    for moment, name, day in (("03-20 09:00", "Lotte", "2026-03-20"), ("03-21 09:00", "Floor", "2026-03-05")):
        facts = {"given_name": name, "family_name": "Nieuw", "on": date.fromisoformat(day)}
        told(place, moment, "marijke", register_person, kind="pupil", **facts)
    head = place.client("marijke")
    then = head.get("/people", query_string={"op": PAST, "klok": "gebeurd"}).text
    assert [f"{name} Nieuw" in then for name in ("Lotte", "Floor")] == [False, True]
    now = head.get("/people").text
    assert [f"{name} Nieuw" in now for name in ("Lotte", "Floor")] == [True, True]


@pytest.mark.parametrize("who", ["fatima", "hanneke", "esther"])
def test_for_others_there_is_no_such_page(place, who):
    report(place)
    browser = place.client(who)
    for page in ("/", "/incidents/", "/people"):
        assert browser.get(page).status_code == 200
        assert browser.get(page, query_string={"op": PAST}).status_code == 404
    assert browser.get("/", query_string={"op": "onzin"}).status_code == 404


def test_who_is_not_signed_in_is_asked_to(place):
    answer = place.app.test_client().get("/incidents/", query_string={"op": PAST})
    assert answer.status_code in (302, 303)


def test_another_school_shows_nothing_of_this_one(place):
    incident = report(place)
    with told_at(at("03-03 08:00")):
        other = type(place)(place.app, board=place.board)
    head = other.client("marijke")
    assert head.get("/", query_string={"op": PAST}).status_code == 200
    assert head.get(f"/incidents/{incident}", query_string={"op": PAST}).status_code == 404


@pytest.mark.parametrize(
    ("moment", "sentence"),
    [("2026-02-01", "nog niets vastgelegd"), ("ooit", "begrijpen we niet"), ("2099-01-01", "moet nog komen")],
)
def test_a_moment_that_cannot_be_shown_is_a_sentence(place, moment, sentence):
    answer = place.client("marijke").get("/", query_string={"op": moment})
    assert answer.status_code == 400
    assert sentence in answer.text


def test_nothing_can_be_changed(place):
    incident = report(place)
    head = place.client("marijke")
    before = size(place)
    filled = {**head.shown("/incidents/new"), "kinds": ["quarrel"], "moment": "just_now", "account": "Nu nog."}
    for path in ("/incidents/new", f"/incidents/{incident}/notes", "/school", "/people/new"):
        answer = head.client.post(path, query_string={"op": PAST}, data=filled)
        assert answer.status_code == 405, path
        assert "Daar kun je niets veranderen" in answer.text
    assert size(place) == before


def test_no_link_there_leads_to_a_form(place):
    from intranet.as_of.leaving_out import LINK, without_forms

    incident = report(place)
    head = place.client("marijke")
    assert "nog niets nagekeken" in head.get("/audit/", query_string={"op": PAST}).text
    for page, form in (
        ("/", "/signals/start"),
        ("/incidents/", "/incidents/export"),
        (f"/incidents/{incident}", "/correct"),
        (f"/incidents/{incident}", '#add"'),
        ("/people/duties", ">Einde<"),
        ("/people", ">Overnemen<"),
    ):
        now, then = head.get(page).text, head.get(page, query_string={"op": PAST}).text
        assert form in now
        assert form not in then
        with place.app.test_request_context():
            assert without_forms(then) == then
        assert len(LINK.findall(then)) > 10, "links to what one can look at stay"


def test_the_name_of_what_cannot_be_changed_stays_there(place):
    from intranet.as_of.leaving_out import without_forms

    with place.app.test_request_context():
        page = '<th><a href="/people/new?op=2026-03-12&amp;a=1">Noor <b>Berg</b></a></th><a href="tel:112">Bel</a>'
        assert without_forms(page) == '<th><span>Noor <b>Berg</b></span></th><a href="tel:112">Bel</a>'
        button = '<p><a class="button" href="/people/new"><span>Voeg toe</span></a></p><a class="tab" href="/people">'
        assert without_forms(button) == '<p></p><a class="tab" href="/people">'


def test_searching_works_there_and_finds_the_names_of_then(place):
    noor = place.people["noor"]
    told(place, "03-13 10:00", "marijke", rename_person, noor, given_name="Nora", infix=None, family_name="Berg")
    head = place.client("marijke")
    found = {
        name: head.client.post("/search", query_string={"op": PAST}, data={**head.shown("/search"), "q": name}).text
        for name in ("Noor", "Nora")
    }
    assert [noor.hex in page or str(noor) in page for page in found.values()] == [True, False]
    assert f"op={PAST.replace(':', '%3A')}" in found["Noor"] or f"op={PAST}" in found["Noor"]


def test_links_stay_in_the_past_but_for_the_way_back_and_out(place):
    report(place)
    page = place.client("marijke").get("/incidents/", query_string={"op": PAST, "period": "all"}).text
    links = re.findall(r'(?:href|action)="(/[^"]*)"', page)
    leave = {link for link in links if "op=" not in link and "/static/" not in link and ".webmanifest" not in link}
    assert leave == {"/incidents/?period=all", "/logout"}
    assert 'name="op" value="2026-03-12T14:00"' in page
    assert "Nieuw incident" not in page


def test_a_closed_record_is_read_in_the_past_and_the_reading_is_of_now(place):
    from intranet.audit.projections import reading

    incident = report(place, confidential=True)
    head, before = place.client("marijke"), size(place)
    assert head.get(f"/incidents/{incident}", query_string={"op": PAST}).status_code == 200
    assert size(place) == before + 1
    log = place.app.extensions["geborgen.log"]
    with log.read() as connection:
        row = connection.execute(reading.select()).one()
    assert (row.record, row.reader, row.position) == (incident, place.people["marijke"], before + 1)
    assert row.read_at > at("11-01 00:00").timestamp() * 1000


def test_what_was_open_and_is_closed_today_stays_closed(place):
    words_of_it = "Juf deed iets vreemds."
    incident = report(place, account=words_of_it)
    later = facts_of(place, incident, kinds=[min(with_mark(STAFF_MATTER))])
    told(place, "03-13 09:00", "fatima", commands.correct_incident, incident, **later)
    head, board = place.client("marijke"), place.client("yvonne")
    for path in ("/incidents/", "/", "/audit/", f"/audit/records/{incident}", f"/incidents/{incident}"):
        assert incident.hex[:6] not in head.get(path, query_string={"op": PAST}).text, path
    assert head.get(f"/incidents/{incident}", query_string={"op": PAST}).status_code == 404
    assert "1 vertrouwelijke gebeurtenis" in head.get("/audit/", query_string={"op": PAST}).text
    assert board.get(f"/incidents/{incident}").status_code == 200
    assert board.get(f"/incidents/{incident}", query_string={"op": PAST}).status_code == 404, "nor was it hers then"


def test_erased_words_stay_erased(place, tmp_path):
    incident = report(place, account="Dit moest weg.")
    head = place.client("marijke")
    path = f"/incidents/{incident}"
    assert "Dit moest weg." in head.get(path, query_string={"op": PAST}).text
    place.do(
        "marijke",
        lambda: erase(
            place.app.extensions["geborgen.log"],
            [incident, place.people["sem"]],
            ground="objection",
            requester="parent",
            decider=place.people["marijke"],
            erased_list=tmp_path / "erased.txt",
        ),
    )
    assert "Dit moest weg." not in head.get(path, query_string={"op": PAST}).text
    assert "Sem Vos" not in head.get("/people", query_string={"op": PAST}).text


def test_each_past_day_of_the_log_leads_to_the_school_of_then(place):
    report(place)
    page = place.client("marijke").get("/audit/", query_string={"period": "all"}).text
    assert "/?op=2026-03-10" in page
    assert "Zo was de school" in page


def test_who_may_read_little_today_sees_no_more_of_the_past(place):
    """The board reads what is serious: a list of what is allowed, where the head's is one of what is not."""
    serious, light = report(place, "03-10 10:00"), report(place, "03-10 11:00")
    for incident in (serious, light):
        told(place, "03-11 09:00", "hanneke", commands.assess_severity, incident, 3)
    told(place, "03-13 09:00", "hanneke", commands.assess_severity, light, 1, "Het viel mee.")
    board = place.client("yvonne")
    listed = board.get("/incidents/", query_string={"op": PAST, "period": "all"}).text
    assert [f"/incidents/{each}" in listed for each in (serious, light)] == [True, False]
    assert board.get(f"/incidents/{light}", query_string={"op": PAST}).status_code == 404


def test_a_table_that_stopped_today_opens_nothing_more(place):
    from events.log.tables import projection

    report(place)
    log = place.app.extensions["geborgen.log"]
    with log.write_engine.begin() as connection:
        mine = projection.c.school == place.school, projection.c.name.startswith("incidents.")
        connection.execute(projection.update().where(*mine).values(error="ValueError"))
    hidden = report(place, "03-11 10:00", account="Na het stoppen.")
    head = place.client("marijke")
    assert f"/incidents/{hidden}" not in head.get("/incidents/", query_string={"op": PAST, "period": "all"}).text


def test_no_link_leads_to_the_log_on_a_clock_it_does_not_know(place):
    report(place)
    head = place.client("marijke")
    page = head.get("/incidents/", query_string={"op": PAST, "klok": "gebeurd"}).text
    assert f'href="/audit/?op={PAST}"' in page
    assert "klok=gebeurd" not in head.get("/audit/", query_string={"op": PAST}).text
