"""Data keys: made ahead, handed out once, opened by who has the key file, and gone everywhere once destroyed."""

import os
import threading
import time
from contextlib import closing

import pytest
import sqlalchemy as sa
from pysqlite3 import dbapi2 as sqlite3

from events.log import keypool, keystore
from events.log.cipher import WrongSeal
from events.log.errors import LogUnavailable, LogUnfit
from events.log.key_tables import data_key, key_tables
from events.log.keyfile import KeyFile
from events.log.keypool import BATCH
from events.log.keystore import KeyStore
from tests.events.log.keys import file_of, on_sqlite, stored_ids


def test_a_taken_key_opens_here_and_elsewhere(key_store, elsewhere):
    taken = key_store.take()
    assert len(taken.key) == 32
    assert len(bytes.fromhex(taken.id)) == 16
    assert key_store.open(taken.id) == elsewhere.open(taken.id) == taken.key


def test_a_key_is_handed_out_once(key_store, elsewhere):
    taken = [store.take() for store in (key_store, elsewhere) for _ in range(200)]
    assert len({each.id for each in taken}) == len({each.key for each in taken}) == 400
    assert key_store.open_many([each.id for each in taken]) == {each.id: each.key for each in taken}


def test_threads_never_get_the_same_key(key_store):
    taken = []
    threads = [threading.Thread(target=lambda: taken.extend(key_store.take().id for _ in range(60))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(taken)) == len(taken) == 480


def test_taking_from_a_full_pool_writes_nothing(key_store):
    key_store.fill_pool()
    written = []
    sa.event.listen(key_store.engine, "before_cursor_execute", lambda *given: written.append(given[2]))
    for _ in range(BATCH // 2 - 1):
        key_store.take()
    assert written == []


def test_a_half_empty_pool_is_filled_in_the_background(key_store):
    key_store.fill_pool()
    threads = []
    sa.event.listen(
        key_store.engine, "before_cursor_execute", lambda *given: threads.append(threading.current_thread().name)
    )
    for _ in range(BATCH // 2):
        key_store.take()
    key_store._pool.close()
    assert set(threads) == {"key-pool"}
    assert len(key_store._pool.ids()) == BATCH


def test_a_forked_child_takes_keys_of_its_own(key_store):
    key_store.fill_pool()
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        ids = [key_store.take().id for _ in range(BATCH)]
        os.write(write, "".join(ids).encode())
        os._exit(0)
    os.close(write)
    with os.fdopen(read, "rb") as pipe:
        text = pipe.read().decode()
    assert os.waitpid(child, 0)[1] == 0
    theirs = {text[start : start + 32] for start in range(0, len(text), 32)}
    ours = {key_store.take().id for _ in range(BATCH)}
    assert len(theirs) == len(ours) == BATCH
    assert not theirs & ours


def test_a_child_forked_while_the_pool_is_locked_does_not_hang(key_store):
    with key_store._pool._changing, key_store._pool._filling, key_store._lock:
        child = os.fork()
        if child == 0:
            os._exit(0 if key_store.open(key_store.take().id) else 1)
        assert os.waitpid(child, 0)[1] == 0


@pytest.mark.parametrize("hours", [13, -1])
def test_keys_that_waited_half_a_day_are_not_handed_out(key_store, monkeypatch, hours):
    key_store.fill_pool()
    waiting = set(key_store._pool.ids())
    later = time.time() + hours * 3600
    monkeypatch.setattr(keypool.time, "time", lambda: later)
    assert key_store.take().id not in waiting


def test_an_unknown_key_is_none_and_is_asked_again(key_store, elsewhere):
    assert key_store.open("0" * 32) is None
    assert key_store.open_many(["0" * 32]) == {"0" * 32: None}
    assert "0" * 32 not in key_store._opened


def test_an_opened_key_is_kept_without_asking_again(key_store):
    key_store._look()
    time.sleep(0.06)
    taken = key_store.take()
    key_store._pool.close()
    time.sleep(0.06)
    key_store.open(taken.id)
    asked = []
    sa.event.listen(key_store.engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
    assert [key_store.open(taken.id) for _ in range(100)] == [taken.key] * 100
    assert asked == []


def test_opened_keys_are_bounded(key_store, monkeypatch):
    monkeypatch.setattr(keystore, "KEYS_CACHED", 50)
    ids = [key_store.take().id for _ in range(120)]
    for each in ids:
        assert key_store.open(each) is not None
    assert len(key_store._opened) <= 50


def test_many_keys_open_in_few_statements(key_store):
    taken = {each.id: each.key for each in (key_store.take() for _ in range(1100))}
    key_store._pool.close()
    key_store.open("0" * 32)
    asked = []
    sa.event.listen(key_store.engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
    assert key_store.open_many(taken) == taken
    assert len(asked) <= 5


# The files and servers around it


@on_sqlite
def test_the_file_is_private_and_set_so_that_deleting_leaves_nothing(key_store):
    assert os.stat(file_of(key_store)).st_mode & 0o777 == 0o600
    for name, wanted in {"journal_mode": "delete", "synchronous": 3, "secure_delete": 1}.items():
        with key_store.reading() as connection:
            assert connection.exec_driver_sql(f"PRAGMA {name}").scalar() == wanted
    assert not os.path.exists(file_of(key_store) + "-wal")


@on_sqlite
def test_a_file_that_somebody_put_in_another_mode_is_put_right(key_store, keys_url, key_file):
    taken = key_store.take()
    key_store.close()
    with closing(sqlite3.connect(file_of(key_store))) as other:
        assert other.execute("PRAGMA journal_mode=WAL").fetchone()[0] == "wal"
    again = KeyStore(keys_url, key_file)
    assert again.open(taken.id) == taken.key
    with again.reading() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "delete"
    again.close()


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_on_postgresql_the_keys_have_a_schema_of_their_own(key_store):
    with key_store.reading() as connection:
        inspector = sa.inspect(connection)
        assert set(inspector.get_table_names(schema="keys")) == set(key_tables.tables)
        assert inspector.get_table_names(schema="public") == []


def test_no_key_is_in_the_store_in_clear_and_no_wrapping_key(key_store):
    taken = key_store.take()
    with key_store.reading() as connection:
        stored = b"".join(connection.scalars(sa.select(data_key.c.wrapped)))
    assert taken.key not in stored
    assert key_store.key_file.newest.key not in stored


def test_a_key_file_of_another_store_is_refused_with_what_to_do(key_store, keys_url, tmp_path):
    key_store.take()
    other = KeyStore(keys_url, KeyFile.create(tmp_path / "other.json"))
    for check in (
        other.require_fit,
        other.create_tables,
        other.take,
        lambda: other.open(next(iter(stored_ids(other)))),
    ):
        with pytest.raises(LogUnfit, match="Put back the key file"):
            check()
    other.close()


def test_a_store_without_tables_is_refused_with_what_to_do(keys_url, key_file):
    empty = KeyStore(keys_url, key_file)
    with pytest.raises(LogUnfit, match="Put back your copy"):
        empty.require_fit()
    empty.close()


def test_creating_tables_again_changes_nothing(key_store, elsewhere):
    taken = key_store.take()
    before = stored_ids(key_store)
    elsewhere.create_tables()
    assert stored_ids(key_store) == before
    assert elsewhere.open(taken.id) == taken.key


def test_a_damaged_row_is_an_error_and_never_reads_as_erased(key_store):
    taken = key_store.take()
    with key_store.writing() as connection:
        connection.execute(data_key.update().where(data_key.c.id == taken.id).values(wrapped=b"x" * 60))
    with pytest.raises(WrongSeal, match="damaged"):
        key_store.open(taken.id)


def test_two_rows_that_were_swapped_do_not_open(key_store):
    one, two = key_store.take(), key_store.take()
    with key_store.writing() as connection:
        rows = dict(connection.execute(sa.select(data_key.c.id, data_key.c.wrapped)).all())
        connection.execute(data_key.update().where(data_key.c.id == one.id).values(wrapped=rows[two.id]))
    with pytest.raises(WrongSeal):
        key_store.open(one.id)


@on_sqlite
def test_a_locked_store_is_a_sentence_and_the_pool_still_gives(key_store, monkeypatch):
    key_store.fill_pool()
    with closing(sqlite3.connect(file_of(key_store))) as other:
        other.execute("BEGIN EXCLUSIVE")
        assert key_store.take().id
        with key_store.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA busy_timeout=10")
        with pytest.raises(LogUnavailable):
            key_store.destroy(["0" * 32])
        other.rollback()
    assert key_store.destroy(["0" * 32]) == []


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:", "sqlite:////nowhere/at/all/keys.db"])
def test_a_place_that_cannot_keep_keys_is_refused(url, key_file):
    with pytest.raises(LogUnfit):
        KeyStore(url, key_file)


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_after_a_restart_of_postgresql_the_next_call_works(key_store, postgres):
    taken = key_store.take()
    assert key_store.open(taken.id)
    postgres.halt()
    try:
        key_store.forget()
        with pytest.raises(LogUnavailable):
            key_store.open(taken.id)
    finally:
        postgres.start()
    assert key_store.open(taken.id) == taken.key
    assert key_store.destroy([taken.id]) == [taken.id]
