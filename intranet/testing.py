"""What the tests of a plugin may import: a made-up school on an empty database, with a browser for each colleague.

@pytest.fixture
def school(tmp_path):
    with made_up_school(tmp_path, enabled=["lost_property"]) as school:
        yield school

def test_the_list_opens(school):
    assert school.client("fatima").get("/lost-property/").status_code == 200
"""

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from flask import Flask
from flask.testing import FlaskClient
from jinja2.bccache import Bucket, BytecodeCache
from sqlalchemy import select
from werkzeug.test import TestResponse

from events.log.clock import told_at
from events.log.context import acting
from events.log.projection import Projection
from intranet import database, testing_copies
from intranet.testing_rules import RememberedRule

__all__ = ["GROUPS", "PUPILS", "STAFF", "Browser", "School", "close", "made_up_school", "open_product", "told_at"]

STAFF = {
    "fatima": ("teacher",),
    "bas": ("teacher",),
    "hanneke": ("care_coordinator",),
    "esther": ("bullying_coordinator",),
    "petra": ("protection_officer",),
    "marijke": ("head_teacher",),
    "yvonne": ("executive_director",),
    "henk": ("support_staff",),
}
"""Who works there, with their duties; Fatima teaches group 6a and Bas group 7b."""

GROUPS = {"6a": "fatima", "7b": "bas"}
"""The class groups, with who teaches them."""

PUPILS = (("Noor", "van der", "Berg", "6a"), ("Sem", None, "Vos", "6a"), ("Nova", None, "Bakker", "7b"))
"""Given name, infix, family name and group."""

FIRST_SCHOOL = ("IBS De Regenboog", "99xx", "school.example")
NEXT_DOOR = ("IBS De Horizon", "99yy", "next-door.example")
_CSRF = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
_ONCE = re.compile(r'name="once"[^>]*value="([^"]+)"')


class RememberedPages(BytecodeCache):
    """Keeps compiled templates for every product of this process: compiling took half of the time of a test."""

    def __init__(self) -> None:
        self.codes: dict[tuple[str, str], Any] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give a template what was compiled of the same file with the same text."""
        bucket.code = self.codes.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled."""
        self.codes[bucket.key, bucket.checksum] = bucket.code


PAGES = RememberedPages()
"""What was compiled in this process."""


@contextmanager
def made_up_school(folder: Path, *, enabled: Iterable[str] = (), **settings: Any) -> Iterator["School"]:
    """Build the product in an empty folder, with one school that enabled these plugins; closed afterwards.

    `settings` are those of the configuration by name, such as `DATABASE_URL` for PostgreSQL.
    """
    app = open_product(folder, **settings)
    try:
        yield School(app, enabled=enabled)
    finally:
        close(app)


def open_product(folder: Path, **settings: Any) -> Flask:
    """Build the product in a folder, with its keys and empty tables where there are none; `close` it afterwards."""
    from intranet.app import Product, build_app

    Product.url_rule_class = RememberedRule
    folder.mkdir(mode=0o700, exist_ok=True)
    if not (folder / "keyfile.json").exists():
        testing_copies.give_keys(folder)
    app = build_app({"TESTING": True, "INSTANCE": str(folder), **settings})
    app.jinja_env.bytecode_cache = PAGES
    testing_copies.create_tables(app)
    return app


def close(app: Flask) -> None:
    """Let go of every database of an app: a socket left open is a warning, and a warning is an error."""
    log = app.extensions["geborgen.log"]
    app.extensions["geborgen.replays"].close()
    log.close()
    log.key_store.close()
    with app.app_context():
        database.db.engine.dispose()


class Browser:
    """A browser without a screen in which somebody is signed in; it fills in forms as they were shown."""

    def __init__(self, school: Any, client: FlaskClient):
        self.school = school
        self.client = client

    def get(self, path: str, **options: Any) -> TestResponse:
        """Open a page."""
        return self.client.get(path, **options)

    def shown(self, path: str) -> dict[str, Any]:
        """Open a page and return the hidden values of its first form."""
        page = self.get(path).text
        csrf, once = _CSRF.search(page), _ONCE.search(page)
        assert csrf, f"There is no form on {path}."
        assert once, f"The form on {path} is no `intranet.api.Form`: it would be recorded twice."
        return {"csrf_token": csrf[1], "once": once[1]}

    def post(self, path: str, form: dict[str, Any], shown: str | None = None, **options: Any) -> TestResponse:
        """Post a form that stands on the page `shown`; left out, it is posted to its own page."""
        return self.client.post(path, data={**self.shown(shown or path), **form}, **options)


