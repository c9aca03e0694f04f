"""What taking over a roster would change about class groups."""

from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

import msgspec

from intranet.people.roster_file import FileGroup, RosterFile

GROUP = "group"


class KnownGroup(msgspec.Struct, frozen=True):
    """A class group of the school."""

    group_id: UUID
    name: str
    year_groups: tuple[str, ...]
    sources: tuple[str, ...]
    open: bool
    teachers: frozenset[UUID] = frozenset()


class NewGroup(msgspec.Struct, frozen=True):
    sources: tuple[str, ...]
    name: str
    year_groups: tuple[str, ...]


class ChangedGroup(msgspec.Struct, frozen=True):
    """A known group as the file has it; what equals records nothing when it is applied."""

    group_id: UUID
    sources: tuple[str, ...]
    was: str
    name: str
    year_groups: tuple[str, ...]
    reopened: bool


class GroupChanges(msgspec.Struct, frozen=True, kw_only=True):
    """`known` and `years` tell for the source of every group in the file which known group it is, and its years."""

    formed: tuple[NewGroup, ...] = ()
    changed: tuple[ChangedGroup, ...] = ()
    closed: tuple[UUID, ...] = ()
    known: dict[str, UUID] = {}
    years: dict[str, tuple[str, ...]] = {}
    compound: int = 0

    @property
    def is_empty(self) -> bool:
        return not (self.formed or self.changed or self.closed)

    def closing(self, in_use: set[UUID]) -> "GroupChanges":
        """Return the changes without closing groups in which a pupil stays."""
        closed = tuple(group_id for group_id in self.closed if group_id not in in_use)
        return msgspec.structs.replace(self, closed=closed)


def plan_groups(
    file: RosterFile, known: Iterable[KnownGroup], source_of: Callable[[str, str], str]
) -> tuple[GroupChanges, dict[str, str]]:
    """Return what changes about groups, and for each key in the file the source under which its group goes."""
    known = list(known)
    homes = [group for group in file.groups if not group.compound]
    sources = {group: tuple(source_of(GROUP, key) for key in group.keys) for group in homes}
    all_sources = {source for each in sources.values() for source in each}
    left = {group.group_id: group for group in known}
    formed, changed, same = [], [], {}
    for group in homes:
        found = _find(group, sources[group], left.values(), all_sources)
        if found is None:
            formed.append(NewGroup(sources[group], group.name, _codes(group)))
            continue
        del left[found.group_id]
        same[sources[group][0]] = found.group_id
        wanted = ChangedGroup(
            found.group_id, sources[group], found.name, group.name, _codes(group) or found.year_groups, not found.open
        )
        if not found.open or _state(wanted) != (tuple(sorted(found.sources)), found.name, found.year_groups):
            changed.append(wanted)
    closed = [group.group_id for group in left.values() if group.open and group.sources and homes]
    return (
        GroupChanges(
            formed=tuple(formed),
            changed=tuple(changed),
            closed=tuple(closed),
            known=same,
            years={sources[group][0]: _codes(group) for group in homes},
            compound=sum(1 for group in file.groups if group.compound),
        ),
        {key: sources[group][0] for group in homes for key in group.keys},
    )


def _find(
    group: FileGroup, sources: tuple[str, ...], known: Iterable[KnownGroup], all_sources: set[str]
) -> KnownGroup | None:
    """Find a group by key; by name when the administration gave it a new key, as some do every school year."""
    known = list(known)
    for each in known:
        if set(each.sources) & set(sources):
            return each
    same_name = [
        each
        for each in known
        if each.open and each.name.casefold() == group.name.casefold() and not set(each.sources) & all_sources
    ]
    return same_name[0] if len(same_name) == 1 else None


def _codes(group: FileGroup) -> tuple[str, ...]:
    return tuple(year.lower() for year in group.year_groups)


def _state(group: ChangedGroup) -> tuple[Any, ...]:
    return tuple(sorted(group.sources)), group.name, group.year_groups
