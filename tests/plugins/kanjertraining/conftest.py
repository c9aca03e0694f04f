"""A made-up school that has switched on Kanjertraining, on either database, on one Thursday in November."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
import time_machine

from intranet.calendar.commands import add_free_days
from intranet.people.commands import assign_duty
from intranet.testing import School, made_up_school
from plugins.kanjertraining import commands
from plugins.kanjertraining.events import Topic

DAY = timedelta(days=1)
TODAY = date(2026, 11, 26)
AUTUMN = date(2026, 10, 17), date(2026, 10, 25)
STUDY_DAY = date(2026, 11, 6)
COORDINATOR = "kanjertraining.coordinator"
YEAR = 2026
TITLES = ("Samen beginnen", "Luisteren", "Opkomen voor jezelf", "Geheimen")


@pytest.fixture(autouse=True)
def on_thursday() -> Iterator[None]:
    """All is looked at on one Thursday, so that "this school year" and "late" stay true."""
    with time_machine.travel("2026-11-26 13:00+01:00", tick=True):
        yield


def made(folder: Any, **settings: Any) -> Any:
    return made_up_school(folder / "school", enabled=["kanjertraining"], **settings)


def furnish(school: School) -> None:
    """Give the school holidays, a study day and a coordinator: Esther."""
    school.do("marijke", add_free_days, title="Herfst", kind="holiday", first=AUTUMN[0], last=AUTUMN[1])
    school.do("marijke", add_free_days, title="Studie", kind="study_day", first=STUDY_DAY, last=STUDY_DAY)
    school.do("marijke", assign_duty, school.people["esther"], COORDINATOR)


@pytest.fixture
def school(tmp_path) -> Iterator[School]:
    """The school on SQLite."""
    with made(tmp_path) as school:
        furnish(school)
        yield school


@pytest.fixture
def school_on_both(tmp_path, database_url: str, keys_url: str) -> Iterator[School]:
    """The school on SQLite, and again on PostgreSQL."""
    with made(tmp_path, DATABASE_URL=database_url, KEY_STORE_URL=keys_url) as school:
        furnish(school)
        yield school


def programme(school: School, titles: Any = TITLES, *, year: int = YEAR, **more: Any) -> UUID:
    """Draw a programme for group 6 with these lessons."""
    made = school.do("esther", commands.draw_programme, title="Groep 6", school_year=year, year_groups=["6"])
    for number, title in enumerate(titles, 1):
        school.do("esther", commands.add_topic, made, Topic(number, title, None, more.get("themes", ()), None))
    return made


def plan(school: School, source: UUID, group: str = "6a", *, by: str = "esther", **more: Any) -> int:
    """Make the year plan of a group from a programme, on Tuesdays from the first of September."""
    usual = {"school_year": YEAR, "weekday": 2, "first": date(YEAR, 9, 1), "pace": "fortnightly"}
    usual["teacher_id"] = school.people["fatima"]
    return school.do(by, commands.make_plan, school.groups[group], source, **{**usual, **more})


@pytest.fixture
def planned(school: School) -> School:
    """Group 6a has a plan, with a first lesson of the first of September."""
    plan(school, programme(school))
    return school
