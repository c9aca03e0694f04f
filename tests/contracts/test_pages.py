"""Every page without an argument opens for whoever may see it and for nobody else, for each kind of colleague."""

import pytest
from flask import Flask

from intranet.access import STAFF as IN_SERVICE
from intranet.access import SUPERVISORY_BOARD, allowed
from intranet.demo.cast import CAN_BE
from tests.practice import MEMBERS, signed_in


@pytest.mark.parametrize("key", CAN_BE)
def test_each_colleague_sees_what_the_table_gives_and_nothing_else(practice: Flask, key: str) -> None:
    client = signed_in(practice, key)
    duties = set(MEMBERS[key].duties)
    if SUPERVISORY_BOARD not in duties:
        duties.add(IN_SERVICE)
    seen, wrong = 0, {}
    for rule in practice.url_map.iter_rules():
        view = practice.view_functions[rule.endpoint]
        permission = getattr(view, "permission", None)
        if rule.arguments or "GET" not in rule.methods or permission is None:
            continue
        answer = client.get(rule.rule)
        with practice.app_context():
            expected = allowed(permission, duties)
        seen += expected
        if (answer.status_code < 400) != expected or (not expected and answer.status_code != 404):
            wrong[rule.endpoint] = answer.status_code
    assert wrong == {}
    assert seen


def test_a_page_that_is_not_there_says_so_in_a_sentence(practice: Flask) -> None:
    answer = signed_in(practice, "fatima").get("/incidents/00000000-0000-0000-0000-000000000000")
    assert answer.status_code == 404
    assert "Er is niets verloren." in answer.get_data(as_text=True)
