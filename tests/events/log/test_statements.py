"""A statement is compiled once for all engines of one kind of database, and again for another kind."""

import sqlalchemy as sa

from events.log.engines import memory_engine, read_engine, write_engine
from events.log.statements import COMPILED_ONCE, ROOM, Compiled

KEPT = COMPILED_ONCE["execution_options"]["compiled_cache"]


def compiled_for(engine: sa.Engine, statement: sa.Select) -> int:
    """Ask a statement, and return how many statements are kept after that."""
    with engine.connect() as connection:
        assert connection.scalar(statement.where(sa.literal(7) == 7)) == 1
    engine.dispose()
    return len(KEPT)


def test_engines_of_one_database_share_what_was_compiled(database_url):
    statement = sa.select(sa.literal(1).label("asked_by_nobody_else_" + database_url.partition(":")[0]))
    before = len(KEPT)
    assert compiled_for(write_engine(database_url), statement) == before + 1
    assert compiled_for(read_engine(database_url), statement) == before + 1
    assert compiled_for(write_engine(database_url), statement) == before + 1


def test_another_kind_of_database_has_its_own(postgres):
    statement = sa.select(sa.literal(1).label("asked_of_two_kinds"))
    before = len(KEPT)
    assert compiled_for(memory_engine("file:/of-two-kinds?vfs=memdb"), statement) == before + 1
    name = postgres.new_database()
    assert compiled_for(read_engine(postgres.url(name)), statement) == before + 2
    postgres.drop_database(name)


def test_what_was_not_asked_for_longest_goes_when_there_are_too_many():
    kept, dialect = Compiled(), sa.create_engine("sqlite://").dialect
    for each in range(2 * ROOM):
        kept[dialect, each] = each
        assert kept.get((dialect, 0)) == 0
    assert len(kept) <= 1.5 * ROOM
    assert kept.get((dialect, 1)) is None
