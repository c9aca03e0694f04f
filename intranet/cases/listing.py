"""The list of cases: filters that live in the address, and counts beside them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from flask import request
from sqlalchemy import ColumnElement, and_, exists, false, func, not_, or_, select

from events.frozen import frozen
from intranet.api import db, today
from intranet.cases.projections import involved, register
from intranet.cases.readable import readable_cases, relation_clauses
from intranet.incidents.fields import person_id
from intranet.incidents.listing import PAGE, Cursor
from intranet.incidents.readable import Reader

OPEN, CLOSED, ALL = "open", "closed", "all"
STATES = (OPEN, CLOSED, ALL)
LED, TAKING_PART = "led", "taking_part"
MINE = (LED, TAKING_PART)


@frozen
class Wish:
    """What somebody wants to see; each field is one parameter of the address."""

    state: str = OPEN
    mine: str | None = None
    due: bool = False
    group: UUID | None = None
    person: UUID | None = None

    @classmethod
    def of_request(cls) -> "Wish":
        """Read the address; what is not understood is left out."""
        asked = request.args
        return cls(
            state=asked["state"] if asked.get("state") in STATES else OPEN,
            mine=asked.get("mine") if asked.get("mine") in MINE else None,
            due=asked.get("due") == "1",
            group=person_id(asked.get("group")),
            person=person_id(asked.get("person")),
        )

    @property
    def parameters(self) -> dict[str, str]:
        """Return the address's parameters, without those that say nothing."""
        said = {
            "state": None if self.state == OPEN else self.state,
            "mine": self.mine,
            "due": "1" if self.due else None,
            "group": self.group and self.group.hex,
            "person": self.person and self.person.hex,
        }
        return {name: value for name, value in said.items() if value}

    def without(self, name: str) -> dict[str, str]:
        """Return the parameters of the same wish without one of its filters."""
        return {other: value for other, value in self.parameters.items() if other != name}


def conditions(someone: Reader, wish: Wish) -> list[ColumnElement[bool]]:
    """Return what a wish asks as conditions; that somebody may read it is always among them."""
    found = [readable_cases(someone)]
    if wish.state != ALL:
        found.append(register.c.closed.is_(wish.state == CLOSED))
    if wish.mine == LED:
        found.append(register.c.leader == someone.person_id)
    if wish.mine == TAKING_PART:
        clauses = relation_clauses(someone)
        found.append(or_(clauses["leader"], clauses["participant"]))
    if wish.due:
        found.append(and_(register.c.closed.is_(False), register.c.evaluate_on <= today()))
    if wish.group:
        found.append(register.c.class_group == wish.group)
    if wish.person:
        same = and_(involved.c.school == register.c.school, involved.c.case == register.c.case)
        found.append(exists().where(same, involved.c.person == wish.person))
    return found


@frozen
class Found:
    """One case in a list: its row of the register, and who has which part."""

    row: Any
    parts: Sequence[tuple[UUID, str]]


def page_of(someone: Reader, wish: Wish, after: Cursor | None, size: int = PAGE) -> tuple[list[Found], Cursor | None]:
    """Return a page of cases, the newest first, and where the next page begins."""
    query = select(register).where(*conditions(someone, wish))
    at, case = register.c.opened_at, register.c.case
    if after is not None:
        query = query.where(at <= after.happened_at, not_(and_(at == after.happened_at, case >= after.record)))
    rows = db.session.execute(query.order_by(at.desc(), case.desc()).limit(size + 1)).all()
    more = Cursor(rows[size - 1].opened_at, rows[size - 1].case) if len(rows) > size else None
    return with_parts(someone.school, rows[:size]), more


def every(someone: Reader, wish: Wish) -> list[Found]:
    """Return all cases for a wish, the newest first."""
    query = select(register).where(*conditions(someone, wish))
    rows = db.session.execute(query.order_by(register.c.opened_at.desc(), register.c.case.desc())).all()
    return with_parts(someone.school, rows)


def with_parts(school: UUID, rows: Sequence[Any]) -> list[Found]:
    """Return rows of the register with who has which part."""
    parts: dict[UUID, list[tuple[UUID, str]]] = defaultdict(list)
    shown = [row.case for row in rows]
    which = involved.c.case.in_(shown) if shown else false()
    for row in db.session.execute(select(involved).where(involved.c.school == school, which)):
        parts[row.case].append((row.person, row.role))
    return [Found(row, parts[row.case]) for row in rows]


def count(someone: Reader, wish: Wish) -> int:
    """Return how many cases there are for a wish."""
    query = select(func.count()).select_from(register).where(*conditions(someone, wish))
    return db.session.scalar(query) or 0


def counts(someone: Reader, wish: Wish) -> dict[str, dict[Any, int]]:
    """Count for each filter what its choices would give, with the other filters as they are."""
    by_group = select(register.c.class_group, func.count()).where(*conditions(someone, replace(wish, group=None)))
    return {
        "group": dict(db.session.execute(by_group.group_by(register.c.class_group)).all()),
        "state": {each: count(someone, replace(wish, state=each)) for each in STATES},
        "mine": {each: count(someone, replace(wish, mine=each)) for each in MINE},
        "due": {"1": count(someone, replace(wish, due=True))},
    }


def ever_any(someone: Reader) -> bool:
    """Tell whether somebody may read any case at all: an empty list is told apart from an empty search."""
    return db.session.scalar(select(exists(select(register.c.case).where(readable_cases(someone))))) or False
