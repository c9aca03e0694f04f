"""The board on which access is asked for, with one of everything that an address can name."""

import re
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest

from tests.contracts.board import PLAIN, Board
from tests.contracts.full_disk import FullDisk
from tests.contracts.running import running
from tests.contracts.told_cases import ToldCases
from tests.contracts.told_matters import ToldMatters
from tests.contracts.told_signals import ToldSignals


@pytest.fixture(scope="module")
def board(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Board]:
    with running(tmp_path_factory.mktemp("access"), WTF_CSRF_ENABLED=False) as app:
        made = Board(app)
        made.tell_incidents()
        made.take_emergency_access()
        made.apply_rules_of_a_law()
        yield made


@pytest.fixture(scope="module")
def told(board: Board) -> ToldSignals:
    return ToldSignals(board)


@pytest.fixture(scope="module")
def told_matters(board: Board) -> ToldMatters:
    return ToldMatters(board)


@pytest.fixture(scope="module")
def told_cases(board: Board) -> ToldCases:
    return ToldCases(board)


@pytest.fixture(scope="module")
def full_disk(board: Board) -> FullDisk:
    return board.full_disk


@pytest.fixture
def undrawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """Answers without what stands on their pages: who opens one is asked here, and other contracts draw each page."""
    monkeypatch.setattr("flask.templating._render", lambda _app, template, _context: f"<title>{template.name}</title>")


@pytest.fixture(scope="module")
def samples(board: Board, told: ToldSignals, told_matters: ToldMatters, told_cases: ToldCases) -> dict[str, Any]:
    """One of everything that an address can name, by the name of the argument."""
    from intranet.accounts.commands import give_link, make_agenda_address
    from intranet.audit.commands import review_period
    from intranet.people.register import holdings
    from intranet.people.today import today

    director = board.client("executive_director")
    made = director.post("/audit/proof/checkpoints")
    with board.acting_as("executive_director"):
        review = review_period(today(), today(), None)
        held = holdings(board.school, board.people["dpo"])[0]
        token = give_link(board.board, board.accounts[PLAIN], given_by=board.people["head_teacher"])
        secret = make_agenda_address(board.board, board.accounts[PLAIN], board.school)
    return {
        "person_id": board.pupils["own"],
        "somebody": board.pupils["own"],
        "group_id": board.groups["7b"],
        "account_id": board.accounts["dpo"],
        "incident_id": board.incident("other_group", "open", PLAIN),
        "follow_up_id": board.follow_ups[board.incident("other_group", "open", PLAIN)],
        **board.attached[board.incident("other_group", "open", PLAIN)],
        "note": board.notes[board.incident("other_group", "open", PLAIN)],
        "page": 1,
        "signal_id": told.of("other_group", "plain", PLAIN),
        "matter_id": told_matters.of("other", "received", PLAIN),
        "case_id": told_cases.of("other_group", "plain", PLAIN),
        "record_id": told_cases.record,
        "word": "incident",
        "emergency_id": board.emergencies["care_coordinator"],
        "stream": board.pupils["own"],
        "review_id": review,
        "period_id": board.period,
        **board.patterns,
        **board.kanjer,
        **board.game,
        "code": "ABCD-EFGH",
        "kind": "theme",
        "some_group": board.groups["7b"],
        "own_group": board.groups["6a"],
        "upload_id": uuid4(),
        "position": 1,
        "size": int(re.search(r"/(\d+)$", made.location)[1]),
        "token": token,
        "secret": secret,
        "mark": "0" * 32,
        "duty": held.duty,
        "since": held.since.isoformat(),
        "filename": "css/base.css",
        "name": "notebook",
        "of_duty": board.people["dpo"],
    }
