"""Every page, for everybody who can sign in, against answers that were written by hand.

A page that is in no row of `access_expected.py` fails. What somebody may not know is the page of what is not there.
"""

import re
from typing import Any
from uuid import uuid4

import pytest
from werkzeug.test import TestResponse

from tests.contracts import access_expected as expected
from tests.contracts import cases_expected as of_cases
from tests.contracts import incidents_expected as of_incidents
from tests.contracts import matters_expected as of_matters
from tests.contracts import parts_expected as of_parts
from tests.contracts import signals_expected as of_signals
from tests.contracts.access.asking import EVERYBODY, OF_ONE_RECORD, ask, pages_of, reached
from tests.contracts.board import COUNCIL_PARENT, OF_PLUGINS, PLAIN, ROLES, STATES, Board
from tests.contracts.full_disk import FullDisk
from tests.contracts.told_cases import ToldCases
from tests.contracts.told_matters import ToldMatters
from tests.contracts.told_signals import ToldSignals
from tests.contracts.written_answers import pages, rows

WHO_OPEN_MOST = ("head_teacher", "executive_director", "administrator", "dpo", "care_coordinator")

NOTHING_TO_TELL = {
    ("POST", "/people/groups/<uuid:group_id>/teachers/<uuid:person_id>/remove", "person_id"),
    ("POST", "/incidents/<uuid:incident_id>/shares/<uuid:person_id>/withdraw", "person_id"),
    ("POST", "/signals/<uuid:signal_id>/shares/<uuid:person_id>/withdraw", "person_id"),
    ("POST", "/cases/<uuid:case_id>/shares/<uuid:person_id>/withdraw", "person_id"),
    ("POST", "/cases/<uuid:case_id>/participants/<uuid:person_id>/remove", "person_id"),
}
"""Who does not teach a group is not taken from it, whoever they are: an id that nobody has gets the same answer.
So it is with a record that is not shared with somebody."""


def without_keys(answer: TestResponse) -> str:
    """Return a page without what is new in every answer."""
    return re.sub(r'(nonce|value|content)="[\w.\-]{16,}"', r"\1", answer.get_data(as_text=True))


def test_every_page_is_in_the_expected_answers_once(board: Board) -> None:
    listed = [page for text in expected.PAGES.values() for page in pages(text)]
    listed += [page for text in (*of_incidents.INCIDENT_PAGES.values(), of_incidents.LAW_PAGES) for page in pages(text)]
    listed += (*of_signals.DONE_WITH, *of_matters.DONE_WITH, *of_cases.DONE_WITH)
    assert len(listed) == len(set(listed))
    assert set(listed) == pages_of(board.app)


def test_every_duty_is_in_the_expected_answers(board: Board) -> None:
    brought = [duty for plugin in board.app.extensions["geborgen.plugins"] for duty in plugin.manifest.duties]
    assert tuple(sorted(brought)) == OF_PLUGINS
    for table in (of_incidents.READING, of_incidents.DOING, of_signals.READING, of_cases.READING):
        assert set(rows(table)) == set(ROLES)
    assert tuple(STATES) == of_incidents.STATES_READ
    assert {len(row) for row in rows(of_incidents.READING).values()} == {len(STATES)}


@pytest.mark.usefixtures("undrawn")
@pytest.mark.parametrize("role", EVERYBODY)
def test_pages(board: Board, full_disk: FullDisk, samples: dict[str, Any], role: str) -> None:
    client, wrong = board.client(role), []
    for page in sorted(pages_of(board.app) - set(OF_ONE_RECORD)):
        with full_disk():
            opened = reached(ask(board, client, page, samples), page)
        if opened != expected.reaches(page, role):
            wrong.append((*page, opened))
    assert not wrong, wrong


@pytest.mark.parametrize("role", [PLAIN, COUNCIL_PARENT, *WHO_OPEN_MOST])
def test_what_one_may_not_know_is_the_page_that_does_not_exist(
    board: Board,
    told: ToldSignals,
    told_matters: ToldMatters,
    told_cases: ToldCases,
    full_disk: FullDisk,
    samples: dict[str, Any],
    role: str,
) -> None:
    """A record of the other school, and for who may not read it one of this school, against an id that nobody gave."""
    client, wrong = board.client(role), []
    nobody = uuid4()
    incident, signal = board.incident("named", "staff_matter", role), told.of("named", "plain", role)
    matter = told_matters.of("named", "received", role)
    case = told_cases.of("named", "plain", role)
    secrets = {
        "incident_id": {incident},
        "signal_id": {signal},
        "matter_id": {matter},
        "case_id": {case},
        "stream": {incident, signal, matter, case},
    }
    elsewhere = {**board.elsewhere, "matter_id": told_matters.elsewhere}
    for page in sorted(pages_of(board.app)):
        for argument in set(re.findall(r":(\w+)>", page[1])) & set(elsewhere):
            with full_disk():
                missing = ask(board, client, page, {**samples, argument: nobody})
                for other in {elsewhere[argument], *secrets.get(argument, ())}:
                    seen = ask(board, client, page, {**samples, argument: other})
                    if (seen.status_code, without_keys(seen)) != (missing.status_code, without_keys(missing)):
                        wrong.append((*page, argument, seen.status_code, missing.status_code))
                    if seen.status_code != 404 and (*page, argument) not in NOTHING_TO_TELL:
                        wrong.append((*page, argument, seen.status_code))
    assert not wrong, wrong


@pytest.mark.parametrize("role", ROLES)
def test_parts_of_pages(board: Board, role: str) -> None:
    client = board.client(role)
    for relation, name in (("own_group", "own"), ("other_group", "other")):
        page = client.get(f"/people/{board.pupils[name]}").get_data(as_text=True)
        assert (f"Ouder van {name}" in page) == of_parts.sees_parents(role, relation), (role, relation)
    sees_board = str(board.accounts[PLAIN]) in client.get("/audit/?of=board&rows=1").get_data(as_text=True)
    assert sees_board == (role in of_parts.LOG_OF_THE_BOARD.split())


def test_a_view_that_forgets_to_ask_is_found(board: Board, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control of the matrix: the school's settings opened to everybody are seen in its answers."""
    monkeypatch.setitem(board.app.view_functions, "schools.settings", lambda: "open")
    page = ("GET", "/school")
    assert reached(ask(board, board.client(PLAIN), page, {}), page)
    assert not expected.reaches(page, PLAIN)