class School:
    """The school; `people` and `groups` are ids by a short name (`people["noor"]`, `groups["6a"]`)."""

    browser: Callable[..., Browser] = Browser

    def __init__(self, app: Flask, *, enabled: Iterable[str] = (), board: UUID | None = None):
        self.app = app
        known = testing_copies.founded(app, self._found) if board is None else self._found(board)
        self.board: UUID = known["board"]
        self.school: UUID = known["school"]
        self.groups: dict[str, UUID] = dict(known["groups"])
        self.people: dict[str, UUID] = dict(known["people"])
        self.accounts: dict[str, UUID] = dict(known["accounts"])
        for plugin in enabled:
            self.enable(plugin)

    def _found(self, its_board: UUID | None = None) -> dict[str, Any]:
        from intranet.accounts.commands import open_account
        from intranet.people.commands import assign_duty, register_person
        from intranet.schools.commands import add_teacher, form_group, found_board, open_school

        name, brin, domain = FIRST_SCHOOL if its_board is None else NEXT_DOOR
        board, school = its_board or uuid4(), uuid4()
        # One transaction: saving each of some forty events by itself would take most of the time of a test.
        with self.app.app_context(), acting(school=board), database.log.unit_of_work():
            if its_board is None:
                found_board("Stichting Twee Scholen", board_id=board)
            open_school(board, name, brin=brin, school_id=school)
            with acting(school=school):
                groups = {group: form_group(group, (group[0],)) for group in GROUPS}
                people = {
                    given.lower(): register_person(
                        kind="pupil", given_name=given, infix=infix, family_name=family, group_id=groups[group]
                    )
                    for given, infix, family, group in PUPILS
                }
                for given, duties in STAFF.items():
                    people[given] = register_person(kind="staff", given_name=given.title(), family_name="Tester")
                    for duty in duties:
                        assign_duty(people[given], duty)
                for group, teacher in GROUPS.items():
                    add_teacher(groups[group], people[teacher])
            accounts = {
                given: open_account(board, person_id=people[given], works_at=school, address=f"{given}@{domain}")
                for given in STAFF
            }
        return {"board": board, "school": school, "groups": groups, "people": people, "accounts": accounts}

    def next_door(self, *, enabled: Iterable[str] = ()) -> "School":
        """Return another school of the same board, with other people of the same names: what it may never see."""
        return School(self.app, enabled=enabled, board=self.board)

    def enable(self, plugin: str) -> None:
        """Switch a plugin on, as the head teacher."""
        from intranet.activation.commands import enable_plugin

        self.do("marijke", enable_plugin, plugin, "Wij gaan dit gebruiken.")

    def disable(self, plugin: str) -> None:
        """Switch a plugin off, as the head teacher."""
        from intranet.activation.commands import disable_plugin

        self.do("marijke", disable_plugin, plugin, "Wij gebruiken dit niet meer.")

    def set_plugin(self, plugin: str, **values: Any) -> None:
        """Set a plugin, as its settings form would."""
        from intranet.activation.commands import set_plugin

        self.do("marijke", set_plugin, plugin, values)

    def client(self, given: str) -> Any:
        """Return a browser in which somebody is signed in, with a second factor."""
        return type(self).browser(self, self.sign_in(self.app.test_client(), given))

    def token(self, given: str) -> str:
        """Begin a session for somebody and return its id."""
        from intranet.accounts import sessions

        with self.app.app_context(), acting(school=self.board), database.log.unit_of_work(lock=False) as work:
            return sessions.begin(
                work,
                account_id=self.accounts[given],
                board=self.board,
                school=self.school,
                device="firefox.linux",
                second_factor=True,
            )

    def sign_in(self, client: FlaskClient, given: str) -> FlaskClient:
        """Put somebody's session in a client."""
        token = self.token(given)
        with client.session_transaction() as session:
            session["_user_id"], session["_fresh"] = token, True
        return client

    def do(self, by: str, command: Callable[..., Any], *arguments: Any, **options: Any) -> Any:
        """Call a command as somebody, and return what it returns."""
        with self.app.app_context(), acting(school=self.school, actor=self.people[by]):
            return command(*arguments, **options)

    def size(self) -> int:
        """Return how many events the school has."""
        with self.app.app_context():
            return database.log.head(self.school).size

    def facts(self, area: str = "") -> list[Any]:
        """Return the events of the school in order, sealed; only those whose name in the log begins with `area`."""
        with self.app.app_context():
            log = database.log
            return [
                fact for fact in log.history(self.school) if log.registry.of_class(type(fact)).name.startswith(area)
            ]

    def rows(self, projection: Projection) -> list[tuple[Any, ...]]:
        """Return what a projection holds of this school, in a fixed order."""
        with self.app.app_context(), database.log.read() as connection:
            found = [
                (table.name, *row)
                for table in projection.tables
                for row in connection.execute(select(table).where(table.c.school == self.school))
            ]
        return sorted(found, key=repr)

    def rebuild(self, projection: Projection) -> None:
        """Make the rows of a projection again from the log."""
        with self.app.app_context():
            database.log.rebuild(projection, self.school)
