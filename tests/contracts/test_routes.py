"""Every page is in the access table, and what changes something is asked by POST."""

from flask import Flask

from intranet.access import TABLE

NOT_OURS = frozenset({"static"})


def test_every_route_says_who_may_reach_it(practice: Flask) -> None:
    forgotten = {
        rule.endpoint
        for rule in practice.url_map.iter_rules()
        if rule.endpoint not in NOT_OURS and not hasattr(practice.view_functions[rule.endpoint], "permission")
    }
    assert forgotten == set()


def test_every_permission_in_use_is_in_the_table_or_a_manifest(practice: Flask) -> None:
    of_plugins = practice.extensions["geborgen.plugins"].rules
    known = {rule.permission for rule in TABLE} | of_plugins.keys()
    used = {getattr(view, "permission", None) for view in practice.view_functions.values()} - {None}
    assert used <= known


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
