"""Between an event in the hand and an event in the log: names, payload, encryption; nothing is imported by name."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol
from uuid import UUID

from eventsourcing.persistence import Mapper, StoredEvent

from events.log.aggregate import UnknownEvent
from events.log.cipher import seal, unseal
from events.log.kinds import EventKind, Registry
from events.log.personal import ERASED, SEALED

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MILLISECOND = timedelta(milliseconds=1)


def to_milliseconds(moment: datetime) -> int:
    """Return a moment as whole milliseconds since 1970 in UTC. Raises TypeError for a moment without a zone."""
    return (moment - EPOCH) // MILLISECOND


def from_milliseconds(milliseconds: int) -> datetime:
    """Return the moment, in UTC, of a number of milliseconds since 1970."""
    return EPOCH + milliseconds * MILLISECOND


@dataclass(frozen=True)
class StoredFact(StoredEvent):
    """A row of the log: the library's stored event with the envelope that our log adds."""

    name_version: int = 1
    school: UUID | None = None
    position: int = 0
    actor: UUID | None = None
    recorded_at: int = 0
    happened_at: int | None = None


class Keys(Protocol):
    """Where the mapper gets data keys: by owner when writing, by key id when reading."""

    def key_for(self, owner: UUID, *, new: bool) -> tuple[str, bytes]: ...

    def open(self, key_id: str) -> bytes | None: ...


class LogMapper(Mapper[UUID]):
    """Maps events to `StoredFact` and back through the registry of lasting names."""

    def __init__(self, registry: Registry, keys: Keys):
        self.registry = registry
        self.keys = keys

    def to_stored_event(self, domain_event: Any) -> StoredFact:
        """Encrypt, encode and address one event; its place in the school's order is given by the recorder."""
        kind = self.registry.of_class(type(domain_event))
        values = vars(domain_event)
        stream, version = domain_event.originator_id, domain_event.originator_version
        fields = {name: values[name] for name in kind.fields}
        filled = [name for name in kind.personal if fields[name] is not None]
        if filled:
            key_id, key = self.keys.key_for(stream, new=version == 1)
            for name in filled:
                fields[name] = seal(key, key_id, stream, version, name, fields[name])
        return StoredFact(
            originator_id=stream,
            originator_version=version,
            topic=kind.name,
            state=kind.encode(fields),
            name_version=kind.version,
            happened_at=self.happened_at(domain_event),
        )

    def happened_at(self, domain_event: Any) -> int | None:
        """Return when the event happened, in milliseconds, for kinds that know it."""
        happened = getattr(domain_event, "happened_at", None)
        return None if happened is None else to_milliseconds(happened)

    def to_domain_event(self, stored_event: StoredEvent) -> Any:
        """Decode and decrypt one stored event; what this program cannot read becomes an `UnknownEvent`."""
        return self.decode(stored_event, readable=True)

    def decode(self, stored: Any, *, readable: bool) -> Any:
        """Decode one row; with `readable=False` personal fields stay `SEALED` and no key is touched."""
        kind = self.registry.named(stored.topic, stored.name_version)
        if kind is None:
            return _unknown(stored)
        fields = kind.decode(stored.state, stored.name_version)
        for name in kind.personal:
            if fields[name] is not None:
                fields[name] = self._unseal(stored, name, fields[name]) if readable else SEALED
        return _build(kind, stored, fields)

    def decode_rows(self, rows: Iterable[Any], *, readable: bool) -> list[Any]:
        """Decode rows in the order of `recorder.COLUMNS`."""
        decode = self.decode
        return [decode(_from_row(row), readable=readable) for row in rows]

    def as_recorded(self, domain_event: Any, stored: StoredFact) -> Any:
        """Return the event as a projection meets it again at a replay: sealed, in milliseconds, with its envelope."""
        kind = self.registry.of_class(type(domain_event))
        values: Mapping[str, Any] = vars(domain_event)
        fields = {name: values[name] for name in kind.fields}
        for name in kind.personal:
            if fields[name] is not None:
                fields[name] = SEALED
        return _build(kind, stored, fields)

    def _unseal(self, stored: Any, field: str, value: Any) -> str:
        key = self.keys.open(value.k)
        if key is None:
            return ERASED
        return unseal(key, value, stored.originator_id, stored.originator_version, field)


class _Row:
    """A row under the names that `StoredFact` has; cheaper than building one per row at a replay."""

    __slots__ = (
        "actor", "happened_at", "name_version", "originator_id", "originator_version", "position", "recorded_at",
        "school", "state", "topic",
    )  # fmt: skip
    actor: UUID | None
    happened_at: int | None
    name_version: int
    originator_id: UUID
    originator_version: int
    position: int
    recorded_at: int
    school: UUID
    state: bytes
    topic: str


def _from_row(row: Any) -> _Row:
    stored = _Row()
    (
        stored.school, stored.position, stored.originator_id, stored.originator_version, stored.topic,
        stored.name_version, stored.actor, stored.recorded_at, stored.happened_at, stored.state,
    ) = row  # fmt: skip
    return stored


def _build(kind: EventKind, stored: Any, fields: dict[str, Any]) -> Any:
    recorded_at = from_milliseconds(stored.recorded_at)
    fields.update(
        originator_id=stored.originator_id,
        originator_version=stored.originator_version,
        timestamp=recorded_at,
        recorded_at=recorded_at,
        school_id=stored.school,
        actor_id=stored.actor,
        position=stored.position,
    )
    if kind.topic is not None:
        fields["originator_topic"] = kind.topic
    if kind.happens:
        fields["happened_at"] = None if stored.happened_at is None else from_milliseconds(stored.happened_at)
    event = object.__new__(kind.event_class)
    object.__setattr__(event, "__dict__", fields)
    return event


def _unknown(stored: Any) -> UnknownEvent:
    recorded_at = from_milliseconds(stored.recorded_at)
    event = object.__new__(UnknownEvent)
    vars(event).update(
        originator_id=stored.originator_id,
        originator_version=stored.originator_version,
        timestamp=recorded_at,
        name=stored.topic,
        name_version=stored.name_version,
        recorded_at=recorded_at,
        school_id=stored.school,
        actor_id=stored.actor,
        position=stored.position,
    )
    return event
