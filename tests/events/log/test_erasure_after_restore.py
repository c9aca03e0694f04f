"""What was erased stays unreadable, also when an older copy of the log, of the keys or of both is put back."""

import os
import shutil
from pathlib import Path
from uuid import UUID

import pytest
import sqlalchemy as sa

from events.log import erasure as erasing
from events.log.aggregate import ERASED
from events.log.checkpoint import erased_list
from events.log.erased_list import ErasedList
from events.log.erasure import erase, finish_erasures, missing_keys
from events.log.erasure_certificate import certificate
from events.log.errors import Refused
from events.log.key_tables import data_key, state, tombstone
from events.log.keyfile import KeyFile
from events.log.keystore import KeyStore
from events.log.merkle import tree_root
from events.log.store import Log
from events.log.tables import event as event_table
from events.log.tables import key_use, log_head
from tests.events.log.erasing import DECIDER, Owner, events_of, keys_of, people, rehash
from tests.events.log.lost_property import FoundItem, found

pytestmark = pytest.mark.usefixtures("acting_here")


def copied(connection, tables) -> list:
    return [(table, [dict(row._mapping) for row in connection.execute(sa.select(table))]) for table in tables]


class Installation:
    """The log and key store of a test, and a copy of each as a backup would hold it."""

    LOG, KEYS = (event_table, log_head, key_use), (data_key, tombstone, state)

    def __init__(self, log: Log):
        self.log = log
        self.keys = log.key_store

    def copy(self) -> None:
        self.keys._pool.close()
        with self.log.read() as connection:
            self.log_copy = copied(connection, self.LOG)
        with self.keys.reading() as connection:
            self.keys_copy = copied(connection, self.KEYS)

    def put_back_log(self) -> None:
        with self.log.write_engine.begin() as connection:
            _without_guards(connection)
            _put_back(connection, self.log_copy)
        self.log.create_tables()

    def put_back_keys(self) -> None:
        with self.keys.writing() as connection:
            _put_back(connection, self.keys_copy)
        self.keys.notice_erasures()


def _without_guards(connection) -> None:
    if connection.dialect.name == "sqlite":
        for name in ("update", "delete", "replace"):
            connection.exec_driver_sql(f"DROP TRIGGER event_no_{name}")
    else:
        connection.exec_driver_sql("ALTER TABLE event DISABLE TRIGGER USER")
        connection.exec_driver_sql("GRANT DELETE ON event TO CURRENT_USER")


def _put_back(connection, copy) -> None:
    for table, rows in copy:
        connection.execute(table.delete())
        if rows:
            connection.execute(table.insert(), rows)


@pytest.mark.parametrize("older", ["log", "keys", "both"])
def test_what_was_erased_stays_unreadable_when_an_older_copy_is_put_back(
    log: Log, school: UUID, listed: Path, carry_out, older
) -> None:
    person, other, item = *people(log, 2), found("Een rode jas")
    log.save(item)
    installation = Installation(log)
    installation.copy()
    carry_out(person.id, item.id)
    erased = keys_of(log, person.id, item.id)
    if older in ("log", "both"):
        installation.put_back_log()
    if older in ("keys", "both"):
        installation.put_back_keys()
        log.key_store.forget()
        assert log.get(Owner, person.id).name == "Kind 0", "this test must be able to fail"

    finished = finish_erasures(log, listed, restored=True)

    assert set(finished.destroyed) == (erased if older != "log" else set())
    assert set(finished.repeated) == (erased if older != "keys" else set())
    log.key_store.forget()
    assert log.get(Owner, person.id).name == log.get(FoundItem, item.id).what == ERASED
    assert log.get(Owner, other.id).name == "Kind 1"
    again = log.get(Owner, person.id)
    again.rename(name="Toch weer")
    with pytest.raises(Refused):
        log.save(again)
    assert log.head(school).root() == tree_root([rehash(row) for row in events_of(log)])
    assert finish_erasures(log, listed, restored=True) == erasing.Finished((), ())


def test_the_letter_with_the_checkpoint_is_enough_when_the_list_is_lost_too(
    log: Log, school: UUID, listed: Path, carry_out
) -> None:
    person = people(log, 1)[0]
    installation = Installation(log)
    installation.copy()
    carry_out(person.id)
    with log.read() as connection:
        letter = erased_list(connection, school).splitlines()[2:]
    installation.put_back_log()
    installation.put_back_keys()
    listed.unlink()
    assert finish_erasures(log, listed, restored=True) == erasing.Finished((), ())
    assert log.get(Owner, person.id).name == "Kind 0", "without list and letter nobody can know"
    finish_erasures(log, listed, also=letter, restored=True)
    assert log.get(Owner, person.id).name == ERASED
    assert ErasedList(listed).key_ids() == set(letter)


def test_after_a_restore_the_events_are_believed_before_the_table_of_keys(log: Log, listed: Path, carry_out) -> None:
    person = people(log, 1)[0]
    installation = Installation(log)
    installation.copy()
    carry_out(person.id)
    installation.put_back_keys()
    listed.unlink()
    with log.write_engine.begin() as connection:
        connection.execute(key_use.update().values(erased_at=None))
    finish_erasures(log, listed, restored=True)
    assert log.get(Owner, person.id).name == ERASED


def test_an_erasure_done_again_has_a_certificate_that_says_so(log: Log, listed: Path, carry_out) -> None:
    person = people(log, 1)[0]
    installation = Installation(log)
    installation.copy()
    carry_out(person.id)
    installation.put_back_log()
    finish_erasures(log, listed)
    text = certificate(log, events_of(log)[-1].stream).text()
    assert "al eerder gewist" in text
    assert "Grond:" not in text
    assert "None" not in text


def test_a_key_store_from_before_the_newest_dossiers_is_noticed(log: Log) -> None:
    people(log, 1)
    installation = Installation(log)
    installation.copy()
    newer = people(log, 200)
    assert missing_keys(log) == set()
    installation.put_back_keys()
    lost = missing_keys(log)
    assert lost
    assert lost <= keys_of(log, *(each.id for each in newer))


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_older_files_put_back_whole_open_nothing_that_was_erased(
    log: Log, database_url: str, keys_url: str, key_file: KeyFile, listed: Path, tmp_path: Path, carry_out
) -> None:
    """The same with the files themselves, as an operator would copy them."""
    person, other = people(log, 2)
    log.key_store.close()
    log.close()
    for name in ("geborgen.db", "keys.db"):
        shutil.copy(tmp_path / name, tmp_path / f"{name}.copy")
    store = KeyStore(keys_url, key_file)
    again = Log(database_url, store)
    carry_out_on = {"ground": "unlawful", "requester": "staff", "decider": DECIDER, "erased_list": listed}
    erase(again, [person.id], **carry_out_on)
    store.close()
    again.close()
    for name in ("geborgen.db", "keys.db"):
        os.replace(tmp_path / f"{name}.copy", tmp_path / name)
    store = KeyStore(keys_url, KeyFile(key_file.path))
    restored = Log(database_url, store)
    assert len(finish_erasures(restored, listed, restored=True).destroyed) == 1
    assert restored.get(Owner, person.id).name == ERASED
    assert restored.get(Owner, other.id).name == "Kind 1"
    store.close()
    restored.close()
