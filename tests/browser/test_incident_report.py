"""Recording an incident in a browser: with a thumb on a phone, with keys only, interrupted, and without a network."""

import re

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import PHONE


@pytest.fixture
def browser_context_args(browser_context_args: dict) -> dict:
    return {**browser_context_args, **PHONE}


def choose(page: Page, field: str, letters: str, name: str) -> None:
    """Type letters of a name and pick it from the list, with a finger."""
    page.get_by_role("combobox", name=field).fill(letters)
    page.get_by_role("option", name=re.compile(name)).tap()


def test_a_teacher_records_an_incident_by_touch(page: Page, sign_in, small_school, assert_no_sideways_scroll):
    sign_in("fatima")
    page.goto("/")
    page.get_by_role("link", name="Nieuw incident").first.tap()
    page.get_by_text("Ruzie", exact=True).tap()
    choose(page, "Zoek een naam", "no", "Noor")
    choose(page, "Zoek een naam", "se", "Sem")
    page.get_by_label("Rol van Sem Vos").select_option("witness")
    page.get_by_text("Plein", exact=True).tap()
    page.get_by_label("Wat zag of hoorde je?").fill("Ze trokken allebei aan de bal.")
    expect(page.get_by_text(re.compile("Concept bewaard om"))).to_be_visible()
    page.get_by_role("button", name="Vastleggen").tap()
    expect(page.get_by_role("heading", name="Vastgelegd")).to_be_visible()
    (row,) = small_school.incidents()
    incident = small_school.incident(row.incident)
    assert incident.kinds == ("quarrel",)
    assert {part.role for part in incident.involved} == {"involved", "witness"}
    assert row.class_group == small_school.groups["6a"]
    page.get_by_role("link", name="Klaar").tap()
    expect(page.get_by_text("Je hebt een concept.")).to_have_count(0)
    expect(page.get_by_role("link", name="Ruzie", exact=True)).to_be_visible()


def test_an_incident_is_recorded_with_keys_only(page: Page, sign_in, small_school):
    sign_in("fatima")
    page.goto("/incidents/new")
    page.get_by_role("checkbox", name="Schelden").focus()
    page.keyboard.press("Space")
    search = page.get_by_role("combobox", name="Zoek een naam")
    for _ in range(6):
        page.keyboard.press("Tab")
        if search.evaluate("element => element === document.activeElement"):
            break
    page.keyboard.type("se")
    expect(page.get_by_role("option", name=re.compile("Sem"))).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.get_by_label("Rol van Sem Vos")).to_be_visible()
    page.get_by_label("Wat zag of hoorde je?").focus()
    page.keyboard.type("Sem riep iets naar @no")
    expect(page.get_by_role("option", name=re.compile("Noor"))).to_be_visible()
    page.keyboard.press("Enter")
    page.keyboard.type("op het plein.")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.get_by_role("button", name="Vastleggen").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Vastgelegd")).to_be_visible()
    incident = small_school.incident(small_school.incidents()[0].incident)
    noor = small_school.people["noor"].hex
    assert incident.account == f"Sem riep iets naar [[p:{noor}]] op het plein."


def test_a_wrong_form_leads_to_what_is_wrong(page: Page, sign_in, small_school, assert_accessible, expected_console):
    expected_console.append("422")
    sign_in("fatima")
    page.goto("/incidents/new")
    page.get_by_label("Wat zag of hoorde je?").fill("Er was iets.")
    page.get_by_role("button", name="Vastleggen").click()
    expect(page).to_have_title(re.compile("^Fout:"))
    summary = page.get_by_role("alert")
    expect(summary).to_be_focused()
    assert_accessible(page)
    summary.get_by_role("link", name="Kies wat er gebeurd is.").click()
    expect(page.get_by_role("checkbox", name="Ruzie")).to_be_focused()
    expect(page.get_by_label("Wat zag of hoorde je?")).to_have_value("Er was iets.")
    assert small_school.incidents() == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_form_is_accessible_and_fits_a_small_phone(
    page: Page, sign_in, scheme, assert_accessible, assert_no_sideways_scroll
):
    page.emulate_media(color_scheme=scheme)
    sign_in("fatima")
    page.goto("/incidents/new")
    assert_accessible(page)
    page.get_by_text("Iets anders", exact=True).tap()
    for kind in ("Wapen", "Zorg over thuis"):
        page.get_by_text(kind, exact=True).tap()
    page.get_by_text("Andere dag of tijd", exact=True).tap()
    choose(page, "Zoek een naam", "no", "Noor")
    assert_accessible(page)
    for width in (320, 390, 768, 1280):
        assert_no_sideways_scroll(page, width)


