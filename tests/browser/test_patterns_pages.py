"""The calendar, exports and patterns in a browser: accessible in both themes, on any width, with keys alone."""

import re
from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, expect

from events.involvement import Involvement
from intranet.calendar.commands import add_free_days
from intranet.people.today import today
from plugins.patterns import commands, reading
from tests.intranet.incidents.small_school import SmallSchool

DAY = timedelta(days=1)
DEEPER = """() => [...document.querySelectorAll("main a[aria-label]")].map((each) => each.getAttribute("href"))
  .find((href) => href.startsWith("/patterns/?") && href.length > (location.pathname + location.search).length)"""
"""The first bar or cell that asks further than the page does."""


@pytest.fixture
def small_school(app) -> SmallSchool:
    return SmallSchool(app, enabled=["patterns"])


@pytest.fixture
def addresses(small_school: SmallSchool) -> list[str]:
    """A school in which a little happened, and the addresses of everything that shows it."""
    school = small_school
    parts = [Involvement(school.people["noor"], "victim"), Involvement(school.people["sem"], "alleged_perpetrator")]
    rule = school.do("hanneke", commands.switch_on_rule, who="pupil_victim", kinds=["quarrel"], times=2, days=5)
    for place in ("playground", "playground", "hallway"):
        school.report(place=place, moment="big_break", involved=parts)
    with school.app.app_context():
        now = today()
    school.do("marijke", add_free_days, title="Vrij", kind="holiday", first=now + 7 * DAY, last=now + 9 * DAY)
    measure = school.do(
        "hanneke", commands.propose_measure, text="Twee pleinwachten.", pattern={"place": "playground"},
        owner_id=school.people["hanneke"], evaluate_on=now + 30 * DAY,
    )  # fmt: skip
    (warning,) = school.do("hanneke", reading.warnings)
    return [
        "/calendar/", "/incidents/export", "/patterns/", "/patterns/?place=playground&kind=quarrel",
        "/patterns/pupils", "/patterns/quality", "/patterns/measures", f"/patterns/measures/{measure}",
        "/patterns/measures/new?place=playground", "/patterns/rules", "/patterns/rules/new", f"/patterns/rules/{rule}",
        f"/patterns/warnings/{warning.warning}", "/patterns/export",
    ]  # fmt: skip


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_is_accessible_and_fits(
    page: Page, sign_in, addresses, scheme, assert_accessible, assert_no_sideways_scroll
):
    page.emulate_media(color_scheme=scheme)
    sign_in("hanneke")
    # Colours differ in the dark and the rest does not: there the pages with colours of their own are enough.
    coloured = ("/calendar/", "/patterns/", "/patterns/rules/new")
    for path in addresses if scheme == "light" else coloured:
        page.goto(path)
        for summary in page.locator("summary").all():
            if summary.is_visible():
                summary.click()
        assert_accessible(page)
        for width in (320, 768):
            assert_no_sideways_scroll(page, width)


def test_bars_are_followed_with_keys_until_one_sentence_describes_the_problem(page: Page, sign_in, addresses):
    sign_in("hanneke")
    page.goto("/patterns/")
    page.get_by_role("link", name="Plein: 2", exact=True).focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("place=playground"))
    asked = 1
    while deeper := page.evaluate(DEEPER):
        page.locator(f'a[aria-label][href="{deeper}"]').first.focus()
        page.keyboard.press("Enter")
        expect(page).to_have_url(re.compile(re.escape(deeper)))
        asked += 1
    assert asked == 6
    expect(page.get_by_text(re.compile("^Ruzie, plein, grote pauze, op .*, groep 6a, in .*: 2 keer"))).to_be_visible()
    page.get_by_role("link", name="Maak hier een maatregel van").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_label("Wat gaan jullie doen?")).to_be_visible()


def test_a_rule_is_tried_before_it_is_switched_on(page: Page, sign_in, addresses):
    sign_in("hanneke")
    page.goto("/patterns/rules/new")
    page.get_by_label("Hoe vaak?").fill("2")
    page.get_by_role("button", name="Probeer op vorig jaar").click()
    expect(page.get_by_text("keer gewaarschuwd")).to_be_visible()
    page.get_by_role("button", name="Zet de regel aan").click()
    expect(page.get_by_text("De regel staat aan.")).to_be_visible()


def test_the_head_adds_a_holiday_on_a_phone(page: Page, sign_in, addresses):
    sign_in("marijke")
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/calendar/new")
    begun = date(today_of(page) + 1, 2, 20)
    page.get_by_label("Hoe heet het?").fill("Voorjaarsvakantie")
    page.locator("label.option", has_text="Vakantie").click()
    page.get_by_label("Eerste vrije dag").fill(begun.isoformat())
    page.get_by_label("Laatste vrije dag").fill((begun + 8 * DAY).isoformat())
    page.get_by_role("button", name="Sla op").click()
    expect(page.get_by_text("Toegevoegd aan de kalender.")).to_be_visible()
    expect(page.get_by_role("link", name="Voorjaarsvakantie")).to_be_visible()


def today_of(page: Page) -> int:
    return int(page.evaluate("() => new Date().getFullYear()"))
