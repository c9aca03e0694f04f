"""A rebuild leaves what readers and writers do alone, and what is late or broken comes right again."""

import fcntl
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa

from events.log import projection as projecting
from events.log import rebuilding
from events.log.errors import RebuildFailed, RebuildRunning
from events.log.projection import Projection, not_up_to_date, projection_tables, stale
from events.log.store import Log
from events.log.tables import projection as positions
from events.log.unit_of_work import UnitOfWork
from tests.events.log.lost_property import Places, Shelf, places, shelf
from tests.events.log.test_projection import fill, rows


def position(log: Log, key: str, school: UUID) -> int | None:
    mine = positions.c.name == key, positions.c.school == school
    with log.read() as connection:
        return connection.scalar(sa.select(positions.c.position).where(*mine))


def spoil(log: Log, table: sa.Table) -> None:
    """Make live rows wrong in each way: one missing, one changed, one too many."""
    with log.write_engine.begin() as connection:
        some = connection.execute(sa.select(table)).all()
        for row, values in ((some[0], None), (some[1], {"place": "zolder"})):
            this = table.c.item == row.item
            connection.execute(
                table.delete().where(this) if values is None else table.update().where(this).values(values)
            )
        connection.execute(table.insert(), {"school": some[0].school, "item": uuid4(), "place": None})


@pytest.mark.parametrize("size", [1, 2, 500])
def test_wrong_rows_come_right_whatever_the_size_of_a_batch(make_log, school, size, monkeypatch) -> None:
    monkeypatch.setattr(rebuilding, "BATCH", size)
    monkeypatch.setattr(rebuilding, "PAUSE", 0)
    log = make_log(Shelf(), Places())
    fill(log, school)
    fill(log, uuid4())
    live = rows(log, places)
    spoil(log, places)
    assert rows(log, places) != live
    seen: list[int] = []
    assert log.rebuild(log.projector.projections[1], school, seen.append) == 6
    assert rows(log, places) == live
    assert seen[-1] == 6
    assert seen == sorted(seen)
    fill(log, school, 1)
    assert len(rows(log, places)) == len(live) + 1


def test_people_go_on_writing_and_reading_while_it_runs(make_log: Callable[..., Log], school: UUID) -> None:
    log = make_log(Shelf(), Places())
    fill(log, school)
    spoil(log, places)
    half: list[int] = []

    def meanwhile(reached: int) -> None:
        if reached == 6 and not half:
            half.append(len(rows(log, places)))
            fill(log, school, 3)
            fill(log, uuid4(), 1)

    assert log.rebuild(log.projector.projections[1], school, meanwhile) == 10
    assert half == [5]
    assert len(rows(log, places)) == 5 + 3 + 1
    assert {row.place for row in rows_of(log, school)} == {f"plek-{number}" for number in range(5)}
    assert position(log, Places().key, school) == 10
    fill(log, school, 1)
    assert position(log, Places().key, school) == 12


def rows_of(log: Log, school: UUID) -> list[sa.Row]:
    with log.read() as connection:
        return connection.execute(sa.select(places).where(places.c.school == school)).all()


def test_a_second_rebuild_of_the_same_rows_is_refused_another_is_not(make_log, school, tmp_path) -> None:
    log = make_log(Shelf(), Places())
    fill(log, school)
    other = uuid4()
    fill(log, other, 1)
    the_shelf, the_places = log.projector.projections
    answers: list[str] = []

    def meanwhile(_: int) -> None:
        if not answers:
            with pytest.raises(RebuildRunning, match="already"):
                log.rebuild(the_places, school)
            answers.append("refused")
            assert log.rebuild(the_places, other) == 2
            assert log.rebuild(the_shelf, school) == 6

    log.rebuild(the_places, school, meanwhile)
    assert answers == ["refused"]
    assert log.rebuild(the_places, school) == 6
    assert [path.name for path in tmp_path.iterdir() if "rebuild" in path.name] == []


