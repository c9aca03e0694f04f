"""A screen in front of a class has its one page: every other address of the product leads back to it, or nowhere."""

import re
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from flask.testing import FlaskClient

from tests.contracts.access.asking import address, pages_of
from tests.contracts.board import Board
from tests.contracts.running import running

OWN = {
    ("GET", "/taakspel/board/<uuid:game_id>"),
    ("GET", "/taakspel/board/<uuid:game_id>/state"),
    ("POST", "/taakspel/board/<uuid:game_id>/taps"),
    ("GET", "/taakspel/board/<uuid:game_id>/worker.js"),
}
WAYS_OUT = {("GET", "/screen"), ("POST", "/screen"), ("GET", "/screen/<code>"), ("POST", "/screen/<code>"),
            ("POST", "/leave-screen")}  # fmt: skip
FEED = ("GET", "/agenda/<secret>.ics")
"""Asks for a secret and for no session: to a board it is what it is to everybody."""


@pytest.fixture(scope="module")
def board(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Board]:
    with running(tmp_path_factory.mktemp("screens"), WTF_CSRF_ENABLED=False) as app:
        yield Board(app)


def code_for(board: Board, role: str = "teacher") -> str:
    page = board.client(role).post(f"/taakspel/games/{board.game['game_id']}/board").text
    return re.search(r'class="board-code">([A-Z2-9]{4}-[A-Z2-9]{4})<', page)[1]


def opened(board: Board, client: FlaskClient | None = None, by: str = "teacher") -> FlaskClient:
    client = client or board.app.test_client()
    answer = client.post("/screen", data={"code": code_for(board, by)})
    assert (answer.status_code, answer.location) == (303, f"/taakspel/board/{board.game['game_id']}")
    return client


@pytest.fixture(scope="module")
def screen(board: Board) -> FlaskClient:
    return opened(board)


@pytest.fixture(scope="module")
def samples(board: Board) -> dict[str, Any]:
    """An id for every argument; of the game and of the group it is in, the real ones."""
    words = {"code": "ABCD-EFGH", "filename": "css/base.css", "size": 1, "page": 1}
    people = {"group_id": board.groups["6a"], "person_id": board.pupils["own"], "somebody": None, "some_group": None}
    real = {**board.game, **board.kanjer, **board.patterns, **people}
    arguments = {name for _method, rule in pages_of(board.app) for name in re.findall(r"<(?:\w+:)?(\w+)>", rule)}
    return {**{name: uuid4() for name in arguments}, **words, **real}


def test_every_other_page_leads_back_or_nowhere(board: Board, screen: FlaskClient, samples: dict[str, Any]) -> None:
    own_page, wrong, asked = f"/taakspel/board/{board.game['game_id']}", [], 0
    for page in sorted(pages_of(board.app) - OWN - WAYS_OUT):
        if page[1].endswith("/static/<path:filename>") or page[1].startswith("/static/"):
            continue
        if page == FEED:
            assert screen.open(address(page, samples)).status_code == 404
            continue
        answer = screen.open(address(page, samples), method=page[0], buffered=True)
        asked += 1
        back = page[0] == "GET" and answer.status_code == 303 and answer.location == own_page
        if not back and not (page[0] != "GET" and answer.status_code == 404):
            wrong.append((*page, answer.status_code, answer.location))
    assert wrong == []
    assert asked > 150


def test_its_own_page_opens_and_names_nobody(board: Board, screen: FlaskClient) -> None:
    game = board.game["game_id"]
    pages = [screen.get(f"/taakspel/board/{game}{part}", buffered=True) for part in ("", "/state", "/worker.js")]
    assert [each.status_code for each in pages] == [200, 200, 200]
    shown = " ".join(each.text for each in pages)
    assert not [name for name in ("Kind own", "Kind", "Iemand", "Teacher") if name in shown]


def test_an_address_that_is_not_there_leads_back_too(board: Board, screen: FlaskClient) -> None:
    assert screen.get("/no/such/page").location == f"/taakspel/board/{board.game['game_id']}"
    assert screen.post("/no/such/page").status_code == 404


def test_another_game_is_not_its_page(board: Board, screen: FlaskClient) -> None:
    for other in (uuid4(), board.elsewhere["game_id"]):
        assert screen.get(f"/taakspel/board/{other}").location == f"/taakspel/board/{board.game['game_id']}"
        assert screen.post(f"/taakspel/board/{other}/taps", json={"taps": []}).status_code == 404


def test_who_was_signed_in_there_is_not_any_more(board: Board) -> None:
    client = board.client("head_teacher")
    assert client.get("/").status_code == 200
    opened(board, client)
    assert client.get("/people").location == f"/taakspel/board/{board.game['game_id']}"
    client.post("/leave-screen")
    assert client.get("/people").location.startswith("/login")


def test_a_code_runs_out_and_so_does_a_screen(board: Board, monkeypatch: pytest.MonkeyPatch) -> None:
    from intranet.screens import passes

    code, screen = code_for(board), opened(board)
    later = passes.now()
    monkeypatch.setattr(passes, "now", lambda: later + passes.CODE_MINUTES * 60_000 + 1)
    assert board.app.test_client().post("/screen", data={"code": code}).status_code == 422
    assert screen.get(f"/taakspel/board/{board.game['game_id']}").status_code == 200
    monkeypatch.setattr(passes, "now", lambda: later + passes.SCREEN_HOURS * 3_600_000 + 1)
    assert screen.get(f"/taakspel/board/{board.game['game_id']}").status_code == 404


def test_a_code_opens_two_boards_and_no_wrong_one(board: Board) -> None:
    code = code_for(board)
    for typed in (code, code.lower().replace("-", " ")):
        assert board.app.test_client().post("/screen", data={"code": typed}).status_code == 303
    assert board.app.test_client().post("/screen", data={"code": "AAAA-AAAA"}).status_code == 422


def test_a_screen_ends_with_the_plugin_and_with_who_opened_it(board: Board) -> None:
    from intranet.activation.commands import disable_plugin, enable_plugin

    screen, page = opened(board), f"/taakspel/board/{board.game['game_id']}"
    with board.acting_as("head_teacher"):
        disable_plugin("taakspel", "Voor de proef.")
    assert screen.get(page).status_code == 404
    with board.acting_as("head_teacher"):
        enable_plugin("taakspel", "Na de proef.")
    screen = opened(board)
    board.client("head_teacher").post(f"/accounts/{board.accounts['teacher']}/disable", data={"reason": "left_school"})
    assert screen.get(page).status_code == 404


def test_a_screen_and_a_code_end_when_who_opened_it_leaves_the_school_and_keeps_an_account(board: Board) -> None:
    from intranet.people.commands import let_go, take_back

    leaver = "teaching_assistant"
    page = f"/taakspel/board/{board.game['game_id']}"
    screen, of_another, code = opened(board, by=leaver), opened(board, by="head_teacher"), code_for(board, leaver)
    with board.acting_as("head_teacher"):
        let_go(board.people[leaver])
    assert (screen.get(page).status_code, of_another.get(page).status_code) == (404, 200)
    assert board.app.test_client().post("/screen", data={"code": code}).status_code == 422
    with board.acting_as("head_teacher"):
        take_back(board.people[leaver])


def test_a_view_that_no_screen_has_cannot_be_shown_on_one(board: Board) -> None:
    from intranet.api import open_screen

    with board.app.test_request_context(), pytest.raises(LookupError):
        open_screen("taakspel.game", board.game["game_id"])
