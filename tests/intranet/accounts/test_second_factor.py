"""The second factor: who needs one, codes that work once, a lost phone, and proving again who one is."""

import base64

import pyotp
import pytest
from sqlalchemy import select

from intranet.accounts.credentials import credential, recovery_code
from tests.intranet.accounts.conftest import PASSWORD, Browser, Place, Somebody, code_now

CONFIDENTIAL = (
    "protection_officer",
    "confidential_adviser",
    "care_coordinator",
    "head_teacher",
    "executive_director",
    "administrator",
)


@pytest.mark.parametrize("duty", CONFIDENTIAL)
def test_a_confidential_duty_leads_to_the_second_factor_before_any_page(place, visitor, duty: str) -> None:
    who = place.somebody("Vera", duty)
    visitor.sign_in(who)
    allowed = {"accounts.log_out", "accounts.profile", "accounts.enrol", "accounts.preferences", "static"}
    # The feed belongs to a calendar program, that nobody signs in with: its secret is not of this session.
    allowed |= {"agenda.feed"}
    arguments = {"account_id": who.account}
    for rule in place.app.url_map.iter_rules():
        if rule.endpoint in allowed or "GET" not in rule.methods:
            continue
        values = {name: arguments.get(name, who.person) for name in rule.arguments}
        with place.app.test_request_context():
            from flask import url_for

            try:
                path = url_for(rule.endpoint, **values)
            except Exception:  # a converter that wants something else than an id
                continue
        answer = visitor.get(path)
        assert (answer.status_code, answer.location) == (303, "/account/second-factor"), rule
    assert visitor.get("/account").status_code == 200


def test_other_duties_do_not_need_one(visitor: Browser, teacher: Somebody) -> None:
    visitor.sign_in(teacher)
    assert visitor.get("/account/password").status_code == 200


def test_after_enrolling_the_way_is_free_and_the_next_time_a_code_is_asked(place_on_both: Place) -> None:
    head = place_on_both.somebody("Hanna", "head_teacher")
    browser = Browser(place_on_both.app)
    browser.sign_in(head)
    assert "Codes voor op papier" in browser.enrol(head)
    assert len(set(head.codes)) == 10
    assert browser.get("/accounts").status_code == 200
    assert place_on_both.events_of(head) == ["Invited", "Activated", "SecondFactorAdded"]

    again = Browser(place_on_both.app)
    answer = again.post("/login", {"address": head.address, "password": PASSWORD})
    assert answer.location.startswith("/login/code")
    assert not again.is_in, "the password alone opened a page"
    assert again.post("/login/code", {"code": "000000"}).status_code == 422
    assert not again.is_in
    answer = again.post("/login/code", {"code": head.codes[0]})
    assert answer.status_code == 303
    assert again.is_in


def test_a_wrong_code_does_not_enrol(place: Place, visitor: Browser, head: Somebody) -> None:
    visitor.sign_in(head)
    answer = visitor.post("/account/second-factor", {"code": "123456"})
    assert answer.status_code == 422
    assert place.events_of(head) == ["Invited", "Activated"]


def test_the_offered_secret_stays_the_same_and_showing_it_stores_nothing(place, visitor, head) -> None:
    import re

    visitor.sign_in(head)
    pages = [visitor.get("/account/second-factor").text for _ in range(2)]
    secrets = {re.search(r"<code>([A-Z2-7 ]+)</code>", page)[1] for page in pages}
    assert len(secrets) == 1
    assert "data:image/svg+xml" in pages[0]
    other = Browser(place.app)
    other.sign_in(head)
    assert next(iter(secrets)) not in other.get("/account/second-factor").text
    with place.log.read_engine.connect() as connection:
        assert connection.scalar(select(credential.c.totp_secret)) is None


def _enrolled(place: Place, clock, *duties: str) -> Somebody:
    who = place.somebody("Vera", *(duties or ("teacher",)))
    browser = Browser(place.app)
    browser.sign_in(who)
    browser.enrol(who)
    clock.shift(90)
    return who


def _half_in(place: Place, who: Somebody) -> Browser:
    browser = Browser(place.app)
    browser.post("/login", {"address": who.address, "password": PASSWORD})
    return browser


