"""Every projection of the core gives the same rows when the past is told again."""

import sqlalchemy as sa
from flask import Flask


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


def test_no_projection_of_the_practice_school_stopped(practice: Flask) -> None:
    log = practice.extensions["geborgen.log"]
    from events.log.projection import stale

    with log.read_engine.connect() as connection:
        assert {name for school in log.schools() for name in stale(connection, school)} == set()
