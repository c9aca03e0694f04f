"""Sessions: what a kept cookie is worth after signing out, disabling, a new password, and time."""

from hashlib import sha256

import pytest
import sqlalchemy as sa
from sqlalchemy import select

from intranet.accounts.sessions import device_of, session
from tests.intranet.accounts.conftest import PASSWORD, Browser, Place, Somebody

NEW = "groene stoel lacht vaak"


def _rows(place: Place) -> list:
    with place.log.read_engine.connect() as connection:
        return connection.execute(select(session)).all()


def test_a_kept_cookie_is_worth_nothing_after_signing_out(place_on_both: Place) -> None:
    teacher = place_on_both.somebody("Tess", "teacher")
    browser = Browser(place_on_both.app)
    browser.sign_in(teacher)
    thief = browser.copy()
    assert thief.is_in
    answer = browser.post("/logout", on="/account")
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert not browser.is_in
    assert not thief.is_in
    assert _rows(place_on_both) == []


def test_a_kept_cookie_is_worth_nothing_after_disabling(place: Place, visitor: Browser, teacher: Somebody) -> None:
    from intranet.accounts.commands import disable, enable

    visitor.sign_in(teacher)
    thief = visitor.copy()
    place.do(disable, teacher.account, reason="suspicion")
    assert not visitor.is_in
    assert not thief.is_in
    assert visitor.sign_in(teacher).status_code == 422
    place.do(enable, teacher.account)
    assert not thief.is_in
    assert visitor.sign_in(teacher).status_code == 422, "enabling brings the old password back"


def test_disabling_works_even_when_a_session_row_stayed_behind(place: Place, visitor, teacher, monkeypatch) -> None:
    from intranet.accounts import commands

    visitor.sign_in(teacher)
    monkeypatch.setattr(commands.sessions, "end_all", lambda *_args, **_more: 0)
    place.do(commands.disable, teacher.account, reason="suspicion")
    assert len(_rows(place)) == 1
    assert not visitor.is_in


def test_a_new_password_ends_every_other_session(place: Place, visitor: Browser, teacher: Somebody) -> None:
    elsewhere = Browser(place.app)
    elsewhere.sign_in(teacher)
    visitor.sign_in(teacher)
    thief = visitor.copy()
    answer = visitor.post("/account/password", {"old": PASSWORD, "password": NEW, "again": NEW})
    assert answer.status_code == 303
    assert visitor.is_in
    assert not elsewhere.is_in
    assert not thief.is_in, "the session that changed it kept its id"
    assert Browser(place.app).sign_in(teacher).status_code == 422
    assert Browser(place.app).sign_in(teacher, NEW).status_code == 303
    assert "PasswordChanged" in place.events_of(teacher)


def test_the_old_password_is_asked_for_a_new_one(visitor: Browser, teacher: Somebody) -> None:
    visitor.sign_in(teacher)
    answer = visitor.post("/account/password", {"old": "geraden woord", "password": NEW, "again": NEW})
    assert answer.status_code == 422
    assert "niet je wachtwoord van nu" in answer.text


def test_a_session_planted_before_signing_in_is_replaced(place: Place, teacher: Somebody) -> None:
    attacker = place.somebody("Aad", "teacher")
    victim = Browser(place.app)
    victim.sign_in(attacker)
    planted = victim.copy()
    token_before = victim.client._cookies[("localhost", "/", "geborgen")].value
    victim.sign_in(teacher)
    assert victim.client._cookies[("localhost", "/", "geborgen")].value != token_before
    assert "Tess Tester" in victim.get("/account").text
    assert "Tess Tester" not in planted.get("/account", follow_redirects=True).text


def test_the_forgery_token_of_before_signing_in_does_not_work_after(visitor: Browser, teacher: Somebody) -> None:
    token = visitor.token()
    visitor.sign_in(teacher)
    assert visitor.client.post("/logout", data={"csrf_token": token}).status_code == 400
    assert visitor.is_in


def test_the_database_holds_only_the_hash_of_a_random_id(place: Place, visitor: Browser, teacher: Somebody) -> None:
    visitor.sign_in(teacher)
    with visitor.client.session_transaction() as cookie:
        token = cookie["_user_id"]
    (row,) = _rows(place)
    assert row.id_hash == sha256(token.encode()).digest()
    assert len(token) >= 43
    forged = Browser(place.app)
    with forged.client.session_transaction() as cookie:
        cookie["_user_id"] = row.id_hash.hex()
    assert not forged.is_in


@pytest.mark.parametrize("made_up", ["", "x", "0" * 43, "a" * 10_000, "\udcff", "é"])
def test_a_made_up_id_opens_nothing(place: Place, visitor: Browser, made_up: str) -> None:
    with place.app.test_request_context():
        from intranet.accounts.signed_in import SignedIn

        assert SignedIn.of(made_up) is None


