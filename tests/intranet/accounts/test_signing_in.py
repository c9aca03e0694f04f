"""Signing in: the right password, the wrong one, and a name that nobody has."""

import logging

import pytest
from sqlalchemy import select

from intranet.accounts import passwords
from intranet.accounts.credentials import credential
from tests.intranet.accounts.conftest import PASSWORD, Browser, Place, Somebody


def test_the_right_password_opens_the_intranet(place_on_both: Place) -> None:
    teacher = place_on_both.somebody("Tess", "teacher")
    visitor = Browser(place_on_both.app)
    assert not visitor.is_in
    assert visitor.sign_in(teacher).status_code == 303
    assert visitor.is_in


def test_capitals_and_spaces_in_an_address_mean_nothing(visitor: Browser, teacher: Somebody) -> None:
    visitor.post("/login", {"address": f"  {teacher.address.upper()} ", "password": PASSWORD})
    assert visitor.is_in


@pytest.mark.parametrize("address", ["tess@school.example", "nobody@school.example"])
def test_wrong_password_and_unknown_name_get_the_same_answer(visitor, teacher, address: str) -> None:
    answer = visitor.post("/login", {"address": address, "password": "iets heel anders"})
    assert answer.status_code == 422
    assert "horen niet bij elkaar" in answer.text
    assert not visitor.is_in


@pytest.mark.parametrize("address", ["tess@school.example", "nobody@school.example", "invited@school.example"])
def test_a_hash_is_computed_whoever_is_named(place: Place, visitor, teacher, monkeypatch, address: str) -> None:
    from intranet.accounts.commands import invite

    invited = place.person("Inge", "teacher")
    place.do(invite, person_id=invited, works_at=place.north, address="invited@school.example")
    verified: list[str] = []
    verify = passwords.hasher.__class__.verify

    def counting(self, stored: str, password: str) -> bool:
        verified.append(stored)
        return verify(self, stored, password)

    monkeypatch.setattr(passwords.hasher.__class__, "verify", counting)
    visitor.post("/login", {"address": address, "password": "iets heel anders"})
    assert len(verified) == 1
    assert "m=19456,t=2,p=1" in verified[0]


def test_a_hash_of_weaker_settings_is_replaced(place: Place, visitor, teacher) -> None:
    from argon2 import PasswordHasher

    weak = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
    with place.app.app_context(), place.log.write_engine.begin() as connection:
        connection.execute(credential.update(), {"password_hash": weak})
    visitor.sign_in(teacher)
    assert visitor.is_in
    with place.log.read_engine.connect() as connection:
        stored = connection.scalar(select(credential.c.password_hash))
    assert stored != weak
    assert not passwords.is_outdated(stored)


def test_who_left_the_school_comes_in_no_more(place: Place, visitor, teacher) -> None:
    from events.log.context import acting
    from intranet.people.commands import let_go

    with place.app.app_context(), acting(school=place.north):
        let_go(teacher.person)
    assert visitor.sign_in(teacher).status_code == 422
    assert not visitor.is_in


def test_who_leaves_the_school_while_signed_in_sees_nothing_more(place: Place, visitor, teacher) -> None:
    from events.log.context import acting
    from intranet.people.commands import let_go

    visitor.sign_in(teacher)
    with place.app.app_context(), acting(school=place.north):
        let_go(teacher.person)
    assert visitor.get("/account").status_code == 404


def test_every_sign_in_and_refusal_is_logged_without_a_word_about_anybody(place, visitor, teacher, caplog) -> None:
    caplog.set_level(logging.INFO, "geborgen.security")
    visitor.post(
        "/login",
        {"address": teacher.address, "password": "mis\nsign_in.done"},
        environ_overrides={"REMOTE_ADDR": "203.0.113.77", "HTTP_USER_AGENT": "Tess\nTester"},
    )
    visitor.post("/login", {"address": "vreemde\nnaam@school.example", "password": "geheimwoord"})
    visitor.sign_in(teacher)
    visitor.get("/accounts")
    visitor.post("/logout", on="/account")
    lines = [record.getMessage() for record in caplog.records if record.name == "geborgen.security"]
    words = [line.split(" ")[0] for line in lines]
    assert words == ["sign_in.refused", "sign_in.refused", "sign_in.done", "denied", "sign_out"]
    everything = "\n".join(caplog.messages)
    for secret in ("tess", "school.example", "vreemde", "geheimwoord", "mis", "203.0.113.77", PASSWORD):
        assert secret not in everything.lower()
    assert f"account={teacher.account.hex}" in lines[0]
    assert all("\n" not in line for line in lines)


def test_the_cookie_tells_nothing_about_the_person(place, visitor, teacher) -> None:
    from itsdangerous import base64_decode

    visitor.sign_in(teacher)
    for cookie in visitor.client._cookies.values():
        raw = cookie.value.split(".")[0]
        text = cookie.value + repr(base64_decode(raw))
        for secret in (teacher.address, "Tess", "Tester", teacher.person.hex, teacher.account.hex, str(teacher.person)):
            assert secret not in text
        assert "_id" not in text.replace("_user_id", "")


@pytest.mark.parametrize(
    "asked",
    [
        "//evil.example",
        "///evil.example",
        "https://evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/%5Cevil.example",
        "/\t/evil.example",
        "/%09/evil.example",
        "javascript:alert(1)",
        "evil.example",
        "/no-such-page",
        "/logout",
        "/account\r\nSet-Cookie: a=b",
        "//xn--evl-0na.example/account",
        "/​/evil.example",
        "/account@evil.example",
        "http:/account",
        "",
        "/" + "a" * 600,
    ],
)
def test_nobody_is_led_to_another_site_after_signing_in(visitor, teacher, asked: str) -> None:
    from urllib.parse import quote

    token = visitor.token()
    form = {"csrf_token": token, "address": teacher.address, "password": PASSWORD}
    answer = visitor.client.post(f"/login?next={quote(asked)}", data=form)
    assert answer.status_code == 303
    assert answer.location == "/in"


def test_the_page_that_was_asked_for_comes_after_signing_in(visitor, teacher) -> None:
    answer = visitor.get("/account/password?from=menu")
    assert answer.location == "/login?next=/account/password?from%3Dmenu"
    page = visitor.get(answer.location).text
    assert "next=/account/password?from%3Dmenu" in page
    form = {"csrf_token": visitor.token(), "address": teacher.address, "password": PASSWORD}
    assert visitor.client.post(answer.location, data=form).location == "/account/password?from=menu"


def test_text_somebody_was_typing_comes_back_when_they_were_signed_out(visitor, teacher) -> None:
    visitor.sign_in(teacher)
    token = visitor.token("/account")
    visitor.copy().post("/logout", on="/account")
    answer = visitor.client.post(
        "/account/preferences", data={"csrf_token": token, "what": "Een lang verhaal over het plein <b>"}
    )
    assert answer.status_code == 401
    assert "Een lang verhaal over het plein &lt;b&gt;" in answer.text
