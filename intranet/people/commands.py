"""What somebody can do with the people of a school. One function, one intention, one save."""

from datetime import date
from uuid import UUID

from flask_babel import gettext as _

from intranet.api import Refused, current_school, log
from intranet.people.events import KINDS, PUPIL, Person, refuse_without_name
from intranet.people.register import groups_taught_by
from intranet.people.today import today
from intranet.schools.events import ClassGroup


def register_person(
    *,
    kind: str,
    given_name: str,
    infix: str | None = None,
    family_name: str | None = None,
    source: str | None = None,
    group_id: UUID | None = None,
    year_group: str | None = None,
    on: date | None = None,
) -> UUID:
    """Register a pupil, a member of staff or a parent and return their id.

    Raises `Refused` without a given name, `NotFound` for a group of another school, ValueError for an unknown kind.
    """
    if kind not in KINDS:
        raise ValueError(f"{kind!r} is no kind of person.")
    refuse_without_name(given_name)
    if group_id is not None:
        log.get(ClassGroup, group_id)
    person = Person(
        kind=kind,
        given_name=given_name.strip(),
        infix=infix or None,
        family_name=family_name or None,
        source=source,
        group_id=group_id,
        year_group=year_group,
        happened_on=on or today(),
    )
    log.save(person)
    return person.id


def rename_person(person_id: UUID, *, given_name: str, infix: str | None, family_name: str | None) -> None:
    """Give a person another name."""
    person = log.get(Person, person_id)
    person.rename(given_name=given_name, infix=infix or None, family_name=family_name or None)
    log.save(person)


def move_to_group(
    person_id: UUID, group_id: UUID | None, *, year_group: str | None = None, on: date | None = None
) -> None:
    """Put a pupil in another group of the same school."""
    if group_id is not None:
        log.get(ClassGroup, group_id)
    person = log.get(Person, person_id)
    person.move(group_id=group_id, year_group=year_group, on=on or today())
    log.save(person)


def let_go(person_id: UUID, *, on: date | None = None) -> None:
    """Record that somebody left the school; their duties end that day, and they teach no group any more."""
    person = log.get(Person, person_id)
    person.leave(on=on or today())
    groups = [log.get(ClassGroup, group_id) for group_id in groups_taught_by(current_school(), person_id)]
    for group in groups:
        group.remove_teacher(person_id)
    log.save(person, *groups)


def take_back(person_id: UUID, *, on: date | None = None) -> None:
    """Record that somebody who had left is back."""
    person = log.get(Person, person_id)
    person.come_back(on=on or today())
    log.save(person)


def assign_duty(person_id: UUID, duty: str, *, since: date | None = None, until: date | None = None) -> None:
    """Give somebody a duty from a day, to and with `until` where that is known."""
    person = log.get(Person, person_id)
    person.assign_duty(duty=duty, since=since or today(), until=until)
    log.save(person)


def end_duty(person_id: UUID, duty: str, *, since: date, until: date | None = None) -> None:
    """End the duty of somebody that began on `since`."""
    person = log.get(Person, person_id)
    person.end_duty(duty=duty, since=since, until=until or today())
    log.save(person)


def link_parent(parent_id: UUID, child_id: UUID, *, custody: bool) -> None:
    """Say that a parent belongs to a pupil, with or without custody.

    Raises `Refused` for a child that is no pupil and a parent that is none, `NotFound` for who is of another school.
    """
    if log.get(Person, child_id).kind != PUPIL:
        raise Refused(_("Een ouder of verzorger hoort bij een leerling. Kies een leerling."))
    parent = log.get(Person, parent_id)
    parent.link_child(child_id, custody=custody)
    log.save(parent)


def unlink_parent(parent_id: UUID, child_id: UUID) -> None:
    """Take back that a parent belongs to a pupil."""
    parent = log.get(Person, parent_id)
    parent.unlink_child(child_id)
    log.save(parent)
