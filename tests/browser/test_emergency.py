"""Emergency access on a phone: the care coordinator opens it at a pupil's page, the director judges it afterwards."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from events.log import clock
from intranet.accounts.commands import choose_password, give_link
from intranet.need_to_know.commands import change_cell
from tests.browser.conftest import PHONE

PASSWORD = "een lange rij van woorden"
WHY = "Noor wil niet naar huis. Ik moet weten wat er al bekend is."


@pytest.fixture
def browser_context_args(browser_context_args: dict) -> dict:
    return {**browser_context_args, **PHONE}


@pytest.fixture
def closed(small_school):
    """A record that the school does not show to its care coordinator, who has a password."""
    school = small_school
    why = "De directeur leest dit zelf."
    school.do("marijke", change_cell, "incidents.read_confidential", "care_coordinator", [], why)
    with school.app.app_context():
        link = give_link(school.board, school.accounts["hanneke"], given_by=school.people["marijke"])
        choose_password(link, PASSWORD)
    return school.report(confidential=True, happened_at=clock.now() - timedelta(hours=3))


def test_the_glass_is_broken_with_a_reason_and_a_password_and_judged_by_the_director(
    page: Page, sign_in, small_school, closed, assert_accessible, assert_no_sideways_scroll, expected_console
):
    expected_console.append("404")
    sign_in("hanneke")
    page.goto(f"/incidents/{closed}")
    expect(page.get_by_role("heading", name="Deze pagina is er niet")).to_be_visible()
    page.goto(f"/people/{small_school.people['noor']}")
    page.get_by_role("link", name="Noodtoegang").tap()
    page.get_by_label("Waarom heb je dit nu nodig?").fill(WHY)
    page.get_by_label("Je wachtwoord").fill(PASSWORD)
    assert_accessible(page)
    page.get_by_role("button", name="Open voor vier uur").tap()

    banner = page.get_by_text("Noodtoegang over Noor van der Berg.")
    until = page.get_by_text("Nog 4 uur, tot").first
    expect(banner).to_be_visible()
    expect(until).to_be_visible()
    assert_accessible(page)
    assert_no_sideways_scroll(page)
    page.get_by_role("list", name="Wat je nu kunt openen").get_by_role("link").tap()
    expect(page.get_by_text("Ze trokken allebei aan de bal.")).to_be_visible()
    expect(banner).to_be_visible()
    page.get_by_role("link", name="Bekijk").tap()
    page.get_by_role("button", name="Stop nu").tap()
    expect(page.get_by_text("De noodtoegang is voorbij.")).to_be_visible()
    expect(banner).to_have_count(0)
    page.goto(f"/incidents/{closed}")
    expect(page.get_by_role("heading", name="Deze pagina is er niet")).to_be_visible()

    sign_in("marijke")
    page.goto("/")
    page.get_by_role("link", name="Beoordeel de noodtoegang van Hanneke").first.tap()
    expect(page.get_by_text(WHY)).to_be_visible()
    expect(page.get_by_role("list", name="Wat er geopend is").get_by_text(f"Incident {closed.hex[:6]}")).to_be_visible()
    page.get_by_text("Terecht", exact=True).tap()
    page.get_by_label("Waarom vind je dat?").fill("Hanneke kon niet wachten.")
    assert_accessible(page)
    assert_no_sideways_scroll(page)
    page.get_by_role("button", name="Leg vast").tap()
    expect(page.get_by_text("Er wacht niets.")).to_be_visible()
    expect(page.get_by_role("list", name="Beoordeeld").get_by_text("terecht")).to_be_visible()
