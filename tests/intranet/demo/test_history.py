"""Stories of plugins are told in the order of time, each acting for itself, and one that fails ends alone."""

from datetime import date, datetime
from random import Random
from types import SimpleNamespace
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from flask import Flask

from events.log import clock
from events.log.context import current_actor
from intranet.calendar.days import SchoolCalendar, SchoolYear
from intranet.demo.history import DemoSchool, Histories
from intranet.demo.telling import Place

FIRST, LAST = date(2024, 8, 19), date(2026, 11, 27)
ZONE = ZoneInfo("Europe/Amsterdam")
PLUGIN = SimpleNamespace(name="shelf")


@pytest.fixture
def place():
    return Place(uuid4(), {"6a": uuid4()}, {"6a": [uuid4()]}, {"6a": [uuid4()]}, {})


@pytest.fixture
def school(place: Place, on_the_clock: None):
    return DemoSchool(place.school, FIRST, LAST, SchoolCalendar(), Random(1), place)


@pytest.fixture
def on_the_clock():
    app = Flask(__name__)
    app.config["TIME_ZONE"] = ZONE.key
    with app.app_context(), clock.told_at(datetime(2024, 8, 19, 9, tzinfo=ZONE)):
        yield


def moment(day: int, hour: int) -> datetime:
    return datetime(2024, 9, day, hour, tzinfo=ZONE)


def test_stories_are_told_in_the_order_of_time(place: Place, school: DemoSchool):
    told: list[tuple[str, datetime]] = []

    def tale(name: str, *days: int):
        for day in days:
            yield moment(day, 9)
            told.append((name, clock.now()))

    histories = Histories(place)
    histories.ask(PLUGIN, lambda _school: [tale("a", 2, 5), tale("b", 3, 4)], school)
    place.plan(moment(4, 8), lambda: told.append(("core", clock.now())))
    assert told == []
    place.until(moment(6, 0))
    assert told == [
        ("a", moment(2, 9)),
        ("b", moment(3, 9)),
        ("core", moment(4, 8)),
        ("b", moment(4, 9)),
        ("a", moment(5, 9)),
    ]
    assert histories.broken == []


def test_a_story_may_wait_while_somebody_acts(place: Place, school: DemoSchool):
    who: list[tuple[str, object]] = []
    people = {"a": uuid4(), "b": uuid4()}

    def tale(name: str, day: int):
        with school.acting_as(people[name]):
            yield moment(day, 9)
            who.append((name, current_actor()))
            yield moment(day + 2, 9)
            who.append((name, current_actor()))

    histories = Histories(place)
    histories.ask(PLUGIN, lambda _school: [tale("a", 2), tale("b", 3)], school)
    place.until(moment(9, 0))
    assert who == [("a", people["a"]), ("b", people["b"]), ("a", people["a"]), ("b", people["b"])]
    assert histories.broken == []


def test_time_never_goes_back(place: Place, school: DemoSchool):
    told: list[datetime] = []

    def tale():
        yield moment(5, 9)
        told.append(clock.now())
        yield moment(2, 9)
        told.append(clock.now())

    Histories(place).ask(PLUGIN, lambda _school: [tale()], school)
    place.until(moment(9, 0))
    assert told == [moment(5, 9), moment(5, 9)]


def test_one_that_fails_ends_and_the_others_go_on(place: Place, school: DemoSchool):
    told: list[str] = []

    def good():
        yield moment(3, 9)
        told.append("good")

    def bad():
        yield moment(2, 9)
        raise KeyError("6z")

    def without_a_moment():
        yield "tomorrow"

    histories = Histories(place)
    histories.ask(PLUGIN, lambda _school: [bad(), without_a_moment(), good()], school)
    histories.ask(SimpleNamespace(name="worse"), lambda _school: 1 / 0, school)
    place.until(moment(9, 0))
    assert told == ["good"]
    assert [sentence.partition(":")[0] for sentence in histories.broken] == [
        "The plugin shelf stopped telling its history",
        "The plugin worse stopped telling its history",
        "The plugin shelf stopped telling its history",
    ]
    assert "KeyError" in histories.broken[2]


def test_the_school_gives_its_days_and_who_is_there(place: Place, school: DemoSchool):
    assert school.years == [SchoolYear(2024), SchoolYear(2025), SchoolYear(2026)]
    days = school.days()
    assert (days[0], days[-1]) == (FIRST, LAST)
    assert school.days(school.years[2])[-1] == LAST
    assert school.at(FIRST, 15, 30) == datetime(2024, 8, 19, 15, 30, tzinfo=ZONE)
    place.pupils["6a"].append(newcomer := uuid4())
    assert newcomer in school.pupils("6a")
    assert school.teachers("6a") == place.teachers["6a"]


def test_somebody_has_each_duty(place: Place, school: DemoSchool):
    from intranet.demo.cast import STAFF
    from intranet.people.duties import DUTIES

    place.staff.update({member.key: uuid4() for member in STAFF})
    assert [duty for duty in DUTIES if not school.staff(duty)] == []
