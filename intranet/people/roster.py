"""The names of the people of a school, read from the log when a page is shown and kept until somebody changes.

Tables hold no names. Each process keeps the decrypted names of a school in memory and asks one small row whether they
are still true: ten years of a school are some 700 people.
"""

import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from typing import Any
from uuid import UUID

from flask import has_request_context
from sqlalchemy import Table, and_, bindparam, select
from sqlalchemy.engine import Connection

from events.frozen import frozen
from events.log.personal import ERASED
from events.log.recorder import COLUMNS
from events.log.tables import event, key_use
from intranet.database import kept_while_reading, log
from intranet.looked_at import looked_at, memory
from intranet.people import projections as tables
from intranet.people.events import PUPIL

_CACHE = "geborgen.rosters"
_instead: ContextVar[tuple[UUID, "Roster"] | None] = ContextVar("geborgen.roster_instead", default=None)
_changed_at = select(tables.change.c.position).where(tables.change.c.school == bindparam("of_school"))


@frozen
class Name:
    """A person as pages call them. `group` is the name of their class group, `here` whether they are at the school."""

    person_id: UUID
    given: str
    infix: str | None
    family: str | None
    kind: str
    group: str | None = None
    group_id: UUID | None = None
    year_group: str | None = None
    since: date | None = None
    left_on: date | None = None

    @property
    def here(self) -> bool:
        return self.left_on is None

    @property
    def short(self) -> str:
        """What the person is called: "Noor"."""
        return self.given

    @property
    def full(self) -> str:
        """The whole name: "Noor van der Berg"."""
        if self.given is ERASED:
            return ERASED
        return " ".join(part for part in (self.given, self.infix, self.family) if part)

    @property
    def sort_key(self) -> tuple[str, str, str]:
        """The Dutch order: "van der Berg" stands under B."""
        return fold(self.family or self.given), fold(self.given), fold(self.infix or "")

    def starts_with(self, word: str) -> bool:
        """Tell whether a folded word is the beginning of a part of the name."""
        parts = fold(" ".join(part for part in (self.given, self.infix, self.family) if part))
        return any(part.startswith(word) for part in (*parts.split(), *parts.replace("-", " ").split()))


@frozen
class GroupName:
    """A class group as pages call it."""

    group_id: UUID
    name: str
    year_groups: tuple[str, ...]
    closed_on: date | None = None

    @property
    def open(self) -> bool:
        return self.closed_on is None

    @property
    def sort_key(self) -> tuple[str, str]:
        return (self.year_groups[0].zfill(2) if self.year_groups else "~", fold(self.name))


class Roster(Mapping[UUID, Name]):
    """Everybody who is or was at a school, by id, in Dutch alphabetical order; `groups` are its class groups by id."""

    def __init__(self, names: dict[UUID, Name], groups: dict[UUID, GroupName], moment: tuple[int | None, str]):
        self._names = dict(sorted(names.items(), key=lambda item: item[1].sort_key))
        self.groups = dict(sorted(groups.items(), key=lambda item: item[1].sort_key))
        self.moment = moment

    def __getitem__(self, person_id: UUID) -> Name:
        return self._names[person_id]

    def __iter__(self) -> Iterator[UUID]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)

    def present(self, kind: str | None = None) -> list[Name]:
        """Return who is at the school now, of one kind or of all."""
        return [name for name in self._names.values() if name.here and kind in (None, name.kind)]

    def in_group(self, group_id: UUID) -> list[Name]:
        """Return the pupils of a group."""
        return [name for name in self.present(PUPIL) if name.group_id == group_id]

    def find(self, text: str, *, kind: str | None = None) -> list[Name]:
        """Return who is here with every word of `text` at the beginning of a part of their name."""
        words = fold(text).split()
        return [name for name in self.present(kind) if all(name.starts_with(word) for word in words)]


def fold(text: str) -> str:
    """Return text as it is compared: "Zoë" and "zoe" are the same."""
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(character for character in decomposed if not unicodedata.combining(character)).casefold()


@contextmanager
def called_otherwise(school_id: UUID, people: Roster) -> Iterator[None]:
    """Let everything inside call the people of a school as this roster does, as in a file without their names."""
    entered = _instead.set((school_id, people))
    try:
        yield
    finally:
        _instead.reset(entered)


def roster(school_id: UUID) -> Roster:
    """Return everybody of a school by name; fresh after any change of a name, a group, a leaving, or an erasure."""
    instead = _instead.get()
    if instead is not None and instead[0] == school_id:
        return instead[1]
    kept: dict[UUID, Roster] = memory().setdefault(_CACHE, {})
    generation = log.key_store.generation
    with log.read() as connection:
        position = _last_change(connection, school_id)
        known = kept.get(school_id)
        if known is not None and known.moment == (position, generation):
            return known
        fresh = kept[school_id] = _read(connection, school_id, (position, generation))
    return fresh


def _last_change(connection: Connection, school_id: UUID) -> int | None:
    """Return when the people of a school last changed; a request that reads the present asks it once."""
    if not has_request_context() or looked_at() is not None:
        return connection.scalar(_changed_at, {"of_school": school_id})
    kept, key = kept_while_reading(), (_CACHE, school_id)
    if key not in kept:
        kept[key] = connection.scalar(_changed_at, {"of_school": school_id})
    position: int | None = kept[key]
    return position


def _read(connection: Connection, school_id: UUID, moment: tuple[int | None, str]) -> Roster:
    groups = {
        row.class_group: GroupName(row.class_group, named.name, tuple(row.year_groups.split()), row.closed_on)
        for row, named in _rows_with_names(connection, tables.group, school_id)
    }
    names = {}
    for row, named in _rows_with_names(connection, tables.person, school_id):
        group = groups.get(row.class_group)
        names[row.person] = Name(
            person_id=row.person,
            given=named.given_name,
            infix=named.infix,
            family=named.family_name,
            kind=row.kind,
            group=group.name if group else None,
            group_id=row.class_group,
            year_group=row.year_group,
            since=row.since,
            left_on=row.left_on,
        )
    return Roster(names, groups, moment)


def _rows_with_names(connection: Connection, table: Table, school_id: UUID) -> list[tuple[Any, Any]]:
    """Return the rows of a table, each with the decrypted event that last named it."""
    rows = connection.execute(select(table).where(table.c.school == school_id)).all()
    naming = (
        select(*COLUMNS)
        .join(table, and_(table.c.school == event.c.school, table.c.named_at == event.c.position))
        .where(event.c.school == school_id)
    )
    owners = select(key_use.c.key_id).join(
        table, and_(table.c.school == key_use.c.school, list(table.primary_key)[1] == key_use.c.owner)
    )
    log.key_store.open_many(connection.scalars(owners.where(key_use.c.school == school_id)))
    named = {fact.position: fact for fact in log.kinds_mapper.decode_rows(connection.execute(naming), readable=True)}
    return [(row, named[row.named_at]) for row in rows if row.named_at in named]
