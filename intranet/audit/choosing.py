"""What part of the log the address of a page asks for."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from flask import request
from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from sqlalchemy.engine import Connection

from events.log.tables import event
from intranet.people.today import today

from .entries import Choice
from .period import NAMED_PERIODS, Period, positions
from .reach import closed_events, hidden_records, people_named

USUAL = "school_year"
SYSTEM = "system"
PERIODS = {
    "week": _l("Deze week"),
    "month": _l("Deze maand"),
    "school_year": _l("Dit schooljaar"),
    "last_school_year": _l("Vorig schooljaar"),
    "all": _l("Alle jaren"),
    "custom": _l("Zelf kiezen"),
}


@dataclass(slots=True)
class Wish:
    """What the address asks for, with nothing in it that is not understood."""

    kind: str = ""
    actor: UUID | None = None
    by_system: bool = False
    person: UUID | None = None
    period: str = USUAL
    first: date | None = None
    last: date | None = None
    rows: tuple[int, int] | None = None
    parameters: dict[str, str] = field(default_factory=dict)

    @property
    def days(self) -> Period:
        if self.first or self.last or self.period == "custom":
            return Period(self.first, self.last)
        return NAMED_PERIODS[self.period](today())

    @property
    def is_narrowed(self) -> bool:
        """Whether more is chosen than days: then a hidden record would show by what it answers to."""
        return bool(self.kind or self.actor or self.by_system or self.person)


def wish() -> Wish:
    """Read the address of this request; what cannot be read counts as not asked."""
    asked = request.args
    own_days = asked.get("period", "custom") == "custom"
    found = Wish(
        kind=asked.get("kind", "")[:100],
        by_system=asked.get("actor") == SYSTEM,
        actor=_uuid(asked.get("actor")),
        person=_uuid(asked.get("person")),
        period=asked.get("period") if asked.get("period") in PERIODS else USUAL,  # type: ignore[arg-type]
        first=_day(asked.get("from")) if own_days else None,
        last=_day(asked.get("until")) if own_days else None,
        rows=_rows(asked.get("rows")),
    )
    kept = ("kind", "actor", "person", "period", "from", "until", "rows", "of")
    found.parameters = {name: asked[name] for name in kept if asked.get(name)}
    return found


def _uuid(text: str | None) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        return None


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def _rows(text: str | None) -> tuple[int, int] | None:
    first, _dash, last = (text or "").partition("-")
    return (int(first), int(last)) if first.isdecimal() and last.isdecimal() and len(last) < 19 else None


def position_of(name: str) -> int | None:
    """Return a position in the address, as for the next page."""
    text = request.args.get(name, "")
    return int(text) if text.isdecimal() and len(text) < 19 else None


def choice(connection: Connection, school: UUID, asked: Wish) -> Choice:
    """Return the rows that are asked for."""
    first, last = asked.rows or positions(connection, school, asked.days)
    return Choice(
        school,
        first,
        last,
        kind=asked.kind,
        actor=asked.actor,
        by_system=asked.by_system,
        streams=_streams_of(school, asked.person),
        without=tuple(hidden_records(school)) if asked.is_narrowed else (),
        closed=closed_events(school),
    )


def _streams_of(school: UUID, person: UUID | None) -> tuple[Any, ...]:
    if person is None:
        return ()
    named = [select(each.c.stream).where(each.c.person == person) for each in named_records(school)]
    return (select(event.c.stream).where(event.c.school == school, event.c.stream == person), *named)


def named_records(school: UUID) -> list[Any]:
    """Return subqueries of `(stream, person)` of the records whose people the viewer may know."""
    return [each.subquery() for each in people_named(school)]
