"""A made-up school that has switched on patterns, on either database."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest
import time_machine

from events.involvement import Involvement
from intranet import hook_calls
from intranet.testing import School, made_up_school
from plugins.patterns.counting import Happening

ZONE = ZoneInfo("Europe/Amsterdam")
TUESDAY = date(2026, 11, 24)


@pytest.fixture(autouse=True)
def on_thursday():
    """All is looked at on one Thursday, so that "this school year" and "so many school days ago" stay true."""
    with time_machine.travel("2026-11-26 13:00+01:00", tick=True):
        yield


@pytest.fixture(autouse=True)
def patient(monkeypatch):
    """Rules are waited for, however busy the machine is: what they do is looked at right after."""
    monkeypatch.setattr(hook_calls, "DEADLINE", 60)
    monkeypatch.setattr(hook_calls, "_resting", {})


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


@pytest.fixture
def happening() -> Callable[..., Happening]:
    """Make something that happened, to count with: `happening(day, delay=2, place="gym")`."""

    def make(day: date = TUESDAY, *, delay: int = 0, hour: int = 12, **facts: Any) -> Happening:
        at = datetime.combine(day, time(hour), ZONE)
        usual = {"id": uuid4(), "kinds": frozenset({"quarrel"}), "place": "playground", "moment": "big_break"}
        return Happening(**{**usual, "at": at, "recorded_at": at + timedelta(days=delay, minutes=5), **facts})

    return make
