"""Every cell of the access table is turned over once, and each time an answer has to change."""

from itertools import product

import pytest

from intranet import access, access_bounds
from intranet.access import Rule
from intranet.access_bounds import within
from tests.contracts.access.asking import OF_ONE_RECORD, Page
from tests.contracts.access.cells import Matrix, cells, changes_nothing, mutants, table_of
from tests.contracts.board import Board

ASKED_INSIDE = {
    ("POST", "/audit/reviews"): "audit.review",
    ("POST", "/school/law"): "law.switch",
    ("POST", "/school/law/evaluations"): "law.evaluate",
    ("GET", "/patterns/measures/<uuid:measure_id>"): "patterns.read",
    ("POST", "/patterns/measures/<uuid:measure_id>"): "patterns.read",
}
"""What a view asks besides the permission of its page."""

ASKED_OF_A_GROUP = {("POST", "/patterns/quiet-weeks/<uuid:quiet_week_id>/withdraw")}
"""Pages about something of one group, or of the whole school: what they ask stands with the permissions in a group."""


@pytest.fixture(scope="module")
def permissions(board: Board) -> dict[Page, str]:
    """Each page that is not of one incident, with the permission that opens it."""
    found = {}
    for rule in board.app.url_map.iter_rules():
        for method in rule.methods - {"HEAD", "OPTIONS"}:
            page = method, rule.rule
            asked = ASKED_INSIDE.get(page) or getattr(board.app.view_functions[rule.endpoint], "permission", None)
            if asked is not None and page not in OF_ONE_RECORD and page not in ASKED_OF_A_GROUP:
                found[page] = asked
    return found


def test_the_access_table_says_what_was_expected(
    board: Board, permissions: dict[Page, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(access, "TABLE", table_of(board))
    assert [(cell.role, *cell.what) for cell in cells(permissions) if cell.ask() != cell.wanted] == []


def test_every_cell_that_is_turned_over_changes_an_answer(
    board: Board, permissions: dict[Page, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    survived, tried = [], 0
    table = table_of(board)
    monkeypatch.setattr(access, "TABLE", table)
    matrix = Matrix(permissions)
    for turned, changed in mutants(table):
        monkeypatch.setattr(access, "TABLE", changed)
        tried += 1
        if matrix.fits(turned):
            survived.append(("without" if turned in table else "with", turned))
    assert survived == []
    assert tried > 250


def test_a_school_changes_the_answers_within_its_bounds_and_no_others(
    board: Board, permissions: dict[Page, str]
) -> None:
    """Each cell again, turned over by a school: what lies outside the bounds stays, also when it was recorded."""
    wrong, tried, table = [], 0, set(table_of(board))
    in_bounds = {
        Rule(permission, duty, relation)
        for permission, bound in access_bounds.OF_CORE.items()
        for duty, relation in product(bound.duties, bound.relations)
        if within(bound, duty, relation)
    }
    news = {
        rule for rule in in_bounds - table if not changes_nothing(of_permission(table, rule), rule.duty, rule.relation)
    }
    with board.acting_as("head_teacher"):
        matrix = Matrix(permissions)
        for turned in {rule for rule, _table in mutants(table_of(board))} | news:
            bound = access.bound_of(turned.permission)
            with access.with_changes(frozenset({(turned, turned not in table)})):
                changed = not matrix.fits(turned)
            tried += changed
            if changed != within(bound, turned.duty, turned.relation):
                wrong.append(turned)
    assert wrong == []
    assert tried > 100


def of_permission(table: set[Rule], like: Rule) -> list[Rule]:
    """Return the rules for the same permission."""
    return [rule for rule in table if rule.permission == like.permission]
