"""How a page is asked for, whether it opened, and what the address of each page is filled in with."""

import re
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

from intranet.access import STAFF, SUPERVISORY_BOARD
from tests.contracts import cases_expected as of_cases
from tests.contracts import incidents_expected as of_incidents
from tests.contracts import matters_expected as of_matters
from tests.contracts import signals_expected as of_signals
from tests.contracts.board import COUNCIL, COUNCIL_PARENT, PLAIN, RELATIONS, ROLES, SIGNED_OUT, Board

Page = tuple[str, str]


OF_ONE_RECORD = {**of_incidents.DONE_WITH, **of_signals.DONE_WITH, **of_matters.DONE_WITH, **of_cases.DONE_WITH}
"""The pages of one record, with what they do with it."""

READ_IN = (*RELATIONS, "emergency")
"""How one can stand to an incident that one reads: as to what is done with it, and by emergency access."""

EVERYBODY = (SIGNED_OUT, *ROLES)


def pages_of(app: Flask) -> set[Page]:
    return {
        (method, rule.rule) for rule in app.url_map.iter_rules() for method in rule.methods - {"HEAD", "OPTIONS"}
    }  # fmt: skip


def address(page: Page, values: dict[str, Any]) -> str:
    """Fill in an address; a new kind of argument needs a sample above."""
    if "<duty>" in page[1] and values["person_id"] == values["somebody"]:
        values = {**values, "person_id": values["of_duty"]}
    if "<permission>" in page[1]:
        values = {**values, "permission": "incidents.read", "duty": "bullying_contact"}
    of_groups = ("/kanjertraining/groups/", "/taakspel/groups/")
    if page[1].startswith(of_groups) and values["group_id"] == values["some_group"]:
        values = {**values, "group_id": values["own_group"]}
    if found := re.match(r"/(\w+)/static", page[1]):
        values = {**values, "filename": f"{found[1]}.css"}
    if page[1].endswith("/readable") and values["stream"] == values["somebody"]:
        values = {**values, "stream": values["incident_id"]}
    if page[1].startswith("/patterns/static"):
        values = {**values, "filename": "patterns.css"}
    return re.sub(r"<(?:\w+:)?(\w+)>", lambda found: str(values[found[1]]), page[1])


def ask(board: Board, client: Any, page: Page, values: dict[str, Any], **form: str) -> TestResponse:
    if page == ("POST", "/login/as"):
        form = {"account": board.accounts[PLAIN].hex}
    form = form if page[0] == "POST" else {}
    return client.open(address(page, values), method=page[0], data=form, buffered=True)


def reached(answer: TestResponse, page: Page) -> bool:
    """Tell whether a page opened: with an answer of its own, or with the sentence that nothing could be saved."""
    if answer.status_code in (302, 401):  # sign in first
        return False
    assert answer.status_code in (200, 204, 303, 404, 409, 422, 503), (page, answer.status_code)
    return answer.status_code != 404


def duties_of(role: str) -> frozenset[str]:
    if role == COUNCIL_PARENT:
        return frozenset({COUNCIL})
    if role == SUPERVISORY_BOARD:
        return frozenset({SUPERVISORY_BOARD})
    return frozenset({STAFF} if role == PLAIN else {STAFF, role})
