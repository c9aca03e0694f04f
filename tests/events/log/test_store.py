"""Saving and reading records: one transaction, one school, one kind; nothing half."""

from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa

from events.log import merkle
from events.log.context import acting
from events.log.errors import AlreadyDone, ChangedMeanwhile, LogUnavailable, NotFound, Refused, UnknownSchool
from events.log.keys import key_use
from events.log.personal import SEALED
from events.log.store import Log
from events.log.tables import event
from tests.events.log.lost_property import FOUND_AT, FoundItem, Umbrella, found


def test_what_was_saved_is_read_back_with_its_words(log: Log, school: UUID) -> None:
    with acting(school=school, actor=uuid4()):
        item = found("Een rode jas", note="naam in de kraag: Ünal 🧥")
        log.save(item)
        read = log.get(FoundItem, item.id)
    assert (read.what, read.note, read.place, read.version) == ("Een rode jas", "naam in de kraag: Ünal 🧥", "plein", 1)
    assert read.happened_at == FOUND_AT.replace(microsecond=123000)


def test_the_words_are_nowhere_in_the_row(log: Log, school: UUID) -> None:
    with acting(school=school):
        log.save(found("Een rode jas"))
    with log.read() as connection:
        payload = connection.scalar(sa.select(event.c.payload))
    assert b"plein" in payload
    assert b"jas" not in payload


def test_the_row_carries_actor_school_and_place_and_its_leaf_covers_them(log: Log, school: UUID) -> None:
    actor = uuid4()
    with acting(school=school, actor=actor):
        item = found()
        log.save(item)
    with log.read() as connection:
        row = connection.execute(sa.select(event)).one()
    assert (row.school, row.position, row.stream, row.version) == (school, 1, item.id, 1)
    assert (row.name, row.name_version, row.actor) == ("lost_property.item.Found", 1, actor)
    leaf = merkle.leaf_hash(
        school.bytes, 1, item.id.bytes, 1, row.name, 1, actor.bytes, row.recorded_at, row.happened_at, row.payload
    )
    assert row.leaf == leaf
    assert log.head(school).root() == merkle.tree_root([leaf])


def test_another_school_or_kind_does_not_find_it(log: Log, school: UUID) -> None:
    with acting(school=school):
        item = found()
        log.save(item)
        with pytest.raises(NotFound):
            log.get(Umbrella, item.id)
        with pytest.raises(NotFound):
            log.get(FoundItem, uuid4())
    with acting(school=uuid4()), pytest.raises(NotFound):
        log.get(FoundItem, item.id)


def test_the_second_of_two_who_change_the_same_record_is_told(log: Log, school: UUID) -> None:
    with acting(school=school):
        item = found()
        log.save(item)
        mine, theirs = log.get(FoundItem, item.id), log.get(FoundItem, item.id)
        theirs.hand_back(owner_id=uuid4(), remark=None)
        log.save(theirs)
        mine.hand_back(owner_id=uuid4(), remark=None)
        with pytest.raises(ChangedMeanwhile):
            log.save(mine)
    assert log.head(school).size == 2


def test_what_fails_after_a_save_reaches_neither_who_saved_nor_what_follows_besides(
    log: Log, school: UUID, caplog: pytest.LogCaptureFixture
) -> None:
    heard: list[int] = []

    def fail(_facts: object) -> None:
        raise RuntimeError("Een rode jas")

    log.after_commit += [fail, lambda facts: heard.append(len(facts))]
    with acting(school=school):
        log.save(found())
    assert heard == [1]
    assert caplog.messages == ["What follows from a save failed: RuntimeError"]
    assert "rode jas" not in caplog.text


def test_a_broken_rule_records_nothing(log: Log, school: UUID) -> None:
    with acting(school=school):
        item = found()
        item.hand_back(owner_id=uuid4(), remark=None)
        log.save(item)
        again = log.get(FoundItem, item.id)
        with pytest.raises(Refused, match="al opgehaald"):
            again.hand_back(owner_id=uuid4(), remark=None)
        log.save(again)
    assert log.head(school).size == 2


def test_a_form_is_accepted_once_and_names_what_it_made(log: Log, school: UUID) -> None:
    with acting(school=school, command_key="once"):
        item = found()
        log.save(item)
    with acting(school=school, command_key="once"), pytest.raises(AlreadyDone) as done:
        log.save(found())
    assert (done.value.stream, done.value.kind) == (item.id, "lost_property.item")
    assert log.head(school).size == 1


def test_a_unit_of_work_is_all_or_nothing(log: Log, school: UUID) -> None:
    def interrupted() -> None:
        with acting(school=school), log.unit_of_work():
            log.save(found())
            raise RuntimeError

    with pytest.raises(RuntimeError):
        interrupted()
    assert log.head(school).size == 0
    with log.read() as connection:
        assert connection.scalar(sa.select(sa.func.count()).select_from(key_use)) == 0


