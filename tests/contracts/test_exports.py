"""Every list can leave as a file, recorded, and without a name for who asked for none."""

import csv
import io
import re
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.routing import Rule

from events.log.tables import event
from intranet.exports.events import Export
from tests.practice import school_id, signed_in

LISTS = ("<table", 'class="filters"', 'class="link-list"')
"""What a page shows when there is a list on it."""
NO_FILE = {
    "home.today": "what waits for one person; each line leads to a list that has a file",
    "accounts.profile": "the own devices of one person",
    "agenda.own": "the own calendar of one person, which is a file already",
    "audit.evidence": "checkpoints are files already, in a form that can be checked",
    "activation.plugins": "what a school chose, not what it recorded",
    "staff_matters.matters": "a suspicion about a colleague leaves in no file",
    "kanjertraining.to_record": "what waits for one person; the lessons have a file",
    "kanjertraining.my_licences": "the own licence of one person",
    "taakspel.groups": "the way to each group; how often they play has a file",
    "law.rules": "the first few that would be reported; once the rules count, what they make of each has one",
    "notices.notices": "the own notices of one person, without a word of what they are about",
    "notices.mentions": "the own notices of one person, without a word of what they are about",
}
"""Pages with a list that has no file, and why."""


def pages(app: Flask) -> Iterator[Rule]:
    """Yield every page that is for somebody and has no argument."""
    for rule in app.url_map.iter_rules():
        permission = getattr(app.view_functions[rule.endpoint], "permission", None)
        if not rule.arguments and "GET" in rule.methods and permission is not None:
            yield rule


def is_export(rule: Rule) -> bool:
    return rule.rule.endswith("/export")


@pytest.fixture(scope="module")
def clients(practice: Flask) -> list[FlaskClient]:
    """Two who see every list together: the care coordinator, and the director."""
    return [signed_in(practice, key) for key in ("hanneke", "marijke")]


def test_every_page_with_a_list_leads_to_its_file(practice: Flask, clients: list[FlaskClient]) -> None:
    exports = {rule.rule for rule in practice.url_map.iter_rules() if is_export(rule)}
    without, led_to = [], set()
    for rule in pages(practice):
        if is_export(rule) or rule.endpoint in NO_FILE:
            continue
        main = next(filter(None, (_main(client, rule.rule) for client in clients)), "")
        links = exports.intersection(re.findall(r'href="([^"?]*/export)[?"]', main))
        led_to |= links
        if any(mark in main for mark in LISTS) and not links:
            without.append(rule.endpoint)
    assert without == []
    # The rules of the law are off at the practice school: there is no list of what they make of incidents.
    assert exports - led_to == {"/school/law/incidents/export"}


def _main(client: FlaskClient, address: str) -> str:
    answer = client.get(address)
    return answer.text.partition("<main")[2] if answer.status_code == 200 and answer.mimetype == "text/html" else ""


def test_a_list_without_names_is_without_names_and_each_file_is_recorded(
    practice: Flask, clients: list[FlaskClient]
) -> None:
    names = _names(practice)
    for rule in filter(is_export, pages(practice)):
        if rule.rule == "/school/law/incidents/export":
            continue
        client = next(each for each in clients if each.get(rule.rule).status_code == 200)
        for asked in ("without", "with"):
            before = _made(practice)
            answer = client.post(rule.rule, data={"format": "csv", "names": asked})
            assert answer.status_code == 200, (rule.rule, asked)
            assert _made(practice) == before + 1, rule.rule
            lines = list(csv.reader(io.StringIO(answer.get_data().decode("utf-8-sig"), newline=""), delimiter=";"))
            assert {len(line) for line in lines} == {len(lines[0])}
            if asked == "without":
                text = answer.text
                assert [name for name in names if name in text] == [], rule.rule


def _names(practice: Flask) -> list[str]:
    from intranet.people.roster import roster

    with practice.app_context():
        return [name.full for name in roster(school_id(practice)).values()]


def _made(practice: Flask) -> int:
    from intranet.database import db

    made = event.c.name == f"{Export.log_name}.Made"
    with practice.app_context():
        return db.session.scalar(select(func.count()).select_from(event).where(made)) or 0
