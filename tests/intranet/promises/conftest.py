"""A school with promises on incidents and in cases, some late and one kept."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

import pytest
from flask import Flask

from events.log.clock import told_at
from intranet.cases.commands import weigh
from intranet.follow_up.commands import keep_follow_up, promise_follow_up
from tests.intranet.cases.school_with_cases import SchoolWithCases

FRIDAY = date(2026, 11, 20)
THURSDAY = FRIDAY + timedelta(days=6)


class SchoolWithPromises(SchoolWithCases):
    """On Thursday: two promises are late, one is for later, one is kept; one is on a record that is closed."""

    def __init__(self, app: Flask):
        super().__init__(app)
        self.incident, self.secret = self.report(), self.report("hanneke", confidential=True)
        self.gathered = self.open()
        self.talk = self.promise(self.incident, "fatima", "victim_talk", 3)
        self.report_to_police = self.promise(self.secret, "hanneke", "police_report", 4)
        self.supervision = self.promise(self.gathered, "hanneke", "supervision", 20)
        self.restored = self.promise(self.incident, "hanneke", "restorative_talk", 1)
        self.do("hanneke", keep_follow_up, self.incident, self.restored, outcome="Ze gaven een hand.", on=FRIDAY)

    def promise(self, record: UUID, owner: str, kind: str, days: int) -> UUID:
        """Promise something for somebody, for so many days after Friday, and return which promise that is."""
        due_on = FRIDAY + timedelta(days=days)
        given = {"kind": kind, "owner": self.people[owner], "due_on": due_on}
        return self.do("hanneke", promise_follow_up, record, text="Woorden die in geen lijst staan.", **given)

    def make_serious(self) -> None:
        """Let the case be one of which each reading is recorded."""
        self.do("hanneke", weigh, self.gathered, True, "Ze durft niet meer.")


@pytest.fixture
def promised(app_on_both: Flask) -> Iterator[SchoolWithPromises]:
    """The school on that Thursday, on SQLite, and again on PostgreSQL."""
    yield from _school(app_on_both)


@pytest.fixture
def small_school(app: Flask) -> Iterator[SchoolWithPromises]:
    """The school on that Thursday, on SQLite."""
    yield from _school(app)


def _school(app: Flask) -> Iterator[SchoolWithPromises]:
    with told_at(datetime.combine(FRIDAY, time(9), UTC)):
        school = SchoolWithPromises(app)
    with told_at(datetime.combine(THURSDAY, time(12), UTC)):
        yield school
