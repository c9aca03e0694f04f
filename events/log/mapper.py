"""Between an event in the hand and an event in the log: names, payload, encryption; nothing is imported by name."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol
from uuid import UUID

import msgspec
from eventsourcing.persistence import Mapper, StoredEvent
from msgspec.structs import asdict

from events.log.aggregate import UnknownEvent
from events.log.cipher import seal, unseal
from events.log.kinds import EventKind, Registry
from events.log.personal import ERASED, SEALED

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MILLISECOND = timedelta(milliseconds=1)

DOSSIER = "dossier_id"
"""A field of an event that hangs on another record: its words stand under that record's key and are erased with it."""

Decode = Callable[[bytes], Any]
Row = Sequence[Any]
"""A row of the log, in the order of `recorder.COLUMNS`."""
STREAM, VERSION, NAME, NAME_VERSION, RECORDED, HAPPENED, PAYLOAD = 2, 3, 4, 5, 7, 8, 9


def to_milliseconds(moment: datetime) -> int:
    """Return a moment as whole milliseconds since 1970 in UTC. Raises TypeError for a moment without a zone."""
    return (moment - EPOCH) // MILLISECOND


def from_milliseconds(milliseconds: int) -> datetime:
    """Return the moment, in UTC, of a number of milliseconds since 1970."""
    return EPOCH + milliseconds * MILLISECOND


def moments_of(milliseconds: Sequence[int | None]) -> list[datetime | None]:
    """Return the moments of a column of milliseconds: in a tenth of the time that they take one by one."""
    # A number of seconds with a fraction is exact to the microsecond until the next century.
    seconds = [None if each is None else each / 1000 for each in milliseconds]
    return msgspec.convert(seconds, list[datetime | None], strict=False)


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
            owner = values.get(DOSSIER, stream)
            key_id, key = self.keys.key_for(owner, new=version == 1 and owner == stream)
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

    def to_domain_event(self, stored_event: Any) -> Any:
        """Decode and decrypt one stored event; what this program cannot read becomes an `UnknownEvent`."""
        return self.decode_rows([_row(stored_event)], readable=True)[0]

    def decode_rows(self, rows: Iterable[Any], *, readable: bool) -> list[Any]:
        """Decode rows in the order of `recorder.COLUMNS`; not `readable`: words are `SEALED` and no key is touched."""
        kinds: dict[tuple[str, int], tuple[EventKind, Decode] | None] = {}
        events, rows = [], list(rows)
        recorded, happened = (moments_of([row[place] for row in rows]) for place in (RECORDED, HAPPENED))
        for row, recorded_at, happened_at in zip(rows, recorded, happened, strict=True):
            named = row[NAME], row[NAME_VERSION]
            if named not in kinds:
                kind = self.registry.named(*named)
                kinds[named] = None if kind is None else (kind, kind.decoder(row[NAME_VERSION], words=readable))
            known = kinds[named]
            if known is None:
                events.append(_unknown(row))
                continue
            kind, decode = known
            fields = asdict(decode(row[PAYLOAD]))
            for name in kind.personal:
                if fields[name] is not None:
                    fields[name] = self._unseal(row, name, fields[name]) if readable else SEALED
            events.append(_build(kind, row, fields, recorded_at, happened_at))
        return events

    def holds_words(self, domain_event: Any) -> bool:
        """Tell whether an event holds words; of one that this program cannot read nobody knows."""
        if isinstance(domain_event, UnknownEvent):
            return True
        personal = self.registry.of_class(type(domain_event)).personal
        return any(getattr(domain_event, name) is not None for name in personal)

    def as_recorded(self, domain_event: Any, stored: StoredFact) -> Any:
        """Return the event as a projection meets it again at a replay: sealed, in milliseconds, with its envelope."""
        kind = self.registry.of_class(type(domain_event))
        values: Mapping[str, Any] = vars(domain_event)
        fields = {name: values[name] for name in kind.fields}
        for name in kind.personal:
            if fields[name] is not None:
                fields[name] = SEALED
        row = _row(stored)
        return _build(kind, row, fields, *moments_of((row[RECORDED], row[HAPPENED])))

    def _unseal(self, row: Row, field: str, value: Any) -> str:
        key = self.keys.open(value.k)
        return ERASED if key is None else unseal(key, value, row[STREAM], row[VERSION], field)


def _row(stored: Any) -> Row:
    return (
        stored.school, stored.position, stored.originator_id, stored.originator_version, stored.topic,
        stored.name_version, stored.actor, stored.recorded_at, stored.happened_at, stored.state,
    )  # fmt: skip


def _build(
    kind: EventKind, row: Row, fields: dict[str, Any], recorded_at: datetime | None, happened_at: datetime | None
) -> Any:
    school, position, stream, version, _name, _name_version, actor, _recorded, _happened, _payload = row
    # One by one: this is done for each event of a replay, and a dictionary of them takes twice as long.
    fields["originator_id"] = stream
    fields["originator_version"] = version
    fields["timestamp"] = fields["recorded_at"] = recorded_at
    fields["school_id"] = school
    fields["actor_id"] = actor
    fields["position"] = position
    if kind.topic is not None:
        fields["originator_topic"] = kind.topic
    if kind.happens:
        fields["happened_at"] = happened_at
    event = object.__new__(kind.event_class)
    object.__setattr__(event, "__dict__", fields)
    return event


def _unknown(row: Row) -> UnknownEvent:
    school, position, stream, version, name, name_version, actor, recorded, _happened, _payload = row
    recorded_at = from_milliseconds(recorded)
    event = object.__new__(UnknownEvent)
    vars(event).update(
        originator_id=stream,
        originator_version=version,
        timestamp=recorded_at,
        name=name,
        name_version=name_version,
        recorded_at=recorded_at,
        school_id=school,
        actor_id=actor,
        position=position,
    )
    return event
