"""What accounts ask of the people of a board: who works where, with which duties, and what they are called."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, select

from intranet.access import SUPERVISORY_BOARD
from intranet.api import db
from intranet.people import events as people
from intranet.people import projections as tables
from intranet.people.duties import every_duty
from intranet.people.register import with_service
from intranet.people.roster import roster
from intranet.people.today import today
from intranet.schools.directory import school_of
from intranet.schools.projections import school

BOARD_DUTY = "executive_director"
LOOKS_IN = frozenset({BOARD_DUTY, SUPERVISORY_BOARD})
"""The duties of the board as a whole: they hold at each of its schools."""

_duties_here = (
    select(tables.person.c.person, tables.person.c.kind, tables.duty.c.duty)
    .outerjoin(
        tables.duty,
        (tables.duty.c.school == tables.person.c.school)
        & (tables.duty.c.person == tables.person.c.person)
        & (tables.duty.c.since <= bindparam("today"))
        & (tables.duty.c.until.is_(None) | (tables.duty.c.until >= bindparam("today"))),
    )
    .where(
        tables.person.c.school == bindparam("of_school"),
        tables.person.c.left_on.is_(None) | (tables.person.c.left_on > bindparam("today")),
    )
)
_duties = _duties_here.where(tables.person.c.person == bindparam("of_person"))
_duties_of_all = _duties_here.where((tables.person.c.kind == people.STAFF) | tables.duty.c.duty.is_not(None))


def duties_of(school_id: UUID, person_id: UUID) -> frozenset[str]:
    """Return what a person does at a school today, `staff` among it; nothing for who does not work there any more."""
    rows = db.session.execute(_duties, {"of_school": school_id, "of_person": person_id, "today": today()}).all()
    return with_service(rows)


def duties_by_person(school_id: UUID) -> dict[UUID, frozenset[str]]:
    """Return the same of everybody who works at a school or has a duty there, in one question."""
    rows: dict[UUID, list[Any]] = defaultdict(list)
    for row in db.session.execute(_duties_of_all, {"of_school": school_id, "today": today()}):
        rows[row.person].append(row)
    return {person: with_service(held) for person, held in rows.items()}


def name_of(school_id: UUID, person_id: UUID | None) -> str:
    """Return a person's whole name, empty for somebody this school does not know."""
    found = roster(school_id).get(person_id) if person_id else None
    return found.full if found else ""


def duty_names(duties: Iterable[str]) -> list[str]:
    """Return what duties are called, in the order of the duty register."""
    held = set(duties)
    return [str(name) for code, name in every_duty().items() if code in held]


def schools_of(board: UUID) -> Mapping[UUID, str]:
    """Return the schools of a board with their names."""
    ids = db.session.scalars(select(school.c.school).where(school.c.board == board))
    return {each: school_of(each).name for each in ids}
