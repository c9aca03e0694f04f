"""The lasting names of events: which class reads and writes `name@version`, with which fields."""

import dataclasses
import sys
import types
import typing
from collections.abc import Callable, Iterator
from datetime import date, datetime
from functools import cached_property, partial
from inspect import get_annotations
from typing import Any
from uuid import UUID

import msgspec
from eventsourcing.domain import AggregateCreated, AggregateEvent
from eventsourcing.utils import get_topic

from events.log.event_type import EventType
from events.log.personal import Code, Filled, SealedValue, is_personal

LIBRARY_FIELDS = frozenset({"originator_id", "originator_version", "timestamp", "originator_topic"})
ENVELOPE_FIELDS = frozenset({"happened_at"})


class BadEventField(TypeError):
    """An event declares a field that could hold unencrypted words or would not survive storage."""


class EventKind:
    """One event of one aggregate: its lasting name, its class and the shape of its payload."""

    def __init__(self, aggregate: type, event_class: type[AggregateEvent]):
        self.aggregate = aggregate
        self.event_class = event_class
        self.name: str = f"{aggregate.log_name}.{event_class.__name__}"  # type: ignore[attr-defined]
        self.version: int = getattr(event_class, "class_version", 1)
        own = [field.name for field in dataclasses.fields(event_class) if field.name not in LIBRARY_FIELDS]
        hints = _hints(event_class, own)
        self.personal = tuple(name for name in own if is_personal(_without_none(hints[name])))
        self.happens = "happened_at" in own
        self.topic = get_topic(aggregate) if issubclass(event_class, AggregateCreated) else None
        fields: list[tuple[str, Any]] = []
        for name in own:
            if name in ENVELOPE_FIELDS:
                continue
            _check(self.name, name, hints[name])
            fields.append((name, self._stored_type(name, hints[name])))
        self.fields = tuple(name for name, _ in fields)
        self.annotations = {name: hints[name] for name in own}
        self.payload = msgspec.defstruct(event_class.__name__, fields, kw_only=True, forbid_unknown_fields=True)
        self._decoder: msgspec.json.Decoder[Any] = msgspec.json.Decoder(self.payload)
        self._stored_fields = fields

    def _stored_type(self, name: str, annotation: Any) -> Any:
        if name not in self.personal:
            return annotation
        return SealedValue if is_personal(annotation) else SealedValue | None

    def encode(self, values: dict[str, Any]) -> bytes:
        """Encode payload values canonically (JSON, sorted keys) and read them back, so nothing unreadable is stored."""
        encoded = msgspec.json.encode(self.payload(**values), order="sorted")
        self._decoder.decode(encoded)
        return encoded

    def decoder(self, version: int, *, words: bool) -> Callable[[bytes], Any]:
        """Return what decodes a payload of this or an older version; without `words` it passes over their ciphertext.

        It raises `msgspec.ValidationError` for what does not fit.
        """
        if version != self.version:
            return partial(self._upcast, version)
        return self._decoder.decode if words else self._passing_over.decode

    def _upcast(self, version: int, payload: bytes) -> Any:
        state = msgspec.json.decode(payload)
        for old in range(version, self.version):
            getattr(self.event_class, f"upcast_v{old}_v{old + 1}")(state)
        return msgspec.convert(state, self.payload)

    @cached_property
    def _passing_over(self) -> "msgspec.json.Decoder[Any]":
        lighter = {SealedValue: Filled, SealedValue | None: Filled | None}
        fields = [(name, lighter[kind] if name in self.personal else kind) for name, kind in self._stored_fields]
        payload = msgspec.defstruct(self.payload.__name__, fields, kw_only=True, forbid_unknown_fields=True)
        return msgspec.json.Decoder(payload)


def _hints(event_class: type, names: list[str]) -> dict[str, Any]:
    """Return the types of these fields. Python would evaluate those of the library too, for each event anew."""
    hints: dict[str, Any] = {}
    for each in reversed([each for each in event_class.__mro__ if isinstance(each, EventType)]):
        annotations = {name: hint for name, hint in get_annotations(each).items() if name in names}
        if annotations:
            declared = types.SimpleNamespace(__annotations__=annotations)
            hints |= typing.get_type_hints(declared, vars(sys.modules[each.__module__]), include_extras=True)
    return hints


def _without_none(annotation: Any) -> Any:
    if typing.get_origin(annotation) in (typing.Union, types.UnionType):
        arms = [arm for arm in typing.get_args(annotation) if arm is not type(None)]
        return arms[0] if len(arms) == 1 else annotation
    return annotation


def _check(kind: str, name: str, annotation: Any) -> None:
    """Refuse what could hold a free sentence in clear, or what changes on its way through storage."""
    annotation = _without_none(annotation)
    if is_personal(annotation) or annotation is Code:
        return
    if annotation in (UUID, int, bool, date, datetime):
        return
    origin = typing.get_origin(annotation)
    if origin in (list, tuple, frozenset):
        for part in typing.get_args(annotation):
            if part is not Ellipsis:
                if is_personal(part):
                    raise BadEventField(f"{kind}.{name}: a list of personal texts; give each text its own event.")
                _check(kind, name, part)
        return
    if isinstance(annotation, type) and issubclass(annotation, msgspec.Struct):
        for part, hint in typing.get_type_hints(annotation, include_extras=True).items():
            if is_personal(_without_none(hint)):
                raise BadEventField(f"{kind}.{name}.{part}: a personal text inside a structure; make it a field.")
            _check(kind, f"{name}.{part}", hint)
        return
    if typing.get_origin(annotation) is typing.Annotated and typing.get_args(annotation)[0] in (int, str):
        raise BadEventField(f"{kind}.{name}: use Code, Personal or int, not another annotated type.")
    raise BadEventField(
        f"{kind}.{name}: {annotation!r} is no type for an event; free text is Personal, a word is Code."
    )


class Registry:
    """All event kinds known to this process, by lasting name and by class."""

    def __init__(self) -> None:
        self._by_name: dict[str, EventKind] = {}
        self._by_class: dict[type, EventKind] = {}

    def register(self, aggregate: type) -> None:
        """Register the events an aggregate class declares. Raises `BadEventField`, or TypeError on a taken name."""
        for event_class in _own_events(aggregate):
            kind = EventKind(aggregate, event_class)
            if kind.name in self._by_name:
                raise TypeError(f"Two classes call themselves {kind.name} in the log.")
            self._by_name[kind.name] = kind
            self._by_class[event_class] = kind

    def forget(self, aggregate: type) -> None:
        """Remove an aggregate's events, as when its plugin is no longer installed."""
        for event_class in _own_events(aggregate):
            kind = self._by_class.pop(event_class)
            del self._by_name[kind.name]

    def of_class(self, event_class: type) -> EventKind:
        """Return the kind of an event class. Raises KeyError for a class that declared no `log_name`."""
        return self._by_class[event_class]

    def named(self, name: str, version: int) -> EventKind | None:
        """Return the kind that can read `name@version`, None when unknown or newer than this program."""
        kind = self._by_name.get(name)
        return kind if kind is not None and version <= kind.version else None

    def __iter__(self) -> Iterator[EventKind]:
        return iter(sorted(self._by_name.values(), key=lambda kind: kind.name))


def _own_events(aggregate: type) -> list[type[AggregateEvent]]:
    return [
        value
        for name, value in vars(aggregate).items()
        if isinstance(value, type)
        and issubclass(value, AggregateEvent)
        and name not in ("Event", "Created")
        and value.__name__ == name
    ]


registry = Registry()
