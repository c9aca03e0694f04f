"""Taakspel in a browser: the board with the network cut, a phone beside it, keys and touch."""

import socket
import time
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import Live
from tests.browser.taakspel.conftest import opened_board
from tests.intranet.incidents.small_school import SmallSchool

KEPT = "taakspel."
"""Where the browser keeps what it has not sent yet, before the id of the game."""


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


def expect_kept(board: Page) -> None:
    """Wait until the browser keeps the board itself: with the network cut before that, it cannot be opened again."""
    deadline = time.monotonic() + 10
    while not board.evaluate("async () => (await caches.match(location.href)) !== undefined"):
        assert time.monotonic() < deadline, "The board was never kept."
        board.wait_for_timeout(20)


def test_with_the_network_cut_each_tap_arrives_once_and_in_order(board: Page, cut, small_school):
    board.get_by_role("button", name="Start het spel").click()
    expect_kept(board)
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
