"""A plugin that a school has not switched on does not exist for it, and one school sees nothing of another."""

import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.types import Uuid
from werkzeug.exceptions import NotFound
from werkzeug.routing import RequestRedirect

from events.log.context import acting
from intranet.plugin_manager import Plugin, prefix_of
from tests.practice import school_id, signed_in

ANY_ID = "[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}"
MOST_IDS = 12
SAMPLES = {"uuid": lambda: uuid4(), "int": lambda: 1, "string": lambda: "a", "date": lambda: "2026-11-25"}


def plugins_of(practice: Flask) -> list[Plugin]:
    return [each for each in practice.extensions["geborgen.plugins"] if not each.manifest.always_enabled]


def addresses(practice: Flask, plugin: Plugin) -> Iterator[tuple[str, Any]]:
    """Return each method and rule of a plugin's pages."""
    for rule in practice.url_map.iter_rules():
        if rule.endpoint.partition(".")[0] == plugin.name and not rule.endpoint.endswith(".static"):
            for method in rule.methods & {"GET", "POST"}:
                yield method, rule


def path_of(practice: Flask, rule: Any, **known: Any) -> str:
    """Return an address that fits a rule, with made-up arguments where none is known."""
    values = {name: known.get(name, made_up(rule, name)) for name in rule.arguments}
    with practice.test_request_context():
        return practice.url_map.bind("localhost").build(rule.endpoint, values)


def made_up(rule: Any, name: str) -> Any:
    kind = type(rule._converters[name]).__name__.lower()
    return next((make() for start, make in SAMPLES.items() if kind.startswith(start)), "a")


@contextmanager
def switched_off(practice: Flask) -> Iterator[None]:
    """Switch off every plugin of the practice school for a while."""
    from intranet.activation.commands import disable_plugin, enable_plugin

    school = school_id(practice)
    with practice.app_context(), acting(school=school):
        on = practice.extensions["geborgen.plugins"].enabled_for(school)
        names = [plugin.name for plugin in plugins_of(practice) if plugin.name in on]
        for name in names:
            disable_plugin(name, "Voor de proef.")
    yield
    with practice.app_context(), acting(school=school):
        for name in names:
            enable_plugin(name, "Na de proef.")


@pytest.fixture
def all_off(practice: Flask) -> Iterator[Flask]:
    """The practice school with every plugin switched off; switched on again afterwards."""
    with switched_off(practice):
        yield practice


def reached(practice: Flask, client: Any) -> list[str]:
    """Return the pages of plugins that somebody gets something of: for a plugin that is off there must be none."""
    return [
        f"{method} {rule.rule}"
        for plugin in plugins_of(practice)
        for method, rule in addresses(practice, plugin)
        if client.open(path_of(practice, rule), method=method).status_code != 404
    ]


@pytest.mark.parametrize("who", ["marijke", "fatima"])
def test_what_is_off_is_a_404_everywhere(all_off: Flask, who: str):
    assert [rule for plugin in plugins_of(all_off) for rule in addresses(all_off, plugin)]
    assert reached(all_off, signed_in(all_off, who)) == []


def test_a_page_that_is_not_gated_is_found(all_off: Flask, monkeypatch):
    """The planted violation: the core forgets to ask whether the school has the plugin."""
    plugins = all_off.extensions["geborgen.plugins"]
    monkeypatch.setattr(type(plugins), "enabled_for", lambda self, _school: frozenset(self.by_name))
    found = reached(all_off, signed_in(all_off, "marijke"))
    for plugin in plugins_of(all_off):
        assert any(each.startswith(f"GET {prefix_of(plugin)}/") for each in found), plugin.name


def test_what_is_off_is_in_no_menu_and_on_no_page(all_off: Flask):
    client = signed_in(all_off, "marijke")
    for page in ("/", "/incidents", "/people", "/audit/", "/audit/assertions"):
        html = client.get(page).get_data(as_text=True)
        for plugin in plugins_of(all_off):
            assert f'href="{prefix_of(plugin)}/' not in html, f"{page} leads to {plugin.name}"


def told_by(practice: Flask, plugin: Plugin, client: Any) -> dict[str, str]:
    """Return what stands on a plugin's pages, by the links on them once for each view; without the keys of forms."""
    waiting = [path_of(practice, rule) for method, rule in addresses(practice, plugin)
               if method == "GET" and not rule.arguments]  # fmt: skip
    found: dict[str, tuple[str, str]] = {}
    while waiting:
        path = waiting.pop(0)
        with suppress(NotFound, RequestRedirect):
            view, _arguments = practice.url_map.bind("localhost").match(path, method="GET")
            if view in found:
                continue
            answer = client.get(path)
            if answer.status_code == 200 and answer.mimetype == "text/html":
                text = answer.text.partition("<main")[2]
                found[view] = path, re.sub(r'value="[\w.-]{20,}"', "", text)
                waiting += re.findall(rf'href="({prefix_of(plugin)}/[^"?#]*)"', text)
    return dict(found.values())


