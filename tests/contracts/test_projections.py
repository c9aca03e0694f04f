"""Every projection of the core gives the same rows when the past is told again."""

from random import Random

import pytest
import sqlalchemy as sa
from flask import Flask

from events.log.projection import in_memory


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


@pytest.mark.parametrize("seed", range(3))
def test_rows_are_the_same_wherever_a_batch_ends(practice: Flask, seed: int) -> None:
    log = practice.extensions["geborgen.log"]
    school = max(log.schools(), key=lambda each: log.head(each).size)
    facts = list(log.history(school))
    for projection in log.projector.projections:
        draw = Random(f"{seed} {projection.name}")
        most = draw.choice((3, 40, 400))
        with in_memory(projection.tables) as beside, log.read_engine.connect() as live:
            position = 0
            while position < len(facts):
                until = position + draw.randint(1, most)
                projection.handle_batch(beside, facts[position:until])
                position = until
            for table in projection.tables:
                mine = sa.select(table).where(table.c.school == school)
                told = [sorted(map(tuple, connection.execute(mine)), key=repr) for connection in (beside, live)]
                assert told[0] == told[1], (table.name, most)


def test_no_projection_of_the_practice_school_stopped(practice: Flask) -> None:
    log = practice.extensions["geborgen.log"]
    from events.log.projection import stale

    with log.read_engine.connect() as connection:
        assert {name for school in log.schools() for name in stale(connection, school)} == set()
