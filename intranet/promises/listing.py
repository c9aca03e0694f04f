"""The promises of the incidents and cases that somebody may read: filters that live in the address, and counts."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from flask import request
from sqlalchemy import ColumnElement, Select, and_, func, not_, or_, select, true

from events.case import Case
from events.frozen import frozen
from events.incident import Incident
from intranet.api import db, today
from intranet.cases import listing as of_cases
from intranet.cases.projections import register as cases
from intranet.cases.readable import readable_cases
from intranet.follow_up.projections import promise
from intranet.incidents import listing as of_incidents
from intranet.incidents.fields import person_id
from intranet.incidents.listing import PAGE
from intranet.incidents.projections import register as incidents
from intranet.incidents.readable import Reader, readable_incidents

OPEN, LATE, DONE, ALL = "open", "late", "done", "all"
STATES = (OPEN, LATE, DONE, ALL)
INCIDENT, CASE = "incident", "case"
OF = {INCIDENT: Incident.log_name, CASE: Case.log_name}
"""The kinds of records with promises, by their word in the address."""
_FIRST_COMES_FIRST = (OPEN, LATE)


@frozen
class Wish:
    """What somebody wants to see; each field is one parameter of the address."""

    state: str = OPEN
    owner: UUID | None = None
    of: str | None = None

    @classmethod
    def of_request(cls) -> "Wish":
        """Read the address; what is not understood is left out."""
        asked = request.args
        return cls(
            state=asked["state"] if asked.get("state") in STATES else OPEN,
            owner=person_id(asked.get("owner")),
            of=asked.get("of") if asked.get("of") in OF else None,
        )

    @property
    def parameters(self) -> dict[str, str]:
        """Return the address's parameters, without those that say nothing."""
        said = {
            "state": None if self.state == OPEN else self.state,
            "owner": self.owner and self.owner.hex,
            "of": self.of,
        }
        return {name: value for name, value in said.items() if value}

    def without(self, name: str) -> dict[str, str]:
        """Return the parameters of the same wish without one of its filters."""
        return {other: value for other, value in self.parameters.items() if other != name}


@frozen
class Cursor:
    """The last promise of a page; the next page begins after it."""

    due_on: date
    follow_up: UUID

    @classmethod
    def read(cls, text: str | None) -> "Cursor | None":
        """Read it from an address; nonsense is no cursor."""
        day, _dot, hexed = (text or "").partition(".")
        try:
            due_on = date.fromisoformat(day)
        except ValueError:
            return None
        follow_up = person_id(hexed)
        return cls(due_on, follow_up) if follow_up else None

    def __str__(self) -> str:
        return f"{self.due_on.isoformat()}.{self.follow_up.hex}"


@frozen
class Found:
    """One promise in the list: its row, and the incident or the case that it is about."""

    row: Any
    incident: of_incidents.Found | None
    case: of_cases.Found | None

    @property
    def closed(self) -> bool:
        """Whether opening its record is itself recorded; a list tells nothing about what is in it."""
        return self.incident.closed if self.incident else bool(self.case and self.case.row.serious)


def page_of(someone: Reader, wish: Wish, after: Cursor | None, size: int = PAGE) -> tuple[list[Found], Cursor | None]:
    """Return a page of promises, and where the next page begins: what is due first comes first, what is done last."""
    query = _selected(someone, wish)
    if after is not None:
        day, which = promise.c.due_on, promise.c.follow_up
        beyond, further = (day > after.due_on, which > after.follow_up)
        if wish.state not in _FIRST_COMES_FIRST:
            beyond, further = (day < after.due_on, which < after.follow_up)
        query = query.where(or_(beyond, and_(day == after.due_on, further)))
    rows = db.session.execute(query.limit(size + 1)).all()
    more = Cursor(rows[size - 1].due_on, rows[size - 1].follow_up) if len(rows) > size else None
    return _with_records(someone, rows[:size]), more