def test_what_was_off_shows_all_it_had_when_it_is_on_again(practice: Flask):
    """The practice school is in its third year: nothing of it is lost, and nothing is added."""
    client = signed_in(practice, "marijke")
    before = {plugin.name: told_by(practice, plugin, client) for plugin in plugins_of(practice)}
    assert {name: len(pages) for name, pages in before.items() if len(pages) < 5} == {}
    with switched_off(practice):
        assert {status_of(client, path) for pages in before.values() for path in pages} == {404}
    assert {plugin.name: told_by(practice, plugin, client) for plugin in plugins_of(practice)} == before


def status_of(client: Any, path: str) -> int:
    return client.get(path).status_code


@pytest.fixture(scope="module")
def next_door(practice: Flask) -> Iterator[Any]:
    """A director of another school of the board, which has every plugin on and nothing recorded."""
    from intranet.accounts.commands import open_account
    from intranet.activation.commands import enable_plugin
    from intranet.people.commands import assign_duty, register_person
    from intranet.schools.commands import open_school
    from intranet.schools.projections import school as schools

    log = practice.extensions["geborgen.log"]
    with practice.app_context():
        with log.read_engine.connect() as connection:
            board = connection.scalars(sa.select(schools.c.board)).first()
        other = open_school(board, "OBS De Buren", brin="99zz")
        with acting(school=other):
            person = register_person(kind="staff", given_name="Buur", family_name="Directeur")
            for duty in ("head_teacher", "care_coordinator"):
                assign_duty(person, duty)
            for plugin in plugins_of(practice):
                enable_plugin(plugin.name, "Voor de proef.")
        account = open_account(board, person_id=person, works_at=other, address="buur@school.example")
        client = practice.test_client()
        assert client.post("/login/as", data={"account": account.hex}).status_code == 303
    return client


def ids_of(practice: Flask, plugin: Plugin, school: UUID) -> list[UUID]:
    """Return ids that stand in a plugin's tables for a school: records, people, groups."""
    log, found = practice.extensions["geborgen.log"], set()
    with log.read_engine.connect() as connection:
        for projection in log.projector.projections:
            if projection.name.partition(".")[0] != plugin.name:
                continue
            for table in projection.tables:
                for column in table.columns:
                    if isinstance(column.type, Uuid) and column.name != "school":
                        query = sa.select(column).where(table.c.school == school, column.is_not(None)).distinct()
                        found.update(connection.scalars(query.limit(MOST_IDS)))
    return sorted(found)


def led_on(practice: Flask, client: Any, school: UUID) -> Iterator[str]:
    """Give the addresses with an id of a school that somebody gets something of."""
    for plugin in plugins_of(practice):
        ids = ids_of(practice, plugin, school)
        for method, rule in addresses(practice, plugin):
            arguments = [name for name in rule.arguments if isinstance(made_up(rule, name), UUID)]
            paths = [path_of(practice, rule, **dict.fromkeys(arguments, each)) for each in ids if arguments]
            # An id that nobody has may lead to where one begins again, with a sentence; those of a school do no more.
            nobody = client.open(path_of(practice, rule, **dict.fromkeys(arguments, uuid4())), method=method)
            nowhere = {(404, None), (nobody.status_code, nobody.location) if nobody.location else (404, None)}
            for path in paths:
                answer = client.open(path, method=method)
                if (answer.status_code, answer.location) not in nowhere:
                    yield path


def shown(practice: Flask, client: Any, school: UUID) -> set[str]:
    """Return the ids of a school that stand on pages of plugins."""
    found = set()
    for plugin in plugins_of(practice):
        theirs = {each.hex for each in ids_of(practice, plugin, school)}
        for method, rule in addresses(practice, plugin):
            if method == "GET" and not rule.arguments:
                html = client.get(path_of(practice, rule)).get_data(as_text=True)
                found |= theirs & {each.replace("-", "") for each in re.findall(ANY_ID, html)}
    return found


def test_ids_of_one_school_lead_nowhere_in_another(practice: Flask, next_door: Any):
    assert list(led_on(practice, next_door, school_id(practice))) == []


def test_no_id_of_one_school_stands_on_a_page_of_another(practice: Flask, next_door: Any):
    assert shown(practice, next_door, school_id(practice)) == set()


def test_what_leads_on_and_what_is_shown_is_found(practice: Flask):
    """The planted violation: somebody of the school itself, who gets exactly what nobody of another may."""
    client, school = signed_in(practice, "hanneke"), school_id(practice)
    assert next(led_on(practice, client, school), None)
    assert shown(practice, client, school)
