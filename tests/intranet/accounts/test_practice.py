"""The practice school: anybody can be anybody, and only there."""

import pytest

from tests.intranet.accounts.conftest import Browser, Place


@pytest.fixture
def practice(make_app) -> Place:
    return Place(make_app(DEMO=True))


def test_the_login_page_lists_whom_one_can_be(practice: Place) -> None:
    director = practice.somebody("Dirk", "executive_director", "head_teacher")
    practice.somebody("Tess", "teacher")
    browser = Browser(practice.app)
    page = browser.get("/login").text
    assert "Oefenomgeving" in page
    assert page.index("Dirk Tester") < page.index("Tess Tester")
    assert browser.post("/login/as", {"account": director.account.hex}, on="/login").status_code == 303
    assert browser.get("/accounts").status_code == 200, "somebody in the practice school needs no phone"
    assert "Dirk Tester" in browser.get("/account").text


def test_somebody_else_with_one_click_more(practice: Place) -> None:
    one, other = practice.somebody("Dirk", "head_teacher"), practice.somebody("Tess", "teacher")
    browser = Browser(practice.app)
    browser.post("/login/as", {"account": one.account.hex}, on="/login")
    browser.post("/logout", on="/account")
    browser.post("/login/as", {"account": other.account.hex}, on="/login")
    assert "Tess Tester" in browser.get("/account").text
    assert browser.get("/accounts").status_code == 404


def test_a_click_needs_the_forgery_token_too(practice: Place) -> None:
    who, browser = practice.somebody("Dirk", "head_teacher"), Browser(practice.app)
    assert browser.client.post("/login/as", data={"account": who.account.hex}).status_code == 400
    assert not browser.is_in


@pytest.mark.parametrize("account", ["", "x", "0" * 32])
def test_somebody_made_up_is_nobody(practice: Place, account: str) -> None:
    practice.somebody("Dirk", "head_teacher")
    assert Browser(practice.app).post("/login/as", {"account": account}, on="/login").status_code == 404


def test_with_real_people_there_is_no_list_and_no_such_page(place: Place, visitor: Browser, head) -> None:
    page = visitor.get("/login").text
    assert "Hanna" not in page
    assert "Oefenomgeving" not in page
    assert visitor.post("/login/as", {"account": head.account.hex}, on="/login").status_code == 404
    assert not visitor.is_in
