"""Letting colleagues in and out: who may, whom, and what is shown once."""

import re

import pytest

from tests.intranet.accounts.conftest import PASSWORD, Browser, Place, Somebody


@pytest.fixture
def boss(place: Place, head: Somebody) -> Browser:
    """The head teacher's browser, signed in with a code."""
    browser = Browser(place.app)
    browser.sign_in(head)
    browser.enrol(head)
    return browser


def _invite(boss: Browser, person, address: str = "inge@school.example"):
    return boss.post("/accounts/invite", {"person": person.hex, "address": address})


def test_a_colleague_is_invited_and_the_link_is_shown_once(place: Place, boss: Browser) -> None:
    person = place.person("Inge", "teacher")
    answer = _invite(boss, person)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    link = re.search(r'value="http://localhost(/welcome/[^"]+)"', answer.text)[1]
    token = link.rpartition("/")[2]
    assert token not in "".join(str(cookie.value) for cookie in boss.client._cookies.values())
    page = boss.get("/accounts").text
    assert "Inge Tester" in page
    assert token not in page
    account = re.search(r'/accounts/([0-9a-f-]{36})">Inge', page)[1]
    assert token not in boss.get(f"/accounts/{account}").text
    assert "inge@school.example" in boss.get(f"/accounts/{account}").text
    assert "Welkom, Inge Tester" in Browser(place.app).get(link).text


def test_sending_the_form_twice_makes_one_account(place: Place, boss: Browser) -> None:
    person = place.person("Inge", "teacher")
    page = boss.get("/accounts/invite").text
    once = re.search(r'name="once"[^>]*value="([^"]+)"', page)[1]
    form = {"csrf_token": boss.token("/accounts/invite"), "once": once, "person": person.hex}
    first = boss.client.post("/accounts/invite", data={**form, "address": "inge@school.example"})
    second = boss.client.post("/accounts/invite", data={**form, "address": "inge@school.example"})
    assert first.status_code == 200
    assert second.status_code in (303, 422)
    assert boss.get("/accounts").text.count("Inge Tester") == 1


def test_nobody_gets_two_accounts_and_no_address_two_people(place: Place, boss: Browser, teacher: Somebody) -> None:
    from intranet.accounts.commands import invite
    from intranet.api import Refused

    person = place.person("Inge", "teacher")
    answer = _invite(boss, person, teacher.address.upper())
    assert answer.status_code == 422
    assert "al een account met dit e-mailadres" in answer.text
    assert _invite(boss, teacher.person, "ander@school.example").status_code == 422
    for wrong in (
        {"person_id": teacher.person, "address": "a@b.example"},
        {"person_id": person, "address": teacher.address},
    ):
        with pytest.raises(Refused):
            place.do(invite, works_at=place.north, **wrong)
    assert place.do(invite, person_id=person, works_at=place.north, address="inge@school.example")


def test_only_who_works_at_a_school_gets_in_there(place: Place, teacher: Somebody) -> None:
    from intranet.accounts.commands import add_membership, invite, open_account
    from intranet.api import Refused, acting
    from intranet.people.commands import let_go, register_person

    gone, southerner = place.person("Gert", "teacher"), place.person("Zus", "teacher", school=place.south)
    with place.app.app_context(), acting(school=place.north):
        let_go(gone)
        others = [register_person(kind=kind, given_name="Noor") for kind in ("pupil", "parent")]
    usual = {"works_at": place.north, "address": "noor@school.example"}
    for person in (gone, southerner, *others):
        for command in (open_account, invite):
            with pytest.raises(Refused, match="werkt hier niet"):
                place.do(command, person_id=person, **usual)
    with pytest.raises(Refused, match="werkt hier niet"):
        place.do(add_membership, teacher.account, works_at=place.south, person_id=teacher.person)
    place.do(add_membership, teacher.account, works_at=place.south, person_id=southerner)
    assert place.events_of(teacher)[-1] == "MembershipAdded"


@pytest.mark.parametrize("address", ["", "inge", "inge@", "a b@c.example", "<b>@c.example", "x" * 300 + "@c.example"])
def test_a_wrong_address_comes_back_with_a_sentence(place: Place, boss: Browser, address: str) -> None:
    answer = _invite(boss, place.person("Inge", "teacher"), address)
    assert answer.status_code == 422
    assert "Dit moet je nog aanpassen" in answer.text


@pytest.mark.parametrize("duty", ["teacher", "protection_officer", "care_coordinator", "dpo", "management_team"])
def test_for_others_these_pages_do_not_exist(place: Place, head: Somebody, duty: str) -> None:
    who, browser = place.somebody("Vera", duty), Browser(place.app)
    browser.sign_in(who)
    browser.enrol(who)
    assert browser.get("/accounts").status_code == 404
    assert browser.get("/accounts/invite").status_code == 404
    for step in ("link", "second-factor/remove", "disable", "enable"):
        assert browser.post(f"/accounts/{head.account}/{step}", on="/account").status_code == 404
    assert place.events_of(head) == ["Invited", "Activated"]


@pytest.mark.parametrize("duty", ["head_teacher", "executive_director", "administrator"])
def test_those_who_may_manage_accounts(place: Place, duty: str) -> None:
    who, browser = place.somebody("Vera", duty), Browser(place.app)
    browser.sign_in(who)
    browser.enrol(who)
    assert browser.get("/accounts").status_code == 200