def test_a_lock_file_that_another_removed_while_it_was_being_locked_is_made_again(
    make_log: Callable[..., Log], school: UUID, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = make_log(Places())
    fill(log, school)
    (the_places,) = log.projector.projections
    flock, removed, answers = fcntl.flock, [], []

    def as_the_other_ends(*given: Any) -> None:
        if not removed:
            removed.extend(path.unlink() for path in tmp_path.iterdir() if "-rebuild-" in path.name)
        flock(*given)

    def meanwhile(_: int) -> None:
        if not answers:
            answers.append("asked")
            with pytest.raises(RebuildRunning):
                log.rebuild(the_places, school)

    monkeypatch.setattr(fcntl, "flock", as_the_other_ends)
    assert log.rebuild(the_places, school, meanwhile) == 6
    assert answers == ["asked"]
    assert len(removed) == (log.write_engine.dialect.name == "sqlite")


def test_a_rebuild_that_fails_leaves_what_was_there(make_log: Callable[..., Log], school: UUID) -> None:
    broken = Places()
    log = make_log(broken)
    fill(log, school)
    live = rows(log, places)
    broken.broken = True
    with pytest.raises(RebuildFailed, match="RuntimeError"):
        log.rebuild(broken, school)
    assert rows(log, places) == live
    with log.read() as connection:
        assert stale(connection, school) == {}
    broken.broken = False
    assert log.rebuild(broken, school) == 6


def test_a_projection_that_cannot_be_filled_is_known_as_stopped(make_log: Callable[..., Log], school: UUID) -> None:
    fill(make_log(Shelf()), school)
    broken = Places()
    broken.broken = True
    log = make_log(Shelf(), broken)
    with pytest.raises(RebuildFailed):
        log.bring_up_to_date()
    with log.read() as connection:
        assert stale(connection, school) == {broken.key: "RuntimeError"}
        assert not_up_to_date(connection, school, log.projector.keys) == {broken.key: "RuntimeError"}
        assert not_up_to_date(connection, uuid4(), log.projector.keys) == {}


def test_an_older_program_leaves_the_positions_of_a_newer_one_alone(make_log, school: UUID) -> None:
    newer = make_log(Shelf(), Places())
    fill(newer, school, 2)
    fill(make_log(Shelf()), school, 2)
    assert position(newer, Places().key, school) == 3
    assert len(rows(newer, places)) == 2
    with newer.read() as connection:
        assert not_up_to_date(connection, school, newer.projector.keys) == {Places().key: None}


def test_what_is_a_little_late_joins_at_the_next_save(make_log: Callable[..., Log], school: UUID, monkeypatch) -> None:
    monkeypatch.setattr(projecting, "AT_ONCE", 3)
    older, newer = make_log(Shelf()), make_log(Shelf(), Places())
    fill(older, school, 2)
    fill(newer, school, 1)
    assert len(rows(newer, places)) == 3
    assert position(newer, Places().key, school) == newer.head(school).size == 5
    fill(older, school, 3)
    fill(newer, school, 1)
    assert len(rows(newer, places)) == 3, "what is far behind is not for somebody who is saving"
    newer.bring_up_to_date()
    assert len(rows(newer, places)) == 7


def test_rows_without_a_position_do_not_count(make_log: Callable[..., Log], school: UUID) -> None:
    log = make_log(Places())
    fill(log, school, 2)
    with log.write_engine.begin() as connection:
        connection.execute(positions.delete())
    fill(log, school, 2)
    assert len(rows(log, places)) == 4
    assert position(log, Places().key, school) == 6


def test_a_late_projection_that_breaks_stops_where_it_was(make_log: Callable[..., Log], school: UUID) -> None:
    fill(make_log(Shelf()), school, 2)
    broken = Places()
    broken.broken = True
    log = make_log(Shelf(), broken)
    fill(log, school, 1)
    assert log.head(school).size == 5
    assert rows(log, places) == set()
    with log.read() as connection:
        assert stale(connection, school) == {broken.key: "RuntimeError"}
    assert position(log, broken.key, school) == 0


def test_a_log_that_was_put_back_shorter_is_not_taken_for_up_to_date(
    make_log: Callable[..., Log], school: UUID
) -> None:
    log = make_log(Places())
    fill(log, school, 2)
    with log.write_engine.begin() as connection:
        connection.execute(positions.update().values(position=4))
    assert rebuilding.behind(log, school) == [log.projector.projections[0]]
    fill(log, school, 2)
    with log.read() as connection:
        assert stale(connection, school) == {Places().key: "AheadOfTheLog"}
    log.bring_up_to_date()
    assert len(rows(log, places)) == 4


def test_tables_of_one_projection_have_one_version() -> None:
    with pytest.raises(TypeError, match="one version"):
        type("Mixed", (Projection,), {"name": "lost_property.mixed", "tables": (shelf, places)})


def test_an_older_table_goes_when_nobody_follows_it_any_more(make_log: Callable[..., Log], school: UUID) -> None:
    from events.log.retired import drop_retired

    log = make_log(Shelf())
    fill(log, school)
    with log.write_engine.begin() as connection:
        for name in ("lost_property_shelf__v1", "lost_property_cupboard__v1"):
            connection.execute(sa.text(f"CREATE TABLE {name} (school TEXT)"))
        older = {"name": "lost_property.shelf@1", "school": school, "position": 6, "error": None}
        connection.execute(positions.insert(), older)
    assert drop_retired(log) == [], "an older program may still be running"
    fill(log, school, 1)
    fill(make_log(Places()), school, 1)
    assert drop_retired(log) == [], "the newer tables are not ready"
    fill(log, school, 1)
    assert drop_retired(log) == ["lost_property_shelf__v1"]
    assert drop_retired(log) == []
    assert position(log, "lost_property.shelf@1", school) is None
    with log.read() as connection:
        there = set(sa.inspect(connection).get_table_names())
    assert {"lost_property_cupboard__v1", "lost_property_shelf__v2"} <= there
    assert "lost_property_shelf__v2" in projection_tables.tables


def written(log: Log, school: UUID, then: Callable[[sa.Connection], None] = lambda _: None) -> list[str]:
    """Rebuild the places and return what was written while writers waited; `then` runs just before that."""
    statements: list[str] = []
    waiting: list[UnitOfWork] = []

    def see(_connection, _cursor, statement: str, *_: object) -> None:
        if statement.startswith(("INSERT", "DELETE", "UPDATE")):
            statements.append(statement)

    take_head = UnitOfWork.take_head

    def taking(unit: UnitOfWork) -> Any:
        head = take_head(unit)
        if not waiting:
            waiting.append(unit)
            then(unit.connection)
            statements.clear()
        return head

    sa.event.listen(log.write_engine, "before_cursor_execute", see)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(UnitOfWork, "take_head", taking)
        log.rebuild(log.projector.projections[1], school)
    sa.event.remove(log.write_engine, "before_cursor_execute", see)
    return [each for each in statements if places.name in each]


def test_equal_rows_are_not_written_again(make_log: Callable[..., Log], school: UUID) -> None:
    log = make_log(Shelf(), Places())
    fill(log, school)
    assert written(log, school) == []
    spoil(log, places)
    assert written(log, school)


def test_a_projection_that_stops_after_it_was_compared_is_written(make_log: Callable[..., Log], school: UUID) -> None:
    log = make_log(Shelf(), Places())
    fill(log, school)
    live = rows(log, places)

    def stop(connection: sa.Connection) -> None:
        schema = "main" if connection.dialect.name == "sqlite" else "public"
        connection.execute(positions.update().where(positions.c.name == Places().key).values(error="ValueError"))
        connection.execute(sa.text(f"DELETE FROM {schema}.{places.name}"))

    assert written(log, school, stop)
    assert rows(log, places) == live
    with log.read() as connection:
        assert stale(connection, school) == {}
