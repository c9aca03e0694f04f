"""Links: good for one use and seven days, whoever opens them first and however often the page is looked at."""

import re
import threading
from uuid import uuid4

import pytest
from sqlalchemy import select

from intranet.accounts.commands import LinkGone, choose_password, disable, give_link, invite
from intranet.accounts.invitations import link as links
from intranet.api import Refused, acting
from intranet.people.commands import let_go, register_person
from tests.intranet.accounts.conftest import PASSWORD, Browser, Place, Somebody

NEW = "groene stoel lacht vaak"
TWICE = {"password": NEW, "again": NEW}


@pytest.fixture
def invited(place: Place) -> tuple[Somebody, str]:
    person = place.person("Inge", "teacher")
    account, token = place.do(invite, person_id=person, works_at=place.north, address="inge@school.example")
    return Somebody(person, account, "inge@school.example"), token


def test_an_invitation_works_once(place: Place, visitor: Browser, invited) -> None:
    who, token = invited
    page = visitor.get(f"/welcome/{token}").text
    assert "Welkom, Inge Tester" in page
    assert visitor.sign_in(who, NEW).status_code == 422
    answer = visitor.post(f"/welcome/{token}", TWICE)
    assert answer.status_code == 303
    assert visitor.is_in
    assert place.events_of(who) == ["Invited", "Activated"]

    second = Browser(place.app)
    assert second.get(f"/welcome/{token}").status_code == 404
    other = {"csrf_token": second.token(), "password": "een ander woord", "again": "een ander woord"}
    assert second.client.post(f"/welcome/{token}", data=other).status_code == 404
    assert second.sign_in(who, NEW).status_code == 303


def test_looking_at_the_page_does_not_use_the_link_up(visitor: Browser, invited) -> None:
    _, token = invited
    for _ in range(5):
        assert visitor.get(f"/welcome/{token}").status_code == 200
        assert visitor.client.head(f"/welcome/{token}").status_code == 200


def test_an_invitation_expires_after_seven_days(clock, place: Place) -> None:
    person = place.person("Inge", "teacher")
    _, token = place.do(invite, person_id=person, works_at=place.north, address="inge@school.example")
    browser = Browser(place.app)
    clock.shift(7 * 24 * 3600 - 1)
    assert browser.get(f"/welcome/{token}").status_code == 200
    forgery = browser.token(f"/welcome/{token}")
    clock.shift(1)
    assert browser.client.post(f"/welcome/{token}", data={"csrf_token": forgery, **TWICE}).status_code == 404
    with place.app.test_request_context(), pytest.raises(LinkGone):
        choose_password(token, NEW)


def test_two_people_with_the_same_link_make_one_password(place_on_both: Place) -> None:
    person = place_on_both.person("Inge", "teacher")
    account, token = place_on_both.do(
        invite, person_id=person, works_at=place_on_both.north, address="inge@school.example"
    )
    answers: list[str] = []

    def choose(number: int) -> None:
        with place_on_both.app.app_context():
            try:
                choose_password(token, f"{NEW} {number}")
                answers.append("done")
            except Refused:
                answers.append("refused")

    threads = [threading.Thread(target=choose, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == ["done"] + ["refused"] * 5
    assert place_on_both.events_of(Somebody(person, account, "")) == ["Invited", "Activated"]


def test_a_new_link_makes_the_old_one_useless(place: Place, visitor: Browser, invited) -> None:
    who, old = invited
    new = place.do(give_link, who.account, given_by=place.person("Hanna", "head_teacher"))
    assert visitor.get(f"/welcome/{old}").status_code == 404
    assert visitor.get(f"/welcome/{new}").status_code == 200


def test_disabling_makes_a_link_useless(place: Place, visitor: Browser, invited) -> None:
    who, token = invited
    place.do(disable, who.account, reason="other")
    assert visitor.get(f"/welcome/{token}").status_code == 404


def test_the_database_holds_only_the_hash_of_a_link(place: Place, invited) -> None:
    _, token = invited
    with place.log.read_engine.connect() as connection:
        stored = bytes(connection.scalar(select(links.c.token_hash)))
    assert len(token) >= 43
    assert token.encode() not in stored
    folder = place.app.config["INSTANCE"]
    for name in ("geborgen.db", "geborgen.db-wal"):
        with open(f"{folder}/{name}", "rb") as file:
            content = file.read()
        assert token.encode() not in content
        assert b"inge@school" not in content


def test_a_link_for_a_new_password_ends_sessions_and_still_asks_the_code(clock, place: Place, teacher) -> None:
    signed_in = Browser(place.app)
    signed_in.sign_in(teacher)
    signed_in.enrol(teacher)
    token = place.do(give_link, teacher.account, given_by=place.person("Hanna", "head_teacher"))
    assert signed_in.is_in, "giving a link ended a session before anybody used it"
    somebody = Browser(place.app)
    answer = somebody.post(f"/welcome/{token}", TWICE)
    assert answer.location.startswith("/login/code")
    assert not somebody.is_in, "a new password skipped the second factor"
    assert not signed_in.is_in
    assert Browser(place.app).sign_in(teacher, PASSWORD).status_code == 422


@pytest.mark.parametrize("token", ["x", "a" * 43, "%00", "..%2f..", "é", "a" * 3000])
def test_a_made_up_link_is_gone(visitor: Browser, token: str) -> None:
    assert visitor.get(f"/welcome/{token}").status_code == 404


@pytest.mark.parametrize(
    ("password", "again", "sentence"),
    [
        ("kort", "kort", "te kort"),
        ("x" * 129, "x" * 129, "te lang"),
        ("wachtwoord123", "wachtwoord123", "makkelijk te raden"),
        ("Inge-Tester!", "Inge-Tester!", "makkelijk te raden"),
        ("schoolnoord2026", "schoolnoord2026", "makkelijk te raden"),
        (NEW, "groene stoel lacht nooit", "niet gelijk"),
        ("", "", "Kies een wachtwoord"),
    ],
)
def test_a_poor_password_comes_back_with_a_sentence(visitor, invited, password, again, sentence) -> None:
    _, token = invited
    answer = visitor.post(f"/welcome/{token}", {"password": password, "again": again})
    assert answer.status_code == 422
    assert sentence in answer.text
    assert "Fout:" in re.search(r"<title>(.*?)</title>", answer.text)[1]
    assert visitor.get(f"/welcome/{token}").status_code == 200, "a refused password used the link up"


def test_who_does_not_work_there_is_invited_by_nobody(place: Place) -> None:
    person = place.person("Inge", "teacher")
    with place.app.app_context(), acting(school=place.north):
        child = register_person(kind="pupil", given_name="Noor")
        let_go(person)
    for somebody in (person, child, uuid4()):
        with pytest.raises(Refused, match="werkt hier niet, of niet meer"):
            place.do(invite, person_id=somebody, works_at=place.north, address="inge@school.example")
