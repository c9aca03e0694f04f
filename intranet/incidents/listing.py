"""The list of incidents: filters that live in the address, counts beside them, pages that stay fast for ten years."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from flask import request
from sqlalchemy import ColumnElement, FromClause, Text, and_, cast, exists, func, literal, not_, null, select, union_all

from events.frozen import frozen
from events.incident import SEVERITIES
from events.log.mapper import from_milliseconds, to_milliseconds
from intranet.api import db
from intranet.follow_up.projections import closing
from intranet.incidents.fields import person_id
from intranet.incidents.forms import now_at_school, school_zone
from intranet.incidents.projections import involved, kinds, register
from intranet.incidents.readable import Reader, readable_incidents

PAGE = 30
THIS_YEAR, PREVIOUS_YEAR, MONTH, WEEK, EVER = "year", "previous", "month", "week", "all"
UNWEIGHED = "none"
WEIGHTS = (UNWEIGHED, *map(str, SEVERITIES))
OPEN, CLOSED = "open", "closed"
STATES = (OPEN, CLOSED)
PERIODS = (WEEK, MONTH, THIS_YEAR, PREVIOUS_YEAR, EVER)
_code_pattern = re.compile(r"[a-z0-9][a-z0-9_.:-]{0,63}")
_is_closed = exists().where(
    closing.c.school == register.c.school, closing.c.record == register.c.incident, closing.c.closed
)


@frozen
class Wish:
    """What somebody wants to see; each field is one parameter of the address."""

    kind: str | None = None
    place: str | None = None
    group: UUID | None = None
    person: UUID | None = None
    period: str = THIS_YEAR
    severity: str | None = None
    state: str | None = None
    mine: bool = False

    @classmethod
    def of_request(cls) -> "Wish":
        """Read the address; what is not understood is left out."""
        asked = request.args
        period = asked.get("period", THIS_YEAR)
        return cls(
            kind=_code(asked.get("kind")),
            place=_code(asked.get("place")),
            group=person_id(asked.get("group")),
            person=person_id(asked.get("person")),
            period=period if period in PERIODS else THIS_YEAR,
            severity=asked.get("severity") if asked.get("severity") in WEIGHTS else None,
            state=asked.get("state") if asked.get("state") in STATES else None,
            mine=asked.get("mine") == "1",
        )

    @property
    def parameters(self) -> dict[str, str]:
        """Return the address's parameters, without those that say nothing."""
        said = {
            "kind": self.kind,
            "place": self.place,
            "group": self.group and self.group.hex,
            "person": self.person and self.person.hex,
            "period": None if self.period == THIS_YEAR else self.period,
            "severity": self.severity,
            "state": self.state,
            "mine": "1" if self.mine else None,
        }
        return {name: value for name, value in said.items() if value}

    def without(self, name: str) -> dict[str, str]:
        """Return the parameters of the same wish without one of its filters."""
        return {other: value for other, value in self.parameters.items() if other != name}


def _code(text: str | None) -> str | None:
    return text if text and _code_pattern.fullmatch(text) else None


def first_day(period: str, today: date) -> date | None:
    """Return the day on which a period begins, None for one without beginning."""
    begun = date(today.year if today.month >= 8 else today.year - 1, 8, 1)
    return {
        WEEK: today - timedelta(days=6),
        MONTH: today - timedelta(days=29),
        THIS_YEAR: begun,
        PREVIOUS_YEAR: begun.replace(year=begun.year - 1),
    }.get(period)


def midnight(day: date) -> int:
    """Return the beginning of a day at school in milliseconds."""
    return to_milliseconds(datetime.combine(day, time.min, school_zone()))


def moment_of(milliseconds: int) -> datetime:
    """Return a time of the register as a moment."""
    return from_milliseconds(milliseconds)


def conditions(someone: Reader, wish: Wish) -> dict[str, ColumnElement[bool]]:
    """Return each filter as a condition, by its name; "readable" is always among them."""
    today = now_at_school().date()
    found = {"readable": readable_incidents(someone), **_chosen(wish, register.c)}
    begins = first_day(wish.period, today)
    if begins is not None:
        found["period"] = register.c.happened_at >= midnight(begins)
    if wish.period == PREVIOUS_YEAR:
        found["period"] = and_(found["period"], register.c.happened_at < midnight(first_day(THIS_YEAR, today)))
    if wish.severity:
        weighed = None if wish.severity == UNWEIGHED else int(wish.severity)
        found["severity"] = register.c.severity.is_(None) if weighed is None else register.c.severity == weighed
    if wish.state:
        found["state"] = _is_closed if wish.state == CLOSED else not_(_is_closed)
    if wish.mine:
        found["mine"] = register.c.reporter == someone.person_id
    if wish.person:
        found["person"] = exists().where(
            involved.c.school == register.c.school,
            involved.c.incident == register.c.incident,
            involved.c.person == wish.person,
        )
    return found


def _chosen(wish: Wish, columns: Any) -> dict[str, ColumnElement[bool]]:
    """Return the filters whose choices are counted, as conditions on the columns of some rows of the register."""
    found = {}
    if wish.kind:
        found["kind"] = exists().where(kinds_of(columns), kinds.c.kind == wish.kind)
    if wish.place:
        found["place"] = columns.place == wish.place
    if wish.group:
        found["group"] = columns.class_group == wish.group
    return found


