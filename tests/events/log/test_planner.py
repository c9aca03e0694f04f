"""What a rebuild filled is counted, so that PostgreSQL knows what to look up and what to walk through."""

from collections.abc import Callable
from uuid import UUID

import sqlalchemy as sa

from events.log.store import Log
from tests.events.log.lost_property import Places, Shelf, places, shelf
from tests.events.log.test_projection import fill


def planned_rows(log: Log, table: sa.Table) -> int:
    """Return how many rows the planner of PostgreSQL takes a table for: -1 before anybody counted."""
    query = sa.text("SELECT reltuples FROM pg_class WHERE oid = to_regclass(:name)")
    with log.read() as connection:
        return int(connection.scalar(query, {"name": table.name}))


def test_what_was_filled_is_counted_for_the_planner(make_log: Callable[..., Log], school: UUID) -> None:
    fill(make_log(Shelf()), school, 3)
    log = make_log(Shelf(), Places())
    if log.write_engine.dialect.name == "sqlite":
        log.bring_up_to_date()
        with log.read() as connection:
            assert not sa.inspect(connection).has_table("sqlite_stat1"), "it plans by its own rules, without counting"
        return
    assert planned_rows(log, places) == -1
    log.bring_up_to_date()
    assert planned_rows(log, places) == 3
    assert planned_rows(log, shelf) == -1, "what was not filled is left to the server"
