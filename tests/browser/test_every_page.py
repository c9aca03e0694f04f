"""Every page of the practice school, for each kind of colleague: accessible light and dark, on any width, by itself."""

import io
import re
from collections.abc import Iterator

import pyotp
import pytest
from playwright.sync_api import BrowserContext, Page, expect

from intranet.demo.cast import CAN_BE
from tests.browser.conftest import CONTRAST, NARROWEST, Live, fits, serving
from tests.browser.crawling import Found, crawl, faults_of, parts_of
from tests.browser.happened import (
    HOLIDAY,
    LESSONS,
    ROSTER,
    kanjer_lessons,
    let_the_rules_of_a_law_count,
    opened_case,
    recorded_signal,
    rich_incident,
    switch_on_every_plugin,
    warned_patterns,
)
from tests.practice import practice_school, signed_in

LEAD_ON = {"accounts.after_signing_in", "accounts.welcome", "accounts.give_code", "accounts.log_in"}
"""Pages before somebody is signed in; they have a test of their own."""

PICTURES = {f"files.{kind}_{size}" for kind in ("incident", "signal", "case") for size in ("picture", "small_picture")}

DOWNLOADS = {
    "static", "audit.checkpoint_text", "audit.erased", "kanjertraining.calendar", "taakspel.state", *PICTURES,
}  # fmt: skip

OWN_JOURNEYS = {"staff_matters.recorded", "taakspel.plan", "agenda.item"}
"""Pages that the tests of these features open themselves: what leads there is a form, or a calendar program."""

CODES = (400, 403, 404, 405, 409, 413, 429, 500, 503)

TAKE_ALIKE_AWAY = """(frame) => {
  const kind = (each) => `${each.tagName}.${each.getAttribute("class")}`;
  const made = (each) => [...new Set([each, ...each.querySelectorAll("*")].map(kind))].sort().join();
  const alike = [...(frame ? document.querySelectorAll("body > :not(main)") : [])];
  document.querySelectorAll("main *").forEach((parent) => {
    const met = {};
    for (const child of parent.children.length > 3 ? parent.children : []) {
      const of = made(child);
      met[of] = (met[of] || 0) + 1;
      if (met[of] > 2) { alike.push(child); }
    }
  });
  alike.forEach((each) => each.remove());
}"""
"""Leave two of what is made of the same parts side by side, and of the frame nothing where it was looked at: a long
list is not looked at two hundred times, and a part of the page that axe is told to leave out takes as long."""

BAR_OF_ONE_LINE = "() => new Set([...document.querySelectorAll('.bar li > *')].map(each => each.offsetHeight)).size < 2"
"""Whether no word in the bar at the bottom is broken, the one of the page itself included: that one is bold."""

