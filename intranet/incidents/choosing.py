"""Whom and which group one can choose in an incident: the own group first, because that is who it is about."""

from typing import Any
from uuid import UUID

from flask_babel import gettext as _

from intranet.api import current_school
from intranet.people.events import PARENT, PUPIL
from intranet.people.register import own_groups
from intranet.people.roster import Name, Roster, roster

MOST_FOUND = 30


def own_group() -> UUID | None:
    """Return the group to fill in beforehand: the only one somebody teaches, None for more or none."""
    mine = own_groups()
    return next(iter(mine)) if len(mine) == 1 else None


def groups_to_choose(people: Roster, kept: UUID | None = None) -> dict[UUID, str]:
    """Return the groups there are now, and the one that was chosen before, by name."""
    return {group.group_id: group.name for group in people.groups.values() if group.open or group.group_id == kept}


def pupils_of_own_group() -> dict[UUID, str]:
    """Return the own pupils by name: the list for who has no script."""
    people, mine = roster(current_school()), own_groups()
    return {name.person_id: name.full for name in people.present(PUPIL) if name.group_id in mine}


def find_people(letters: str) -> list[dict[str, str]]:
    """Return who has these letters at the beginning of a name, for the picker; without letters the own group."""
    people, mine = roster(current_school()), own_groups()
    if len(letters) < 2:
        found = [name for name in people.present(PUPIL) if name.group_id in mine]
    else:
        found = sorted(people.find(letters), key=lambda name: (name.group_id not in mine, name.kind != PUPIL))
    return [{"id": name.person_id.hex, "label": name.full, "detail": detail_of(name)} for name in found[:MOST_FOUND]]


def detail_of(name: Name) -> str:
    """Return what tells two people with one name apart."""
    if name.group:
        return _("groep %(group)s", group=name.group)
    return {PUPIL: _("leerling"), PARENT: _("ouder")}.get(name.kind, _("medewerker"))


def group_names(people: Roster, group_id: UUID | None, persons: Any = ()) -> list[str]:
    """Return the groups that an incident concerns: the one that was chosen and those of the pupils in it."""
    concerned = {group_id, *(people[person].group_id for person in persons if person in people)}
    return [group.name for group in people.groups.values() if group.group_id in concerned and group.open]