def test_half_an_hour_without_a_click_ends_a_session(clock, place: Place, visitor: Browser, teacher: Somebody) -> None:
    visitor.sign_in(teacher)
    clock.shift(29 * 60)
    assert visitor.is_in
    clock.shift(29 * 60)
    assert visitor.is_in, "the click of before did not count"
    clock.shift(30 * 60)
    assert not visitor.is_in


def test_ten_hours_end_a_session_whatever_somebody_did(clock, place: Place, visitor: Browser, teacher) -> None:
    visitor.sign_in(teacher)
    for _ in range(29):
        clock.shift(20 * 60)
        assert visitor.is_in
    clock.shift(20 * 60)
    assert not visitor.is_in


def test_the_limits_are_settings(clock, make_app) -> None:
    place = Place(make_app(SESSION_IDLE_MINUTES=5))
    teacher, browser = place.somebody("Tess", "teacher"), Browser(place.app)
    browser.sign_in(teacher)
    clock.shift(5 * 60)
    assert not browser.is_in


def test_being_seen_is_written_once_a_minute(clock, place: Place, visitor: Browser, teacher: Somebody) -> None:
    visitor.sign_in(teacher)
    (first,) = _rows(place)
    clock.shift(59)
    assert visitor.is_in
    assert _rows(place)[0].seen_at == first.seen_at
    clock.shift(1)
    assert visitor.is_in
    assert _rows(place)[0].seen_at == first.seen_at + 60_000


def test_a_session_is_read_with_one_select(place: Place, visitor: Browser, teacher: Somebody) -> None:
    visitor.sign_in(teacher)
    with visitor.client.session_transaction() as cookie:
        token = cookie["_user_id"]
    with place.app.test_request_context():
        from intranet.accounts.signed_in import SignedIn
        from intranet.database import db

        seen: list[str] = []
        sa.event.listen(db.engine, "before_cursor_execute", lambda *each: seen.append(each[2]))
        user = SignedIn.of(token)
        assert (user.account_id, user.person_id, user.school_id) == (teacher.account, teacher.person, place.north)
        assert len([each for each in seen if each.startswith("SELECT")]) == 1


def test_somebody_sees_their_sessions_and_ends_one(place: Place, visitor: Browser, teacher: Somebody) -> None:
    phone = Browser(place.app)
    phone.client.environ_base["HTTP_USER_AGENT"] = "Mozilla/5.0 (Linux; Android 15) Gecko/145 Firefox/145.0"
    phone.sign_in(teacher)
    visitor.sign_in(teacher)
    page = visitor.get("/account").text
    assert "Firefox, Android" in page
    other = next(row.id_hash.hex() for row in _rows(place) if row.device == "firefox.android")
    visitor.post("/account/sessions/end", {"session": other}, on="/account")
    assert visitor.is_in
    assert not phone.is_in


def test_somebody_ends_all_other_sessions(place: Place, visitor: Browser, teacher: Somebody) -> None:
    others = [Browser(place.app) for _ in range(3)]
    for each in others:
        each.sign_in(teacher)
    visitor.sign_in(teacher)
    visitor.post("/account/sessions/end", {"session": "others"}, on="/account")
    assert visitor.is_in
    assert not any(each.is_in for each in others)


def test_nobody_ends_the_session_of_somebody_else(place: Place, visitor: Browser, teacher: Somebody) -> None:
    colleague, elsewhere = place.somebody("Bas", "teacher"), Browser(place.app)
    elsewhere.sign_in(colleague)
    theirs = _rows(place)[0].id_hash.hex()
    visitor.sign_in(teacher)
    for wanted in (theirs, theirs.upper(), "others", "", "zz" * 32, "é" * 64):
        visitor.post("/account/sessions/end", {"session": wanted}, on="/account")
        said = visitor.get("/account").text
        assert ("andere apparaten" if wanted == "others" else "Dat apparaat was al uitgelogd.") in said
    assert elsewhere.is_in


def test_a_device_is_two_words_from_a_list() -> None:
    assert device_of("Mozilla/5.0 (Windows NT 10.0) Chrome/140 Safari/537 Edg/140") == "edge.windows"
    assert device_of("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18 Safari/604") == "safari.ios"
    assert device_of("van Tess Tester\n") == "other.other"


def test_a_full_disk_does_not_keep_people_from_reading(clock, place, visitor, teacher, monkeypatch) -> None:
    from events.log.errors import LogUnavailable

    visitor.sign_in(teacher)
    clock.shift(120)

    def full(**_options):
        raise LogUnavailable("The database cannot write now.")

    monkeypatch.setattr(place.log, "unit_of_work", full)
    assert visitor.is_in
