"""The past as projections are told it: each hears what it handles, and the collector stays away meanwhile."""

import gc
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa

from events.log.context import acting
from events.log.projection import Projection, in_memory, on, projection_table
from events.log.store import Log
from events.log.telling import Audience, tables_made, tell, uncollected
from tests.events.log.lost_property import FoundItem, found


class Listener(Projection):
    """Writes down what it was told."""

    def __init__(self) -> None:
        self.told: list[int] = []

    def handle_batch(self, db, events) -> None:
        assert not gc.isenabled()
        self.told += [event.position for event in events]


class Finds(Listener):
    name = "tests.finds"

    @on(FoundItem.Found)
    def found(self, db, event) -> None: ...


class Returns(Listener):
    name = "tests.returns"

    @on(FoundItem.HandedBack)
    def handed_back(self, db, event) -> None: ...


class Nothing(Listener):
    name = "tests.nothing"


def indexed(name: str) -> sa.Table:
    return projection_table(
        name, sa.Column("item", sa.Uuid, primary_key=True), sa.Column("on", sa.Date), sa.Index(f"{name}_on", "on")
    )


class ByKey(Listener):
    name = "tests.by_key"
    tables = (indexed("lost_property_by_key"),)
    only_by_key = True


class BySight(Listener):
    name = "tests.by_sight"
    tables = (indexed("lost_property_by_sight"),)


def three_items_of_which_one_went_back(log: Log, school: UUID) -> None:
    with acting(school=school):
        items = [found() for _ in range(3)]
        items[1].hand_back(owner_id=uuid4(), remark=None)
        log.save(*items)


def test_each_projection_is_told_what_it_handles(log: Log, school: UUID) -> None:
    three_items_of_which_one_went_back(log, school)
    finds, returns, nothing = Finds(), Returns(), Nothing()
    with in_memory([]) as tables:
        assert tell(log, tables, [finds, returns, nothing], school) == 4
    assert (finds.told, returns.told, nothing.told) == ([1, 2, 4], [3], [])


def test_it_goes_on_after_a_position_page_by_page(log: Log, school: UUID, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Log.facts, "__kwdefaults__", {**Log.facts.__kwdefaults__, "at_most": 1})
    three_items_of_which_one_went_back(log, school)
    finds = Finds()
    with in_memory([]) as tables:
        assert tell(log, tables, [finds], school, after=1) == 4
        assert tell(log, tables, [finds], school, after=4) == 4
    assert finds.told == [2, 4]


def test_it_says_how_many_events_each_handled(log: Log, school: UUID) -> None:
    three_items_of_which_one_went_back(log, school)
    finds, nothing = Finds(), Nothing()
    with in_memory([]) as tables, uncollected():
        assert Audience([finds, nothing]).tell(tables, log.facts(school)) == {finds: 3, nothing: 0}


def test_an_index_that_nobody_needs_meanwhile_is_made_at_the_end() -> None:
    names = sa.text("SELECT name FROM sqlite_schema WHERE sql LIKE 'CREATE INDEX%' ORDER BY name")
    with in_memory() as tables:
        with tables_made(tables, [ByKey(), BySight()]):
            assert tables.scalars(names).all() == ["lost_property_by_sight_on"]
        assert tables.scalars(names).all() == ["lost_property_by_key_on", "lost_property_by_sight_on"]


def test_the_collector_comes_back_after_the_last_and_stays_away_where_it_was() -> None:
    assert gc.isenabled()
    with uncollected():
        with uncollected():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()
    gc.disable()
    try:
        with uncollected():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
