"""Need to know: a colleague finds by searching what is shared, and a director changes the table and takes that back."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE


@pytest.fixture
def browser_context_args(browser_context_args: dict) -> dict:
    return {**browser_context_args, **PHONE}


def test_what_is_shared_is_found_and_what_the_table_gives_is_taken_back(
    page: Page, sign_in, small_school, assert_accessible, assert_no_sideways_scroll
):
    incident = small_school.report(account="De knikkers van het kind lagen in de zandbak.")

    def search(word: str) -> None:
        page.goto("/search")
        page.get_by_label("Zoek op naam of woord").fill(word)
        page.get_by_role("button", name="Zoek", exact=True).tap()

    sign_in("henk")
    search("zandbak")
    expect(page.get_by_text("Niets gevonden")).to_be_visible()
    sign_in("hanneke")
    page.goto(f"/incidents/{incident}")
    page.get_by_role("link", name="Deel met een collega").tap()
    page.get_by_label("Met wie deel je dit?").select_option(small_school.people["henk"].hex)
    page.get_by_label("Waarom moet je collega dit lezen?").fill("Henk let morgen op in de zandbak.")
    assert_accessible(page)
    page.get_by_role("button", name="Deel", exact=True).tap()
    expect(page.get_by_role("button", name="Ongedaan maken")).to_be_visible()
    sign_in("henk")
    search("zandbak")
    page.get_by_role("link", name="Ruzie").tap()
    expect(page.get_by_text("De knikkers van het kind lagen in de zandbak.")).to_be_visible()
    expect(
        page.get_by_role("list", name="Gedeeld met").get_by_text("Henk let morgen op in de zandbak.")
    ).to_be_visible()
    assert_no_sideways_scroll(page)

    sign_in("marijke")
    page.goto("/school/need-to-know/incidents.read/support_staff")
    page.get_by_text("Eigen groep", exact=True).tap()
    page.get_by_label("Waarom verander je dit?").fill("Zij lopen mee op het plein.")
    page.get_by_role("button", name="Bekijk wat dit verandert").tap()
    expect(page.get_by_text("Er is nog niets vastgelegd.")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("button", name="Leg vast").tap()
    expect(page.get_by_text("De tabel is veranderd.")).to_be_visible()
    page.get_by_role("button", name="Ongedaan maken").tap()
    expect(page.get_by_text("Meteen ongedaan gemaakt: het was een vergissing.")).to_be_visible()
    assert_no_sideways_scroll(page)
