"""The pages around incidents in a browser: accessible in both themes, on any width, without an error in the console."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from events.incident import Involvement
from events.log import clock
from intranet.incidents import commands
from tests.browser.conftest import Live
from tests.intranet.incidents.small_school import SmallSchool

# A sheet made by script: the page's own policy refuses a style attribute.
TWICE = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync("html { font-size: 200% }");
  document.adoptedStyleSheets = [sheet];
}"""


@pytest.fixture
def small_school(app) -> SmallSchool:
    return SmallSchool(app)


@pytest.fixture
def sign_in(small_school: SmallSchool, live: Live, context: BrowserContext):
    """Put somebody's session in the browser."""

    def put(given: str) -> None:
        client = small_school.sign_in(live.app.test_client(), given)
        for cookie in client._cookies.values():
            context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live.url}])

    return put


@pytest.fixture
def rich_incident(small_school: SmallSchool) -> str:
    """An incident to which everything happened that can happen; returns its address."""
    school, noor = small_school, small_school.people["noor"]
    happened = clock.now() - timedelta(days=3)
    parts = [Involvement(noor, "victim"), Involvement(school.people["sem"], "alleged_perpetrator")]
    told = f"[[p:{noor.hex}]] riep om hulp.\nIk ben erheen gelopen."
    incident = school.report("fatima", happened_at=happened, involved=parts, place="playground", account=told)
    facts = {"happened_at": happened, "moment": "big_break", "group_id": school.groups["6a"], "unknown_persons": True}
    school.do(
        "hanneke", commands.correct_incident, incident, reason="Het was in de gang.", kinds=["threat", "quarrel"],
        place="hallway", account=told + " Er was ook iemand die ik niet ken.", **facts,
    )  # fmt: skip
    school.do("hanneke", commands.assess_severity, incident, 3, "Er was pijn.")
    school.do("fatima", commands.add_note, incident, "Moeder gebeld.")
    school.do("fatima", commands.add_involvements, incident, [Involvement(school.people["nova"], "witness")])
    school.do("fatima", commands.change_involvement, incident, school.people["nova"], "witness", "defender")
    school.do("fatima", commands.withdraw_involvement, incident, school.people["nova"], "defender", "Was er niet.")
    school.do("hanneke", commands.change_confidentiality, incident, True, "De ouders vragen erom.")
    return f"/incidents/{incident}"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_is_accessible_and_fits(
    page: Page, sign_in, small_school, rich_incident, scheme, assert_accessible, assert_no_sideways_scroll
):
    small_school.report("fatima")
    person = small_school.people["noor"].hex
    page.emulate_media(color_scheme=scheme)
    sign_in("hanneke")
    for path in (
        "/",
        "/incidents/",
        "/incidents/?kind=quarrel&group=" + small_school.groups["6a"].hex,
        "/incidents/?kind=weapon",
        rich_incident,
        f"{rich_incident}/recorded",
        f"{rich_incident}/correct",
        f"{rich_incident}/people",
        f"{rich_incident}/withdraw?person={person}&was=victim",
    ):
        page.goto(path)
        for summary in page.locator("summary").all():
            summary.click()
        assert_accessible(page)
        for width in (320, 768):
            assert_no_sideways_scroll(page, width)


def test_text_of_twice_the_size_needs_no_sideways_scroll(page: Page, sign_in, rich_incident, assert_no_sideways_scroll):
    sign_in("hanneke")
    for path in ("/", "/incidents/", rich_incident, "/incidents/new"):
        page.goto(path)
        page.evaluate(TWICE)
        assert_no_sideways_scroll(page, 640)


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
