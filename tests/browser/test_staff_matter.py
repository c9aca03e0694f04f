"""A suspicion about a member of staff in a browser: a teacher tells the board on a phone, and the director finds it."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE
from tests.intranet.staff_matters.school_with_matters import SchoolWithMatters


@pytest.fixture
def browser_context_args(browser_context_args: dict) -> dict:
    return {**browser_context_args, **PHONE}


@pytest.fixture
def small_school(app) -> SchoolWithMatters:
    """A school with somebody who oversees the board."""
    return SchoolWithMatters(app)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_one_tick_changes_who_sees_it_and_the_director_finds_it(
    page: Page, sign_in, small_school, scheme, assert_accessible, assert_no_sideways_scroll
):
    page.emulate_media(color_scheme=scheme)
    sign_in("fatima")
    page.goto("/incidents/new")
    tick = page.get_by_label("Het gaat om een medewerker, stagiair of vrijwilliger")
    expect(page.get_by_text("Dit zien alleen")).to_be_hidden()
    tick.check()
    expect(page.get_by_text("Yvonne Tester (directeur-bestuurder)")).to_be_visible()
    expect(page.get_by_text("Hanneke Tester (intern begeleider)")).to_be_visible()
    whom_to_call = page.get_by_role("link", name="Vertrouwensinspecteur 0900-111 3 111")
    expect(whom_to_call).to_be_visible()
    assert whom_to_call.bounding_box()["height"] < 50  # one line
    expect(page.get_by_role("button", name="Vastleggen")).to_be_hidden()
    assert_accessible(page)
    assert_no_sideways_scroll(page, 320)
    page.get_by_role("button", name="Verder naar het bestuur").tap()
    page.get_by_role("combobox", name="Zoek een naam").first.fill("bas")
    page.get_by_role("option", name=re.compile("Bas Tester")).tap()
    expect(page.locator("#audience .sees-not")).to_contain_text("Bas Tester")
    assert_accessible(page)
    assert_no_sideways_scroll(page, 320)
    page.get_by_label("Wat zag of hoorde je?").fill("Bas stuurde een kind berichtjes.")
    page.get_by_role("button", name="Meld bij het bestuur").tap()
    expect(page.get_by_role("heading", name="Gemeld bij het bestuur")).to_be_visible()
    expect(page.get_by_text("De ontvangst is nog niet bevestigd")).to_be_visible()

    sign_in("yvonne")
    page.goto("/")
    page.get_by_role("link", name="Melding over een medewerker").first.tap()
    expect(page.get_by_text("Bas stuurde een kind berichtjes.")).to_be_visible()
    assert_accessible(page)
    assert_no_sideways_scroll(page, 320)
    page.get_by_role("button", name="Bevestig de ontvangst").tap()
    expect(page.get_by_text("De melder ziet nu dat je de melding hebt.")).to_be_visible()
    path = re.sub(r"^https?://[^/]+", "", page.url)

    assert small_school.client("bas").get(path).status_code == 404
    sign_in("fatima")
    page.goto(path)
    expect(page.get_by_text("De ontvangst is bevestigd.")).to_be_visible()


def test_the_board_takes_the_steps_of_the_law_and_who_oversees_it_closes_with_them(
    page: Page, sign_in, small_school, assert_accessible, assert_no_sideways_scroll
):
    matter = small_school.tell()

    def take(step: str, chosen: str | None, words: str, text: str) -> None:
        part = page.locator(f"#{step}")
        part.locator("summary").tap()
        if chosen:
            part.get_by_text(chosen, exact=True).tap()
        part.get_by_label(words).fill(text)
        part.get_by_role("button", name="Leg vast").tap()

    sign_in("yvonne")
    page.goto(f"/staff-matters/{matter}")
    take("inspector", None, "Wat was het advies?", "Doe aangifte en vertel het de ouders.")
    take("judgement", "Ja, er is een redelijk vermoeden", "Waarom besluit het bestuur dit?", "Er zijn berichtjes.")
    take("police", None, "Bij welke politie?", "Team Noord, nummer 12.")
    take("measures", "Geschorst", "Wat is er afgesproken?", "Hij komt niet op school.")
    for taken in ("Team Noord, nummer 12.", "Hij komt niet op school."):
        expect(page.locator("#story").get_by_text(taken)).to_be_visible()
    assert_accessible(page)
    take("close", None, "Waarom is dit klaar?", "De politie heeft het overgenomen.")
    expect(page.get_by_text("Je hebt gevraagd om af te sluiten.")).to_be_visible()
    assert_no_sideways_scroll(page, 320)

    sign_in("otto")
    page.goto("/staff-matters/")
    page.get_by_role("link", name="Melding over een medewerker").first.tap()
    expect(page.get_by_text("Yvonne Tester vroeg om af te sluiten.").first).to_be_visible()
    page.get_by_role("link", name="Sluit af", exact=True).tap()
    page.get_by_label("Waarom is dit klaar?").fill("Ik las alles na.")
    page.locator("#close").get_by_role("button", name="Leg vast").tap()
    expect(page).to_have_url(re.compile("/staff-matters/$"))
    sign_in("yvonne")
    page.goto(f"/staff-matters/{matter}")
    expect(page.get_by_text("Afgesloten", exact=True).first).to_be_visible()
