"""Learning on a phone: a measure from an incident, adjusted by the teacher who sees to it, and a quiet week."""

from datetime import timedelta

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from intranet.people.today import today
from tests.browser.conftest import PHONE
from tests.intranet.incidents.small_school import SmallSchool


@pytest.fixture
def small_school(app: Flask) -> SmallSchool:
    """The school with patterns on."""
    return SmallSchool(app, enabled=["patterns"])


@pytest.fixture
def browser_context_args(browser_context_args: dict) -> dict:
    return {**browser_context_args, **PHONE}


def test_from_an_incident_to_a_measure_that_is_adjusted_by_who_sees_to_it(
    page: Page, sign_in, small_school, assert_accessible, assert_no_sideways_scroll
):
    incident = small_school.report()
    with small_school.app.app_context():
        tomorrow, later = ((today() + timedelta(days=number)).isoformat() for number in (1, 30))
    sign_in("hanneke")
    page.goto(f"/incidents/{incident}")
    page.get_by_role("link", name="Stel een maatregel voor").tap()
    page.get_by_label("Wat gaan jullie doen?").fill("Na de pauze praten we vijf minuten.")
    page.get_by_label("Wie let erop?").select_option(small_school.people["fatima"].hex)
    page.get_by_label("Wanneer kijken jullie of het werkt?").fill(tomorrow)
    assert_accessible(page)
    page.get_by_role("button", name="Spreek af").tap()
    # The first was a mistake: one press, and it is gone.
    page.get_by_role("button", name="Ongedaan maken").tap()
    expect(page.get_by_text("Nog geen maatregelen")).to_be_visible()
    page.goto(f"/incidents/{incident}")
    page.get_by_role("link", name="Stel een maatregel voor").tap()
    page.get_by_label("Wat gaan jullie doen?").fill("Na de pauze praten we tien minuten.")
    page.get_by_label("Wie let erop?").select_option(small_school.people["fatima"].hex)
    page.get_by_label("Wanneer kijken jullie of het werkt?").fill(tomorrow)
    page.get_by_role("button", name="Spreek af").tap()
    expect(page.get_by_role("link", name="Uit een incident")).to_be_visible()

    sign_in("fatima")
    page.goto("/")
    page.get_by_role("link", name="Kijk of deze maatregel werkt").tap()
    page.get_by_text("Bijstellen", exact=True).tap()
    page.get_by_label("Waaraan zie je dat?").fill("Tien minuten is te lang.")
    page.get_by_label("Wanneer kijken jullie weer?").fill(later)
    assert_accessible(page)
    page.get_by_role("button", name="Leg vast").tap()
    expect(page.get_by_text("Tien minuten is te lang.")).to_be_visible()
    assert_no_sideways_scroll(page)
    page.goto("/patterns/quiet-weeks")
    page.get_by_text("in de klas", exact=True).tap()
    page.get_by_label("Over wie gaat het?").select_option(label="Groep 6a")
    page.locator("label", has_text="t/m").first.tap()
    page.get_by_role("button", name="Leg vast").tap()
    expect(page.get_by_text("Gekeken: in de klas.")).to_be_visible()
    assert_accessible(page)
    assert_no_sideways_scroll(page)
