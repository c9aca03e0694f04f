"""Taakspel in a browser: the board with the network cut, a phone beside it, keys, touch, and every page."""

import socket
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from plugins.taakspel import commands
from plugins.taakspel.events import Game
from tests.browser.conftest import PHONE, Live
from tests.intranet.incidents.small_school import SmallSchool
from tests.plugins.taakspel.conftest import AGREED

KEPT = "taakspel."
"""Where the browser keeps what it has not sent yet, before the id of the game."""


@pytest.fixture
def small_school(app) -> SmallSchool:
    return SmallSchool(app, enabled=["taakspel"])


@pytest.fixture
def game(small_school: SmallSchool) -> UUID:
    school = small_school
    members = {school.people["noor"]: 1, school.people["sem"]: 2}
    names = {1: "stars", 2: "moons"}
    school.do("fatima", commands.make_teams, school.groups["6a"], names=names, members=members)
    return school.do("fatima", commands.plan_game, school.groups["6a"], **AGREED)


@pytest.fixture
def phone(page: Page, sign_in, game: UUID) -> Page:
    """The phone of the teacher, at the page of the game."""
    sign_in("fatima")
    page.set_viewport_size(PHONE["viewport"])
    page.goto(f"/taakspel/games/{game}")
    return page


@pytest.fixture
def board_context(browser: Browser, browser_context_args: dict, clean_console: list[str]) -> BrowserContext:
    """The browser of the digiboard, in which nobody was ever signed in."""
    context = browser.new_context(**{**browser_context_args, "viewport": {"width": 1920, "height": 1080}})
    context.on("weberror", lambda error: clean_console.append(str(error.error)))
    yield context
    context.close()


@pytest.fixture
def board(phone: Page, board_context: BrowserContext, game: UUID) -> Page:
    """The board, opened with the code on the phone."""
    return opened_board(phone, board_context.new_page(), game)


def opened_board(phone: Page, board: Page, game: UUID) -> Page:
    """Open the board of a game with the code that stands on the phone."""
    phone.get_by_role("button", name="Open het bord").click()
    code = phone.locator(".board-code").inner_text()
    phone.goto(f"/taakspel/games/{game}")
    board.goto("/screen")
    board.get_by_label("Code").fill(code)
    board.get_by_role("button", name="Open het bord").click()
    expect(board.get_by_role("button", name="Start het spel")).to_be_visible()
    return board


@pytest.fixture
def cut(live: Live, board_context: BrowserContext) -> Callable[[bool], None]:
    """Cut the board's network, or mend it: the browser is told, and whatever still gets through is dropped.

    A page that is opened again may send before the browser applies to it what was said of its context.
    """
    state, served = {"cut": False}, live.app.wsgi_app

    def gate(environ: dict, start_response: Any) -> Any:
        if state["cut"] and environ["PATH_INFO"].startswith("/taakspel/board/"):
            environ["werkzeug.socket"].shutdown(socket.SHUT_RDWR)
            raise ConnectionAbortedError
        return served(environ, start_response)

    def switch(off: bool) -> None:
        state["cut"] = off
        board_context.set_offline(off)

    live.app.wsgi_app = gate
    yield switch
    live.app.wsgi_app = served


def told(school: SmallSchool) -> list[tuple[str, int]]:
    """Return the cards and compliments of the log, in order."""
    return [(type(fact).__name__, fact.team) for fact in school.facts("taakspel.game") if hasattr(fact, "team")]


def expect_sent(board: Page) -> None:
    """Wait until the board keeps no tap that the server has not answered."""
    board.wait_for_function("(kept) => localStorage.getItem(kept + document.body.dataset.game) === '[]'", arg=KEPT)


def test_with_the_network_cut_each_tap_arrives_once_and_in_order(board: Page, cut, small_school):
    board.get_by_role("button", name="Start het spel").click()
    board.wait_for_function("() => navigator.serviceWorker.controller !== null")
    board.locator("[data-team='1'] .take").click()
    expect(board.locator("[data-team='1'] [data-left]")).to_have_text("2")
    # The board counts before it has sent: what was on its way when the network went would wait as well.
    expect_sent(board)
    cut(True)
    for place in ("[data-team='2'] .take", "[data-team='1'] .compliment", "[data-team='2'] .take", ".undo"):
        board.locator(place).click()
    expect(board.locator("[data-wait]")).to_contain_text("4 nog niet verstuurd")
    board.reload()
    expect(board.locator("[data-team='2'] [data-left]")).to_have_text("2")
    board.locator("[data-team='2'] .compliment").click()
    assert told(small_school) == [("CardTaken", 1)]
    cut(False)
    expect(board.locator("[data-wait]")).to_be_hidden(timeout=10_000)
    board.reload()
    expect(board.locator("[data-team='2'] [data-left]")).to_have_text("2")
    assert told(small_school) == [
        ("CardTaken", 1), ("CardTaken", 2), ("ComplimentGiven", 1), ("CardTaken", 2), ("Undone", 2),
        ("ComplimentGiven", 2),
    ]  # fmt: skip