def test_a_code_works_once(clock, place: Place) -> None:
    who = _enrolled(place, clock)
    code = code_now(who)
    assert _half_in(place, who).post("/login/code", {"code": code}).status_code == 303
    answer = _half_in(place, who).post("/login/code", {"code": code})
    assert answer.status_code == 422
    assert "al gebruikt" in answer.text


def test_a_code_of_before_the_last_used_one_is_refused(clock, place: Place) -> None:
    who = _enrolled(place, clock)
    earlier = code_now(who)
    clock.shift(30)
    assert _half_in(place, who).post("/login/code", {"code": code_now(who)}).status_code == 303
    assert _half_in(place, who).post("/login/code", {"code": earlier}).status_code == 422


def test_the_code_of_half_a_minute_ago_works_and_that_of_a_minute_ago_does_not(clock, place: Place) -> None:
    who = _enrolled(place, clock)
    code = code_now(who)
    clock.shift(60)
    assert _half_in(place, who).post("/login/code", {"code": code}).status_code == 422
    code = code_now(who)
    clock.shift(30)
    assert _half_in(place, who).post("/login/code", {"code": f"{code[:3]} {code[3:]}"}).status_code == 303


def test_the_code_used_to_enrol_does_not_work_again(clock, place: Place, visitor: Browser, head: Somebody) -> None:
    visitor.sign_in(head)
    visitor.enrol(head)
    assert _half_in(place, head).post("/login/code", {"code": code_now(head)}).status_code == 422


def test_a_code_on_paper_works_once_and_is_stored_as_a_hash(clock, place: Place) -> None:
    who = _enrolled(place, clock)
    with place.log.read_engine.connect() as connection:
        stored = list(connection.scalars(select(recovery_code.c.code_hash)))
    assert len(stored) == 10
    assert not any(code.replace("-", "").encode() in bytes(each) for code in who.codes for each in stored)
    code = who.codes[3].lower()
    assert _half_in(place, who).post("/login/code", {"code": code}).status_code == 303
    assert _half_in(place, who).post("/login/code", {"code": code}).status_code == 422
    assert _half_in(place, who).post("/login/code", {"code": who.codes[4]}).status_code == 303


def test_a_code_of_somebody_else_is_refused(clock, place: Place) -> None:
    one = _enrolled(place, clock)
    other = place.somebody("Otto", "teacher")
    browser = Browser(place.app)
    browser.sign_in(other)
    browser.enrol(other)
    clock.shift(60)
    assert _half_in(place, one).post("/login/code", {"code": code_now(other)}).status_code == 422
    assert _half_in(place, one).post("/login/code", {"code": other.codes[0]}).status_code == 422


def test_the_secret_is_stored_sealed_under_the_accounts_own_key(clock, place: Place) -> None:
    from events.log.tables import key_use
    from intranet.accounts.credentials import of_account, totp_secret

    who = _enrolled(place, clock)
    with place.log.read_engine.connect() as connection:
        stored = bytes(connection.scalar(select(credential.c.totp_secret)))
        key_id = connection.scalar(select(key_use.c.key_id).where(key_use.c.owner == who.account))
    assert who.secret.encode() not in stored
    assert base64.b32decode(who.secret) not in stored
    with place.app.test_request_context():
        assert totp_secret(of_account(who.account)) == who.secret
        place.log.key_store.destroy([key_id])
        place.log.key_store.notice_erasures()
        assert totp_secret(of_account(who.account)) is None


def test_guessing_codes_is_slowed_down(clock, place: Place) -> None:
    who = _enrolled(place, clock)
    browser = _half_in(place, who)
    token = browser.token("/login/code")
    answers = [
        browser.client.post("/login/code", data={"csrf_token": token, "code": f"{guess:06d}"}).status_code
        for guess in range(60)
    ]
    assert answers.count(422) <= 6
    assert answers.count(429) >= 54
    clock.shift(601)
    answer = _half_in(place, who).post("/login/code", {"code": code_now(who)})
    assert answer.status_code == 303


