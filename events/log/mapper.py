"""Between an event in the hand and an event in the log: names, payload, encryption; nothing is imported by name."""

from collections.abc import Callable, Iterable, Sequence
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
STREAM, VERSION = 2, 3


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
        return self.decode_columns(list(zip(*rows, strict=True)), readable=readable)

    def decode_columns(self, columns: Sequence[Sequence[Any]], *, readable: bool) -> list[Any]:
        """Decode rows that come as their columns, in that order; no columns are no rows."""
        if not columns:
            return []
        schools, positions, streams, versions, names, name_versions, actors, recorded, happened, payloads = columns
        kinds: dict[tuple[str, int], tuple[EventKind, Decode] | None] = {}
        events = []
        for school, position, stream, version, named, actor, recorded_at, happened_at, payload in zip(
            schools, positions, streams, versions, zip(names, name_versions, strict=True), actors,
            moments_of(recorded), moments_of(happened), payloads, strict=True,
        ):  # fmt: skip
            if named not in kinds:
                kind = self.registry.named(*named)
                kinds[named] = None if kind is None else (kind, kind.decoder(named[1], words=readable))
            known = kinds[named]
            event: Any
            if known is None:
                event, fields = object.__new__(UnknownEvent), {"name": named[0], "name_version": named[1]}
            else:
                kind, decode = known
                event, fields = object.__new__(kind.event_class), asdict(decode(payload))
                for field in kind.personal:
                    if fields[field] is not None:
                        fields[field] = self._unseal(stream, version, field, fields[field]) if readable else SEALED
                if kind.topic is not None:
                    fields["originator_topic"] = kind.topic
                if kind.happens:
                    fields["happened_at"] = happened_at
            # One by one: this is done for each event of a replay, and a dictionary of them takes twice as long.
            fields["originator_id"] = stream
            fields["originator_version"] = version
            fields["timestamp"] = fields["recorded_at"] = recorded_at
            fields["school_id"] = school
            fields["actor_id"] = actor
            fields["position"] = position
            object.__setattr__(event, "__dict__", fields)
            events.append(event)
        return events

    def holds_words(self, domain_event: Any) -> bool:
        """Tell whether an event holds words; of one that this program cannot read nobody knows."""
        if isinstance(domain_event, UnknownEvent):
            return True
        personal = self.registry.of_class(type(domain_event)).personal
        return any(getattr(domain_event, name) is not None for name in personal)

    def _unseal(self, stream: UUID, version: int, field: str, value: Any) -> str:
        key = self.keys.open(value.k)
        return ERASED if key is None else unseal(key, value, stream, version, field)


def _row(stored: Any) -> Row:
    return (
        stored.school, stored.position, stored.originator_id, stored.originator_version, stored.topic,
        stored.name_version, stored.actor, stored.recorded_at, stored.happened_at, stored.state,
    )  # fmt: skip
