"""What follows on a serious incident, on a phone: agreed, done, parents told, and closed by two people."""

import pytest
from playwright.sync_api import Page, expect

from events.involvement import Involvement
from intranet.incidents.commands import assess_severity
from tests.browser.conftest import PHONE


@pytest.fixture
def browser_context_args(browser_context_args: dict) -> dict:
    return {**browser_context_args, **PHONE}


def test_the_care_coordinator_follows_up_and_the_head_closes(page: Page, sign_in, small_school):
    noor = small_school.people["noor"]
    incident = small_school.report("fatima", involved=[Involvement(noor, "victim")])
    small_school.do("hanneke", assess_severity, incident, 3, "Noor was er erg van geschrokken.")
    sign_in("hanneke")
    page.goto(f"/incidents/{incident}/follow-up/")
    page.get_by_role("list", name="Nog niet afgesproken").get_by_role("link").first.tap()
    expect(page.get_by_role("heading", name="Spreek iets af")).to_be_visible()
    page.get_by_label("Wat precies?").fill("Ik praat vandaag met Noor.")
    page.get_by_role("button", name="Spreek af").tap()
    page.get_by_role("list", name="Open afspraken").get_by_role("link").first.tap()
    page.get_by_label("Wat kwam eruit?").fill("Ze is rustig en wil weer meedoen.")
    page.get_by_role("button", name="Leg vast").first.tap()
    page.get_by_text("De ouders weten het").tap()
    page.get_by_text("Aan de telefoon", exact=True).tap()
    page.get_by_role("button", name="Leg vast").tap()
    expect(page.get_by_text("Van alle kinderen weten de ouders het.")).to_be_visible()
    close(page)
    expect(page.get_by_text("stelde voor om dit af te sluiten")).to_be_visible()
    assert not small_school.incident(incident).closed
    sign_in("marijke")
    page.goto(f"/incidents/{incident}/follow-up/")
    close(page)
    expect(page.get_by_text("Dit incident is afgesloten.")).to_be_visible()
    known = small_school.incident(incident)
    assert known.closed
    assert known.parents_informed == (noor,)


def close(page: Page) -> None:
    page.get_by_label("Hoe is het afgelopen?").fill("Het gaat weer goed.")
    page.get_by_role("button", name="Sluit af").tap()
