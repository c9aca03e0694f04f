"""A row of the log stays as it was written, whatever statement is tried."""

from uuid import UUID

import pytest
import sqlalchemy as sa

from events.log.context import acting
from events.log.store import Log
from events.log.tables import event
from tests.events.log.lost_property import found


def attempts(dialect: str) -> list[str]:
    both = ["UPDATE event SET actor = NULL", "DELETE FROM event", "UPDATE event SET payload = payload"]
    if dialect == "sqlite":
        return [
            *both,
            "INSERT OR REPLACE INTO event SELECT * FROM event",
            "REPLACE INTO event SELECT * FROM event",
            "INSERT INTO event SELECT * FROM event WHERE true ON CONFLICT DO UPDATE SET actor = NULL",
            "INSERT OR REPLACE INTO event SELECT school, position + 1, stream, version, name, name_version, actor, "
            "recorded_at, happened_at, payload, leaf FROM event",
        ]
    return [
        *both,
        "TRUNCATE event",
        "INSERT INTO event SELECT * FROM event ON CONFLICT (school, position) DO UPDATE SET actor = NULL",
    ]


def test_an_event_is_never_changed_removed_or_replaced(log: Log, school: UUID) -> None:
    with acting(school=school):
        log.save(found())
    with log.read() as connection:
        before = connection.execute(sa.select(event)).all()
    for statement in attempts(log.write_engine.dialect.name):
        with pytest.raises(sa.exc.DBAPIError), log.write_engine.begin() as connection:
            connection.execute(sa.text(statement))
    with log.read() as connection:
        assert connection.execute(sa.select(event)).all() == before


def test_a_reader_cannot_write(log: Log) -> None:
    with log.read() as connection, pytest.raises(sa.exc.DBAPIError, match=r"readonly|read-only"):
        connection.execute(sa.text("DELETE FROM projection"))


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_even_without_the_triggers_the_role_may_not_change_an_event(log: Log) -> None:
    with log.write_engine.begin() as connection:
        rights = connection.execute(
            sa.text("SELECT privilege_type FROM information_schema.role_table_grants WHERE table_name = 'event'")
        )
        assert {"UPDATE", "DELETE", "TRUNCATE"}.isdisjoint(rights.scalars())


def test_creating_twice_changes_nothing(log: Log, school: UUID) -> None:
    with acting(school=school):
        log.save(found())
    log.create_tables()
    assert log.head(school).size == 1