def test_signs_of_abuse_and_danger_show_who_to_call_and_block_nothing(page: Page, sign_in, small_school):
    sign_in("fatima")
    page.goto("/incidents/new")
    expect(page.get_by_role("link", name="Bel 112")).to_have_count(0)
    page.get_by_text("Iets anders", exact=True).tap()
    page.get_by_text("Zorg over thuis", exact=True).tap()
    expect(page.get_by_text("Dit lijkt op de meldcode.")).to_be_visible()
    expect(page.get_by_role("link", name="Bel 112")).to_be_visible()
    expect(page.get_by_role("link", name="Veilig Thuis 0800-2000")).to_be_visible()
    expect(page.locator("#audience")).to_contain_text("aandachtsfunctionaris")
    choose(page, "Zoek een naam", "no", "Noor")
    page.get_by_label("Wat zag of hoorde je?").fill("Noor wilde niet naar huis.")
    page.get_by_role("button", name="Vastleggen").tap()
    expect(page.get_by_role("heading", name="Vastgelegd")).to_be_visible()
    assert small_school.incident(small_school.incidents()[0].incident).kinds == ("home_safety_signs",)


def test_who_will_see_it_changes_with_the_form(page: Page, sign_in):
    sign_in("fatima")
    page.goto("/incidents/new")
    audience = page.locator("#audience")
    expect(audience).to_contain_text("het team van groep 6a")
    choose(page, "Zoek een naam", "nova", "Nova")
    expect(audience).to_contain_text("het team van groep 7b")
    page.get_by_label("Dit is vertrouwelijk").check()
    expect(audience).not_to_contain_text("het team")


def test_an_interrupted_report_is_taken_up_again(page: Page, sign_in, small_school):
    sign_in("fatima")
    page.goto("/incidents/new")
    page.get_by_text("Weglopen", exact=True).tap()
    choose(page, "Zoek een naam", "se", "Sem")
    page.get_by_label("Wat zag of hoorde je?").fill("Sem liep het plein af en")
    expect(page.get_by_text(re.compile("Concept bewaard om"))).to_be_visible()
    page.goto("/")
    page.get_by_role("link", name="Ga verder").tap()
    expect(page.get_by_role("checkbox", name="Weglopen")).to_be_checked()
    expect(page.get_by_label("Rol van Sem Vos")).to_be_visible()
    told = page.get_by_label("Wat zag of hoorde je?")
    expect(told).to_have_value("Sem liep het plein af en")
    told.fill("Sem liep het plein af en kwam terug.")
    page.get_by_role("button", name="Vastleggen").tap()
    expect(page.get_by_role("heading", name="Vastgelegd")).to_be_visible()
    page.goto("/")
    expect(page.get_by_text("Je hebt een concept.")).to_have_count(0)
    assert len(small_school.incidents()) == 1


def test_without_a_network_the_text_stays_and_is_kept_later(
    page: Page, context: BrowserContext, sign_in, expected_console
):
    expected_console.append("ERR_INTERNET_DISCONNECTED")
    sign_in("fatima")
    page.goto("/incidents/new")
    context.set_offline(True)
    told = page.get_by_label("Wat zag of hoorde je?")
    told.fill("Dit mag niet weg.")
    expect(page.get_by_text("Je concept is nog niet bewaard.")).to_be_visible()
    expect(told).to_have_value("Dit mag niet weg.")
    context.set_offline(False)
    expect(page.get_by_text(re.compile("Concept bewaard om"))).to_be_visible(timeout=15000)
    assert page.evaluate("JSON.stringify([localStorage.length, sessionStorage.length])") == "[0,0]"
