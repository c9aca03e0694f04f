"""A school with two groups, the duties that matter for incidents, and somebody signed in for each."""

import re
from datetime import timedelta
from typing import Any
from uuid import UUID

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from events.incident import Involvement
from events.log import clock
from events.log.context import acting
from events.log.unit_of_work import UnitOfWork

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
CSRF = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
ONCE = re.compile(r'name="once"[^>]*value="([^"]+)"')


class SmallSchool:
    """The school; `people` and `groups` by a short name."""

    def __init__(self, app: Flask):
        from intranet.accounts.commands import open_account
        from intranet.people.commands import assign_duty, register_person
        from intranet.schools.commands import add_teacher, form_group, found_board, open_school

        self.app = app
        with app.app_context():
            self.board = found_board("Stichting Twee Scholen")
            self.school = open_school(self.board, "IBS De Regenboog", brin="99xx")
            with acting(school=self.school):
                self.groups = {name: form_group(name, (name[0],)) for name in ("6a", "7b")}
                self.people = {
                    given.lower(): register_person(
                        kind="pupil", given_name=given, infix=infix, family_name=family, group_id=self.groups[group]
                    )
                    for given, infix, family, group in (
                        ("Noor", "van der", "Berg", "6a"),
                        ("Sem", None, "Vos", "6a"),
                        ("Nova", None, "Bakker", "7b"),
                    )
                }
                for given, duties in STAFF.items():
                    person = register_person(kind="staff", given_name=given.title(), family_name="Tester")
                    self.people[given] = person
                    for duty in duties:
                        assign_duty(person, duty)
                add_teacher(self.groups["6a"], self.people["fatima"])
                add_teacher(self.groups["7b"], self.people["bas"])
            self.accounts = {
                given: open_account(
                    self.board, person_id=self.people[given], works_at=self.school, address=f"{given}@school.example"
                )
                for given in STAFF
            }

    def client(self, given: str) -> "Browser":
        """Return a browser in which somebody is signed in, with a second factor."""
        return Browser(self, self.sign_in(self.app.test_client(), given))

    def token(self, given: str) -> str:
        """Begin a session for somebody and return its id."""
        from intranet.accounts import sessions
        from intranet.api import log

        with self.app.app_context(), acting(school=self.board), log.unit_of_work(lock=False) as work:
            work: UnitOfWork
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

    def report(self, by: str = "fatima", **facts: Any) -> UUID:
        """Record an incident as somebody."""
        from intranet.incidents import commands

        usual = {
            "kinds": ["quarrel"],
            "happened_at": clock.now() - timedelta(hours=1),
            "account": "Ze trokken allebei aan de bal.",
            "group_id": self.groups["6a"],
            "involved": [Involvement(self.people["noor"], "involved")],
        }
        with self.app.app_context(), acting(school=self.school, actor=self.people[by]):
            return commands.report_incident(**{**usual, **facts})

    def do(self, by: str, command: Any, *arguments: Any, **options: Any) -> Any:
        """Call a command as somebody."""
        with self.app.app_context(), acting(school=self.school, actor=self.people[by]):
            return command(*arguments, **options)

    def incidents(self) -> list[Any]:
        """Return the rows of the register."""
        from intranet.api import log
        from intranet.incidents.projections import register

        with self.app.app_context(), log.read() as connection:
            return list(connection.execute(select(register).order_by(register.c.recorded_at)))

    def incident(self, incident_id: UUID) -> Any:
        """Return an incident from the log, readable."""
        from events.incident import Incident
        from intranet.api import log

        with self.app.app_context(), acting(school=self.school):
            return log.get(Incident, incident_id)

    def size(self) -> int:
        """Return how many events the school has."""
        from intranet.api import log

        with self.app.app_context():
            return log.head(self.school).size


class Browser:
    """A client that fills in forms as they were shown."""

    def __init__(self, school: SmallSchool, client: FlaskClient):
        self.school = school
        self.client = client

    def get(self, path: str, **options: Any) -> TestResponse:
        return self.client.get(path, **options)

    def shown(self, path: str = "/incidents/new") -> dict[str, Any]:
        """Open a page and return the hidden values of its form."""
        page = self.get(path).text
        return {"csrf_token": CSRF.search(page)[1], "once": ONCE.search(page)[1]}

    def post(self, path: str, form: dict[str, Any], shown: str | None = None, **options: Any) -> TestResponse:
        """Post a form that stands on the page `shown`."""
        return self.client.post(path, data={**self.shown(shown or path), **form}, **options)

    def report(self, **form: Any) -> TestResponse:
        """Record an incident through the form; `form` changes what is filled in."""
        usual = {
            "kinds": ["quarrel"],
            "people": [self.school.people["noor"].hex],
            "moment": "just_now",
            "place": "playground",
            "group": self.school.groups["6a"].hex,
            "account": "Ze trokken allebei aan de bal.",
        }
        filled = {name: value for name, value in {**usual, **form}.items() if value is not None}
        return self.post("/incidents/new", filled)
