"""Who may read which incident: the access table as a condition on the register, and the same for one record."""

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import date
from functools import lru_cache
from typing import Any
from uuid import UUID

from flask import abort
from flask_login import current_user
from sqlalchemy import ColumnElement, Table, and_, exists, false, not_, or_, select, true

from events.frozen import frozen
from events.incident import SERIOUS
from intranet.access import ANY, NAMED, Changes, allowed, changes, relations_of
from intranet.api import current_school, db
from intranet.emergency.standing import OPEN as EMERGENCY
from intranet.emergency.standing import under_emergency
from intranet.incidents.projections import involved, register
from intranet.looked_at import looked_at, present, then_and_now
from intranet.people.projections import group_teacher
from intranet.people.projections import person as people
from intranet.people.today import today
from intranet.sharing.standing import shared_with

READ = "incidents.read"
READ_CONFIDENTIAL = "incidents.read_confidential"
READ_STAFF_MATTER = "incidents.read_staff_matter"
SHARE = "incidents.share"
ABOUT = "alleged_perpetrator"
READERS_REMEMBERED = 256
"""A page asks the same condition up to ten times; what is kept are ids and duties, and they decide all of it."""


@frozen
class Reader:
    """Somebody who wants to read: their id in this school and what they may because of their duties."""

    person_id: UUID
    duties: Collection[str]
    school: UUID


def reader() -> Reader:
    """Return the person who is signed in, as a reader."""
    return Reader(current_user.person_id, current_user.duties, current_school())


def groups_of(someone: Reader) -> Any:
    """Return a select of the groups that somebody teaches."""
    mine = group_teacher.c.school == someone.school, group_teacher.c.person == someone.person_id
    # Also from the depth of a condition it means the reader of the whole question, when that one asks for many.
    return select(group_teacher.c.class_group).where(*mine).correlate_except(group_teacher)


def relation_clauses(someone: Reader, emergency: bool = False) -> dict[str, ColumnElement[bool]]:
    """Return each relation of the access table as a condition on a row of the register.

    Emergency access opens one record at a time: on lists, counts and searches it has no effect.
    """
    same_incident = and_(involved.c.school == register.c.school, involved.c.incident == register.c.incident)
    pupil_of_mine = exists().where(
        same_incident,
        people.c.school == involved.c.school,
        people.c.person == involved.c.person,
        people.c.class_group.in_(groups_of(someone)),
    )
    # One list for all rows: there is little about one colleague, and a list asks this of every row.
    my_parts = select(involved.c.incident).where(
        involved.c.school == someone.school, involved.c.person == someone.person_id
    )
    return {
        "reporter": and_(register.c.reporter.is_not(None), register.c.reporter == someone.person_id),
        "own_group": or_(
            and_(register.c.class_group.is_not(None), register.c.class_group.in_(groups_of(someone))), pupil_of_mine
        ),
        "serious": and_(register.c.severity.is_not(None), register.c.severity >= SERIOUS),
        "flagged": register.c.flagged,
        "shared": and_(shared_with(someone, register.c.incident), register.c.incident.not_in(my_parts)),
        "emergency": under_emergency(someone, involved.c.person, same_incident) if emergency else false(),
        NAMED: register.c.incident.in_(my_parts.where(involved.c.role == ABOUT)),
    }


def permission_for(*, staff_matter: bool, confidential: bool) -> str:
    """Return the permission that reading such a record takes."""
    if staff_matter:
        return READ_STAFF_MATTER
    return READ_CONFIDENTIAL if confidential else READ


def readable_incidents(someone: Reader) -> ColumnElement[bool]:
    """Return the condition on the register that holds for what somebody may read, and for nothing else."""
    same = Reader(someone.person_id, frozenset(someone.duties), someone.school)
    return then_and_now(register.c.incident, same.school, lambda: _readable(same, changes(), today()), same)


@lru_cache(maxsize=READERS_REMEMBERED)
def _readable(someone: Reader, _table: Changes, _today: date) -> ColumnElement[bool]:
    """Return the condition; `_table` is what the school changed of the table that is asked inside, on a day."""
    clauses = relation_clauses(someone)
    matter, closed = register.c.staff_matter, register.c.confidential
    kinds_of_record = (
        (READ_STAFF_MATTER, matter),
        (READ_CONFIDENTIAL, and_(not_(matter), closed)),
        (READ, and_(not_(matter), not_(closed))),
    )
    ways = []
    for permission, such in kinds_of_record:
        relations = relations_of(permission, someone.duties)
        if relations:
            ways.append(and_(such, any_of(relations, clauses)))
    mine = or_(*ways) if ways else false()
    return and_(register.c.school == someone.school, mine, not_(clauses[NAMED]))


def permitted(
    register: Table, clauses_of: Callable[[Reader], dict[str, ColumnElement[bool]]], someone: Reader, permission: str
) -> ColumnElement[bool]:
    """Return the condition on a register that the access table gives somebody a permission in one of its relations."""
    same = Reader(someone.person_id, frozenset(someone.duties), someone.school)
    return _permitted(register, clauses_of, same, permission, changes(), today())


@lru_cache(maxsize=READERS_REMEMBERED)
def _permitted(
    register: Table, clauses_of: Callable[[Reader], dict[str, ColumnElement[bool]]], someone: Reader, permission: str,
    _table: Changes, _today: date,
) -> ColumnElement[bool]:  # fmt: skip
    clauses = clauses_of(someone)
    relations = relations_of(permission, someone.duties)
    found = any_of(relations, clauses) if relations else false()
    return and_(register.c.school == someone.school, found, not_(clauses[NAMED]))


