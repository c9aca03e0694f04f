"""A process reads of a record that it knows what is new, and never more or less than the log holds."""

from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa

from events.log import copies
from events.log.aggregate import Aggregate, Code, Personal, event
from events.log.context import acting, only_reading
from events.log.errors import ChangedMeanwhile, NotFound
from events.log.store import Log
from tests.events.log.lost_property import Umbrella


class Tally(Aggregate):
    """How often what was found was brought in, counted at the door."""

    log_name = "lost_property.tally"
    keep_copies = True

    @event("Begun")
    def __init__(self) -> None:
        self.brought: tuple[str, ...] = ()
        self.remark: str | None = None

    @event("Brought")
    def bring(self, *, what: Code) -> None:
        self.brought = (*self.brought, what)

    @event("Remarked")
    def say(self, *, remark: Personal | None) -> None:
        self.remark = remark


@pytest.fixture
def tally(log: Log, school: UUID) -> UUID:
    with acting(school=school):
        begun = Tally()
        begun.bring(what="coat")
        log.save(begun)
    return begun.id


def bring(log: Log, tally: UUID, what: str) -> None:
    record = log.get(Tally, tally)
    record.bring(what=what)
    log.save(record)


def kept(log: Log, school: UUID, tally: UUID) -> tuple[str, ...] | None:
    record, _last = log.copies.of(school, tally)
    return record and record.brought


def test_only_what_is_new_is_read(log: Log, school: UUID, tally: UUID) -> None:
    asked = []

    @sa.event.listens_for(log.read_engine, "before_cursor_execute")
    def note(_connection, _cursor, statement, parameters, *_) -> None:
        if "FROM event" in statement:
            asked.append(list(parameters.values()) if isinstance(parameters, dict) else list(parameters))

    with acting(school=school):
        assert log.get(Tally, tally).brought == ("coat",)
        bring(log, tally, "cap")
        assert log.get(Tally, tally).brought == ("coat", "cap")
        assert log.get(Tally, tally).version == 3
    assert [each[2] for each in asked] == [1, 2, 2, 3]


def test_what_is_done_to_a_record_and_not_saved_is_nobody_elses(log: Log, school: UUID, tally: UUID) -> None:
    with acting(school=school):
        for _ in range(2):
            record = log.get(Tally, tally)
            record.bring(what="scarf")
            assert (record.version, len(record.pending_events)) == (3, 1)
        assert log.get(Tally, tally).brought == ("coat",)
        assert log.get(Tally, tally).pending_events == []


def test_what_another_worker_recorded_is_seen_and_a_late_one_is_told(log, make_log, school: UUID, tally: UUID) -> None:
    other = make_log()
    with acting(school=school):
        late = log.get(Tally, tally)
        bring(other, tally, "cap")
        bring(other, tally, "shoe")
        assert log.get(Tally, tally).brought == ("coat", "cap", "shoe")
        late.bring(what="scarf")
        with pytest.raises(ChangedMeanwhile):
            log.save(late)


def test_what_was_undone_is_not_kept(log: Log, school: UUID, tally: UUID) -> None:
    def interrupted() -> None:
        with log.unit_of_work():
            bring(log, tally, "cap")
            assert log.get(Tally, tally).brought == ("coat", "cap")
            raise RuntimeError

    with acting(school=school):
        with pytest.raises(RuntimeError):
            interrupted()
        assert kept(log, school, tally) == ("coat",)
        assert log.get(Tally, tally).brought == ("coat",)
        bring(log, tally, "shoe")
        assert log.get(Tally, tally).brought == ("coat", "shoe")


def test_words_are_kept_nowhere_but_in_the_log(log: Log, school: UUID, tally: UUID) -> None:
    with acting(school=school):
        record = log.get(Tally, tally)
        record.say(remark=None)
        log.save(record)
        assert log.get(Tally, tally).remark is None
        assert kept(log, school, tally) == ("coat",)
        record.say(remark="Van wie is deze jas?")
        log.save(record)
        for _ in range(2):
            assert log.get(Tally, tally).remark == "Van wie is deze jas?"
            assert kept(log, school, tally) is None


def test_another_school_or_kind_does_not_find_it(log: Log, school: UUID, tally: UUID) -> None:
    with acting(school=school):
        log.get(Tally, tally)
        with pytest.raises(NotFound):
            log.get(Umbrella, tally)
        umbrella = Umbrella(colour="red")
        log.save(umbrella)
        with pytest.raises(NotFound):
            log.get(Tally, umbrella.id)
    with acting(school=uuid4()), pytest.raises(NotFound):
        log.get(Tally, tally)


def test_a_copy_of_a_log_that_was_replaced_counts_for_nothing(log: Log, school: UUID, tally: UUID) -> None:
    with acting(school=school):
        log.get(Tally, tally)
        record, last = log.copies.of(school, tally)
        record.bring(what="ghost")
        log.copies.keep(school, tally, record, (*last[:-1], b'{"what":"ghost"}'))
        assert log.get(Tally, tally).brought == ("coat",)
        assert kept(log, school, tally) == ("coat",)


def test_a_copy_is_of_now_and_not_of_the_past_that_is_looked_at(log: Log, school: UUID, tally: UUID) -> None:
    with acting(school=school):
        log.get(Tally, tally)
        record, last = log.copies.of(school, tally)
        record.bring(what="later")
        log.copies.keep(school, tally, record, last)
        with only_reading():
            assert log.get(Tally, tally).brought == ("coat",)


def test_those_asked_last_are_kept(log: Log, school: UUID, tally: UUID, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(copies, "MOST", 2)
    with acting(school=school):
        others = [Tally(), Tally()]
        log.save(*others)
        for each in (others[0].id, tally, others[0].id, others[1].id):
            log.get(Tally, each)
        assert [kept(log, school, each) for each in (tally, others[0].id, others[1].id)] == [None, (), ()]
