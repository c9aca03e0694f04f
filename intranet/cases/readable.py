"""Who may read which case: by their role in this case, as a condition on the register and for one record."""

from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

from flask import abort
from sqlalchemy import ColumnElement, and_, exists, false, not_, or_, select

from events.frozen import frozen
from intranet.access import NAMED, allowed, relations_of
from intranet.api import db
from intranet.cases.projections import involved, participant, register
from intranet.emergency.standing import under_emergency
from intranet.incidents.readable import ABOUT, Reader, groups_of, permitted, reader, related_then
from intranet.looked_at import looked_at, present, then_and_now
from intranet.people.events import STAFF
from intranet.people.projections import person as people
from intranet.sharing.standing import shared_with

READ, WORK, LEAD, OPEN = "cases.read", "cases.work", "cases.lead", "cases.open"


def relation_clauses(someone: Reader, emergency: bool = False) -> dict[str, ColumnElement[bool]]:
    """Return each relation of the access table as a condition on a row of the register.

    Emergency access opens one record at a time: on lists, counts and searches it has no effect.
    """
    same = and_(involved.c.school == register.c.school, involved.c.case == register.c.case)
    person = and_(people.c.school == involved.c.school, people.c.person == involved.c.person)
    pupil_of_mine = exists().where(same, person, people.c.class_group.in_(groups_of(someone)))
    colleague = exists().where(same, person, people.c.kind == STAFF)
    in_it = exists().where(same, involved.c.person == someone.person_id)
    my_group = and_(register.c.class_group.is_not(None), register.c.class_group.in_(groups_of(someone)))
    takes_part = exists().where(
        participant.c.school == register.c.school,
        participant.c.case == register.c.case,
        participant.c.person == someone.person_id,
    )
    return {
        "leader": register.c.leader == someone.person_id,
        "participant": takes_part,
        "own_group": or_(my_group, pupil_of_mine),
        "serious": register.c.serious,
        "shared": and_(shared_with(someone, register.c.case), not_(in_it)),
        # What is about a colleague may be a matter of the board: emergency access never opens it.
        "emergency": and_(under_emergency(someone, involved.c.person, same), not_(colleague)) if emergency else false(),
        NAMED: exists().where(same, involved.c.person == someone.person_id, involved.c.role == ABOUT),
    }


def readable_cases(someone: Reader, permission: str = READ) -> ColumnElement[bool]:
    """Return the condition on the register for what somebody may read, or may do more with."""
    return then_and_now(register.c.case, someone.school, lambda: _given(someone, permission), (someone, permission))


def opened_in_emergency(someone: Reader) -> ColumnElement[bool]:
    """Return the condition for what somebody reads only because of their emergency access now."""
    clauses = relation_clauses(someone, emergency=True)
    here = register.c.school == someone.school, not_(clauses[NAMED])
    return and_(*here, clauses["emergency"], not_(readable_cases(someone)))


def _given(someone: Reader, permission: str) -> ColumnElement[bool]:
    return permitted(register, relation_clauses, someone, permission)


@frozen
class Standing:
    """One case in the register and how the reader stands to it."""

    row: Any
    relations: frozenset[str]
    duties: Collection[str]

    @property
    def may_read(self) -> bool:
        return allowed(READ, self.duties, self.relations)

    def may(self, permission: str) -> bool:
        """Tell whether the reader may do something with it; nobody does anything with what they cannot read."""
        return self.reads_without_emergency and allowed(permission, self.duties, self.relations)

    @property
    def reads_without_emergency(self) -> bool:
        """Whether they may read it anyhow; emergency access is for reading, and for nothing else."""
        return allowed(READ, self.duties, self.relations - {"emergency"})

    @property
    def in_emergency(self) -> bool:
        """Whether only their emergency access lets them read it."""
        return self.may_read and not self.reads_without_emergency

    @property
    def ground(self) -> str:
        """On which ground the reader opens it: the nearest relation that gives it, else their duty."""
        if self.in_emergency:
            return "emergency"
        given = relations_of(READ, self.duties)
        near = ("leader", "participant", "own_group", "shared", "serious")
        return next((relation for relation in near if relation in self.relations and relation in given), "duty")


def standing_to(case_id: UUID, someone: Reader) -> Standing | None:
    """Return how somebody stands to a case of their school; None when there is no such case.

    In the past there is none either that they may not read today.
    """
    if looked_at():
        with present():
            today = standing_to(case_id, someone)
        if today is None or not today.may_read:
            return None
    return standing_then(case_id, someone)


def standing_then(case_id: UUID, someone: Reader) -> Standing | None:
    """Return the same at the moment that is looked at, whatever they may today: for who reviews that, never to show."""
    clauses = relation_clauses(someone, emergency=True)
    query = select(register, *(clause.label(f"is_{name}") for name, clause in clauses.items())).where(
        register.c.school == someone.school, register.c.case == case_id
    )
    row = db.session.execute(query).first()
    if row is None:
        return None
    return Standing(row, frozenset(name for name in clauses if getattr(row, f"is_{name}")), someone.duties)


def standings_then(case_id: UUID, readers: Iterable[Reader]) -> dict[UUID, Standing]:
    """Return how each of several people stood to a case at the moment that is looked at, in one question."""
    found = related_then(register, register.c.case == case_id, relation_clauses, list(readers))
    return {person: Standing(*related) for person, related in found.items()}


def open_case(case_id: UUID, permission: str | None = None) -> Standing:
    """Return how who is signed in stands to a case; for who may not read (or do) it there is no page (404)."""
    standing = standing_to(case_id, reader())
    if standing is None or not standing.may_read or (permission is not None and not standing.may(permission)):
        abort(404)
    return standing
