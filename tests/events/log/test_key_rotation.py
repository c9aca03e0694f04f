"""After rotation every key opens under the new wrapping key only, and keys that nothing names are gone."""

import pytest
import sqlalchemy as sa

from events.log.cipher import WrongSeal
from events.log.errors import LogUnfit
from events.log.key_tables import data_key
from events.log.keyfile import KeyFile
from tests.events.log.keys import make_older


def test_after_rotation_every_key_opens_under_the_new_wrapping_key_only(key_store, elsewhere):
    taken = [key_store.take() for _ in range(700)]
    key_store._pool.close()
    old = key_store.key_file.newest.id
    new = key_store.rotate()
    assert new != old
    assert list(key_store.key_file.wrapping_keys) == list(KeyFile(key_store.key_file.path).wrapping_keys) == [new]
    with key_store.reading() as connection:
        assert set(connection.scalars(sa.select(data_key.c.wrapping))) == {f"kek:{new}"}
    expected = {each.id: each.key for each in taken}
    assert key_store.open_many(expected) == elsewhere.open_many(expected) == expected
    assert elsewhere.open(elsewhere.take().id)


def test_after_rotation_an_older_copy_of_the_store_opens_nothing(key_store, tmp_path):
    taken = key_store.take()
    with key_store.reading() as connection:
        row = connection.execute(sa.select(data_key).where(data_key.c.id == taken.id)).one()
    key_store.rotate()
    with key_store.writing() as connection:
        connection.execute(data_key.update().where(data_key.c.id == taken.id), dict(row._mapping))
    key_store.forget()
    with pytest.raises(LogUnfit, match="Put back the key file"):
        key_store.open(taken.id)
    with pytest.raises(LogUnfit):
        key_store.rotate()


def test_rotation_leaves_keys_that_are_not_wrapped_by_the_server(key_store):
    taken = key_store.take()
    key_store._pool.close()
    with key_store.writing() as connection:
        connection.execute(
            data_key.update().where(data_key.c.id == taken.id).values(wrapping="age:someone", wrapped=b"x")
        )
    key_store.rotate()
    with key_store.reading() as connection:
        row = connection.execute(sa.select(data_key).where(data_key.c.id == taken.id)).one()
    assert (row.wrapping, row.wrapped) == ("age:someone", b"x")
    with pytest.raises(LogUnfit, match="not wrapped for this server"):
        key_store.open(taken.id)


def test_a_damaged_row_stops_the_rotation_and_no_wrapping_key_is_lost(key_store):
    taken, damaged = key_store.take(), key_store.take()
    key_store._pool.close()
    old = key_store.key_file.newest.id
    with key_store.writing() as connection:
        connection.execute(data_key.update().where(data_key.c.id == damaged.id).values(wrapped=b"x" * 60))
    with pytest.raises(WrongSeal, match=damaged.id):
        key_store.rotate()
    assert old in KeyFile(key_store.key_file.path).wrapping_keys
    assert key_store.open(taken.id) == taken.key


@pytest.mark.parametrize(("days", "removed"), [(0, False), (1, False), (2, True), (400, True)])
def test_rotation_removes_keys_that_no_event_names_after_a_day(key_store, days, removed):
    used, unused = key_store.take(), key_store.take()
    key_store._pool.close()
    make_older(key_store, days)
    key_store.rotate(lambda ids: {used.id})
    assert key_store.open(used.id) == used.key
    assert (key_store.open(unused.id) is None) is removed


def test_a_key_that_was_removed_as_unused_is_not_handed_out_by_another_process(key_store, elsewhere):
    used = key_store.take()
    elsewhere.fill_pool()
    make_older(key_store, 2)
    key_store.rotate(lambda ids: {used.id})
    elsewhere.notice_erasures()
    taken = elsewhere.take()
    assert elsewhere.open(taken.id) == taken.key


def test_nothing_is_removed_when_the_log_names_none_of_the_keys(key_store):
    taken = key_store.take()
    make_older(key_store, 30)
    with pytest.raises(LogUnfit, match="do not belong together"):
        key_store.rotate(lambda ids: set())
    assert key_store.open(taken.id) == taken.key
