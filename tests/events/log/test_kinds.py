"""Lasting names: what an event may hold, how it is read again years later, and what becomes of an unknown one."""

import itertools
from dataclasses import FrozenInstanceError
from datetime import datetime
from typing import Annotated
from uuid import UUID, uuid4

import msgspec
import pytest
import sqlalchemy as sa
from eventsourcing.domain import AggregateEvent

from events.log import clock
from events.log.aggregate import Aggregate, Code, Personal, UnknownEvent, event
from events.log.context import acting
from events.log.kinds import BadEventField, Registry, registry
from events.log.store import Log
from events.log.tables import event as event_table
from tests.events.log.lost_property import FoundItem, found

numbers = itertools.count()


def declare(annotation: object) -> type[Aggregate]:
    """Declare an aggregate with one event with one field of this type."""

    def __init__(self, *, value):  # noqa: N807
        self.value = value

    __init__.__annotations__ = {"value": annotation}
    number = next(numbers)
    body = {"log_name": f"tests.thing{number}", "__init__": event("Made")(__init__), "__module__": __name__}
    return type(f"Thing{number}", (Aggregate,), body)


class Part(msgspec.Struct, frozen=True):
    person_id: UUID
    role: Code


class Wordy(msgspec.Struct, frozen=True):
    remark: str


@pytest.mark.parametrize(
    "annotation",
    [
        Code,
        Code | None,
        "Code | None",
        "tuple[Part, ...]",
        UUID,
        int,
        bool,
        datetime,
        Personal,
        Personal | None,
        tuple[Part, ...],
        list[Code],
        UUID | None,
    ],
)
def test_a_field_may_be(annotation: object) -> None:
    declare(annotation)


@pytest.mark.parametrize(
    "annotation",
    [str, dict, dict[str, str], object, list[str], Wordy, tuple[Wordy, ...], list[Personal], float, bytes, str | None,
     Annotated[str, "remark"], str | int],
)  # fmt: skip
def test_a_field_may_not_be(annotation: object) -> None:
    with pytest.raises(BadEventField):
        declare(annotation)


@pytest.mark.parametrize("sentence", ["Noor sloeg Sem", "", "Plein", "a" * 65, "plein\n", "é"])
def test_a_code_cannot_hold_a_sentence_or_a_name(log: Log, school: UUID, sentence: str) -> None:
    with acting(school=school), pytest.raises(msgspec.ValidationError):
        log.save(found(place=sentence))
    assert log.head(school).size == 0


@pytest.mark.parametrize(
    "misfit",
    [{"what": None}, {"what": "Een rode jas"}, {"place": "Noor sloeg Sem"}, {"more": 1}, {"note": ["k"]}],
)
def test_what_does_not_fit_is_refused_whether_its_words_are_read_or_passed_over(misfit: dict[str, object]) -> None:
    kind, sealed = registry.of_class(FoundItem.Found), {"k": "ab", "n": "", "c": ""}
    fits = {"place": "plein", "what": sealed, "note": None}
    for decode in (kind.decoder(1, words=True), kind.decoder(1, words=False)):
        decoded = decode(msgspec.json.encode(fits))
        assert (decoded.place, decoded.what is None, decoded.note) == ("plein", False, None)
        with pytest.raises(msgspec.ValidationError):
            decode(msgspec.json.encode(fits | misfit))


def test_a_name_is_taken_once() -> None:
    mine = Registry()
    mine.register(FoundItem)
    with pytest.raises(TypeError, match=r"lost_property\.item\.Found"):
        mine.register(FoundItem)


def test_names_are_declared_and_not_the_modules() -> None:
    assert registry.of_class(FoundItem.HandedBack).name == "lost_property.item.HandedBack"


def test_events_of_a_plugin_that_left_are_kept_and_passed_over(log: Log, school: UUID) -> None:
    with acting(school=school):
        item = found()
        item.hand_back(owner_id=uuid4(), remark="dank")
        log.save(item)
    without = Registry()
    log.mapper.registry = without
    unknown = log.facts(school)
    assert [type(fact) for fact in unknown] == [UnknownEvent, UnknownEvent]
    assert [(fact.name, fact.name_version, fact.position) for fact in unknown] == [
        ("lost_property.item.Found", 1, 1),
        ("lost_property.item.HandedBack", 1, 2),
    ]


def test_a_topic_in_the_log_never_imports_anything(log: Log, school: UUID) -> None:
    with acting(school=school):
        log.save(found())
    with log.write_engine.begin() as connection:
        row = dict(connection.execute(sa.select(event_table)).mappings().one())
        row.update(position=2, stream=uuid4(), name="os:system")
        connection.execute(event_table.insert(), row)
    assert isinstance(log.facts(school, after=1)[0], UnknownEvent)


class Old(Aggregate):
    log_name = "tests.versioned"

    @event("Placed")
    def __init__(self, *, place: Code, happened_at: datetime):
        self.place = place


class Relabelled(Aggregate):
    """What `Old` became: its first event names a zone instead of a place."""

    log_name = "tests.versioned.now"

    class Placed(Aggregate.Created):
        class_version = 2
        zone: Code
        happened_at: datetime

        @staticmethod
        def upcast_v1_v2(state: dict) -> None:
            state["zone"] = f"zone-{state.pop('place')}"

    @event(Placed)
    def __init__(self, zone: Code, happened_at: datetime):
        self.zone = zone


def test_an_old_event_is_read_in_its_new_shape_and_its_bytes_stay(log: Log, school: UUID) -> None:
    from tests.events.log.lost_property import FOUND_AT

    with acting(school=school):
        log.save(Old(place="plein", happened_at=FOUND_AT))
    renamed = Registry()
    renamed.register(Relabelled)
    (kind,) = renamed
    kind.name = "tests.versioned.Placed"
    renamed._by_name = {kind.name: kind}
    before = log.head(school).root()
    log.mapper.registry = renamed
    (fact,) = log.facts(school)
    assert fact.zone == "zone-plein"
    assert log.head(school).root() == before


def test_an_event_from_a_newer_program_is_unknown_not_misread(log: Log, school: UUID) -> None:
    with acting(school=school):
        log.save(found())
    with log.write_engine.begin() as connection:
        row = dict(connection.execute(sa.select(event_table)).mappings().one())
        row.update(position=2, stream=uuid4(), name_version=2)
        connection.execute(event_table.insert(), row)
    assert isinstance(log.facts(school, after=1)[0], UnknownEvent)


def test_events_are_equal_when_all_that_they_say_is() -> None:
    said = {"originator_id": uuid4(), "originator_version": 2, "timestamp": clock.now()}
    said |= {"owner_id": uuid4(), "remark": "dank"}
    one = FoundItem.HandedBack(**said)
    assert (one, hash(one)) == (FoundItem.HandedBack(**said), hash(FoundItem.HandedBack(**said)))
    assert one != FoundItem.HandedBack(**said | {"remark": "bedankt"})
    assert one != AggregateEvent(**{name: said[name] for name in ("originator_id", "originator_version", "timestamp")})
    assert "HandedBack(" in repr(one)
    assert "remark='dank'" in repr(one)
    with pytest.raises(FrozenInstanceError):
        one.remark = "niets"
