"""What is refused before any page is asked: forged changes, other sites, and too much."""

import pytest

from tests.intranet.accounts.conftest import PASSWORD, Browser, Place, Somebody


def _changing(place: Place) -> list[str]:
    return sorted({rule.endpoint for rule in place.app.url_map.iter_rules() if "POST" in rule.methods})


def _path(place: Place, endpoint: str, somebody: Somebody) -> str:
    from flask import url_for

    (rule, *_) = place.app.url_map.iter_rules(endpoint)
    with place.app.test_request_context():
        return url_for(endpoint, **{name: somebody.account for name in rule.arguments})


def test_every_change_without_token_is_refused(place: Place, visitor: Browser, head: Somebody) -> None:
    visitor.sign_in(head)
    visitor.enrol(head)
    changing = _changing(place)
    assert {"accounts.log_in", "accounts.log_out", "accounts.disable"} <= set(changing)
    for endpoint in changing:
        path = _path(place, endpoint, head)
        for token in ({}, {"csrf_token": ""}, {"csrf_token": "made.up.token"}, {"csrf_token": "é"}):
            answer = visitor.client.post(path, data={"reason": "other", "account": head.account.hex, **token})
            assert answer.status_code == 400, (endpoint, token)
            assert "Er is niets opgeslagen" in answer.text
    assert visitor.is_in


def test_the_token_of_somebody_elses_browser_is_refused(place: Place, visitor: Browser, teacher: Somebody) -> None:
    attacker = Browser(place.app)
    token = attacker.token()
    visitor.sign_in(teacher)
    assert visitor.client.post("/logout", data={"csrf_token": token}).status_code == 400
    assert visitor.is_in


@pytest.mark.parametrize("site", ["cross-site", "same-site", "made-up"])
def test_a_change_that_another_site_sends_is_refused_even_with_a_token(visitor, teacher, site: str) -> None:
    visitor.sign_in(teacher)
    answer = visitor.post("/logout", on="/account", headers={"Sec-Fetch-Site": site})
    assert answer.status_code == 400
    assert visitor.is_in
    assert visitor.post("/logout", on="/account", headers={"Sec-Fetch-Site": "same-origin"}).status_code == 303


def test_looking_changes_nothing(visitor: Browser, teacher: Somebody) -> None:
    visitor.sign_in(teacher)
    assert visitor.get("/logout").status_code == 405
    assert visitor.get("/login/as").status_code in (404, 405)
    assert visitor.is_in


def test_a_thousand_fields_are_too_many_in_either_kind_of_form(visitor: Browser) -> None:
    fields = {f"field{number}": "x" for number in range(1000)}
    assert visitor.post("/login", fields).status_code == 413
    few = {f"field{number}": "x" for number in range(900)}
    assert visitor.post("/login", few).status_code == 422
    answer = visitor.post("/login", fields, content_type="multipart/form-data")
    assert answer.status_code == 413


def test_a_form_of_more_than_a_megabyte_is_refused(visitor: Browser) -> None:
    assert visitor.post("/login", {"address": "x" * 1_100_000}).status_code == 413
    part = b'--b\r\nContent-Disposition: form-data; name="address"\r\n\r\n' + b"x" * 1_100_000 + b"\r\n--b--\r\n"
    answer = visitor.client.post("/login", data=part, content_type="multipart/form-data; boundary=b")
    assert answer.status_code == 413


def test_an_upload_has_a_limit_of_its_own(make_app) -> None:
    client = make_app(MAX_UPLOAD_MEGABYTES=1).test_client()
    upload = (
        b'--b\r\nContent-Disposition: form-data; name="f"; filename="f"\r\n\r\n' + b"x" * 2_200_000 + b"\r\n--b--\r\n"
    )
    assert client.post("/login", data=upload, content_type="multipart/form-data; boundary=b").status_code == 413


def test_a_form_that_stood_open_during_a_lesson_still_works(clock, place: Place, visitor, teacher) -> None:
    visitor.sign_in(teacher)
    token = visitor.token("/account/password")
    for _ in range(6):
        clock.shift(25 * 60)
        assert visitor.is_in
    form = {"csrf_token": token, "old": PASSWORD, "password": "groene stoel lacht", "again": "groene stoel lacht"}
    assert visitor.client.post("/account/password", data=form).status_code == 303


@pytest.mark.parametrize("https", [True, False])
def test_every_cookie_is_as_narrow_as_it_can_be(make_app, https: bool) -> None:
    place = Place(make_app(HTTPS=https))
    teacher = place.somebody("Tess", "teacher")
    browser = Browser(place.app)
    base = {"base_url": "https://localhost"} if https else {}
    page = browser.get("/login", **base)
    import re

    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page.text)[1]
    form = {"csrf_token": token, "address": teacher.address, "password": PASSWORD}
    answer = browser.client.post("/login", data=form, **base)
    assert answer.status_code == 303
    assert browser.get("/account", **base).status_code == 200
    cookies = page.headers.getlist("Set-Cookie") + answer.headers.getlist("Set-Cookie")
    assert len(cookies) >= 3
    for cookie in cookies:
        assert "HttpOnly" in cookie
        assert "SameSite=Lax" in cookie
        assert "Path=/" in cookie
        assert "Domain" not in cookie
        assert cookie.startswith("__Host-") is https
        assert ("Secure" in cookie) is https
