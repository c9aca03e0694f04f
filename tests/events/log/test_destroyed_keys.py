"""A key that was destroyed opens nowhere again, and its bytes are gone."""

import os
import time
from pathlib import Path

import pytest
import sqlalchemy as sa

from events.log import keystore
from events.log.key_tables import data_key, tombstone
from events.log.keystore import KeyStore
from tests.events.log.keys import file_of, on_sqlite


def test_a_destroyed_key_is_none_here_at_once_and_the_others_stay(key_store):
    gone, stays = key_store.take(), key_store.take()
    assert key_store.open(gone.id)
    assert key_store.destroy([gone.id]) == [gone.id]
    assert key_store.open(gone.id) is None
    assert key_store.open_many([gone.id, stays.id]) == {gone.id: None, stays.id: stays.key}


def test_a_destroyed_key_is_none_in_every_worker_at_its_next_request(key_store, elsewhere):
    gone = key_store.take()
    for _ in range(20):
        assert elsewhere.open(gone.id) == gone.key
    key_store.destroy([gone.id])
    elsewhere.notice_erasures()
    assert elsewhere.open(gone.id) is None


@on_sqlite
def test_on_sqlite_a_destroyed_key_is_none_elsewhere_without_being_told(key_store, elsewhere):
    for pause in (0, 0.001, 0.06):
        gone = key_store.take()
        assert elsewhere.open(gone.id) == gone.key
        time.sleep(pause)
        assert elsewhere.open(gone.id) == gone.key
        key_store.destroy([gone.id])
        assert elsewhere.open(gone.id) is None


def test_a_worker_that_is_never_told_notices_within_a_second(key_store, elsewhere, monkeypatch):
    gone = key_store.take()
    assert elsewhere.open(gone.id) == gone.key
    key_store.destroy([gone.id])
    later = time.monotonic() + keystore.LOOK_AGAIN_SECONDS
    monkeypatch.setattr(keystore.time, "monotonic", lambda: later)
    assert elsewhere.open(gone.id) is None


def test_a_key_read_just_before_it_was_destroyed_is_not_kept(key_store, elsewhere, monkeypatch):
    gone = key_store.take()
    elsewhere.notice_erasures()
    unwrap = KeyStore._unwrap

    def destroyed_meanwhile(store, *row):
        if store is elsewhere and key_store.held([gone.id]):
            key_store.destroy([gone.id])
            elsewhere.notice_erasures()
        return unwrap(store, *row)

    monkeypatch.setattr(KeyStore, "_unwrap", destroyed_meanwhile)
    elsewhere.open(gone.id)
    assert elsewhere.open(gone.id) is None


def test_destroying_twice_is_harmless(key_store):
    gone = key_store.take()
    assert key_store.destroy([gone.id, gone.id]) == [gone.id]
    assert key_store.destroy([gone.id]) == []
    with key_store.reading() as connection:
        assert list(connection.scalars(sa.select(tombstone.c.id))) == [gone.id]


def test_many_keys_are_destroyed_at_once(key_store):
    ids = [key_store.take().id for _ in range(1200)]
    assert sorted(key_store.destroy(ids)) == sorted(ids)
    assert set(key_store.open_many(ids).values()) == {None}


def test_only_key_ids_can_be_destroyed_and_nothing_is_when_one_is_wrong(key_store):
    good = key_store.take()
    with pytest.raises(ValueError, match="no key id"):
        key_store.destroy([good.id, "%"])
    assert key_store.open(good.id) == good.key


def test_a_tombstone_wins_from_a_row_that_came_back(key_store):
    gone = key_store.take()
    with key_store.reading() as connection:
        row = connection.execute(sa.select(data_key).where(data_key.c.id == gone.id)).one()
    key_store.destroy([gone.id])
    with key_store.writing() as connection:
        connection.execute(data_key.insert(), dict(row._mapping))
    key_store.forget()
    assert key_store.open(gone.id) is None


@on_sqlite
def test_the_bytes_of_a_destroyed_key_are_gone_from_the_file(key_store):
    ids = [key_store.take().id for _ in range(100)]
    key_store._pool.close()
    with key_store.reading() as connection:
        wrapped = dict(connection.execute(sa.select(data_key.c.id, data_key.c.wrapped)).all())
    content = Path(file_of(key_store)).read_bytes()
    assert all(each in content for each in wrapped.values())
    gone = ids[::3]
    key_store.destroy(gone)
    content = Path(file_of(key_store)).read_bytes()
    for key_id, each in wrapped.items():
        assert (each in content) == (key_id not in gone)
        assert (each[12:] in content) == (key_id not in gone)
    assert os.listdir(os.path.dirname(file_of(key_store))).count("keys.db-journal") == 0