def test_nothing_can_be_tapped_before_the_board_can_count(phone: Page, board_context, game, small_school):
    board, held = board_context.new_page(), []
    board.route("**/play.js*", lambda route: held.append(route))
    opened_board(phone, board, game)
    start = board.get_by_role("button", name="Start het spel")
    expect(start).to_be_disabled()
    held[0].continue_()
    start.click()
    board.locator("[data-team='1'] .take").click()
    expect_sent(board)
    assert told(small_school) == [("CardTaken", 1)]


def test_an_answer_that_is_lost_records_nothing_twice(board: Page, small_school):
    board.get_by_role("button", name="Start het spel").click()
    lost = []

    def lose(route):
        route.fetch()
        lost.append(1)
        route.abort() if len(lost) == 1 else route.continue_()

    board.route("**/taps", lose)
    board.locator("[data-team='1'] .take").click()
    expect(board.locator("[data-wait]")).to_be_hidden(timeout=10_000)
    expect_sent(board)
    assert told(small_school) == [("CardTaken", 1)]


def test_the_phone_shows_what_the_board_does_within_a_second(board: Page, phone: Page):
    board.get_by_role("button", name="Start het spel").click()
    expect(phone.get_by_role("button", name="Stop het spel")).to_be_visible()
    for left in ("2", "1"):
        board.locator("[data-team='1'] .take").click()
        expect(phone.locator("[data-team='1'] [data-left]")).to_have_text(left, timeout=1000)
    phone.locator("[data-team='2'] [data-press='compliment']").click()
    expect(board.locator("[data-team='2'] [data-compliments]")).to_have_text("1", timeout=1000)
    expect(board.locator(".undo")).to_contain_text("Manen, compliment")


def test_two_boards_of_one_game_show_the_same(board: Page, board_context, phone: Page):
    other = board_context.new_page()
    other.goto(board.url)
    board.get_by_role("button", name="Start het spel").click()
    board.locator("[data-team='1'] .take").click()
    expect(other.locator("[data-team='1'] [data-left]")).to_have_text("2", timeout=2000)
    other.locator(".undo").click()
    expect(board.locator("[data-team='1'] [data-left]")).to_have_text("3", timeout=2000)


def test_keys_play_along_and_have_a_switch(board: Page):
    board.get_by_role("button", name="Start het spel").click()
    left, compliments = (board.locator(f"[data-team='1'] [data-{what}]") for what in ("left", "compliments"))
    board.keyboard.press("Digit1")
    board.keyboard.press("Shift+Digit1")
    expect(left).to_have_text("2")
    expect(compliments).to_have_text("1")
    board.keyboard.press("z")
    expect(compliments).to_have_text("0")
    board.get_by_label("Toetsen aan").uncheck()
    board.keyboard.press("Digit1")
    expect(left).to_have_text("2")


RECORDED = """() => {
  window.told = [];
  window.hidden = false;
  Object.defineProperty(document, "hidden", { get: () => window.hidden });
  const request = (what) => {
    const lock = new EventTarget();
    const letGo = (why) => { window.told.push(why); lock.dispatchEvent(new Event("release")); };
    lock.release = () => letGo("released");
    window.turnAway = () => { window.hidden = true; letGo("taken by the browser"); };
    window.told.push("asked for the " + what);
    return Promise.resolve(lock);
  };
  Object.defineProperty(navigator, "wakeLock", { value: { request } });
}"""
"""In place of the browser's own, which may refuse on a machine without a screen: it takes a lock from a hidden page."""


def test_the_screen_stays_awake_while_a_game_is_played(board: Page):
    board.evaluate(RECORDED)

    def told() -> list[str]:
        board.evaluate("() => document.dispatchEvent(new Event('visibilitychange'))")
        return board.evaluate("() => window.told.splice(0)")

    assert told() == []
    board.get_by_role("button", name="Start het spel").click()
    assert told() == ["asked for the screen"]
    board.locator("[data-team='1'] .take").click()
    board.evaluate("() => window.turnAway()")
    assert told() == ["taken by the browser"]
    board.evaluate("() => { window.hidden = false }")
    assert told() == ["asked for the screen"]
    board.get_by_role("button", name="Stop", exact=True).click()
    assert told() == ["released"]
    assert told() == []


