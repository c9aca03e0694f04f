"""How much of a record somebody who reviews the log may know: what is confidential stays a fact without particulars."""

from collections.abc import Callable, Iterable, Mapping
from enum import IntEnum
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, and_, false, or_
from sqlalchemy.engine import Connection

from events.log.tables import event
from intranet.database import db
from intranet.looked_at import listed, looked_at, present


class Reach(IntEnum):
    """From nothing but a number in the log to everything but the words."""

    HIDDEN = 0
    """That it exists, and not who did it: about a member of staff, straight to the board (WPO art. 4a)."""
    CLOSED = 1
    """That somebody did something in a confidential record."""
    FACTS = 2
    """What kind of thing happened where, not who were in it."""
    OPEN = 3
    """The viewer may open the record itself."""


CLOSED = "closed"
"""What stands for the kind of an event where the viewer may not know it: its own would say what the record is."""


Weigh = Callable[[Connection, UUID, frozenset[UUID]], Mapping[UUID, Reach]]
Abouts = Callable[[Connection, UUID, frozenset[UUID]], Mapping[UUID, str]]
Hidden = Callable[[UUID], Any]
Facts = Callable[[UUID], Any]
Named = Callable[[UUID], Any]
Grounds = Callable[[UUID, Iterable[Any]], Mapping[UUID, str]]
Function = TypeVar("Function", bound=Callable[..., Any])

_weigh: dict[str, Weigh] = {}
_facts: dict[str, Facts] = {}
_about: dict[str, Abouts] = {}
_hidden: list[Hidden] = []
_named: list[Named] = []
_grounds: dict[str, Grounds] = {}


def weighs(kind: str, facts: Facts | None = None) -> Callable[[Function], Function]:
    """Register who may know how much of records called `kind`: `(connection, school, ids) -> {id: Reach}`.

    A record that is not in the answer is closed; records of a kind without a function are open, as for accounts.
    `facts` selects the records of the school of which the viewer may know at least the facts: the rest is closed for
    every filter. Without it none is closed, as where there is nothing between all and nothing.
    """

    def register(function: Function) -> Function:
        _weigh[kind] = function
        if facts is not None:
            _facts[kind] = facts
        return function

    return register


def tells_about(kind: str) -> Callable[[Function], Function]:
    """Register what records called `kind` are about, in a few words without names: `(connection, school, ids)`."""

    def register(function: Function) -> Function:
        _about[kind] = function
        return function

    return register


def hides(function: Function) -> Function:
    """Register a select of the ids of records that are hidden from the viewer: `(school) -> select`."""
    _hidden.append(function)
    return function


def names_people(function: Function) -> Function:
    """Register a select of `(stream, person)` of the records whose people the viewer may know: `(school) -> select`."""
    _named.append(function)
    return function


def tells_grounds(kind: str) -> Callable[[Function], Function]:
    """Register on which ground people could read a record called `kind`: `(id, readers) -> {person: code}` of those.

    It is asked at the moment that is looked at, for readers with the duties of then.
    """

    def register(function: Function) -> Function:
        _grounds[kind] = function
        return function

    return register


def grounds_of(kind: str) -> Grounds | None:
    """Return the function that tells on which ground a record of a kind could be read, None for other kinds."""
    return _grounds.get(kind)


def reaches(connection: Connection, school: UUID, streams: Iterable[tuple[str, UUID]]) -> dict[UUID, Reach]:
    """Return how much the viewer may know of each record, given as `(kind, id)`; in the past never more than today."""
    streams = list(streams)
    known = _reaches(connection, school, streams)
    if looked_at():
        with present():
            today = _reaches(db.session.connection(), school, streams)
        known = {stream: min(reach, today[stream]) for stream, reach in known.items()}
    return known


def _reaches(connection: Connection, school: UUID, streams: Iterable[tuple[str, UUID]]) -> dict[UUID, Reach]:
    known: dict[UUID, Reach] = {}
    by_kind: dict[str, set[UUID]] = {}
    for kind, stream in streams:
        by_kind.setdefault(kind, set()).add(stream)
    for kind, ids in by_kind.items():
        function = _weigh.get(kind)
        found = {} if function is None else function(connection, school, frozenset(ids))
        usual = Reach.OPEN if function is None else Reach.CLOSED
        known.update({each: found.get(each, usual) for each in ids})
    return known


def abouts(connection: Connection, school: UUID, streams: Iterable[tuple[str, UUID]]) -> dict[UUID, str]:
    """Return what records are about, given as `(kind, id)`; only ask it for those whose facts the viewer may know."""
    found: dict[UUID, str] = {}
    by_kind: dict[str, set[UUID]] = {}
    for kind, stream in streams:
        if kind in _about:
            by_kind.setdefault(kind, set()).add(stream)
    for kind, ids in by_kind.items():
        found.update(_about[kind](connection, school, frozenset(ids)))
    return found


def hidden_records(school: UUID, besides: Hidden | None = None) -> list[Any]:
    """Return selects of the records that do not exist for the viewer, but as a number."""
    selects = [function(school) for function in _hidden if function is not besides]
    if looked_at():
        with present():
            today = [list(db.session.scalars(function(school))) for function in _hidden if function is not besides]
        selects += [listed(ids) for ids in today]
    return selects


def closed_events(school: UUID) -> ColumnElement[bool]:
    """Return the condition on events of which the viewer may not know the kind: to filter on it would tell it.

    It holds for what is hidden as well; that is left out by `hidden_records`.
    """
    known = {kind: [function(school)] for kind, function in _facts.items()}
    if looked_at():
        with present():
            for kind, function in _facts.items():
                known[kind].append(listed(db.session.scalars(function(school))))
    closed = [
        and_(
            event.c.name.startswith(f"{kind}.", autoescape=True), or_(*(event.c.stream.not_in(ids) for ids in selects))
        )
        for kind, selects in known.items()
    ]
    return or_(false(), *closed)


def people_named(school: UUID) -> list[Any]:
    """Return selects of `(stream, person)` over all features."""
    return [function(school) for function in _named]
