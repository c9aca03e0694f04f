"""The pages around incidents in use: weighing and adding with keys, correcting, filtering."""

import re

from playwright.sync_api import Page, expect


def test_the_care_coordinator_weighs_and_adds_with_keys(page: Page, sign_in, small_school):
    incident = small_school.report("fatima")
    sign_in("hanneke")
    page.goto(f"/incidents/{incident}")
    page.get_by_text("Bepaal de ernst").focus()
    page.keyboard.press("Enter")
    page.get_by_role("radio", name="Ernstig").focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Leg vast").first.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("De ernst is vastgelegd.")).to_be_visible()
    page.get_by_label("Wat wil je toevoegen?").fill("Moeder gebeld.")
    page.get_by_role("button", name="Voeg toe").click()
    expect(page.locator("#story")).to_contain_text("Moeder gebeld.")
    assert small_school.incident(incident).severity == 3


def test_a_correction_in_the_browser_shows_old_beside_new(page: Page, sign_in, small_school):
    incident = small_school.report("fatima", place="playground")
    sign_in("fatima")
    page.goto(f"/incidents/{incident}")
    page.get_by_role("link", name="Verbeter").click()
    expect(page.get_by_role("checkbox", name="Ruzie")).to_be_checked()
    page.get_by_text("Gymzaal", exact=True).click()
    page.get_by_label("Waarom verbeter je dit?").fill("Ik klikte verkeerd.")
    page.get_by_role("button", name="Leg verbetering vast").click()
    story = page.locator("#story")
    expect(story.locator("del")).to_have_text("Plein")
    expect(story.locator("ins")).to_have_text("Gymzaal")


def test_filters_are_in_the_address_and_can_be_taken_away(page: Page, sign_in, small_school):
    small_school.report("fatima", place="gym")
    small_school.report("fatima", place="playground")
    sign_in("hanneke")
    page.goto("/incidents/")
    page.get_by_label("Waar", exact=True).select_option("gym")
    page.get_by_role("button", name="Toon").click()
    expect(page).to_have_url(re.compile(r"place=gym"))
    expect(page.get_by_text("1 incident", exact=True)).to_be_visible()
    page.get_by_role("link", name="Haal weg: Gymzaal").click()
    expect(page.get_by_text("2 incidenten", exact=True)).to_be_visible()


def test_escape_twice_blanks_the_screen_and_once_does_not(page: Page, sign_in, small_school):
    sign_in("fatima")
    page.goto("/")
    page.get_by_role("button", name="Jouw menu").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_role("link", name="Mijn account")).to_be_hidden()
    page.keyboard.press("Escape")
    expect(page.get_by_role("heading", level=1)).to_be_hidden()
    expect(page).to_have_title("Geborgen")
    expect(page.get_by_role("button", name="Verder")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