# A sheet made by script: the page's own policy refuses a style attribute.
TWICE = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync("html { font-size: 200% }");
  document.adoptedStyleSheets = [sheet];
}"""


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    """The practice school with every plugin on, and with error pages that can be asked for."""
    from intranet import failures

    with practice_school(tmp_path_factory) as app:
        app.add_url_rule("/fault/<int:code>", "fault", lambda code: failures.page(code, refused=code == 409))
        switch_on_every_plugin(app)
        with serving(app) as live:
            yield live


@pytest.fixture
def live(served: Live) -> Live:
    """The same school for every test of this module."""
    return served


@pytest.fixture(scope="module")
def seeds(served: Live) -> dict[str, list[str]]:
    """Addresses that no link leads to, by who opens them: what a form leads to, and an incident where all happened."""
    director = signed_in(served.app, "marijke")
    made = [
        director.post("/audit/proof/checkpoints"),
        director.post("/people/import", data={"file": (io.BytesIO(ROSTER), "roster.csv")}),
        director.post("/calendar/import", data={"file": (io.BytesIO(HOLIDAY), "school.ics")}),
        director.post("/kanjertraining/programmes/import", data={"file": (io.BytesIO(LESSONS), "lessen.csv")}),
    ]
    assert [answer.status_code for answer in made] == [303] * len(made)
    director.post("/audit/reviews", data={"first_day": "2026-08-24", "last_day": "2026-09-04", "remark": "Gezien."})
    rich = rich_incident(served.app)
    signal, case = recorded_signal(served.app), opened_case(served.app)
    let_the_rules_of_a_law_count(served.app)
    measure, rule, warning = warned_patterns(served.app)
    return {
        "fatima": [
            f"{signal}/recorded",
            f"{rich}/recorded",
            "/incidents/?kind=weapon&place=gym",
            "/search",
        ],
        "hanneke": [
            signal,
            case,
            f"{case}/plan",
            f"{case}/plan/new",
            f"{case}/evaluation",
            f"{case}/team",
            f"{case}/people",
            "/cases/",
            "/cases/new",
            f"{signal}/incident",
            measure,
            rule,
            warning,
            rich,
            f"{rich}/correct",
            f"{rich}/people",
            "/incidents/?period=all&kind=quarrel&place=playground",
        ],
        "esther": ["/emergency/now"],
        "marijke": [
            *kanjer_lessons(served.app),
            *(answer.location for answer in made),
            "/school/law/incidents",
            "/account/confirm",
            "/account/second-factor",
            "/account/school",
            *("/?op=2026-10-01", "/incidents/?op=2026-10-01&klok=gebeurd", "/audit/?op=2026-10-01"),
        ],
    }


@pytest.fixture(scope="module")
def found(served: Live, seeds: dict[str, list[str]]) -> dict[str, list[Found]]:
    """The pages that each colleague can come to, without a browser."""
    return {key: list(crawl(served.app, signed_in(served.app, key), seeds.get(key, ()))) for key in CAN_BE}


@pytest.fixture(scope="module")
def looked_at() -> set[tuple[str, ...]]:
    """Which kinds of parts the browser has looked at, so that no page is opened twice for nothing."""
    return set()


def test_every_view_is_among_the_pages(served, found):
    from intranet.plugin_manager import installed

    opened = {page.endpoint for pages in found.values() for page in pages}
    known = {
        rule.endpoint
        for rule in served.app.url_map.iter_rules()
        if "GET" in rule.methods and getattr(served.app.view_functions[rule.endpoint], "permission", None)
    }
    missed = known - opened - DOWNLOADS - LEAD_ON - OWN_JOURNEYS
    with served.app.app_context():
        settable = any(plugin.manifest.settings_form for plugin in installed())
    assert missed == (set() if settable else {"activation.settings"})


def test_no_page_holds_what_its_policy_refuses_or_loads_from_elsewhere(found):
    faults = {page.path: faults_of(page.html) for pages in found.values() for page in pages}
    assert {path: wrong for path, wrong in faults.items() if wrong} == {}


@pytest.fixture
def look(page: Page, live: Live, assert_accessible):
    """Hold the page as it stands now to everything, with all that can be opened on it open."""
    elsewhere: list[str] = []
    page.on("request", lambda asked: None if asked.url.startswith((live.url, "data:")) else elsewhere.append(asked.url))

    def at_it(known_frame: bool = False) -> None:
        page.evaluate("document.querySelectorAll('main details').forEach(each => { each.open = true })")
        wide = page.viewport_size
        fits(page, NARROWEST)
        assert page.evaluate(BAR_OF_ONE_LINE), page.url
        page.evaluate(TWICE)
        fits(page, 640)
        page.evaluate("document.adoptedStyleSheets = []")
        page.set_viewport_size(wide)
        page.evaluate(TAKE_ALIKE_AWAY, known_frame)
        # Without motion a colour is at once what it will be.
        page.emulate_media(color_scheme="light", reduced_motion="reduce")
        assert_accessible(page)
        page.emulate_media(color_scheme="dark")
        assert_accessible(page, CONTRAST)
        assert elsewhere == []

    return at_it


def _sign_in(context: BrowserContext, live: Live, key: str) -> None:
    for cookie in signed_in(live.app, key)._cookies.values():
        context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live.url}])


@pytest.mark.parametrize("key", CAN_BE)
def test_each_colleague_can_use_each_page(page: Page, context, live, found, looked_at, look, key):
    _sign_in(context, live, key)
    for each in found[key]:
        frame, content = parts_of(each)
        if frame | content <= looked_at:
            continue
        page.goto(each.path)
        look(known_frame=frame <= looked_at)
        looked_at |= frame | content


def test_each_error_is_a_page_like_the_others(page: Page, look, expected_console):
    for code in CODES:
        expected_console.append(str(code))
        page.goto(f"/fault/{code}")
        look()


def test_coming_in_is_made_of_pages_like_the_others(page: Page, context, live, look, expected_console):
    expected_console.extend(["422", "404"])
    page.goto("/login")
    look()
    page.get_by_role("button", name="Log in").click()
    expect(page).to_have_title(re.compile("^Fout:"))
    look()
    page.goto("/welcome/nothing")
    look()
    _sign_in(context, live, "marijke")
    page.goto("/accounts")
    page.get_by_role("link", name="Karim").click()
    page.get_by_role("button", name="Maak een nieuwe link").click()
    link = page.get_by_label("Link").input_value()
    look()
    page.goto("/account/agenda")
    page.get_by_role("button", name="Maak een adres").click()
    expect(page.get_by_text("Je ziet dit adres maar één keer.")).to_be_visible()
    look()
    context.clear_cookies()
    page.goto(link)
    look()


def test_the_second_step_is_made_of_pages_like_the_others(page: Page, context, live, look):
    _sign_in(context, live, "jeroen")
    page.goto("/account/second-factor")
    secret = page.locator("main code").inner_text().replace(" ", "")
    page.get_by_label("Code").fill(pyotp.TOTP(secret).now())
    page.get_by_role("button", name="Zet aan").click()
    expect(page.get_by_text("Bewaar nu deze codes")).to_be_visible()
    look()
    context.clear_cookies()
    _sign_in(context, live, "jeroen")
    page.goto("/login/code")
    expect(page.get_by_role("heading", name="Nog één stap")).to_be_visible()
    look()
