"""The form on which a suspicion about staff is told, and the tick on other forms that leads there."""

import re

import pytest

from events.log import clock
from tests.intranet.staff_matters.school_with_matters import WORDS, text_of

DUTY = (
    "Dan moet je het bestuur meteen zelf vertellen wat je weet.",
    "Het vertellen aan je leidinggevende of een collega is niet genoeg.",
    "Het bestuur overlegt daarna meteen met de vertrouwensinspecteur.",
    "Dan moet het bestuur aangifte doen, ook als de ouders dat niet willen.",
    "Een vertrouwenspersoon of contactpersoon van de school moet dit ook melden.",
    "Een externe vertrouwenspersoon hoeft niet te melden",
)


def test_whom_to_call_and_what_one_must_do_stand_on_every_screen_of_who_tells_it(small_school):
    client = small_school.client("fatima")
    matter = small_school.tell()
    places = (
        "/incidents/new",
        "/signals/new",
        "/signals/start",
        "/staff-matters/new",
        f"/staff-matters/{matter}/recorded",
    )
    for place in places:
        page = client.get(place).text
        assert 'href="tel:09001113111"' in page, place
        assert 'href="tel:112"' in page, place
        for sentence in DUTY:
            assert sentence in page, (place, sentence)
    for given in ("fatima", "yvonne"):
        assert 'href="tel:09001113111"' in small_school.client(given).get(f"/staff-matters/{matter}").text


@pytest.mark.parametrize("place", ["/incidents/new", "/signals/new", "/signals/start"])
def test_the_tick_says_by_name_who_will_and_will_not_see_it_without_a_script(small_school, place):
    page = text_of(small_school.client("fatima").get(place))
    seen, unseen = page.index("Dit zien alleen"), page.index("Dit zien zij niet")
    assert "Yvonne Tester (directeur-bestuurder)" in page[seen:unseen]
    for name in ("Marijke Tester (directeur)", "Hanneke Tester (intern begeleider)"):
        assert name in page[unseen:]
    assert "Bij het afsluiten leest ook mee: Otto Tester (lid van de raad van toezicht)." in page[unseen:]
    assert "0900-111 3 111" in page
    assert "Het vertellen aan je leidinggevende of een collega is niet genoeg" in page


@pytest.mark.parametrize("place", ["/incidents/new", "/signals/new"])
def test_the_tick_takes_what_was_typed_to_the_form_for_the_board_and_keeps_no_draft(small_school, place):
    school = small_school
    client, people = school.client("fatima"), school.people
    form = {
        **client.shown(place),
        "about_staff": "1",
        "account": WORDS,
        "people": [people["bas"].hex, people["noor"].hex],
    }
    draft = place.replace("/new", "/draft")
    client.client.post(draft, data={**form, "about_staff": ""})
    assert "concept" in client.get("/").text
    size = school.size()
    page = client.client.post(place, data=form)
    assert page.status_code == 200
    assert school.size() == size
    assert WORDS in page.text
    assert re.search(rf'name="named" value="{people["bas"].hex}" checked', page.text)
    assert re.search(rf'name="pupils" value="{people["noor"].hex}" checked', page.text)
    assert "concept" not in client.get("/").text
    assert client.client.post(draft, data=form).status_code == 204
    assert "concept" not in client.get("/").text


def test_the_tick_counts_too_where_a_signal_becomes_an_incident(small_school):
    from intranet.signals.commands import record_signal

    school = small_school
    facts = {
        "kind": "concern",
        "happened_at": clock.now(),
        "account": "Noor is stil.",
        "people": [school.people["noor"]],
    }
    signal = school.do("fatima", lambda: record_signal(**facts))
    client = school.client("hanneke")
    assert 'name="about_staff"' in client.get(f"/signals/{signal}/incident").text
    size = school.size()
    form = {"about_staff": "1", "kinds": "quarrel", "account": WORDS, "people": [school.people["noor"].hex]}
    page = client.post(f"/signals/{signal}/incident", form)
    assert page.status_code == 200
    assert "Melding over een medewerker" in page.text
    assert WORDS in page.text
    assert school.size() == size


def test_who_is_chosen_changes_who_will_see_it(small_school):
    client = small_school.client("fatima")
    assert "Yvonne Tester (directeur-bestuurder)" in text_of(client.get("/staff-matters/new"))
    form = {"asked": "1", "named": [small_school.people["yvonne"].hex]}
    page = text_of(client.post("/staff-matters/audience", form, shown="/staff-matters/new"))
    seen, unseen = page.index("Dit zien alleen"), page.index("Dit zien zij niet")
    assert "Otto Tester (lid van de raad van toezicht)" in page[seen:unseen]
    assert "Yvonne Tester" in page[unseen:]


def test_a_colleague_does_not_become_the_alleged_perpetrator_of_an_incident(small_school):
    client, bas = small_school.client("fatima"), small_school.people["bas"].hex
    form = {"kinds": "quarrel", "people": bas, f"people-role-{bas}": "alleged_perpetrator", "moment": "just_now"}
    answer = client.post("/incidents/new", {**form, "account": "Hij duwde."})
    assert answer.status_code == 422
    assert "het vinkje bovenaan" in answer.text
    assert (
        client.post("/incidents/new", {**form, "kinds": "other", "more_kinds": "staff_transgression"}).status_code
        == 422
    )


def test_the_form_is_saved_and_says_what_happens_next(small_school):
    answer = small_school.client("fatima").tell()
    assert answer.status_code == 303
    page = small_school.client("fatima").get(answer.location).text
    assert "Gemeld bij het bestuur" in page
    assert "De ontvangst is nog niet bevestigd" in page


def test_nobody_tells_the_board_about_themselves_here(small_school):
    answer = small_school.client("fatima").tell(named=[small_school.people["fatima"].hex])
    assert answer.status_code == 422
    assert "Gaat het over jezelf?" in answer.text


def test_letters_find_colleagues_and_no_pupil(small_school):
    client = small_school.client("fatima")
    ask = {"csrf_token": client.shown("/staff-matters/new")["csrf_token"]}
    found = client.client.post("/staff-matters/colleagues", data={**ask, "q": "tester"}).json["people"]
    labels = {each["label"] for each in found}
    assert {"Bas Tester", "Yvonne Tester", "Otto Tester"} <= labels
    assert client.client.post("/staff-matters/colleagues", data={**ask, "q": "no"}).json["people"] == []
