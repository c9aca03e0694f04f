"""Who may read and decide about which signal: the access table as a condition on the register, and for one record."""

from collections.abc import Callable, Collection, Iterable
from typing import Any
from uuid import UUID

from flask import abort
from sqlalchemy import ColumnElement, and_, exists, false, not_, or_, select

from events.frozen import frozen
from intranet.access import NAMED, allowed, relations_of
from intranet.api import db
from intranet.emergency.standing import under_emergency
from intranet.incidents.readable import Reader, groups_of, permitted, reader, related_then
from intranet.looked_at import looked_at, present, then_and_now
from intranet.people.events import STAFF
from intranet.people.projections import person as people
from intranet.sharing.standing import shared_with
from intranet.signals.projections import about, register

READ, TRIAGE, RECEIPT = "signals.read", "signals.triage", "signals.receipt"
OPEN_ORIGINAL = "signals.open_original"


def relation_clauses(someone: Reader, emergency: bool = False) -> dict[str, ColumnElement[bool]]:
    """Return each relation of the access table as a condition on a row of the register.

    Emergency access opens one record at a time: on lists, counts and searches it has no effect.
    """
    same = and_(about.c.school == register.c.school, about.c.signal == register.c.signal)
    person = and_(people.c.school == about.c.school, people.c.person == about.c.person)
    my_group = and_(register.c.class_group.is_not(None), register.c.class_group.in_(groups_of(someone)))
    my_pupil = exists().where(same, person, people.c.class_group.in_(groups_of(someone)))
    colleague = exists().where(same, person, people.c.kind == STAFF)
    return {
        "reporter": and_(register.c.reporter.is_not(None), register.c.reporter == someone.person_id),
        "own_group": or_(my_group, my_pupil),
        "bullying": register.c.bullying,
        # What is about a colleague lies with the director from the start.
        "escalated": or_(register.c.escalated, colleague),
        "shared": shared_with(someone, register.c.signal),
        # What is about a colleague may be a matter of the board: emergency access never opens it.
        "emergency": and_(under_emergency(someone, about.c.person, same), not_(colleague)) if emergency else false(),
        NAMED: exists().where(same, about.c.person == someone.person_id),
    }


def listed_signals(someone: Reader) -> ColumnElement[bool]:
    """Return the condition on the register for what somebody may read or wrote themselves."""
    return _now_and_then(someone, lambda: or_(_given(someone, READ), _given(someone, RECEIPT)), "listed")


def readable_signals(someone: Reader) -> ColumnElement[bool]:
    """Return the condition on the register for what somebody may read, with all that was done with it."""
    return _now_and_then(someone, lambda: _given(someone, READ), READ)


def triaged_signals(someone: Reader) -> ColumnElement[bool]:
    """Return the condition on the register for what somebody decides about."""
    return _now_and_then(someone, lambda: and_(_given(someone, READ), _given(someone, TRIAGE)), TRIAGE)


def opened_in_emergency(someone: Reader) -> ColumnElement[bool]:
    """Return the condition for what somebody reads only because of their emergency access now."""
    clauses = relation_clauses(someone, emergency=True)
    here = register.c.school == someone.school, not_(clauses[NAMED])
    return and_(*here, clauses["emergency"], not_(readable_signals(someone)))


def _now_and_then(someone: Reader, condition: Callable[[], ColumnElement[bool]], why: str) -> ColumnElement[bool]:
    return then_and_now(register.c.signal, someone.school, condition, (someone, why))


def _given(someone: Reader, permission: str) -> ColumnElement[bool]:
    return permitted(register, relation_clauses, someone, permission)


@frozen
class Standing:
    """One signal in the register and how the reader stands to it."""

    row: Any
    relations: frozenset[str]
    duties: Collection[str]

    @property
    def may_read(self) -> bool:
        return allowed(READ, self.duties, self.relations)

    @property
    def has_receipt(self) -> bool:
        """Whether they wrote it, and so read for ever what they wrote and how far it is."""
        return allowed(RECEIPT, self.duties, self.relations)

    @property
    def may_triage(self) -> bool:
        """Whether they decide about it; nobody decides about what they cannot read."""
        return self.reads_without_emergency and allowed(TRIAGE, self.duties, self.relations)

    @property
    def reads_without_emergency(self) -> bool:
        """Whether they may read it anyhow; emergency access is for reading, and for nothing else."""
        return allowed(READ, self.duties, self.relations - {"emergency"})

    @property
    def in_emergency(self) -> bool:
        """Whether only their emergency access lets them read it."""
        return self.may_read and not self.reads_without_emergency

    @property
    def may_open_original(self) -> bool:
        """Whether they may take out a photo or scan as it was sent."""
        return self.reads_without_emergency and allowed(OPEN_ORIGINAL, self.duties, self.relations)

    @property
    def ground(self) -> str:
        """On which ground the reader opens it: the nearest relation that gives it, else their duty."""
        if self.in_emergency and not self.has_receipt:
            return "emergency"
        given = relations_of(READ, self.duties) | relations_of(RECEIPT, self.duties)
        near = ("reporter", "own_group", "shared", "bullying", "escalated")
        return next((relation for relation in near if relation in self.relations and relation in given), "duty")


def standing_to(signal_id: UUID, someone: Reader) -> Standing | None:
    """Return how somebody stands to a signal of their school; None when there is no such signal.

    In the past there is none either that they may not read today.
    """
    if looked_at():
        with present():
            today_too = standing_to(signal_id, someone)
        if today_too is None or not (today_too.may_read or today_too.has_receipt):
            return None
    return standing_then(signal_id, someone)


def standing_then(signal_id: UUID, someone: Reader) -> Standing | None:
    """Return the same at the moment that is looked at, whatever they may today: for who reviews that, never to show."""
    clauses = relation_clauses(someone, emergency=True)
    query = select(register, *(clause.label(f"is_{name}") for name, clause in clauses.items())).where(
        register.c.school == someone.school, register.c.signal == signal_id
    )
    row = db.session.execute(query).first()
    if row is None:
        return None
    return Standing(row, frozenset(name for name in clauses if getattr(row, f"is_{name}")), someone.duties)


def standings_then(signal_id: UUID, readers: Iterable[Reader]) -> dict[UUID, Standing]:
    """Return how each of several people stood to a signal at the moment that is looked at, in one question."""
    found = related_then(register, register.c.signal == signal_id, relation_clauses, list(readers))
    return {person: Standing(*related) for person, related in found.items()}


def open_signal(signal_id: UUID) -> Standing:
    """Return how who is signed in stands to a signal they may read or wrote; for others there is no page (404)."""
    standing = standing_to(signal_id, reader())
    if standing is None or not (standing.may_read or standing.has_receipt):
        abort(404)
    return standing


def open_to_decide(signal_id: UUID) -> Standing:
    """Return how who is signed in stands to a signal they decide about; for others there is no page (404)."""
    standing = open_signal(signal_id)
    if not standing.may_triage:
        abort(404)
    return standing
