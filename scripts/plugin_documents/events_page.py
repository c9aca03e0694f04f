"""docs/events.md: everything that the core and the bundled plugins can write in the log."""

import inspect
import typing
from datetime import date, datetime
from importlib import import_module
from itertools import groupby
from pkgutil import iter_modules
from uuid import UUID

import msgspec
from eventsourcing.domain import CommandMethodDecorator

from events.log.kinds import EventKind, registry
from events.log.personal import Code, is_personal
from intranet import features
from plugin_documents.sources import MADE, Undocumented, first_sentence

BEGINNING = """\
# Events

What can stand in the log. The name, the version and the fields of an event are lasting: copies of the log with them
have left the building. A change of fields needs a new version and an upcaster; [log-format.md](log-format.md) gives
every byte.

Every event also has, in clear: school, position, record and its version, who did it (`actor`), when it was recorded,
and where it is told, when it happened. A field that can hold words about a person is *personal*: encrypted under the
key of its record, and unreadable once that key is erased. A *code* is a word from a fixed list. An *id* is random and
says nothing.

"""
NAMES = {UUID: "id", int: "number", bool: "yes or no", date: "day", datetime: "moment", type(None): "nothing"}


def page(_now: str) -> str:
    """Return the page as it should be."""
    features.projections()
    features.blueprints()
    bundled = import_module("plugins")
    for module in iter_modules(bundled.__path__):
        if module.ispkg:
            import_module(f"plugins.{module.name}.plugin")
    kinds = [
        kind for kind in registry if kind.aggregate.__module__.partition(".")[0] in ("events", "intranet", "plugins")
    ]
    parts = [MADE.format(source="the events themselves"), BEGINNING]
    for area, of_area in groupby(kinds, key=lambda kind: kind.name.partition(".")[0]):
        parts.append(f"## {area}\n\n")
        parts += [_kind(kind) for kind in of_area]
    return "".join(parts).rstrip() + "\n"


def _kind(kind: EventKind) -> str:
    version = f" (version {kind.version})" if kind.version > 1 else ""
    shown = [(name, hint) for name, hint in kind.annotations.items()]
    rows = "".join(f"| `{name}` | {_type(hint)} |\n" for name, hint in shown)
    table = f"| field | kind |\n|---|---|\n{rows}" if rows else "No fields of its own.\n"
    return f"### {kind.name}{version}\n\n{sentence_of(kind)}\n\n{table}\n"


def sentence_of(kind: EventKind) -> str:
    """Return what an event says: the docstring of the method that makes it, or of the command before that.

    Raises `Undocumented` when nobody says it.
    """
    methods = [pair for each in kind.aggregate.__mro__ for pair in vars(each).items()]
    for name, method in methods:
        made = isinstance(method, CommandMethodDecorator) and (method.given_event_cls or method.event_cls_name)
        # The library makes a class of its own from one that was given.
        if getattr(made, "__name__", made) != kind.event_class.__name__:
            continue
        command = kind.aggregate if name == "__init__" else getattr(kind.aggregate, name.lstrip("_"), None)
        text = method.decorated_func.__doc__ or (command.__doc__ if command is not None else None)
        if text:
            return first_sentence(inspect.cleandoc(text))
    raise Undocumented(f"Nothing says what {kind.name} means: give the method that makes it a docstring.")


def _type(hint: object) -> str:
    arms = [arm for arm in typing.get_args(hint) if arm is not type(None)]
    if is_personal(hint):
        return "personal"
    if hint is Code:
        return "code"
    if type(None) in typing.get_args(hint):
        return f"{' or '.join(map(_type, arms))}, or nothing"
    if typing.get_origin(hint) in (tuple, list, frozenset):
        return "list of " + ", ".join(_type(arm) for arm in typing.get_args(hint) if arm is not Ellipsis)
    if isinstance(hint, type) and issubclass(hint, msgspec.Struct):
        inside = typing.get_type_hints(hint, include_extras=True)
        return "(" + ", ".join(f"`{name}`: {_type(part)}" for name, part in inside.items()) + ")"
    return NAMES[hint]  # type: ignore[index]
