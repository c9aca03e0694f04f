"""A game that is planned, the phone of the teacher, and the board in front of the class."""

from uuid import UUID

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from plugins.taakspel import commands
from tests.browser.conftest import PHONE
from tests.intranet.incidents.small_school import SmallSchool
from tests.plugins.taakspel.conftest import AGREED


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