def test_a_session_that_waits_for_a_code_opens_nothing_by_hand(clock, place: Place) -> None:
    who = _enrolled(place, clock)
    browser = _half_in(place, who)
    with browser.client.session_transaction() as cookie:
        cookie["_user_id"] = cookie["waiting"]
    assert not browser.is_in


def test_who_lost_the_phone_is_helped_by_a_colleague_and_signed_out_everywhere(clock, place: Place, head) -> None:
    who = _enrolled(place, clock, "confidential_adviser")
    lost = _half_in(place, who)
    lost.post("/login/code", {"code": code_now(who)})
    assert lost.is_in
    boss = Browser(place.app)
    boss.sign_in(head)
    boss.enrol(head)
    boss.post(f"/accounts/{who.account}/second-factor/remove", on=f"/accounts/{who.account}")
    assert not lost.is_in
    assert place.events_of(who)[-1] == "SecondFactorRemoved"
    back = Browser(place.app)
    back.sign_in(who)
    assert back.get("/account/password").location == "/account/second-factor", "a reset skipped the second factor"


def test_one_colleague_does_not_take_the_factor_and_give_the_password(clock, place: Place, head) -> None:
    who = _enrolled(place, clock, "confidential_adviser")
    boss = Browser(place.app)
    boss.sign_in(head)
    boss.enrol(head)
    page = f"/accounts/{who.account}"
    assert boss.post(f"{page}/link", on=page).status_code == 200
    answer = boss.post(f"{page}/second-factor/remove", on=page)
    assert answer.status_code == 409
    assert "Vraag een collega" in answer.text
    clock.shift(8 * 24 * 3600)
    boss = Browser(place.app)
    boss.sign_in(head)
    assert boss.post(f"{page}/second-factor/remove", on=page).status_code == 303
    assert boss.post(f"{page}/link", on=page).status_code == 409


def test_important_steps_ask_again_who_is_behind_the_screen(clock, place: Place, head, teacher) -> None:
    boss = Browser(place.app)
    boss.sign_in(head)
    boss.enrol(head)
    clock.shift(11 * 60)
    page = f"/accounts/{teacher.account}"
    answer = boss.post(f"{page}/link", on=page)
    assert answer.status_code == 303
    assert answer.location.startswith("/account/confirm?next=")
    assert boss.post("/account/confirm", {"code": "000000"}).status_code == 422
    assert boss.post(f"{page}/link", on=page).status_code == 303
    thief = boss.copy()
    assert boss.post("/account/confirm", {"code": code_now(head)}).status_code == 303
    assert boss.post(f"{page}/link", on=page).status_code == 200
    assert not thief.is_in, "a session that may do more kept its id"


def test_without_a_second_factor_the_password_proves_who_one_is(clock, place: Place, visitor, teacher) -> None:
    visitor.sign_in(teacher)
    assert visitor.post("/account/confirm", {"password": "iets heel anders"}).status_code == 422
    assert visitor.post("/account/confirm", {"password": PASSWORD}).status_code == 303
    assert visitor.is_in


def test_who_needs_the_factor_cannot_turn_it_off(clock, place: Place, visitor, head, teacher) -> None:
    visitor.sign_in(head)
    visitor.enrol(head)
    assert visitor.post("/account/second-factor/remove", on="/account/password").status_code == 409
    free = Browser(place.app)
    free.sign_in(teacher)
    free.enrol(teacher)
    assert free.post("/account/second-factor/remove", on="/account").location == "/login"
    assert not free.is_in
    free.sign_in(teacher)
    assert free.is_in


def test_a_step_is_taken_by_one_worker_only(clock, place_on_both: Place) -> None:
    from events.log.context import acting
    from intranet.accounts.credentials import use_totp_step

    who = _enrolled(place_on_both, clock)
    with place_on_both.app.app_context(), acting(school=place_on_both.board):
        taken = []
        for _ in range(3):
            with place_on_both.log.unit_of_work(lock=False) as work:
                taken.append(use_totp_step(work, who.account, 99_999_999_999))
    assert taken == [True, False, False]


def test_codes_are_those_of_the_standard() -> None:
    from intranet.accounts.second_factor import step_of

    assert pyotp.TOTP("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ").generate_otp(59 // 30) == "287082"
    assert step_of("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", "287082") is None
