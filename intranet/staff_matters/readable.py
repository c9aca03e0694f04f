"""Who may find and handle which suspicion about staff: the access table as a condition, and for one record."""

from collections.abc import Callable, Collection
from typing import Any
from uuid import UUID

from flask import abort
from flask_login import current_user
from sqlalchemy import ColumnElement, and_, exists, not_, or_, select

from events.frozen import frozen
from events.staff_matter import ADDRESSEES
from intranet.access import NAMED, allowed
from intranet.api import db, today
from intranet.incidents.readable import Reader, permitted, reader
from intranet.looked_at import looked_at, present, then_and_now
from intranet.people.projections import duty
from intranet.staff_matters.projections import named, register

HANDLE, RECEIPT = "staff_matters.handle", "staff_matters.receipt"
DIRECTOR, OVERSIGHT = ADDRESSEES


def relation_clauses(someone: Reader) -> dict[str, ColumnElement[bool]]:
    """Return each relation of the access table as a condition on a row of the register."""
    same = and_(named.c.school == register.c.school, named.c.matter == register.c.matter)
    # Of any school: who leads the board is on the roster of one of them. Who became a director later counts too.
    a_director_is_named = exists().where(
        same,
        duty.c.person == named.c.person,
        duty.c.duty == DIRECTOR,
        duty.c.since <= today(),
        or_(duty.c.until.is_(None), duty.c.until >= today()),
    )
    fallen_through = or_(register.c.addressee == OVERSIGHT, a_director_is_named)
    return {
        "reporter": and_(register.c.reporter.is_not(None), register.c.reporter == someone.person_id),
        "received": not_(fallen_through),
        "oversight": or_(fallen_through, register.c.closing_asked),
        NAMED: exists().where(same, named.c.person == someone.person_id),
    }


def handled_matters(someone: Reader) -> ColumnElement[bool]:
    """Return the condition on the register for what somebody handles for the board."""
    return _now_and_then(someone, lambda: _given(someone, HANDLE), HANDLE)


def reported_matters(someone: Reader) -> ColumnElement[bool]:
    """Return the condition on the register for what somebody reported."""
    return _now_and_then(someone, lambda: _given(someone, RECEIPT), RECEIPT)


def _now_and_then(someone: Reader, condition: Callable[[], ColumnElement[bool]], why: str) -> ColumnElement[bool]:
    return then_and_now(register.c.matter, someone.school, condition, (someone, why))


def _given(someone: Reader, permission: str) -> ColumnElement[bool]:
    return permitted(register, relation_clauses, someone, permission)


@frozen
class Standing:
    """One matter in the register and how the reader stands to it."""

    row: Any
    relations: frozenset[str]
    duties: Collection[str]

    @property
    def may_handle(self) -> bool:
        return allowed(HANDLE, self.duties, self.relations)

    @property
    def has_receipt(self) -> bool:
        """Whether they reported it, and so read for ever what they wrote and how far it is."""
        return allowed(RECEIPT, self.duties, self.relations)

    def may_withdraw_note(self, writer: UUID | None) -> bool:
        """Tell whether they may take a note back: only what they wrote, so what was told to the board stays told."""
        return writer == current_user.person_id and (self.may_handle or self.has_receipt)

    @property
    def ground(self) -> str:
        """On which ground the reader opens it: as who reported it, or because of their duty."""
        return "duty" if self.may_handle else "reporter"


def standing_to(matter_id: UUID, someone: Reader) -> Standing | None:
    """Return how somebody stands to a matter of their school; None when there is no such matter.

    In the past there is none either that they may not read today.
    """
    if looked_at():
        with present():
            now = standing_to(matter_id, someone)
        if now is None or not (now.may_handle or now.has_receipt):
            return None
    clauses = relation_clauses(someone)
    query = select(register, *(clause.label(f"is_{name}") for name, clause in clauses.items())).where(
        register.c.school == someone.school, register.c.matter == matter_id
    )
    row = db.session.execute(query).first()
    if row is None:
        return None
    return Standing(row, frozenset(name for name in clauses if getattr(row, f"is_{name}")), someone.duties)


def open_matter(matter_id: UUID) -> Standing:
    """Return how who is signed in stands to a matter they handle or reported; for others there is no page (404)."""
    standing = standing_to(matter_id, reader())
    if standing is None or not (standing.may_handle or standing.has_receipt):
        abort(404)
    return standing


def open_to_handle(matter_id: UUID) -> Standing:
    """Return how who is signed in stands to a matter they handle; for others there is no page (404)."""
    standing = open_matter(matter_id)
    if not standing.may_handle:
        abort(404)
    return standing
