"""Who and what a school knows now, as an import compares it with a file."""

import hashlib
import hmac
from collections import defaultdict
from collections.abc import Callable
from uuid import UUID

from sqlalchemy import select

from intranet.api import log
from intranet.people import projections as tables
from intranet.people.group_plan import KnownGroup
from intranet.people.person_matching import KnownPerson
from intranet.people.register import teachers_of
from intranet.people.roster import roster


def source_hash(school_id: UUID) -> Callable[[str, str], str]:
    """Return the function that hides the key of an administration: `(kind, key) -> 32 hex digits`.

    Keyed with the key file, so a stolen database does not tell which pupil number belongs to whom.
    """
    secret = log.key_store.key_file.blind_index_key

    def source_of(kind: str, key: str) -> str:
        place = f"roster source\0{school_id.hex}\0{kind}\0{key}".encode()
        return hmac.digest(secret, place, hashlib.sha256)[:16].hex()

    return source_of


def known_people(school_id: UUID) -> list[KnownPerson]:
    """Return everybody who is or was at a school."""
    names = roster(school_id)
    person = tables.person.c
    with log.read() as connection:
        rows = connection.execute(select(person.person, person.source).where(person.school == school_id))
        sources = {row.person: row.source for row in rows}
    return [
        KnownPerson(
            person_id=name.person_id,
            kind=name.kind,
            name=(name.given, name.infix, name.family),
            source=sources.get(name.person_id),
            group_id=name.group_id,
            year_group=name.year_group,
            here=name.here,
        )
        for name in names.values()
    ]


def known_groups(school_id: UUID) -> list[KnownGroup]:
    """Return every class group that a school has or had."""
    source = tables.group_source.c
    sources: dict[UUID, list[str]] = defaultdict(list)
    with log.read() as connection:
        for row in connection.execute(select(source.class_group, source.source).where(source.school == school_id)):
            sources[row.class_group].append(row.source)
    teachers = teachers_of(school_id)
    return [
        KnownGroup(
            group_id=group.group_id,
            name=group.name,
            year_groups=group.year_groups,
            sources=tuple(sources[group.group_id]),
            open=group.open,
            teachers=frozenset(teachers.get(group.group_id, ())),
        )
        for group in roster(school_id).groups.values()
    ]
