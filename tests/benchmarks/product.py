"""The product as a school runs it, with people, groups and accounts, and somebody signed in."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID, uuid4

from flask import Flask

from events.log.context import acting
from events.log.projection import Projection, Projector
from intranet import database
from intranet.accounts import sessions
from intranet.accounts.commands import open_account
from intranet.app import build_app
from intranet.database import db
from intranet.people.commands import assign_duty, register_person
from intranet.schools.commands import add_teacher, form_group, found_board, open_school
from tests.benchmarks.databases import Database
from tests.benchmarks.visitor import Form, Visitor

GROUPS = ("1/2a", "1/2b", "3a", "4a", "5a", "6a", "7a", "8a")
DUTIES = {"teacher": "teacher", "coordinator": "care_coordinator", "head": "head_teacher"}


class Product:
    """An installation of the product with one school."""

    def __init__(self, app: Flask, settings: dict[str, Any], pupils_in_a_group: int):
        self.app = app
        self.settings = settings
        self.log = app.extensions["geborgen.log"]
        self.groups: dict[str, UUID] = {}
        self.pupils: dict[UUID, list[UUID]] = {}
        self.staff: dict[str, UUID] = {}
        with app.app_context():
            self.board = found_board("Stichting Twee Scholen")
            self.school = open_school(self.board, "IBS De Regenboog", brin="99xx")
            with acting(school=self.school), self.log.unit_of_work():
                self._people(pupils_in_a_group)
            self.accounts = {
                who: open_account(self.board, person_id=person, works_at=self.school, address=f"{who}@school.example")
                for who, person in self.staff.items()
            }

    def _people(self, pupils_in_a_group: int) -> None:
        for name in GROUPS:
            group = self.groups[name] = form_group(name, tuple(name[:-1].split("/")))
            self.pupils[group] = [
                register_person(kind="pupil", given_name=f"Noor{number}", family_name=f"Vos {name}", group_id=group)
                for number in range(pupils_in_a_group)
            ]
        for who, duty in DUTIES.items():
            self.staff[who] = register_person(kind="staff", given_name=who.title(), family_name="Tester")
            assign_duty(self.staff[who], duty)
        add_teacher(self.groups["6a"], self.staff["teacher"])

    def visitor(self, who: str = "teacher") -> Visitor:
        """Return a browser in which somebody is signed in, with the token of a form."""
        with self.app.app_context(), acting(school=self.board), self.log.unit_of_work(lock=False) as work:
            token = sessions.begin(
                work, account_id=self.accounts[who], board=self.board, school=self.school, device="firefox.linux",
                second_factor=True,
            )  # fmt: skip
        visitor = Visitor(self.app, signed_cookie(self.app, token))
        visitor.open_form("/incidents/new")
        return visitor

    def report(self) -> Form:
        """Return a filled-in report, with a form key of its own."""
        group = self.groups["6a"]
        return {**filled_in(group, self.pupils[group][:2]), "once": uuid4().hex}


def filled_in(group: UUID, people: list[UUID]) -> dict[str, str | list[str]]:
    """Return what somebody fills in: a quarrel on the playground with two children."""
    return {
        "kinds": ["quarrel", "verbal_aggression"],
        "people": [person.hex for person in people],
        **{f"people-role-{person.hex}": "involved" for person in people},
        "moment": "just_now",
        "happened_on": "",
        "happened_time": "",
        "place": "playground",
        "group": group.hex,
        "account": "Ze trokken allebei aan de bal. Daarna werd er geduwd en geroepen. Ik heb ze uit elkaar gehaald.",
    }


def signed_cookie(app: Flask, user_id: str) -> dict[str, str]:
    """Return the cookie that Flask-Login would have set for a user."""
    session = {"_user_id": user_id, "_fresh": True}
    return {app.config["SESSION_COOKIE_NAME"]: app.session_interface.get_signing_serializer(app).dumps(session)}


@contextmanager
def product(
    on: Database, name: str, pupils_in_a_group: int, more_projections: tuple[Projection, ...] = ()
) -> Iterator[Product]:
    """Install the product on an empty database, as `flask intranet init` does, and take it down again."""
    folder = on.folder / uuid4().hex
    url = on.new(name)
    settings = {"INSTANCE": str(folder), "DATABASE_URL": url, "KEY_STORE_URL": on.keys_beside(url, folder)}
    prepare = Flask("prepare")
    prepare.config.update(settings, KEY_FILE=str(folder / "keyfile.json"))
    database.prepare_instance(prepare)
    app = build_app(settings)
    the_log = app.extensions["geborgen.log"]
    the_log.projector = Projector((*the_log.projector.projections, *more_projections))
    database.create_tables(app)
    try:
        yield Product(app, settings, pupils_in_a_group)
    finally:
        the_log.close()
        the_log.key_store.close()
        with app.app_context():
            db.engine.dispose()
