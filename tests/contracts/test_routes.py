"""Every page is in the access table, and what changes something is asked by POST."""

from collections.abc import Callable

from flask import Flask
from flask.testing import FlaskClient

from intranet.access import TABLE, requires
from tests.contracts.test_gates import made_up
from tests.practice import signed_in

NOT_OURS = frozenset({"static"})


def forgotten(app: Flask) -> set[str]:
    """Return the pages of which nobody said who may reach them."""
    return {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if rule.endpoint not in NOT_OURS and not hasattr(app.view_functions[rule.endpoint], "permission")
    }


def unknown_permissions(app: Flask, known: set[str]) -> set[str]:
    """Return the permissions that views ask for and nothing gives."""
    return {getattr(view, "permission", None) for view in app.view_functions.values()} - {None} - known


def known_permissions(practice: Flask) -> set[str]:
    return {rule.permission for rule in TABLE} | practice.extensions["geborgen.plugins"].rules.keys()


def test_every_route_says_who_may_reach_it(practice: Flask) -> None:
    assert forgotten(practice) == set()


def test_every_permission_in_use_is_in_the_table_or_a_manifest(practice: Flask) -> None:
    assert unknown_permissions(practice, known_permissions(practice)) == set()


def test_a_page_for_nobody_in_particular_and_a_permission_from_nowhere_are_found(practice: Flask) -> None:
    bad = Flask("bad")
    bad.add_url_rule("/open", "open", lambda: "")
    bad.add_url_rule("/strange", "strange", requires("party.dance")(lambda: ""))
    bad.add_url_rule("/sound", "sound", requires("people.read")(lambda: ""))
    assert forgotten(bad) == {"open"}
    assert unknown_permissions(bad, known_permissions(practice)) == {"party.dance"}


def changed_without_token(app: Flask, client: FlaskClient, head: Callable[[], int]) -> list[str]:
    """Return the pages that take a POST without the token of a form: another site could send it."""
    found = []
    for rule in app.url_map.iter_rules():
        if "POST" in rule.methods and rule.endpoint not in NOT_OURS:
            path = app.url_map.bind("localhost").build(rule.endpoint, {name: made_up(rule, name)
                                                                       for name in rule.arguments})  # fmt: skip
            before = head()
            answer = client.post(path)
            # An address with a made-up id may be a page that is not there: that is said before the token is asked.
            if answer.status_code not in (400, 404) or head() != before:
                found.append(rule.endpoint)
    return found


def test_nothing_is_taken_without_the_token_of_a_form(practice: Flask, monkeypatch) -> None:
    client = signed_in(practice, "marijke")
    log = practice.extensions["geborgen.log"]
    monkeypatch.setitem(practice.config, "WTF_CSRF_ENABLED", True)
    school = practice.config["PRACTICE_SCHOOL"]
    assert changed_without_token(practice, client, lambda: log.head(school).size) == []


def test_a_page_that_takes_anything_is_found() -> None:
    bad = Flask("bad")
    bad.add_url_rule("/change", "change", lambda: "", methods=["POST"])
    assert changed_without_token(bad, bad.test_client(), lambda: 0) == ["change"]


def test_nobody_signed_in_reaches_a_page_of_the_school(practice: Flask) -> None:
    client = practice.test_client()
    reached = []
    for rule in practice.url_map.iter_rules():
        view = practice.view_functions[rule.endpoint]
        if rule.arguments or "GET" not in rule.methods or getattr(view, "permission", None) is None:
            continue
        if client.get(rule.rule).status_code < 300:
            reached.append(rule.endpoint)
    assert reached == []