def opened_in_emergency(someone: Reader) -> ColumnElement[bool]:
    """Return the condition for what somebody reads only because of their emergency access now."""
    clauses = relation_clauses(someone, emergency=True)
    here = register.c.school == someone.school, not_(register.c.staff_matter)
    return and_(*here, clauses["emergency"], not_(clauses[NAMED]), not_(readable_incidents(someone)))


def any_of(relations: Collection[str], clauses: dict[str, ColumnElement[bool]]) -> ColumnElement[bool]:
    """Return the condition that one of these relations of the access table holds."""
    if ANY in relations:
        return true()
    return or_(*(clauses[relation] for relation in sorted(relations)))


@frozen
class Standing:
    """One incident in the register and how the reader stands to it."""

    row: Any
    relations: frozenset[str]
    duties: Collection[str]

    def may(self, permission: str) -> bool:
        """Tell whether the reader may do something with it; nobody does anything with what they cannot read."""
        return self.reads_without_emergency and allowed(permission, self.duties, self.relations)

    @property
    def reads_without_emergency(self) -> bool:
        """Whether they may read it anyhow; emergency access is for reading, and for nothing else."""
        return allowed(self._reading, self.duties, self.relations - {"emergency"})

    @property
    def may_read(self) -> bool:
        return allowed(self._reading, self.duties, self.relations)

    @property
    def may_share(self) -> bool:
        """Whether they may share it; what is about a colleague stays with its writer and the board (WPO art. 4a)."""
        return self.may(SHARE) and not self.row.staff_matter

    def may_withdraw_note(self, writer: UUID | None) -> bool:
        """Tell whether they may take a note back: their own while they may read it, or any where they may correct."""
        mine = writer == current_user.person_id and self.reads_without_emergency
        return mine or self.may("incidents.correct")

    @property
    def _reading(self) -> str:
        return permission_for(staff_matter=self.row.staff_matter, confidential=self.row.confidential)

    @property
    def closed(self) -> bool:
        """Whether opening it is itself recorded."""
        return self.row.confidential or self.row.staff_matter or not self.reads_without_emergency

    @property
    def ground(self) -> str:
        """On which ground the reader opens it: the nearest relation that gives the permission, else their duty."""
        if not self.reads_without_emergency:
            return "emergency"
        given = relations_of(self._reading, self.duties)
        near = [
            relation
            for relation in ("reporter", "own_group", "shared", "flagged", "serious")
            if relation in self.relations
        ]
        return next((relation for relation in near if relation in given), "duty")


def standing_to(incident_id: UUID, someone: Reader) -> Standing | None:
    """Return how somebody stands to an incident of their school; None when there is no such incident.

    In the past there is none either that they may not read today.
    """
    if looked_at():
        with present():
            now = standing_to(incident_id, someone)
        if now is None or not now.may_read:
            return None
    return standing_then(incident_id, someone)


def standing_then(incident_id: UUID, someone: Reader) -> Standing | None:
    """Return the same at the moment that is looked at, whatever they may today: for who reviews that, never to show."""
    clauses = relation_clauses(someone, emergency=True)
    query = select(register, *(clause.label(f"is_{name}") for name, clause in clauses.items())).where(
        register.c.school == someone.school, register.c.incident == incident_id
    )
    row = db.session.execute(query).first()
    if row is None:
        return None
    return Standing(row, frozenset(name for name in clauses if getattr(row, f"is_{name}")), someone.duties)


def standings_then(incident_id: UUID, readers: Iterable[Reader]) -> dict[UUID, Standing]:
    """Return how each of several people stood to an incident at the moment that is looked at, in one question."""
    found = related_then(register, register.c.incident == incident_id, relation_clauses, list(readers))
    return {person: Standing(*related) for person, related in found.items()}


def related_then(
    register: Table, record: ColumnElement[bool], clauses_of: Callable[..., dict[str, ColumnElement[bool]]],
    readers: Sequence[Reader],
) -> dict[UUID, tuple[Any, frozenset[str], Collection[str]]]:  # fmt: skip
    """Return the row of a record, in which relations each reader stands to it, and their duties; all of one school.

    The reader is a column here, so that the same conditions answer for all in one question.
    """
    if not readers:
        return {}
    someone, duties = people.alias("someone"), {each.person_id: each.duties for each in readers}
    anybody = Reader(someone.c.person, frozenset().union(*duties.values()), readers[0].school)  # type: ignore[arg-type]
    clauses = clauses_of(anybody, emergency=True)
    query = (
        select(
            someone.c.person.label("someone"), register, *(each.label(f"is_{name}") for name, each in clauses.items())
        )
        .join_from(register, someone, someone.c.school == register.c.school)
        .where(register.c.school == anybody.school, record, someone.c.person.in_(duties))
    )
    found = {}
    for row in db.session.execute(query):
        held = duties[row.someone]
        without = frozenset() if allowed(EMERGENCY, held) else {"emergency"}
        found[row.someone] = row, frozenset(name for name in clauses if getattr(row, f"is_{name}")) - without, held
    return found


def open_incident(incident_id: UUID, permission: str | None = None) -> Standing:
    """Return how who is signed in stands to an incident; for who may not read (or do) it there is no page (404)."""
    standing = standing_to(incident_id, reader())
    if standing is None or not standing.may_read or (permission is not None and not standing.may(permission)):
        abort(404)
    return standing