def kinds_of(columns: Any) -> ColumnElement[bool]:
    """Return the condition that joins the kinds of incidents to some rows of the register, given their columns."""
    return and_(kinds.c.school == columns.school, kinds.c.incident == columns.incident)


@frozen
class Found:
    """One incident in the list: its row of the register, its kinds, and the parts people had."""

    row: Any
    kinds: Sequence[str]
    parts: Sequence[tuple[UUID, str]]

    @property
    def closed(self) -> bool:
        """Whether the list tells no more than that it exists."""
        return self.row.confidential or self.row.staff_matter


@frozen
class Cursor:
    """The last record of a page; the next page begins after it."""

    happened_at: int
    record: UUID

    @classmethod
    def read(cls, text: str | None) -> "Cursor | None":
        """Read it from an address; nonsense is no cursor."""
        at, _dash, hexed = (text or "").partition("-")
        record = person_id(hexed)
        return cls(int(at), record) if record and at.isascii() and at.isdigit() and len(at) < 16 else None

    def __str__(self) -> str:
        return f"{self.happened_at}-{self.record.hex}"


def page_of(someone: Reader, wish: Wish, after: Cursor | None, size: int = PAGE) -> tuple[list[Found], Cursor | None]:
    """Return a page of what somebody may read, the latest first, and where the next page begins."""
    rows = db.session.execute(page_query(someone, wish, after, size)).all()
    more = Cursor(rows[size - 1].happened_at, rows[size - 1].incident) if len(rows) > size else None
    return with_parts(someone.school, rows[:size]), more


def page_query(someone: Reader, wish: Wish, after: Cursor | None, size: int) -> Any:
    """Return the select of a page and one more; it begins in the index where the page before ended."""
    query = select(register).where(*conditions(someone, wish).values())
    if after is not None:
        at, incident = register.c.happened_at, register.c.incident
        query = query.where(at <= after.happened_at, not_(and_(at == after.happened_at, incident >= after.record)))
    return query.order_by(register.c.happened_at.desc(), register.c.incident.desc()).limit(size + 1)


def with_parts(school: UUID, rows: Sequence[Any]) -> list[Found]:
    """Return rows of the register with their kinds and the parts people had."""
    shown = [row.incident for row in rows]
    of_kinds: dict[UUID, list[str]] = defaultdict(list)
    of_people: dict[UUID, list[tuple[UUID, str]]] = defaultdict(list)
    if shown:
        where = (kinds.c.school == school, kinds.c.incident.in_(shown))
        for row in db.session.execute(select(kinds.c.incident, kinds.c.kind).where(*where)):
            of_kinds[row.incident].append(row.kind)
        part = (involved.c.school == school, involved.c.incident.in_(shown))
        for row in db.session.execute(select(involved).where(*part)):
            of_people[row.incident].append((row.person, row.role))
    return [Found(row, of_kinds[row.incident], of_people[row.incident]) for row in rows]


def count(someone: Reader, wish: Wish) -> int:
    """Return how many incidents there are for a wish."""
    query = select(func.count()).select_from(register).where(*conditions(someone, wish).values())
    return db.session.scalar(query) or 0


@frozen
class Counts:
    """How many there are for a wish, and how many for each choice of a filter, with the other filters as they are."""

    all: int
    kind: dict[str, int]
    place: dict[str, int]
    group: dict[UUID, int]


def counts(someone: Reader, wish: Wish) -> Counts:
    """Count what there is for a wish, and for each filter what its choices would give.

    In one question: what somebody may read takes longer to find than to count.
    """
    among = conditions(someone, replace(wish, kind=None, place=None, group=None)).values()
    columns = register.c.school, register.c.incident, register.c.place, register.c.class_group
    rows = select(*columns).where(*among).cte("readable")
    chosen = _chosen(wish, rows.c)

    def each(name: str, value: ColumnElement[Any], source: FromClause = rows) -> Any:
        others = (condition for other, condition in chosen.items() if other != name)
        said = cast(value, Text).label("value")
        return select(literal(name), said, func.count()).select_from(source).where(*others, value.is_not(None))

    total = select(literal("all"), null(), func.count()).select_from(rows).where(*chosen.values())
    of_kinds = each("kind", kinds.c.kind, rows.join(kinds, kinds_of(rows.c))).group_by(kinds.c.kind)
    of_places = each("place", rows.c.place).group_by(rows.c.place)
    of_groups = each("group", rows.c.class_group).group_by(rows.c.class_group)
    found: dict[str, dict[Any, int]] = defaultdict(dict)
    for name, value, number in db.session.execute(union_all(total, of_kinds, of_places, of_groups)):
        found[name][value] = number
    groups = {UUID(group): number for group, number in found["group"].items()}
    return Counts(found["all"][None], found["kind"], found["place"], groups)


def ever_any(someone: Reader) -> bool:
    """Tell whether somebody may read anything at all: an empty list is told apart from an empty search."""
    return db.session.scalar(select(exists(select(register.c.incident).where(readable_incidents(someone))))) or False
