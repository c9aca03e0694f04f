"""The product in a real browser: the system's Chromium, served by a real server, held to zero faults.

`live` serves the app; `page` (pytest-playwright) is watched for console errors; `assert_accessible(page)` runs axe;
`assert_no_sideways_scroll(page)` looks whether anything sticks out.
"""

import os
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT, AxeResults
from flask import Flask
from playwright.sync_api import BrowserContext, ConsoleMessage, Page
from werkzeug.serving import make_server
from werkzeug.wsgi import ClosingIterator

from tests.conftest import skip_or_fail
from tests.intranet.incidents.small_school import SmallSchool
from tests.patience import patient

__all__ = ["patient"]

# The one without a window draws no window: a fifth quicker.
BROWSERS = [os.environ["CHROMIUM"]] if "CHROMIUM" in os.environ else ["chromium-headless-shell", "chromium"]
CHROMIUM = next((found for name in BROWSERS if (found := shutil.which(name))), None)
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WCAG = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}
CONTRAST = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}
"""What can differ between the page in light and in dark."""
NARROWEST = 320
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}
"""What a test of a phone gives its browser: `browser_context_args` with this added."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder needs a browser."""
    for item in items:
        if item.path.is_relative_to(os.path.dirname(__file__)):
            item.add_marker("browser")


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict) -> dict:
    """Start the system's Chromium; Playwright's own builds are never downloaded."""
    if CHROMIUM is None:
        skip_or_fail("No Chromium here: browser tests need it (apt install chromium-headless-shell, or CHROMIUM=path).")
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "args": ARGUMENTS}


@dataclass(frozen=True)
class Live:
    """A served app and where it is."""

    app: Flask
    url: str


def in_one_piece(app: Flask) -> Callable[..., list[bytes]]:
    """Let every answer be closed before it leaves.

    The server of Werkzeug 3.1.9 forgets to close what it sends when the browser goes away just then: a test is over.
    """

    def whole(environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
        with closing(ClosingIterator(app(environ, start_response))) as pieces:
            return [b"".join(pieces)]

    return whole


@contextmanager
def serving(app: Flask) -> Iterator[Live]:
    """Serve an app over HTTP as long as it is needed."""
    server = make_server("127.0.0.1", 0, in_one_piece(app), threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield Live(app, f"http://127.0.0.1:{server.port}")
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def live(app: Flask) -> Iterator[Live]:
    """The app of this test, served over HTTP."""
    with serving(app) as live:
        yield live


@pytest.fixture
def small_school(app: Flask) -> SmallSchool:
    """A made-up school in the app of this test."""
    return SmallSchool(app)


@pytest.fixture
def sign_in(small_school: SmallSchool, live: Live, context: BrowserContext) -> Callable[[str], None]:
    """Put somebody's session in the browser; who was signed in before is not any more."""

    def put(given: str) -> None:
        context.clear_cookies()
        client = small_school.sign_in(live.app.test_client(), given)
        for cookie in client._cookies.values():
            context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live.url}])

    return put


@pytest.fixture(scope="session")
def base_url() -> None:
    """Not used: each test has its own server. (pytest 9.2 warns about the one of the plugin.)"""


@pytest.fixture
def browser_context_args(browser_context_args: dict, live: Live) -> dict:
    """A Dutch school's browser; `page.goto("/incidents")` goes to the served app."""
    # Without motion a colour is at once what it will be: a quick look met one halfway, and found too little contrast.
    still = {"reduced_motion": "reduce"}
    return {**browser_context_args, "base_url": live.url, "locale": "nl-NL", "timezone_id": "Europe/Amsterdam", **still}


@pytest.fixture
def expected_console() -> list[str]:
    """Parts of console errors that a test brings about on purpose, such as "404 (NOT FOUND)"."""
    return []


@pytest.fixture(autouse=True)
def clean_console(request: pytest.FixtureRequest, expected_console: list[str]) -> Iterator[list[str]]:
    """Fail a test in whose pages the browser met an error: a script, a refused style, a missing file."""
    errors: list[str] = []
    if "context" in request.fixturenames:
        context: BrowserContext = request.getfixturevalue("context")
        context.on("console", lambda message: _note(message, errors))
        context.on("weberror", lambda error: errors.append(str(error.error)))
    yield errors
    unexpected = [error for error in errors if not any(part in error for part in expected_console)]
    assert not unexpected, "The browser met errors:\n" + "\n".join(unexpected)


def _note(message: ConsoleMessage, errors: list[str]) -> None:
    if message.type == "error":
        errors.append(f"{message.text} ({message.location.get('url', '')})")


@pytest.fixture
def assert_accessible() -> Callable[..., None]:
    """Run axe over the page as it stands now: no violation of WCAG 2.2 A or AA, or of the rules asked for."""

    def check(page: Page, rules: dict = WCAG) -> None:
        page.wait_for_load_state()
        # Wherever somebody scrolls, something lies half under the bar that stays in sight.
        page.evaluate("scrollTo(0, 0)")
        try:
            result = _axe(page, rules)
        except TimeoutError:  # the page was loaded again meanwhile, and what ran in it is gone
            result = _axe(page, rules)
        assert result.violations_count == 0, f"{page.url}\n{result.generate_report()}"

    return check


def _axe(page: Page, rules: dict) -> AxeResults:
    """Run axe with a deadline: waiting for what a script promises has none, and once a whole run hung in it."""
    # What was well needs no address of each element: that took a third of the time.
    options = {**rules, "resultTypes": ["violations"]}
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    page.evaluate(
        "(options) => { window.axeFound = null;"
        " axe.run(options).then(({ violations }) => { window.axeFound = { violations } }) }",
        options,
    )
    # Asked again and again, because the policy of our pages lets no browser wait for an expression.
    deadline = time.monotonic() + 60
    while not (found := page.evaluate("window.axeFound")):
        if time.monotonic() > deadline:
            raise TimeoutError
        page.wait_for_timeout(20)
    return AxeResults(found)


def fits(page: Page, width: int) -> None:
    """Assert that a page needs no scrolling sideways on a screen of a width (px), and leave it at that width."""
    # A page that is still coming in has no width: a run of the tests met one.
    page.wait_for_load_state()
    page.set_viewport_size({"width": width, "height": 800})
    wide, room = page.evaluate("() => [document.documentElement.scrollWidth, window.innerWidth]")
    assert wide <= room, f"{page.url} is {wide} px wide on a screen of {room} px"


@pytest.fixture
def assert_no_sideways_scroll() -> Callable[..., None]:
    """Nothing on the page sticks out sideways at a width; by default at that of the narrowest phone (320 px)."""

    def check(page: Page, width: int = NARROWEST) -> None:
        before = page.viewport_size
        fits(page, width)
        if before:
            page.set_viewport_size(before)

    return check
