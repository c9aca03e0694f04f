"""A school with an importer, on either database, and a browser in which somebody is signed in."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from events.log.context import acting
from events.log.store import Log


@dataclass
class Place:
    """A board with IBS De Regenboog and, for what must stay apart, another school."""

    app: Flask
    board: UUID
    school: UUID
    elsewhere: UUID
    importer: UUID

    @property
    def log(self) -> Log:
        return self.app.extensions["geborgen.log"]

    @contextmanager
    def inside(self, school: UUID | None = None) -> Iterator[None]:
        """Act in the school as the importer, as a command does inside a request."""
        with self.app.app_context(), acting(school=school or self.school, actor=self.importer):
            yield

    def names(self) -> list[str]:
        """Return how the events of the school are called, in order."""
        with self.app.app_context():
            return [type(event).__name__ for event in self.log.history(self.school)]

    def import_file(self, content: bytes, **options: Any) -> Any:
        from intranet.people.imports import import_roster, read_roster

        with self.inside():
            return import_roster(read_roster(content), **options)

    def roster(self) -> Any:
        from intranet.people.roster import roster

        with self.app.app_context():
            return roster(self.school)

    def browser(self, *duties: str) -> "Browser":
        """Return a browser in which a new colleague with these duties is signed in, second factor and all."""
        from intranet.accounts import sessions
        from intranet.accounts.commands import open_account
        from intranet.people.commands import assign_duty, register_person

        with self.inside():
            person = register_person(kind="staff", given_name="Ilse", family_name="Importeur")
            for duty in duties:
                assign_duty(person, duty)
        with self.app.app_context():
            account = open_account(
                self.board,
                person_id=person,
                works_at=self.school,
                address=f"{person.hex}@school.example",
                password="paarse giraf fietst zelden",
            )
            with acting(school=self.board), self.log.unit_of_work() as work:
                token = sessions.begin(
                    work, account_id=account, board=self.board, school=self.school, device="x.y", second_factor=True
                )
        return Browser(self.app, token, person)


class Browser:
    """A client that sends what the form on the page holds, as a person's browser does."""

    def __init__(self, app: Flask, token: str, person: UUID):
        self.person = person
        self.client = app.test_client()
        with self.client.session_transaction() as session:
            session["_user_id"], session["_fresh"] = token, True

    def get(self, path: str, **options: Any) -> TestResponse:
        return self.client.get(path, **options)

    def hidden(self, path: str) -> dict[str, str]:
        """Return the hidden fields of the forms on a page."""
        fields = re.findall(r"<input[^>]*type=\"hidden\"[^>]*>", self.get(path).text)
        found = {}
        for field in fields:
            name, value = re.search(r'name="([^"]+)"', field), re.search(r'value="([^"]*)"', field)
            found.setdefault(name[1], value[1] if value else "")
        return found

    def post(self, path: str, form: dict[str, Any] | None = None, *, on: str | None = None, **options: Any):
        return self.client.post(path, data={**self.hidden(on or path), **(form or {})}, **options)


def make_place(app: Flask) -> Place:
    from intranet.people.commands import register_person
    from intranet.schools.commands import found_board, open_school

    with app.app_context():
        board = found_board("Stichting Kleuren")
        school = open_school(board, "IBS De Regenboog", brin="99ZZ")
        elsewhere = open_school(board, "IBS De Horizon", brin="99YY")
        with acting(school=school):
            importer = register_person(kind="staff", given_name="Ans", family_name="Administratie")
    return Place(app, board, school, elsewhere, importer)


@pytest.fixture
def place(app: Flask) -> Place:
    """The school on SQLite."""
    return make_place(app)


@pytest.fixture
def place_on_both(app_on_both: Flask) -> Place:
    """The school on SQLite, and again on PostgreSQL."""
    return make_place(app_on_both)


@pytest.fixture
def rows(place_on_both: Place) -> Callable[..., list[dict[str, Any]]]:
    """Return the rows of a projection table of the school, in a fixed order."""

    def read(table: Any) -> list[dict[str, Any]]:
        with place_on_both.app.app_context(), place_on_both.log.read() as connection:
            found = connection.execute(table.select().where(table.c.school == place_on_both.school)).mappings()
            return sorted((dict(row) for row in found), key=str)

    return read
