"""A board with two schools, the people who work there, and browsers in which they sign in."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import pyotp
import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from events.log.context import acting
from events.log.store import Log

PASSWORD = "paarse giraf fietst zelden"


@dataclass
class Somebody:
    """A member of staff with an account."""

    person: UUID
    account: UUID
    address: str
    secret: str = ""
    codes: list[str] = field(default_factory=list)


class Browser:
    """A client that sends the forgery token of the page it is on, as a person's browser does."""

    def __init__(self, app: Flask, **options: Any):
        self.client: FlaskClient = app.test_client(**options)
        self.app = app

    def get(self, path: str, **options: Any) -> TestResponse:
        return self.client.get(path, **options)

    def token(self, path: str = "/login") -> str:
        """Return the forgery token of a page."""
        found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', self.get(path, follow_redirects=True).text)
        assert found, f"{path} has no form"
        return found[1]

    def post(self, path: str, form: dict[str, str] | None = None, *, on: str | None = None, **options: Any):
        """Post a form that stands on the page `on`."""
        data = {"csrf_token": self.token(on or path), **(form or {})}
        return self.client.post(path, data=data, **options)

    def sign_in(self, who: Somebody, password: str = PASSWORD) -> TestResponse:
        answer = self.post("/login", {"address": who.address, "password": password})
        if answer.location and answer.location.startswith("/login/code"):
            answer = self.post("/login/code", {"code": code_now(who)})
        return answer

    @property
    def is_in(self) -> bool:
        return self.get("/account").status_code == 200

    def enrol(self, who: Somebody) -> str:
        """Turn the second factor on, as the page says."""
        page = self.get("/account/second-factor").text
        who.secret = re.search(r"<code>([A-Z2-7 ]+)</code>", page)[1].replace(" ", "")
        answer = self.post("/account/second-factor", {"code": code_now(who)})
        assert answer.status_code == 200, answer.text
        who.codes = re.findall(r"<code>([A-Z0-9]{5}-[A-Z0-9]{5})</code>", answer.text)
        return answer.text

    def copy(self) -> "Browser":
        """Return a thief's browser: the same cookies at this moment."""
        thief = Browser(self.app)
        for cookie in self.client._cookies.values():
            thief.client.set_cookie(cookie.key, cookie.value)
        return thief


def code_now(who: Somebody) -> str:
    return pyotp.TOTP(who.secret).now()


class Place:
    """The board of the practice towns: School Noord and School Zuid, with the people that a test adds."""

    def __init__(self, app: Flask):
        from intranet.schools.commands import found_board, open_school

        self.app = app
        with app.app_context():
            self.board = found_board("Stichting Twee Scholen")
            self.north = open_school(self.board, "School Noord", brin="99xx")
            self.south = open_school(self.board, "School Zuid", brin="99yy")

    @property
    def log(self) -> Log:
        return self.app.extensions["geborgen.log"]

    def person(self, given: str, *duties: str, school: UUID | None = None) -> UUID:
        from intranet.people.commands import assign_duty, register_person

        with self.app.app_context(), acting(school=school or self.north):
            person = register_person(kind="staff", given_name=given, family_name="Tester")
            for duty in duties:
                assign_duty(person, duty)
        return person

    def somebody(self, given: str, *duties: str, school: UUID | None = None) -> Somebody:
        """Return a new colleague whose account is in use with `PASSWORD`."""
        from intranet.accounts.commands import open_account

        person = self.person(given, *duties, school=school)
        address = f"{given.lower()}@school.example"
        with self.app.app_context():
            account = open_account(
                self.board, person_id=person, works_at=school or self.north, address=address, password=PASSWORD
            )
        return Somebody(person, account, address)

    def do(self, command: Callable[..., Any], *args: Any, **more: Any) -> Any:
        """Call a command as the program itself."""
        with self.app.app_context():
            return command(self.board, *args, **more)

    def events_of(self, who: Somebody) -> list[str]:
        with self.app.app_context():
            return [
                type(event).__name__
                for event in self.log.history(self.board)
                if getattr(event, "originator_id", None) == who.account
            ]


@pytest.fixture
def place(app: Flask) -> Place:
    """The board on SQLite."""
    return Place(app)


@pytest.fixture
def place_on_both(app_on_both: Flask) -> Place:
    """The board on SQLite, and again on PostgreSQL."""
    return Place(app_on_both)


@pytest.fixture
def visitor(place: Place) -> Browser:
    return Browser(place.app)


@pytest.fixture
def teacher(place: Place) -> Somebody:
    return place.somebody("Tess", "teacher")


@pytest.fixture
def head(place: Place) -> Somebody:
    return place.somebody("Hanna", "head_teacher")


@pytest.fixture
def clock() -> Any:
    """A clock that a test moves: `clock.shift(60)` is a minute later."""
    with time_machine.travel("2026-11-24 09:00:00+01:00", tick=False) as traveller:
        yield traveller
