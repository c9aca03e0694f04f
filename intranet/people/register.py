"""Questions to the tables of people: who holds which duty, who teaches which group, whose parents are who."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from flask_login import current_user
from sqlalchemy import and_, bindparam, select

from events.log.context import current_school
from intranet.access import STAFF, SUPERVISORY_BOARD
from intranet.database import log
from intranet.people import projections as tables
from intranet.people.duties import Holding
from intranet.people.events import STAFF as STAFF_KIND
from intranet.people.today import today

_taught_by = select(tables.group_teacher.c.class_group).where(
    tables.group_teacher.c.school == bindparam("of_school"), tables.group_teacher.c.person == bindparam("of_person")
)


def holdings(school_id: UUID, person_id: UUID | None = None) -> list[Holding]:
    """Return every duty that was ever assigned at a school, or to one person, oldest first."""
    duty = tables.duty.c
    query = select(duty.person, duty.duty, duty.since, duty.until).where(duty.school == school_id)
    if person_id is not None:
        query = query.where(duty.person == person_id)
    with log.read() as connection:
        return [Holding(*row) for row in connection.execute(query.order_by(duty.since, duty.duty))]


def duties_of(school_id: UUID, person_id: UUID, day: date | None = None) -> frozenset[str]:
    """Return the duties somebody holds on a day (today), with `staff` for everybody in service of the school."""
    person, duty, day = tables.person.c, tables.duty.c, day or today()
    query = (
        select(person.kind, duty.duty)
        .outerjoin(
            tables.duty,
            and_(
                duty.school == person.school,
                duty.person == person.person,
                duty.since <= day,
                duty.until.is_(None) | (duty.until >= day),
            ),
        )
        .where(person.school == school_id, person.person == person_id)
        .where(person.left_on.is_(None) | (person.left_on > day))
    )
    with log.read() as connection:
        rows = connection.execute(query).all()
    return with_service(rows)


def with_service(rows: Iterable[Any]) -> frozenset[str]:
    """Return the duties in these rows, with `staff` for who is in service; who oversees the board is not."""
    rows = list(rows)
    held = {row.duty for row in rows if row.duty is not None}
    in_service = SUPERVISORY_BOARD not in held and any(row.kind == STAFF_KIND for row in rows)
    return frozenset(held | ({STAFF} if in_service else set()))


def groups_taught_by(school_id: UUID, person_id: UUID) -> frozenset[UUID]:
    """Return the class groups somebody teaches."""
    with log.read() as connection:
        return frozenset(connection.scalars(_taught_by, {"of_school": school_id, "of_person": person_id}))


def own_groups() -> frozenset[UUID]:
    """Return the class groups that the person who is signed in teaches."""
    return groups_taught_by(current_school(), current_user.person_id) if current_user.is_authenticated else frozenset()


def teachers_of(school_id: UUID) -> dict[UUID, list[UUID]]:
    """Return who teaches each class group of a school, by id; a group that nobody teaches is not there."""
    teacher = tables.group_teacher.c
    found: dict[UUID, list[UUID]] = defaultdict(list)
    with log.read() as connection:
        for row in connection.execute(select(teacher.class_group, teacher.person).where(teacher.school == school_id)):
            found[row.class_group].append(row.person)
    return found


def parents_of(school_id: UUID, child_id: UUID) -> Sequence[tuple[UUID, bool]]:
    """Return the parents of a child, each with whether they have custody."""
    parent = tables.parent.c
    with log.read() as connection:
        query = select(parent.parent, parent.custody).where(parent.school == school_id, parent.child == child_id)
        return [(row.parent, row.custody) for row in connection.execute(query)]


def children_of(school_id: UUID, parent_id: UUID) -> Sequence[tuple[UUID, bool]]:
    """Return the children of a parent, each with whether the parent has custody."""
    parent = tables.parent.c
    with log.read() as connection:
        query = select(parent.child, parent.custody).where(parent.school == school_id, parent.parent == parent_id)
        return [(row.child, row.custody) for row in connection.execute(query)]
