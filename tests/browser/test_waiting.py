"""A promise that is late comes to who looks after it: on a phone with a keyboard, from the bell to done."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from events.log import clock
from intranet.follow_up.climbing import record_climbs
from intranet.follow_up.commands import promise_follow_up
from tests.browser.conftest import PHONE


@pytest.fixture
def browser_context_args(browser_context_args: dict) -> dict:
    return {**browser_context_args, **PHONE}


def press(page: Page, role: str, name: str) -> None:
    """Go there as somebody does who has no mouse, and press Enter."""
    page.get_by_role(role, name=name).first.focus()
    page.keyboard.press("Enter")


def test_a_late_promise_rings_the_bell_and_is_gone_when_it_is_done(page: Page, sign_in, small_school):
    now = clock.now()
    with clock.told_at(now - timedelta(days=21)):
        incident = small_school.report("fatima")
        owner, day = small_school.people["fatima"], (now - timedelta(days=14)).date()
        small_school.do("hanneke", promise_follow_up, incident, kind="victim_talk", owner=owner, due_on=day)
    small_school.do("marijke", record_climbs, [small_school.school])
    sign_in("hanneke")
    page.goto("/")
    late = page.locator("#waiting")
    expect(late).to_contain_text("Te laat")
    expect(late).to_contain_text("schooldagen te laat bij Fatima")
    press(page, "link", "1 nieuw")
    press(page, "button", "Een afspraak van een collega is te laat")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.get_by_label("Wat kwam eruit?").focus()
    page.keyboard.type("Ik heb zelf met Noor gepraat.")
    press(page, "button", "Leg vast")
    page.wait_for_url(f"**/incidents/{incident}/follow-up/")
    page.goto("/notices/")
    expect(page.get_by_text("Niets nieuws")).to_be_visible()
    page.goto("/")
    expect(page.locator("#waiting")).not_to_contain_text("Te laat")
