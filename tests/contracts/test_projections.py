"""Every projection of the core gives the same rows when the past is told again."""

from collections.abc import Sequence
from random import Random
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
from flask import Flask

from events.log.projection import Projection, in_memory


def test_rebuilt_rows_equal_live_rows(practice: Flask) -> None:
    log = practice.extensions["geborgen.log"]

    def rows() -> dict[str, list[tuple[object, ...]]]:
        with log.read_engine.connect() as connection:
            return {
                table.name: sorted(map(tuple, connection.execute(sa.select(table))), key=repr)
                for projection in log.projector.projections
                for table in projection.tables
            }

    live = rows()
    assert sum(map(len, live.values())) > 1000
    for projection in log.projector.projections:
        for school in log.schools():
            log.rebuild(projection, school)
    assert rows() == live


def differing(projection: Projection, facts: list[Any], school: UUID, live: sa.Connection, most: int) -> list[str]:
    """Return the tables in which the same facts, told in batches of another size, give other rows than there are."""
    draw, position = Random(f"{most} {projection.name}"), 0
    with in_memory(projection.tables) as beside:
        while position < len(facts):
            until = position + draw.randint(1, most)
            projection.handle_batch(beside, facts[position:until])
            position = until
        return [table.name for table in projection.tables if _rows(beside, table, school) != _rows(live, table, school)]


def _rows(connection: sa.Connection, table: sa.Table, school: UUID) -> list[tuple[Any, ...]]:
    found = connection.execute(sa.select(table).where(table.c.school == school))
    return sorted(map(tuple, found), key=repr)


@pytest.mark.parametrize("most", [3, 40, 400])
def test_rows_are_the_same_wherever_a_batch_ends(practice: Flask, most: int) -> None:
    log = practice.extensions["geborgen.log"]
    school = max(log.schools(), key=lambda each: log.head(each).size)
    facts = list(log.history(school))
    with log.read_engine.connect() as live:
        for projection in log.projector.projections:
            assert differing(projection, facts, school, live, most) == []


def test_a_projection_that_depends_on_how_it_is_told_is_found(practice: Flask) -> None:
    """The planted violation: a table that holds how many events came at once."""
    log = practice.extensions["geborgen.log"]
    school = max(log.schools(), key=lambda each: log.head(each).size)
    facts = list(log.history(school))[:200]
    counted = sa.Table("planted__v1", sa.MetaData(), sa.Column("school", sa.Uuid), sa.Column("at_once", sa.Integer))

    class Planted(Projection):
        name = "planted.batches"
        tables = (counted,)

        def handle_batch(self, db: sa.Connection, events: Sequence[Any]) -> None:
            db.execute(counted.insert(), {"school": school, "at_once": len(events)})

    with in_memory((counted,)) as live:
        Planted().handle_batch(live, facts)
        assert differing(Planted(), facts, school, live, 3) == ["planted__v1"]


def test_no_projection_of_the_practice_school_stopped(practice: Flask) -> None:
    log = practice.extensions["geborgen.log"]
    from events.log.projection import stale

    with log.read_engine.connect() as connection:
        assert {name for school in log.schools() for name in stale(connection, school)} == set()
