"""Who in a file is who at school: by the key of the administration, or by a name that only one person has."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from uuid import UUID

import msgspec

from intranet.people.roster_file import FilePupil, FileStaff

NameParts = tuple[str, str | None, str | None]


class KnownPerson(msgspec.Struct, frozen=True):
    """Somebody who is or was at the school."""

    person_id: UUID
    kind: str
    name: NameParts
    source: str | None
    group_id: UUID | None
    year_group: str | None
    here: bool


class PersonMatcher:
    """Finds people of one kind by their source, or by a name that is theirs alone when they have no source yet."""

    def __init__(self, people: list[KnownPerson]):
        self._people = {person.person_id: person for person in people}
        self._by_source = {person.source: person for person in people if person.source}
        self._by_name: dict[str, list[KnownPerson]] = _grouped(
            (person for person in people if not person.source and person.here), lambda person: _compared(person.name)
        )
        self._in_file: Counter[str] | None = None

    def take(self, source: str, name: NameParts, others: Iterable[FilePupil | FileStaff]) -> KnownPerson | None:
        """Return who this is, and do not return them again."""
        known = self._by_source.get(source)
        if known is None:
            if self._in_file is None:
                self._in_file = Counter(_compared(name_of(each)) for each in others)
            same = self._by_name.get(_compared(name), [])
            known = same[0] if len(same) == 1 and self._in_file[_compared(name)] == 1 else None
        return self._people.pop(known.person_id, None) if known else None

    def rest(self) -> list[KnownPerson]:
        """Return whom the file did not name."""
        return list(self._people.values())


def name_of(person: FilePupil | FileStaff) -> NameParts:
    return person.given_name, person.infix, person.family_name


def _compared(name: NameParts) -> str:
    return " ".join(part for part in name if part).casefold()


def _grouped(people: Iterable[KnownPerson], by: Callable[[KnownPerson], str]) -> dict[str, list[KnownPerson]]:
    found: dict[str, list[KnownPerson]] = defaultdict(list)
    for person in people:
        found[by(person)].append(person)
    return found
