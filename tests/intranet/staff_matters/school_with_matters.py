"""The made-up school with somebody who oversees the board, and what the tests of suspicions record and look up."""

import re
from typing import Any
from uuid import UUID

from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from events.log.context import acting
from intranet import testing

WORDS = "Bas hield de deur dicht en Noor was bang."
STEPS = ("inspector", "judgement", "informed", "police", "measures", "close", "receipt", "named", "notes", "reopen")


class Browser(testing.Browser):
    """A browser that tells the board, and records what the board does."""

    def tell(self, **form: Any) -> TestResponse:
        """Tell the board through the form; `form` changes what is filled in."""
        people = self.school.people
        usual = {"asked": "1", "named": [people["bas"].hex], "pupils": [people["noor"].hex], "account": WORDS}
        return self.post("/staff-matters/new", {**usual, **form})

    def step(self, matter: UUID, what: str, **form: Any) -> TestResponse:
        """Record a step through a form of the matter's page."""
        return self.post(f"/staff-matters/{matter}/{what}", form, shown=f"/staff-matters/{matter}")


class SchoolWithMatters(testing.School):
    """A school in which Bas is suspected and Otto oversees the board; Yvonne is its director."""

    browser = Browser

    def __init__(self, app: Flask):
        super().__init__(app)
        from intranet.accounts.commands import open_account
        from intranet.people.commands import assign_duty, register_person

        with app.app_context(), acting(school=self.school):
            self.people["otto"] = register_person(kind="staff", given_name="Otto", family_name="Tester")
            assign_duty(self.people["otto"], "supervisory_board")
        with app.app_context(), acting(school=self.board):
            self.accounts["otto"] = open_account(
                self.board, person_id=self.people["otto"], works_at=self.school, address="otto@school.example"
            )

    def tell(self, by: str = "fatima", named: tuple[str, ...] = ("bas",), **facts: Any) -> UUID:
        """Tell the board as somebody."""
        from intranet.staff_matters import commands

        usual = {"account": WORDS, "named": [self.people[each] for each in named], "pupils": [self.people["noor"]]}
        return self.do(by, commands.report_staff_matter, **{**usual, **facts})

    def assign(self, given: str, duty: str) -> None:
        """Give somebody a duty from today."""
        from intranet.people.commands import assign_duty

        self.do("yvonne", assign_duty, self.people[given], duty)

    def row(self, matter: UUID) -> Any:
        """Return the row of a matter in the register."""
        from intranet.api import log
        from intranet.staff_matters.projections import register

        with self.app.app_context(), log.read() as connection:
            return connection.execute(select(register).where(register.c.matter == matter)).one()

    def who_open(self, matter: UUID) -> set[str]:
        """Return who of those with an account reach the page of a matter; the others get a 404 on each of its pages."""
        found = set()
        for given in self.accounts:
            client = self.client(given)
            codes = {client.get(f"/staff-matters/{matter}{page}").status_code for page in ("", "/recorded")}
            assert codes in ({200}, {404}), (given, codes)
            if codes == {200}:
                found.add(given)
        return found


def text_of(answer) -> str:
    """Return the words of a page, without its marks."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.text))