def test_who_acts_within_a_transaction_is_who_did_it(log: Log, school: UUID) -> None:
    somebody, somebody_else = uuid4(), uuid4()
    with acting(school=school, actor=somebody), log.unit_of_work() as unit:
        log.save(found("Een want"))
        with acting(school=school, actor=somebody_else):
            log.save(found("Een muts"))
        assert [fact.actor_id for fact in unit.recorded] == [somebody, somebody_else]
    assert [fact.actor_id for fact in log.history(school)] == [somebody, somebody_else]


def test_two_schools_can_be_written_in_one_transaction(log: Log, school: UUID) -> None:
    board = uuid4()
    with acting(school=school), log.unit_of_work():
        log.save(found())
        with acting(school=board):
            log.save(found())
    assert (log.head(school).size, log.head(board).size) == (1, 1)


def test_outside_a_school_nothing_is_saved_or_read(log: Log) -> None:
    with pytest.raises(UnknownSchool):
        log.save(found())
    with pytest.raises(UnknownSchool):
        log.get(FoundItem, uuid4())


def test_a_dossier_has_one_key_of_its_own(log: Log, school: UUID) -> None:
    with acting(school=school):
        item, other = found(note="a"), found()
        log.save(item, other)
        again = log.get(FoundItem, item.id)
        again.hand_back(owner_id=uuid4(), remark="dank je")
        log.save(again)
    with log.read() as connection:
        owners = list(connection.scalars(sa.select(key_use.c.owner)))
    assert sorted(owners) == sorted([item.id, other.id])


def test_an_event_without_words_takes_no_key(log: Log, school: UUID) -> None:
    with acting(school=school):
        log.save(Umbrella(colour="red"))
    with log.read() as connection:
        assert connection.execute(key_use.select()).all() == []


def test_facts_are_sealed_unless_asked(log: Log, school: UUID) -> None:
    with acting(school=school):
        log.save(found("Een rode jas"))
    (sealed,), (readable,) = log.facts(school), log.facts(school, readable=True)
    assert (sealed.what, sealed.note, readable.what) == (SEALED, None, "Een rode jas")


def test_history_goes_page_by_page_in_order(log: Log, school: UUID, monkeypatch: pytest.MonkeyPatch) -> None:
    with acting(school=school):
        for _ in range(7):
            log.save(found())
    monkeypatch.setattr(Log.facts, "__kwdefaults__", {**Log.facts.__kwdefaults__, "at_most": 3})
    assert [fact.position for fact in log.history(school)] == [1, 2, 3, 4, 5, 6, 7]
    assert [fact.position for fact in log.history(school, after=2, until=5)] == [3, 4, 5]


def test_an_older_version_of_a_record_can_be_asked(log: Log, school: UUID) -> None:
    with acting(school=school):
        item = found()
        item.hand_back(owner_id=uuid4(), remark=None)
        log.save(item)
        assert log.get(FoundItem, item.id, version=1).owner_id is None
    assert log.version_of(school, item.id) == 2


def test_a_database_that_cannot_write_is_a_sentence(log: Log, school: UUID) -> None:
    def full() -> None:
        with acting(school=school), log.unit_of_work():
            log.save(found())
            raise sa.exc.OperationalError("INSERT", {}, Exception("database or disk is full"))

    with pytest.raises(LogUnavailable):
        full()
    assert log.head(school).size == 0


def test_many_records_are_read_at_once_in_the_order_asked(log: Log, school: UUID) -> None:
    with acting(school=school):
        jacket, bag = found("Een rode jas"), found("Een tas")
        umbrella = Umbrella(colour="blue")
        log.save(jacket, bag, umbrella)
        bag.hand_back(owner_id=uuid4(), remark="met de beer")
        log.save(bag)
    with acting(school=uuid4()):
        strange = found("Van een andere school")
        log.save(strange)
    with acting(school=school):
        each = log.get_each(FoundItem, [bag.id, strange.id, umbrella.id, uuid4(), jacket.id, bag.id])
    assert list(each) == [bag.id, jacket.id]
    assert (each[jacket.id].what, each[bag.id].remark, each[bag.id].version) == ("Een rode jas", "met de beer", 2)


def test_reading_many_takes_as_few_statements_as_reading_one(log: Log, school: UUID) -> None:
    with acting(school=school):
        items = [found(f"Jas {number}") for number in range(20)]
        log.save(*items)
        log.key_store.forget()
        statements: list[str] = []
        for engine in (log.read_engine, log.key_store.engine):
            sa.event.listen(engine, "before_cursor_execute", lambda *told: statements.append(told[2]))
        assert len(log.get_each(FoundItem, [item.id for item in items])) == 20
    # Not counted: whether keys were destroyed elsewhere, asked again each time the pool being filled changes the file.
    assert len([each for each in statements if "SELECT" in each and "state.generation" not in each]) < 6
