"""Erasing makes the words of one owner unreadable everywhere and for good, and touches nothing else."""

import os
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from uuid import UUID, uuid4

import msgspec
import pytest
import sqlalchemy as sa

from events.log import erasure as erasing
from events.log import merkle
from events.log.aggregate import ERASED, Aggregate, Code, Personal, event
from events.log.checkpoint import erased_list
from events.log.context import acting
from events.log.erased_list import ErasedList
from events.log.erasure import GROUNDS, REQUESTERS, Erasure, erase, finish_erasures, missing_keys
from events.log.erasure_certificate import certificate
from events.log.errors import LogUnavailable, LogUnfit, NotFound, Refused
from events.log.key_tables import data_key, state, tombstone
from events.log.keyfile import KeyFile
from events.log.keystore import KeyStore
from events.log.merkle import tree_root
from events.log.store import Log
from events.log.tables import event as event_table
from events.log.tables import key_use, log_head
from tests.events.log.lost_property import FoundItem, found


class Owner(Aggregate):
    """Somebody who loses things: a person, beside the dossiers that found items are."""

    log_name = "lost_property.owner"

    @event("Registered")
    def __init__(self, *, kind: Code, name: Personal):
        self.kind, self.name = kind, name

    @event("Renamed")
    def rename(self, *, name: Personal):
        self.name = name


DECIDER = uuid4()


@pytest.fixture
def listed(tmp_path: Path) -> Path:
    return tmp_path / "erased-keys.txt"


@pytest.fixture
def carry_out(log: Log, listed: Path) -> Callable[..., UUID]:
    """Erase owners on the usual ground."""

    def carry_out(*owners: UUID, **otherwise) -> UUID:
        given = {"ground": "retention_ended", "requester": "school", "decider": DECIDER, "erased_list": listed}
        return erase(log, owners, **given | otherwise)

    return carry_out


@pytest.fixture
def acting_here(school: UUID):
    with acting(school=school, actor=uuid4()):
        yield


def people(log: Log, number: int) -> list[Owner]:
    owners = [Owner(kind="pupil", name=f"Kind {each}") for each in range(number)]
    log.save(*owners)
    return owners


def events_of(log: Log) -> list:
    with log.read() as connection:
        return list(connection.execute(sa.select(event_table).order_by(event_table.c.school, event_table.c.position)))


def keys_of(log: Log, *owners: UUID) -> set[str]:
    with log.read() as connection:
        return set(connection.scalars(sa.select(key_use.c.key_id).where(key_use.c.owner.in_(owners))))


def rehash(row) -> bytes:
    return merkle.leaf_hash(
        row.school.bytes, row.position, row.stream.bytes, row.version, row.name, row.name_version,
        row.actor.bytes if row.actor else None, row.recorded_at, row.happened_at, row.payload,
    )  # fmt: skip


pytestmark = pytest.mark.usefixtures("acting_here")


# One dossier, one person


def test_one_dossier_and_one_person_become_unreadable_and_all_others_stay_byte_for_byte(
    log: Log, school: UUID, carry_out
) -> None:
    owners = people(log, 30)
    items = [found(f"Jas van {each}", note=f"naam {each}") for each in range(30)]
    log.save(*items)
    owners[3].rename(name="Kind drie")
    log.save(owners[3])
    before, root = events_of(log), log.head(school).root()

    carry_out(items[7].id)
    carry_out(owners[3].id)

    after = events_of(log)
    assert [tuple(row) for row in after[: len(before)]] == [tuple(row) for row in before]
    assert tree_root([row.leaf for row in after[: len(before)]]) == root
    assert log.head(school).root() == tree_root([rehash(row) for row in after])
    read = [log.get(FoundItem, each.id) for each in items]
    assert [each.what for each in read] == [ERASED if place == 7 else f"Jas van {place}" for place in range(30)]
    assert read[7].note == ERASED
    assert read[7].place == "plein"
    assert [log.get(Owner, each.id).name for each in owners] == [
        ERASED if place == 3 else f"Kind {place}" for place in range(30)
    ]
    words = [fact.name for fact in log.history(school, readable=True) if hasattr(fact, "name") and fact.name != ERASED]
    assert len(words) == 29


def test_the_event_tells_what_went_why_and_by_whom_and_nothing_about_the_erased(
    log: Log, school: UUID, carry_out
) -> None:
    owner = people(log, 1)[0]
    keys = keys_of(log, owner.id)
    erasure_id = carry_out(owner.id, ground="objection", requester="parent")
    row = events_of(log)[-1]
    assert (row.stream, row.name, row.version) == (erasure_id, "log.erasure.CarriedOut", 1)
    assert msgspec.json.decode(row.payload) == {
        "owners": [str(owner.id)],
        "keys": sorted(keys),
        "ground": "objection",
        "requester": "parent",
        "decider": str(DECIDER),
    }


