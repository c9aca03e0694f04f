"""A signal on a phone: what goes well or worries, written down by touch, looked at, and a receipt that stays."""

import pytest
from playwright.sync_api import Page, expect

from events.log import clock
from intranet.signals.commands import record_signal
from tests.browser.conftest import PHONE


@pytest.fixture
def browser_context_args(browser_context_args: dict) -> dict:
    return {**browser_context_args, **PHONE}


def test_a_teacher_writes_down_what_goes_well(page: Page, sign_in, small_school, assert_no_sideways_scroll):
    sign_in("fatima")
    page.goto("/")
    page.get_by_role("link", name="Nieuw signaal").first.tap()
    page.get_by_role("link", name="Observatie").tap()
    page.get_by_text("Gaat goed", exact=True).tap()
    page.get_by_role("combobox", name="Zoek een naam").fill("no")
    page.get_by_role("option", name="Noor").tap()
    page.get_by_label("Wat zag of hoorde je?").fill("Noor hielp een kleuter met de rits.")
    page.get_by_role("button", name="Vastleggen").tap()
    expect(page.get_by_role("heading", name="Vastgelegd")).to_be_visible()
    assert_no_sideways_scroll(page)
    page.get_by_role("link", name="Lees het na").tap()
    expect(page.get_by_text("Noor hielp een kleuter met de rits.")).to_be_visible()
    expect(page.get_by_role("heading", name="Wat ermee gebeurt")).to_be_visible()


def test_what_smells_of_home_shows_whom_to_call_first_is_saved_all_the_same_and_is_looked_at(
    page: Page, sign_in, small_school, assert_no_sideways_scroll
):
    sign_in("fatima")
    page.goto("/signals/new")
    page.get_by_text("Zorg", exact=True).tap()
    page.get_by_text("Zorg over thuis", exact=True).tap()
    expect(page.get_by_role("link", name="112")).to_be_visible()
    expect(page.get_by_role("link", name="0800-2000")).to_be_visible()
    page.get_by_label("Wat zag of hoorde je?").fill("Hij vertelde dat hij niet naar huis durft.")
    page.get_by_role("button", name="Vastleggen").tap()
    expect(page.get_by_role("heading", name="Vastgelegd")).to_be_visible()
    expect(page.get_by_role("link", name="112").first).to_be_visible()
    sign_in("hanneke")
    page.goto("/")
    page.get_by_role("link", name="Zorgsignaal").first.tap()
    expect(page.get_by_role("link", name="0800-2000")).to_be_visible()
    page.get_by_text("Er is over gepraat").tap()
    page.get_by_text("Met het kind", exact=True).tap()
    page.get_by_label("Wat is er besproken?").fill("Hij wil morgen weer praten.")
    page.get_by_role("button", name="Leg vast").locator("visible=true").tap()
    expect(page.get_by_text("Gepraat met het kind")).to_be_visible()
    page.locator("#decide").get_by_text("Sluit af", exact=True).first.tap()
    page.get_by_label("Waarom is dit klaar?").fill("Het gaat verder in de meldcode.")
    page.get_by_role("button", name="Sluit af").tap()
    expect(page.get_by_role("button", name="Ongedaan maken")).to_be_visible()
    assert_no_sideways_scroll(page)
    signal = page.url
    sign_in("fatima")
    page.goto(signal)
    expect(page.get_by_text("Dit is bekeken en afgesloten. Dank je wel dat je het zei.")).to_be_visible()
    expect(page.get_by_text("Hij vertelde dat hij niet naar huis durft.")).to_be_visible()


def test_a_coordinator_shares_a_signal_takes_it_to_the_team_and_makes_an_incident_of_it(
    page: Page, sign_in, small_school, assert_no_sideways_scroll
):
    told = {"kind": "concern", "happened_at": clock.now(), "people": [small_school.people["noor"]]}
    signal = small_school.do("fatima", record_signal, account="Noor kwam huilend van het plein.", **told)
    sign_in("hanneke")
    page.goto(f"/signals/{signal}")
    page.get_by_role("link", name="Deel met een collega").tap()
    page.get_by_label("Met wie deel je dit?").select_option(small_school.people["henk"].hex)
    page.get_by_label("Waarom moet je collega dit lezen?").fill("Henk loopt op het plein.")
    page.get_by_role("button", name="Deel", exact=True).tap()
    expect(page.get_by_role("button", name="Ongedaan maken")).to_be_visible()
    sign_in("henk")
    page.goto(f"/signals/{signal}")
    expect(page.get_by_text("Noor kwam huilend van het plein.")).to_be_visible()
    expect(page.get_by_text("Wat doe je ermee?")).to_have_count(0)

    sign_in("hanneke")
    page.goto(f"/signals/{signal}")
    page.get_by_text("Naar het ondersteuningsteam").tap()
    page.get_by_label("Wat vraag je aan het ondersteuningsteam?").fill("Wat helpt haar buiten?")
    page.get_by_role("button", name="Leg vast").locator("visible=true").tap()
    expect(page.get_by_text("Bij het ondersteuningsteam", exact=True)).to_be_visible()
    page.get_by_role("link", name="Maak er een incident van").tap()
    expect(page.get_by_text("Het signaal zelf blijft zoals het is verteld.")).to_be_visible()
    page.get_by_text("Ruzie", exact=True).tap()
    page.get_by_text("Plein", exact=True).tap()
    page.get_by_label("Wat zag of hoorde je?").fill("Ze kregen ruzie om een bal.")
    page.get_by_role("button", name="Vastleggen").tap()
    expect(page.get_by_text("Het incident is vastgelegd. Het signaal blijft erbij staan.")).to_be_visible()
    assert_no_sideways_scroll(page)
    (row,) = small_school.incidents()
    assert small_school.incident(row.incident).kinds == ("quarrel",)
    sign_in("fatima")
    page.goto(f"/signals/{signal}")
    expect(page.get_by_text("Dit is nu een incident. Het wordt daar opgevolgd.")).to_be_visible()
