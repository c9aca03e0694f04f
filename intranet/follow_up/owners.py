"""Who can own a promise about a record: every colleague who may read it, asked in one question."""

from collections.abc import Collection, Mapping
from typing import cast
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy import literal_column, select

from events.follow_up import FollowedUp
from intranet.accounts.known_people import duties_by_person
from intranet.api import Refused, current_school, log
from intranet.follow_up.followed import Followed
from intranet.follow_up.records import followed
from intranet.incidents.readable import Reader
from intranet.looked_at import looked_at, present
from intranet.people.colleagues import refuse_no_colleague, staff_of
from intranet.people.projections import person
from intranet.people.register import duties_of

_colleague = person.alias("colleague")
_each = cast(UUID, literal_column("colleague.person", person.c.person.type))
"""The id of each colleague in turn, where a reader has one.

Not a column: in a question inside a question that would bring the whole table along."""


def who_can_own(record_id: UUID, of: Followed) -> dict[UUID, str]:
    """Return who may read the record: a promise never gives somebody access that they have not (facts 9.2).

    Emergency access counts for nothing: it is over before the day of the promise. In the past it is who may read it
    then and today.
    """
    duties = duties_by_person(current_school())
    can = _readers(record_id, of, duties)
    if looked_at():
        with present():
            can &= _readers(record_id, of, duties)
    return {name.person_id: name.full for name in staff_of(current_school()) if name.person_id in can}


def refuse_owner(record: FollowedUp, person_id: UUID) -> None:
    """Raise `Refused` for who works here no more, and for who may not read the record."""
    refuse_no_colleague(person_id)
    if not can_read(record, person_id):
        raise Refused(_("Deze collega mag dit niet lezen. Kies iemand die dat wel mag."))


def can_read(record: FollowedUp, person_id: UUID) -> bool:
    """Tell whether one person may read a record with promises."""
    return bool(_readers(record.id, followed(record), {person_id: duties_of(current_school(), person_id)}))


def _readers(record_id: UUID, of: Followed, duties: Mapping[UUID, Collection[str]]) -> set[UUID]:
    school, register = current_school(), of.record.table
    clauses = of.relation_clauses(Reader(_each, frozenset(), school))
    labelled = (clause.label(f"is_{name}") for name, clause in clauses.items())
    beside = register.join(_colleague, _colleague.c.school == register.c.school)
    query = select(_colleague.c.person.label("reader"), register, *labelled).select_from(beside)
    query = query.where(register.c.school == school, of.record == record_id, _colleague.c.person.in_(duties))
    found = set()
    with log.read() as connection:
        for row in connection.execute(query):
            relations = frozenset(name for name in clauses if getattr(row, f"is_{name}"))
            if of.standing(row, relations, duties[row.reader]).may_read:
                found.add(row.reader)
    return found