def test_nothing_new_is_kept_about_who_was_erased(log: Log, carry_out) -> None:
    owner, other = people(log, 2)
    carry_out(owner.id)
    again = log.get(Owner, owner.id)
    again.rename(name="Nieuwe naam")
    with pytest.raises(Refused, match="gewist"):
        log.save(again)
    other.rename(name="Nieuwe naam")
    log.save(other)
    assert log.get(Owner, other.id).name == "Nieuwe naam"


def test_erasing_again_changes_nothing_and_gives_the_same_certificate(log: Log, listed: Path, carry_out) -> None:
    owner = people(log, 1)[0]
    first = carry_out(owner.id)
    before, on_list = events_of(log), listed.read_bytes()
    assert carry_out(owner.id) == first
    assert events_of(log) == before
    assert listed.read_bytes() == on_list


def test_a_person_and_dossiers_go_together_and_what_went_before_is_not_named_again(log: Log, carry_out) -> None:
    owner, other = people(log, 2)
    first = carry_out(owner.id)
    second = carry_out(owner.id, other.id)
    assert first != second
    assert log.get(Erasure, second).owners == (other.id,)
    assert log.get(Owner, other.id).name == ERASED


@pytest.mark.parametrize("wrong", [{"ground": "zomaar"}, {"ground": "repeated"}, {"requester": "noor"}])
def test_without_a_ground_or_a_known_asker_nothing_is_erased(log: Log, carry_out, wrong) -> None:
    owner = people(log, 1)[0]
    with pytest.raises(Refused):
        carry_out(owner.id, **wrong)
    assert log.get(Owner, owner.id).name == "Kind 0"


def test_an_owner_of_another_school_or_none_at_all_erases_nothing(log: Log, listed: Path, carry_out) -> None:
    owner = people(log, 1)[0]
    for owners in ([uuid4()], [owner.id, uuid4()], []):
        with pytest.raises(NotFound):
            carry_out(*owners)
    with acting(school=uuid4(), actor=uuid4()), pytest.raises(NotFound):
        carry_out(owner.id)
    assert log.get(Owner, owner.id).name == "Kind 0"
    assert not listed.exists()


def test_keys_are_not_destroyed_inside_a_transaction_that_could_still_fail(log: Log, carry_out) -> None:
    owner = people(log, 1)[0]
    with log.unit_of_work(), pytest.raises(RuntimeError, match="outside a unit of work"):
        carry_out(owner.id)
    assert log.get(Owner, owner.id).name == "Kind 0"


def test_every_ground_and_asker_can_be_recorded(log: Log, school: UUID, carry_out) -> None:
    owners = people(log, len(GROUNDS) * len(REQUESTERS))
    for owner, (ground, requester) in zip(owners, [(g, r) for g in GROUNDS for r in REQUESTERS], strict=True):
        text = certificate(log, carry_out(owner.id, ground=ground, requester=requester)).text()
        assert GROUNDS[ground] in text
        assert REQUESTERS[requester] in text


# Half done


@pytest.mark.parametrize("step", ["list", "held", "destroy"])
def test_an_erasure_that_stopped_halfway_is_finished_at_the_next_start(
    log: Log, listed: Path, carry_out, monkeypatch, step
) -> None:
    owner, other = people(log, 2)
    keys = keys_of(log, owner.id)

    def stop(*_, **__):
        raise KeyboardInterrupt

    target, name = {
        "list": (ErasedList, "add"),
        "held": (KeyStore, "held"),
        "destroy": (KeyStore, "destroy"),
    }[step]
    monkeypatch.setattr(target, name, stop)
    with pytest.raises(KeyboardInterrupt):
        carry_out(owner.id)
    monkeypatch.undo()
    assert log.key_store.held(keys) == sorted(keys)

    finished = finish_erasures(log, listed)
    assert set(finished.destroyed) == keys
    assert finished.repeated == ()
    log.key_store.forget()
    assert log.get(Owner, owner.id).name == ERASED
    assert log.get(Owner, other.id).name == "Kind 1"
    assert ErasedList(listed).key_ids() == keys
    assert finish_erasures(log, listed) == erasing.Finished((), ())


def test_an_erasure_whose_event_was_not_recorded_destroys_nothing(
    log: Log, listed: Path, carry_out, monkeypatch
) -> None:
    owner = people(log, 1)[0]

    def fail(*_):
        raise LogUnavailable("De schijf is vol.")

    monkeypatch.setattr(erasing, "mark_erased", fail)
    with pytest.raises(LogUnavailable):
        carry_out(owner.id)
    monkeypatch.undo()
    assert not listed.exists()
    assert [row.name for row in events_of(log)] == ["lost_property.owner.Registered"]
    assert log.get(Owner, owner.id).name == "Kind 0"