def test_what_is_touched_is_large_and_not_at_the_top(board: Page, assert_accessible):
    board.get_by_role("button", name="Start het spel").click()
    boxes = [each.bounding_box() for each in board.get_by_role("button").all() if each.is_visible()]
    assert len(boxes) == 7
    assert min(box["height"] for box in boxes) >= 80
    assert min(box["y"] for box in boxes) > 1080 / 3
    assert board.evaluate("parseFloat(getComputedStyle(document.querySelector('.number')).fontSize)") >= 150
    assert_accessible(board)


BOARDS = ((1024, 768), (1280, 720), (1280, 800), (1366, 768), (1920, 1080))
"""What hangs in classrooms: the oldest projector, the cheapest touch screen, and the usual one."""
AS_MANY = """([teams, rules, cards]) => {
  const grow = (box, each, count) => {
    while (box.children.length < count) { box.append(box.querySelector(each).cloneNode(true)); }
    while (box.children.length > count) { box.lastElementChild.remove(); }
  };
  grow(document.querySelector(".teams"), ".team", teams);
  grow(document.querySelector(".rules"), "li", rules);
  document.querySelectorAll(".cards").forEach((box) => grow(box, "span", cards));
  document.querySelectorAll(".rules span").forEach((rule) => { rule.textContent = "We beginnen meteen te werken"; });
  document.querySelectorAll(".team h2 span").forEach((name) => { name.textContent = "Regenbogen"; });
  const kept = document.body.className.replace(/has-\\d|is-many/g, "");
  document.body.className = `${kept} has-${teams} ${teams > 4 ? "is-many" : ""}`;
}"""
"""A board of so many teams, with rules and names as long as they come."""
OUT_OF_PLACE = """() => {
  const found = [], foot = document.querySelector(".foot").getBoundingClientRect().top;
  const out = (each, box) => { const a = each.getBoundingClientRect();
    const beside = a.left < box.left - 1 || a.right > box.right + 1;
    return a.width && (beside || a.top < box.top - 1 || a.bottom > box.bottom + 1); };
  document.querySelectorAll(".team").forEach((team) => {
    const box = team.getBoundingClientRect();
    if (box.bottom > foot) { found.push("a team under the foot"); }
    team.querySelectorAll("h2, h2 span, .number, .play-card, button, button span, .won span").forEach((each) => {
      if (out(each, box)) { found.push(`${each.className || each.tagName} outside its team`); }
    });
  });
  const screen = { left: 0, top: 0, right: innerWidth, bottom: innerHeight };
  document.querySelectorAll(".top > *, .foot > *, .foot button").forEach((each) => {
    if (out(each, screen)) { found.push(`${each.className} outside the screen`); }
  });
  document.querySelectorAll("button").forEach((each) => {
    const box = each.getBoundingClientRect();
    if (box.width && box.height < 80) { found.push(`${each.className} is ${box.height} px high`); }
  });
  return [...new Set(found)];
}"""


def test_as_many_teams_as_can_play_fit_on_every_board(board: Page):
    for press in (None, "Start het spel", "Stop"):
        if press:
            board.get_by_role("button", name=press, exact=True).click()
        for width, height in BOARDS:
            board.set_viewport_size({"width": width, "height": height})
            for teams in range(2, 9):
                board.evaluate(AS_MANY, [teams, 3, 10 if teams == 8 else 5])
                wrong = board.evaluate(OUT_OF_PLACE)
                assert wrong == [], f"{teams} teams on {width} x {height}, after {press}"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_is_accessible_and_fits(
    phone, small_school, game, scheme, assert_accessible, assert_no_sideways_scroll
):
    group = small_school.groups["6a"]
    phone.emulate_media(color_scheme=scheme)
    of_group = [f"/taakspel/groups/{group}{page}" for page in ("", "/divide", "/teams", "/play", "/poster")]
    for path in ["/taakspel/", *of_group, f"/taakspel/games/{game}", "/"]:
        phone.goto(path)
        assert_accessible(phone)
        assert_no_sideways_scroll(phone)


def test_a_teacher_makes_teams_plays_and_looks_back(phone: Page, small_school, game):
    phone.get_by_role("button", name="Start het spel").click()
    phone.get_by_role("button", name="Compliment voor Sterren").click()
    phone.get_by_role("button", name="Stop het spel").click()
    expect(phone.get_by_text("Alle teams hebben gewonnen.")).to_be_visible()
    phone.locator("label.option", has_text="Soms goed").click()
    phone.get_by_role("button", name="Leg vast").click()
    expect(phone.get_by_text("Vier het samen.")).to_be_visible()
    assert [type(each) for each in small_school.facts("taakspel.game")][-1] is Game.Evaluated