def every(someone: Reader, wish: Wish) -> list[Found]:
    """Return all promises for a wish, in the order of the list."""
    return _with_records(someone, db.session.execute(_selected(someone, wish)).all())


def _selected(someone: Reader, wish: Wish) -> Select[Any]:
    query = select(promise).select_from(_JOINED).where(readable_promises(someone), *conditions(wish).values())
    order = (promise.c.due_on, promise.c.follow_up)
    return query.order_by(*(order if wish.state in _FIRST_COMES_FIRST else (each.desc() for each in order)))


_JOINED = promise.outerjoin(
    incidents, and_(incidents.c.school == promise.c.school, incidents.c.incident == promise.c.record)
).outerjoin(cases, and_(cases.c.school == promise.c.school, cases.c.case == promise.c.record))


def readable_promises(someone: Reader) -> ColumnElement[bool]:
    """Return the condition on promises, with their records, for what somebody may read."""
    of_both = or_(
        and_(promise.c.record_kind == OF[INCIDENT], readable_incidents(someone)),
        and_(promise.c.record_kind == OF[CASE], readable_cases(someone)),
    )
    return and_(promise.c.school == someone.school, of_both)


def conditions(wish: Wish) -> dict[str, ColumnElement[bool]]:
    """Return each filter as a condition, by its name."""
    found = {"state": _in_state(wish.state)}
    if wish.owner:
        found["owner"] = promise.c.owner == wish.owner
    if wish.of:
        found["of"] = promise.c.record_kind == OF[wish.of]
    return found


def _in_state(state: str) -> ColumnElement[bool]:
    if state == LATE:
        return and_(promise.c.open, promise.c.due_on < today())
    return {OPEN: promise.c.open, DONE: not_(promise.c.open)}.get(state, true())


def _with_records(someone: Reader, rows: Sequence[Any]) -> list[Found]:
    """Return promises with their incident or case, each kind asked at once."""
    asked = {kind: {row.record for row in rows if row.record_kind == kind} for kind in OF.values()}
    of_incident = select(incidents).where(
        incidents.c.school == someone.school, incidents.c.incident.in_(asked[OF[INCIDENT]])
    )
    of_case = select(cases).where(cases.c.school == someone.school, cases.c.case.in_(asked[OF[CASE]]))
    found_incidents = {
        each.row.incident: each
        for each in of_incidents.with_parts(someone.school, db.session.execute(of_incident).all())
    }
    found_cases = {
        each.row.case: each for each in of_cases.with_parts(someone.school, db.session.execute(of_case).all())
    }
    return [Found(row, found_incidents.get(row.record), found_cases.get(row.record)) for row in rows]


@frozen
class Counts:
    """How many there would be for each choice of a filter, with the other filters as they are."""

    state: dict[str, int]
    of: dict[str, int]
    owner: dict[UUID, int]


def counts(someone: Reader, wish: Wish) -> Counts:
    """Count for each filter what its choices would give."""
    return Counts(
        state=_count_each(someone, replace(wish, state=ALL), {each: _in_state(each) for each in STATES}),
        of=_count_each(someone, replace(wish, of=None), {of: promise.c.record_kind == kind for of, kind in OF.items()}),
        owner=_count_owners(someone, replace(wish, owner=None)),
    )


def count(someone: Reader, wish: Wish) -> int:
    """Return how many promises there are for a wish."""
    return _count_each(someone, wish, {"all": true()})["all"]


def _count_each(someone: Reader, wish: Wish, parts: dict[str, ColumnElement[bool]]) -> dict[str, int]:
    each = [func.count().filter(part).label(name) for name, part in parts.items()]
    query = select(*each).select_from(_JOINED).where(readable_promises(someone), *conditions(wish).values())
    return dict(db.session.execute(query).one()._mapping)


def _count_owners(someone: Reader, wish: Wish) -> dict[UUID, int]:
    query = select(promise.c.owner, func.count()).where(readable_promises(someone), *conditions(wish).values())
    return {owner: many for owner, many in db.session.execute(query.select_from(_JOINED).group_by(promise.c.owner))}