def test_a_start_with_nothing_to_finish_changes_nothing(log: Log, school: UUID, listed: Path) -> None:
    people(log, 3)
    before = events_of(log)
    assert finish_erasures(log, listed) == finish_erasures(log, listed, restored=True) == erasing.Finished((), ())
    assert events_of(log) == before
    assert not listed.exists()


# Older copies put back


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


# The certificate


def test_the_certificate_lists_what_became_unreadable_and_the_tree_of_that_moment(
    log: Log, school: UUID, carry_out
) -> None:
    owners = people(log, 3)
    for name in ("Een", "Twee", "Drie"):
        owners[1].rename(name=name)
        log.save(owners[1])
    item = found("Een jas")
    log.save(item)
    erasure_id = carry_out(owners[1].id, item.id, ground="consent_withdrawn", requester="pupil")
    head = log.head(school)
    people(log, 5)

    made = certificate(log, erasure_id)

    assert made.unreadable == {
        "lost_property.owner.Registered": (2,),
        "lost_property.owner.Renamed": (4, 5, 6),
        "lost_property.item.Found": (7,),
    }
    assert made.count == 5
    assert (made.tree_size, made.tree_root) == (head.size, head.root())
    assert set(made.keys) == keys_of(log, owners[1].id, item.id)
    text = made.text(name_of=lambda person: "de directeur", title_of=lambda name: name.rpartition(".")[2])
    assert "Renamed: 3 keer (nummer 4-6)" in text
    assert "Besloten door: de directeur" in text
    assert head.root().hex() in text
    assert all(key in text for key in made.keys)
    assert "hoofdsleutel de volgende keer wordt vervangen" in text
    for word in ("Kind", "Een jas", str(owners[1].id)):
        assert word not in text


def test_the_certificate_is_the_same_whenever_it_is_made(log: Log, carry_out) -> None:
    erasure_id = carry_out(people(log, 1)[0].id)
    first = certificate(log, erasure_id).text()
    people(log, 2)
    assert certificate(log, erasure_id).text() == first


def test_another_school_has_no_certificate(log: Log, carry_out) -> None:
    erasure_id = carry_out(people(log, 1)[0].id)
    with acting(school=uuid4()), pytest.raises(NotFound):
        certificate(log, erasure_id)


def test_no_sentence_of_the_certificate_is_long(log: Log, carry_out) -> None:
    text = certificate(log, carry_out(people(log, 1)[0].id)).text()
    for sentence in text.replace("\n", ". ").split(". "):
        assert len(sentence.split()) <= 18, sentence


# The list


def test_the_list_is_kept_private_and_each_key_is_on_it_once(listed: Path) -> None:
    kept = ErasedList(listed)
    assert kept.key_ids() == set()
    kept.add({"0" * 32, "1" * 32}, date(2026, 11, 24))
    kept.add({"1" * 32, "2" * 32}, date(2026, 11, 25))
    assert listed.read_text() == "".join(
        f"2026-11-{day} {digit * 32}\n" for day, digit in [(24, "0"), (24, "1"), (25, "2")]
    )
    assert listed.stat().st_mode & 0o777 == 0o600
    assert kept.key_ids() == {"0" * 32, "1" * 32, "2" * 32}


@pytest.mark.parametrize("cut", [1, 10, 32, 43])
def test_a_line_that_a_crash_cut_off_is_written_anew(listed: Path, cut: int) -> None:
    kept = ErasedList(listed)
    kept.add({"0" * 32}, date(2026, 11, 24))
    whole = listed.read_bytes()
    kept.add({"1" * 32}, date(2026, 11, 24))
    listed.write_bytes(listed.read_bytes()[: len(whole) + cut])
    assert kept.key_ids() == {"0" * 32}
    kept.add({"1" * 32}, date(2026, 11, 24))
    assert kept.key_ids() == {"0" * 32, "1" * 32}


def test_a_list_that_somebody_spoilt_is_refused_with_what_to_do(listed: Path) -> None:
    listed.write_text(f"2026-11-24 {'0' * 32}\n2026-11-24 iets anders\n")
    with pytest.raises(LogUnfit, match="Line 2"):
        ErasedList(listed).key_ids()
    with pytest.raises(LogUnfit, match="Put back your copy"):
        ErasedList(listed).add({"1" * 32}, date(2026, 11, 24))


def test_a_list_may_hold_ids_only_and_remarks(listed: Path) -> None:
    listed.write_text(f"# from the letter of November\n\n{'0' * 32}\n")
    assert ErasedList(listed).key_ids() == {"0" * 32}


def test_a_list_that_cannot_be_written_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(LogUnavailable, match="cannot be written"):
        ErasedList(tmp_path).add({"0" * 32}, date(2026, 11, 24))
