"""The list of signals: filters that live in the address, and counts beside them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from flask import request
from sqlalchemy import ColumnElement, and_, case, exists, func, not_, or_, select

from events.frozen import frozen
from intranet.api import db, today
from intranet.incidents.fields import person_id
from intranet.incidents.listing import PAGE, PERIODS, PREVIOUS_YEAR, THIS_YEAR, Cursor, first_day, midnight
from intranet.incidents.readable import Reader
from intranet.sharing.projections import shared
from intranet.signals.kinds import BUSY, NEW, POSITIVE, STATES, TITLES
from intranet.signals.projections import about, lies_with, register
from intranet.signals.readable import listed_signals, triaged_signals

noticed = case((register.c.positive, POSITIVE), else_=register.c.kind)
"""What was noticed, as the code of its choice."""


@frozen
class Wish:
    """What somebody wants to see; each field is one parameter of the address."""

    what: str | None = None
    state: str | None = None
    group: UUID | None = None
    person: UUID | None = None
    period: str = THIS_YEAR
    mine: bool = False

    @classmethod
    def of_request(cls) -> "Wish":
        """Read the address; what is not understood is left out."""
        asked = request.args
        period = asked.get("period", THIS_YEAR)
        return cls(
            what=asked.get("what") if asked.get("what") in TITLES else None,
            state=asked.get("state") if asked.get("state") in STATES else None,
            group=person_id(asked.get("group")),
            person=person_id(asked.get("person")),
            period=period if period in PERIODS else THIS_YEAR,
            mine=asked.get("mine") == "1",
        )

    @property
    def parameters(self) -> dict[str, str]:
        """Return the address's parameters, without those that say nothing."""
        said = {
            "what": self.what,
            "state": self.state,
            "group": self.group and self.group.hex,
            "person": self.person and self.person.hex,
            "period": None if self.period == THIS_YEAR else self.period,
            "mine": "1" if self.mine else None,
        }
        return {name: value for name, value in said.items() if value}

    def without(self, name: str) -> dict[str, str]:
        """Return the parameters of the same wish without one of its filters."""
        return {other: value for other, value in self.parameters.items() if other != name}


def conditions(someone: Reader, wish: Wish) -> list[ColumnElement[bool]]:
    """Return what a wish asks as conditions; that somebody may read it, or wrote it, is always among them."""
    day = today()
    found = [listed_signals(someone)]
    begins = first_day(wish.period, day)
    if begins is not None:
        found.append(register.c.happened_at >= midnight(begins))
    if wish.period == PREVIOUS_YEAR:
        found.append(register.c.happened_at < midnight(first_day(THIS_YEAR, day)))
    if wish.what:
        found.append(noticed == wish.what)
    if wish.state:
        found.append(register.c.state == wish.state)
    if wish.group:
        found.append(register.c.class_group == wish.group)
    if wish.mine:
        found.append(register.c.reporter == someone.person_id)
    if wish.person:
        same = and_(about.c.school == register.c.school, about.c.signal == register.c.signal)
        found.append(exists().where(same, about.c.person == wish.person))
    return found


@frozen
class Found:
    """One signal in a list: its row of the register, and about whom it is."""

    row: Any
    people: Sequence[UUID]


def page_of(someone: Reader, wish: Wish, after: Cursor | None, size: int = PAGE) -> tuple[list[Found], Cursor | None]:
    """Return a page of signals, the latest first, and where the next page begins."""
    query = select(register).where(*conditions(someone, wish))
    at, signal = register.c.happened_at, register.c.signal
    if after is not None:
        query = query.where(at <= after.happened_at, not_(and_(at == after.happened_at, signal >= after.record)))
    rows = db.session.execute(query.order_by(at.desc(), signal.desc()).limit(size + 1)).all()
    more = Cursor(rows[size - 1].happened_at, rows[size - 1].signal) if len(rows) > size else None
    return with_people(someone.school, rows[:size]), more


def waiting_for(someone: Reader, at_most: int) -> tuple[list[Found], int]:
    """Return the signals that somebody has to decide about, the longest waiting first.

    Nobody looked at them yet, or they were shared until a day that is past and nothing else was done.
    """
    mine = (triaged_signals(someone), or_(register.c.state == NEW, _came_back()))
    query = select(register).where(*mine).order_by(register.c.recorded_at, register.c.signal).limit(at_most)
    rows = db.session.execute(query).all()
    number = db.session.scalar(select(func.count()).select_from(register).where(*mine)) or 0
    return with_people(someone.school, rows), number


def _came_back() -> ColumnElement[bool]:
    """Return the condition that a signal lay with colleagues only, and with none of them any more."""
    of_signal = lies_with.c.school == register.c.school, lies_with.c.signal == register.c.signal
    ended = exists().where(
        shared.c.school == lies_with.c.school,
        shared.c.record == lies_with.c.signal,
        shared.c.person == lies_with.c.whom,
        shared.c.until < today(),
    )
    somewhere = exists().where(*of_signal, not_(ended))
    return and_(register.c.state == BUSY, not_(register.c.worked_on), not_(register.c.positive), not_(somewhere))


def with_people(school: UUID, rows: Sequence[Any]) -> list[Found]:
    """Return rows of the register with about whom they are."""
    shown = [row.signal for row in rows]
    people: dict[UUID, list[UUID]] = defaultdict(list)
    if shown:
        for row in db.session.execute(select(about).where(about.c.school == school, about.c.signal.in_(shown))):
            people[row.signal].append(row.person)
    return [Found(row, people[row.signal]) for row in rows]


def count(someone: Reader, wish: Wish) -> int:
    """Return how many signals there are for a wish."""
    query = select(func.count()).select_from(register).where(*conditions(someone, wish))
    return db.session.scalar(query) or 0


@frozen
class Counts:
    """How many there would be for each choice of a filter, with the other filters as they are."""

    what: dict[str, int]
    state: dict[str, int]
    group: dict[UUID, int]


def counts(someone: Reader, wish: Wish) -> Counts:
    """Count for each filter what its choices would give."""
    return Counts(
        what=_counted(someone, replace(wish, what=None), noticed),
        state=_counted(someone, replace(wish, state=None), register.c.state),
        group=_counted(someone, replace(wish, group=None), register.c.class_group),
    )


def _counted(someone: Reader, wish: Wish, column: Any) -> dict[Any, int]:
    value = column.label("value")
    query = select(value, func.count()).where(*conditions(someone, wish), column.is_not(None)).group_by("value")
    return {each: number for each, number in db.session.execute(query)}


def ever_any(someone: Reader) -> bool:
    """Tell whether somebody may read anything at all: an empty list is told apart from an empty search."""
    return db.session.scalar(select(exists(select(register.c.signal).where(listed_signals(someone))))) or False