def test_an_account_of_another_school_does_not_exist_here(place: Place, boss: Browser) -> None:
    other = place.somebody("Zoë", "teacher", school=place.south)
    assert "Zoë" not in boss.get("/accounts").text
    assert boss.get(f"/accounts/{other.account}").status_code == 404
    for step in ("link", "second-factor/remove", "disable", "enable"):
        assert boss.post(f"/accounts/{other.account}/{step}", {"reason": "other"}, on="/account").status_code == 404
    assert place.events_of(other) == ["Invited", "Activated"]


def test_a_person_of_another_school_cannot_be_invited(place: Place, boss: Browser) -> None:
    assert _invite(boss, place.person("Zoë", "teacher", school=place.south)).status_code == 422


def test_disabling_asks_why_and_enabling_gives_a_new_link(place: Place, boss: Browser, teacher: Somebody) -> None:
    signed_in = Browser(place.app)
    signed_in.sign_in(teacher)
    page = f"/accounts/{teacher.account}"
    assert boss.post(f"{page}/disable", on=page).status_code == 422
    assert signed_in.is_in
    assert boss.post(f"{page}/disable", {"reason": "left_school"}, on=page).status_code == 303
    assert not signed_in.is_in
    assert "Uitgezet: Werkt hier niet meer" in boss.get(page).text
    assert boss.post(f"{page}/link", on=page).status_code == 409
    answer = boss.post(f"{page}/enable", on=page)
    assert "/welcome/" in answer.text
    assert place.events_of(teacher)[-2:] == ["Disabled", "Enabled"]


def test_nobody_manages_their_own_account(place: Place, boss: Browser, head: Somebody) -> None:
    page = f"/accounts/{head.account}"
    assert "eigen account" in boss.get(page).text
    for step in ("link", "second-factor/remove", "disable"):
        answer = boss.post(f"{page}/{step}", {"reason": "other"}, on="/account")
        assert answer.status_code == 409, step
    assert boss.is_in


def test_no_message_in_the_cookie_names_anybody(place: Place, boss: Browser, teacher: Somebody) -> None:
    page = f"/accounts/{teacher.account}"
    boss.post(f"{page}/disable", {"reason": "other"}, on=page)
    with boss.client.session_transaction() as cookie:
        assert "Tess" not in repr(dict(cookie))
        assert cookie["_flashes"]


def test_an_account_at_two_schools_goes_from_one_to_the_other(place: Place, teacher: Somebody) -> None:
    from intranet.accounts.commands import add_membership

    there = place.person("Tess", "care_coordinator", school=place.south)
    place.do(add_membership, teacher.account, works_at=place.south, person_id=there)
    browser = Browser(place.app)
    browser.sign_in(teacher)
    thief = browser.copy()
    assert "School Zuid" in browser.get("/account").text
    assert browser.post("/account/school", {"school": place.south.hex}).status_code == 303
    assert "intern begeleider" in browser.get("/account").text
    assert not thief.is_in, "another school came with the same id"
    assert browser.get("/account/password").location == "/account/second-factor"


def test_who_does_not_work_there_cannot_go_there(place: Place, visitor: Browser, teacher: Somebody) -> None:
    visitor.sign_in(teacher)
    answer = visitor.post("/account/school", {"school": place.south.hex})
    assert answer.status_code == 422
    assert "School Zuid" not in visitor.get("/account").text


def test_the_board_goes_to_every_school_until_the_duty_ends(place: Place) -> None:
    from events.log.context import acting
    from intranet.people.commands import let_go

    director, browser = place.somebody("Dirk", "executive_director"), Browser(place.app)
    browser.sign_in(director)
    browser.enrol(director)
    browser.post("/account/school", {"school": place.south.hex})
    place.somebody("Zoë", "teacher", school=place.south)
    assert "Zoë Tester" in browser.get("/accounts").text
    assert "Dirk Tester" in browser.get("/account").text
    with place.app.app_context(), acting(school=place.north):
        let_go(director.person)
    assert browser.get("/accounts").status_code == 404
    assert browser.get("/account").status_code == 404


def test_choices_about_the_screen_are_kept(visitor: Browser, teacher: Somebody) -> None:
    visitor.sign_in(teacher)
    answer = visitor.post("/account/preferences", {"theme": "dark", "language": "en"}, on="/account")
    assert answer.status_code == 303
    cookies = {cookie.key: cookie.value for cookie in visitor.client._cookies.values()}
    assert (cookies["theme"], cookies["language"], cookies["shortcuts"]) == ("dark", "en", "off")
    page = visitor.get("/account").text
    assert 'data-theme="dark"' in page
    assert 'lang="en"' in page
    visitor.post("/account/preferences", {"theme": "<script>", "language": "xx"}, on="/account")
    assert {cookie.key: cookie.value for cookie in visitor.client._cookies.values()}["theme"] == "dark"


def test_somebody_sees_what_happened_to_their_account(place: Place, boss: Browser, teacher: Somebody) -> None:
    page = f"/accounts/{teacher.account}"
    boss.post(f"{page}/link", on=page)
    browser = Browser(place.app)
    browser.sign_in(teacher, PASSWORD)
    own = browser.get("/account").text
    assert "Link gekregen voor een nieuw wachtwoord" in own
    assert "Hanna Tester" in own


def test_my_own_account_is_not_among_those_of_others(boss: Browser) -> None:
    assert 'href="/accounts" aria-current="page"' in boss.get("/accounts").text
    own = boss.get("/account").text
    assert "Waar je bent ingelogd" in own
    assert "aria-current" not in own
