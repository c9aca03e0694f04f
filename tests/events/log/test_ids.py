"""Ids by the column are the ids that the database's own type gives, one by one."""

from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa
from sqlalchemy.dialects import sqlite

from events.log.context import acting
from events.log.ids import ids_of, repeated_ids_of, texts_of
from events.log.recorder import COLUMNS, columns_with_ids
from events.log.store import Log
from events.log.tables import event
from tests.events.log.lost_property import found

ONE, OTHER = UUID(int=7), uuid4()


def test_ids_are_written_as_their_type_writes_them() -> None:
    dialect = sqlite.dialect()
    written = sa.Uuid().dialect_impl(dialect).bind_processor(dialect)
    assert texts_of([ONE, None, OTHER]) == [written(ONE), None, written(OTHER)]


def test_ids_are_read_back_and_left_as_they_are_where_the_database_knows_them() -> None:
    assert ids_of(texts_of([ONE, OTHER])) == [ONE, OTHER]
    assert repeated_ids_of([OTHER.hex, None, OTHER.hex, ONE.hex]) == [OTHER, None, OTHER, ONE]
    assert ids_of([ONE, OTHER]) == repeated_ids_of([ONE, OTHER]) == [ONE, OTHER]
    assert ids_of([]) == repeated_ids_of([]) == []


def test_what_is_no_id_is_not_read_as_one() -> None:
    with pytest.raises(ValueError, match="UUID"):
        ids_of([ONE.hex, "no id"])


@pytest.mark.parametrize("actor", [None, OTHER])
def test_rows_as_stored_are_rows_with_ids(log: Log, school: UUID, actor: UUID | None) -> None:
    with acting(school=school, actor=actor):
        log.save(found(), found())
    with log.read() as connection:
        rows = connection.execute(sa.select(*COLUMNS).order_by(event.c.position)).all()
    columns = columns_with_ids(log.rows.select_rows(school, after=0, until=None, at_most=9))
    assert list(zip(*columns, strict=True)) == [tuple(row) for row in rows]
    assert {type(each) for column in (columns[0], columns[2]) for each in column} == {UUID}
