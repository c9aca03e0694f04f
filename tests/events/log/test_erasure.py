"""Erasing makes the words of one owner unreadable everywhere and for good, and touches nothing else."""

from pathlib import Path
from uuid import UUID, uuid4

import msgspec
import pytest

from events.log import erasure as erasing
from events.log.aggregate import ERASED
from events.log.context import acting
from events.log.erased_list import ErasedList
from events.log.erasure import GROUNDS, REQUESTERS, Erasure, finish_erasures
from events.log.erasure_certificate import certificate
from events.log.errors import LogUnavailable, NotFound, Refused
from events.log.keystore import KeyStore
from events.log.merkle import tree_root
from events.log.store import Log
from tests.events.log.erasing import DECIDER, Owner, events_of, keys_of, people, rehash
from tests.events.log.lost_property import FoundItem, found

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
