"""A bullying case on a phone, by the anti-bullying coordinator: from a signal to a plan, and looking back."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from events.log import clock
from intranet.people.today import today
from intranet.signals.commands import record_signal
from tests.browser.conftest import PHONE


@pytest.fixture
def browser_context_args(browser_context_args: dict) -> dict:
    return {**browser_context_args, **PHONE}


def test_from_a_signal_to_a_case_a_plan_and_looking_back(
    page: Page, sign_in, small_school, assert_accessible, assert_no_sideways_scroll
):
    noor = small_school.people["noor"]
    facts = {"account": "Noor wordt weggestuurd.", "happened_at": clock.now(), "people": [noor], "bullying": True}
    signal = small_school.do("fatima", lambda: record_signal(kind="concern", **facts))
    sign_in("esther")
    page.goto(f"/signals/{signal}")
    page.get_by_role("link", name="Breng samen in een zaak").tap()
    page.get_by_text("Een nieuwe zaak").tap()
    page.get_by_role("button", name="Ga verder").tap()
    page.get_by_text("Het gebeurt steeds weer").tap()
    assert_accessible(page)
    page.get_by_label("Wat is er aan de hand?").fill("Noor mag al weken niet meedoen.")
    page.get_by_role("button", name="Open de zaak").tap()
    expect(page.get_by_text("krijgt het te verduren")).to_be_visible()
    assert_accessible(page)
    assert_no_sideways_scroll(page)

    page.get_by_role("link", name="Plan", exact=True).first.tap()
    page.get_by_label("Wat willen jullie bereiken?").fill("Noor speelt weer mee.")
    page.get_by_role("button", name="Leg het plan vast").tap()
    page.get_by_role("link", name="Spreek iets af").tap()
    page.get_by_label("Wat spreken jullie af?").select_option("contact_moment")
    page.get_by_role("button", name="Spreek af").tap()
    expect(page.get_by_role("list", name="Open afspraken").get_by_role("link")).to_have_count(1)
    page.get_by_role("link", name="Naar de zaak").tap()

    page.get_by_role("link", name="Kijk terug").tap()
    expect(page.get_by_text("Vraag het eerst aan: Noor van der Berg.")).to_be_visible()
    page.get_by_text("Nog niet goed").tap()
    page.get_by_label("Wat werd er gezegd?").fill("In de pauze nog niet.")
    page.get_by_role("button", name="Leg vast").tap()
    page.get_by_text("Nog niet goed", exact=True).last.tap()
    page.get_by_label("Wat zien jullie samen?").fill("Nog twee weken.")
    with small_school.app.app_context():
        later = (today() + timedelta(days=14)).isoformat()
    page.get_by_label("Wanneer kijken jullie weer terug?").fill(later)
    assert_accessible(page)
    page.get_by_role("button", name="Leg vast").last.tap()
    page.get_by_role("link", name="Naar de zaak").tap()
    page.get_by_role("link", name="Hele tijdlijn").tap()
    page.get_by_text("Filters", exact=True).tap()
    page.get_by_label("Wat", exact=True).select_option("evaluation")
    page.get_by_role("button", name="Toon").tap()
    expect(page.get_by_text("In de pauze nog niet.")).to_be_visible()
    expect(page.get_by_text("Nog twee weken.")).to_be_visible()
