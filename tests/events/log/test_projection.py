"""Projections follow the log, never veto it, and are the same after a rebuild."""

from collections.abc import Callable
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa

from events.log.context import acting
from events.log.errors import LogUnavailable
from events.log.projection import in_memory, on, projection_table, stale
from events.log.store import Log
from events.log.tables import projection
from tests.events.log.lost_property import FoundItem, Places, Shelf, found, places, shelf

seen = projection_table(
    "lost_property_seen",
    sa.Column("item", sa.Uuid, primary_key=True),
    sa.Column("person", sa.Uuid, primary_key=True),
    sa.Index("lost_property_seen_person__v1", "school", "person"),
)


def rows(log: Log, table: sa.Table) -> set[tuple]:
    with log.read() as connection:
        return {tuple(row) for row in connection.execute(sa.select(table))}


def fill(log: Log, school: UUID, count: int = 5) -> list[FoundItem]:
    items = [found(place=f"plek-{number}") for number in range(count)]
    with acting(school=school):
        for item in items:
            log.save(item)
        first = log.get(FoundItem, items[0].id)
        first.hand_back(owner_id=uuid4(), remark=None)
        log.save(first)
    return items


def test_the_row_is_there_when_save_returns(make_log: Callable[..., Log], school: UUID) -> None:
    log = make_log(Shelf())
    items = fill(log, school, 3)
    assert rows(log, shelf) == {(school, item.id, item.place) for item in items[1:]}


def test_rebuilt_rows_equal_live_rows_and_other_schools_keep_theirs(make_log: Callable[..., Log], school: UUID) -> None:
    log = make_log(Shelf(), Places())
    fill(log, school)
    fill(log, uuid4())
    live = rows(log, shelf), rows(log, places)
    with log.write_engine.begin() as connection:
        connection.execute(shelf.delete().where(shelf.c.school == school))
    for each in log.projector.projections:
        assert log.rebuild(each, school) == 6
    assert (rows(log, shelf), rows(log, places)) == live


def test_a_broken_projection_never_vetoes_a_fact(make_log: Callable[..., Log], school: UUID) -> None:
    broken = Places()
    log = make_log(Shelf(), broken)
    broken.broken = True
    fill(log, school, 2)
    assert log.head(school).size == 3
    assert len(rows(log, shelf)) == 1
    assert rows(log, places) == set()
    with log.read() as connection:
        assert stale(connection, school) == {broken.key: "RuntimeError"}


def test_the_reason_kept_of_a_failure_quotes_nobody(make_log: Callable[..., Log], school: UUID) -> None:
    broken = Places()
    broken.broken = True
    log = make_log(broken)
    fill(log, school, 1)
    with log.read() as connection:
        assert "jas" not in connection.scalar(sa.select(projection.c.error))


def test_a_repaired_projection_catches_up(make_log: Callable[..., Log], school: UUID) -> None:
    repaired = Places()
    repaired.broken = True
    log = make_log(repaired)
    fill(log, school, 3)
    repaired.broken = False
    log.bring_up_to_date()
    fill(log, school, 1)
    assert len(rows(log, places)) == 4
    with log.read() as connection:
        assert stale(connection, school) == {}


def test_a_projection_added_later_gets_the_past_and_joins(make_log: Callable[..., Log], school: UUID) -> None:
    fill(make_log(Shelf()), school, 3)
    log = make_log(Shelf(), Places())
    assert rows(log, places) == set()
    log.bring_up_to_date()
    assert len(rows(log, places)) == 3
    fill(log, school, 2)
    assert len(rows(log, places)) == 5


def test_a_table_carries_its_school_and_version_in_its_name() -> None:
    assert shelf.name == "lost_property_shelf__v2"
    assert [column.name for column in shelf.primary_key] == ["school", "item"]
    assert Shelf().key == "lost_property.shelf@2"


def test_a_table_that_is_all_key_is_kept_once() -> None:
    """In SQLite a row that is more than its key has a number, and stands beside the tree of its keys."""
    with in_memory((shelf, seen)) as tables:
        assert tables.execute(sa.text(f"SELECT rowid FROM {shelf.name}")).all() == []
        with pytest.raises(sa.exc.OperationalError, match="no such column"):
            tables.execute(sa.text(f"SELECT rowid FROM {seen.name}"))


def test_two_projections_with_one_name_are_refused(make_log: Callable[..., Log]) -> None:
    with pytest.raises(TypeError, match="same name"):
        make_log(Shelf(), Shelf())


def test_what_is_saved_in_one_unit_is_projected_in_order(make_log: Callable[..., Log], school: UUID) -> None:
    log = make_log(Shelf())
    with acting(school=school), log.unit_of_work():
        item = found()
        log.save(item)
        again = log.get(FoundItem, item.id)
        again.hand_back(owner_id=uuid4(), remark=None)
        log.save(again)
    assert rows(log, shelf) == set()
    with log.read() as connection:
        assert connection.scalar(sa.select(projection.c.position)) == 2


class Outage(Shelf):
    """A projection in whose hands the database fails: its disk is full, or its server is gone."""

    @on(FoundItem.Found)
    def put(self, db: sa.Connection, event: FoundItem.Found) -> None:
        if db.dialect.name == "sqlite":
            db.exec_driver_sql("CREATE TABLE IF NOT EXISTS filler (filled BLOB)")
            db.exec_driver_sql("PRAGMA max_page_count = 1")
            db.exec_driver_sql("INSERT INTO filler VALUES (zeroblob(1000000))")
        db.exec_driver_sql("SELECT pg_terminate_backend(pg_backend_pid())")


def test_a_database_that_fails_inside_a_projection_records_nothing_and_blames_nobody(
    make_log: Callable[..., Log], school: UUID
) -> None:
    log = make_log(Outage(), Places())
    with acting(school=school), pytest.raises(LogUnavailable):
        log.save(found())
    assert log.head(school).size == 0
    assert rows(log, places) == set()
    with log.read() as connection:
        assert stale(connection, school) == {}


def test_a_table_that_is_missing_is_the_projections_own_fault(make_log: Callable[..., Log], school: UUID) -> None:
    log = make_log(Shelf(), Places())
    with log.write_engine.begin() as connection:
        places.drop(connection)
    fill(log, school, 2)
    assert len(rows(log, shelf)) == 1
    with log.read() as connection:
        assert list(stale(connection, school)) == [Places().key]
