"""A made-up school that has switched on patterns, on either database."""

import csv
import io
import re
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest
import time_machine

from events.involvement import Involvement
from intranet.testing import School, made_up_school
from plugins.patterns.counting import Happening

ZONE = ZoneInfo("Europe/Amsterdam")
DAY = timedelta(days=1)
TUESDAY = date(2026, 11, 24)
RULE = {"source": "incident", "who": "pupil_victim", "times": "2", "days": "10"}
PATTERN = "/patterns/measures/new?year=2026&kind=quarrel&place=playground"


@pytest.fixture(autouse=True)
def on_thursday():
    """All is looked at on one Thursday, so that "this school year" and "so many school days ago" stay true."""
    with time_machine.travel("2026-11-26 13:00+01:00", tick=True):
        yield


@pytest.fixture
def school(tmp_path) -> Iterator[School]:
    """The school on SQLite."""
    with made_up_school(tmp_path / "school", enabled=["patterns"]) as made:
        yield made


@pytest.fixture
def school_on_both(tmp_path, database_url: str, keys_url: str) -> Iterator[School]:
    """The school on SQLite, and again on PostgreSQL."""
    folder = tmp_path / "school"
    with made_up_school(folder, enabled=["patterns"], DATABASE_URL=database_url, KEY_STORE_URL=keys_url) as made:
        yield made


@pytest.fixture
def care(school: School) -> Any:
    """The browser of the care coordinator."""
    return school.client("hanneke")


def words_of(answer: Any) -> str:
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.text))


def propose(care: Any, school: School, **form: Any) -> Any:
    """Fill in the form with which a pattern becomes a measure."""
    usual = {"text": "Twee pleinwachten.", "owner_id": school.people["fatima"].hex, "evaluate_on": "2026-12-14"}
    return care.post(PATTERN, {**usual, **form})


def report(school: School, by: str = "fatima", *, day: date = TUESDAY, **facts: Any) -> UUID:
    """Record today that something happened on a day at noon."""
    from intranet.incidents.commands import report_incident

    happened = datetime.combine(day, time(12, 5), ZONE)
    usual = {
        "kinds": ["quarrel"],
        "account": "Ze trokken allebei aan de bal.",
        "place": "playground",
        "moment": "big_break",
        "group_id": school.groups["6a"],
        "involved": [Involvement(school.people["noor"], "victim")],
    }
    return school.do(by, report_incident, **{**usual, **facts, "happened_at": happened})


def notice(school, by: str = "fatima", *, day: date = TUESDAY, **facts: Any) -> UUID:
    """Record today what somebody noticed on a day."""
    from intranet.signals.commands import record_signal

    usual = {
        "kind": "observation",
        "account": "Zit alleen bij het hek.",
        "group_id": school.groups["6a"],
        "people": [school.people["noor"]],
        "happened_at": datetime.combine(day, time(10, 30), ZONE),
    }
    return school.do(by, record_signal, **{**usual, **facts})


def export(browser, path):
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', browser.get(path).text)[1]
    answer = browser.client.post(path, data={"csrf_token": token, "format": "csv"})
    assert answer.status_code == 200
    return list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"), newline=""), delimiter=";"))


@pytest.fixture
def happening() -> Callable[..., Happening]:
    """Make something that happened, to count with: `happening(day, delay=2, place="gym")`."""

    def make(day: date = TUESDAY, *, delay: int = 0, hour: int = 12, **facts: Any) -> Happening:
        at = datetime.combine(day, time(hour), ZONE)
        usual = {"id": uuid4(), "kinds": frozenset({"quarrel"}), "place": "playground", "moment": "big_break"}
        return Happening(**{**usual, "at": at, "recorded_at": at + timedelta(days=delay, minutes=5), **facts})

    return make
