"""The list of who opened which confidential record, when, in which role and on what ground."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from flask import url_for
from flask_babel import format_date, format_time
from flask_babel import gettext as _
from sqlalchemy import and_, func, or_, select
from sqlalchemy.engine import Connection

from events.log.tables import event
from intranet.people.today import today

from . import grounds
from .choosing import PERIODS, Wish
from .features.audit import PERSON, RECORDS
from .grounds import SEARCH
from .period import NAMED_PERIODS, at_school, begin_of
from .projections import LIST, reading
from .reach import hidden_records
from .sentences import Names, role_label

ROWS = 100
ASKED = frozenset({"actor", "period", "from", "until"})


@dataclass(slots=True)
class ReadingList:
    """One page of the list with its filters."""

    rows: list[dict[str, Any]]
    groups: list[dict[str, Any]]
    applied: list[dict[str, str]]
    total: int
    older: str | None
    export_url: str


def reading_list(connection: Connection, school: UUID, asked: Wish, before: int | None) -> ReadingList:
    """Return who opened what, the newest first."""
    names = Names(school)
    by_reader = Counter[UUID | None](
        dict(
            connection.execute(
                select(reading.c.reader, func.count())
                .where(_condition(school, asked, anybody=True))
                .group_by(reading.c.reader)
            ).all()
        )
    )
    query = every_reading(school, asked).limit(ROWS + 1)
    found = connection.execute(query if before is None else query.where(reading.c.position < before)).all()
    shown = found[:ROWS]
    rest = kept(asked)
    return ReadingList(
        rows=_rows(connection, school, shown, names),
        groups=_groups(by_reader, asked, names),
        applied=_applied(asked, names, rest),
        total=sum(count for reader, count in by_reader.items() if asked.actor in (None, reader)),
        older=url_for("audit.readings", **rest, before=shown[-1].position) if len(found) > ROWS else None,
        export_url=url_for("audit.export_readings", **rest),
    )


def every_reading(school: UUID, asked: Wish) -> Any:
    """Return the select of who opened what, the newest first."""
    return select(reading).where(_condition(school, asked)).order_by(reading.c.position.desc())


def applied(school: UUID, asked: Wish) -> list[dict[str, str]]:
    """Return what was chosen, each with the address without it."""
    return _applied(asked, Names(school), kept(asked))


def kept(asked: Wish) -> dict[str, str]:
    """Return the parameters of the address that the list answers to."""
    return {name: value for name, value in asked.parameters.items() if name in ASKED}


def opened_this_week(connection: Connection, school: UUID) -> int:
    """Count how often a confidential record was opened since Monday; the list is no record, nor is a name."""
    monday = NAMED_PERIODS["week"](today()).first
    query = select(func.count()).where(
        reading.c.school == school,
        reading.c.record_kind != LIST,
        or_(reading.c.record_kind != PERSON, reading.c.ground != SEARCH),
        reading.c.read_at >= begin_of(monday or today()),
        *(reading.c.record.not_in(records) for records in hidden_records(school)),
    )
    return connection.scalar(query) or 0


def readers_of(connection: Connection, school: UUID, record: UUID) -> list[dict[str, Any]]:
    """Return who opened one record, the newest first."""
    query = select(reading).where(reading.c.school == school, reading.c.record == record)
    found = connection.execute(query.order_by(reading.c.position.desc()).limit(ROWS)).all()
    return _rows(connection, school, found, Names(school))


def _condition(school: UUID, asked: Wish, anybody: bool = False) -> Any:
    every = [reading.c.school == school]
    days = asked.days
    if days.first:
        every.append(reading.c.read_at >= begin_of(days.first))
    if days.last:
        every.append(reading.c.read_at < begin_of(days.last + timedelta(days=1)))
    if asked.actor and not anybody:
        every.append(reading.c.reader == asked.actor)
    every += [reading.c.record.not_in(records) for records in hidden_records(school)]
    return and_(*every)


def _who_wrote(connection: Connection, school: UUID, shown: Sequence[Any]) -> set[tuple[UUID, UUID]]:
    """Return which readers also recorded something in what they opened: looking on without a part in it stands out."""
    if not shown:
        return set()
    query = select(event.c.stream, event.c.actor).where(
        event.c.school == school,
        event.c.stream.in_({row.record for row in shown}),
        event.c.actor.in_({row.reader for row in shown}),
    )
    return {(row.stream, row.actor) for row in connection.execute(query.distinct())}


def _rows(connection: Connection, school: UUID, shown: Sequence[Any], names: Names) -> list[dict[str, Any]]:
    """Fold what one person opened more than once on one day into one row."""
    wrote = _who_wrote(connection, school, shown)
    why = grounds.of_readings(connection, school, shown)
    rows: dict[tuple[Any, ...], dict[str, Any]] = {}
    for row in shown:
        moment = at_school(row.read_at)
        # By the words, not the code: two rows that say the same would tell that there was more to tell.
        key = (row.reader, row.record, moment.date(), row.role, str(why[row.record, row.ground]))
        if key in rows:
            rows[key]["times"] += 1
            rows[key]["first"] = format_time(moment, "HH:mm", rebase=False)
            continue
        is_dossier = row.record_kind != LIST
        rows[key] = {
            "who": names.who(row.reader),
            "record": RECORDS.get(row.record_kind, row.record_kind),
            "number": row.record.hex[:6],
            "href": url_for("audit.record", stream=row.record) if is_dossier else None,
            "day": format_date(moment.date(), "EEE d MMM y"),
            "last": format_time(moment, "HH:mm", rebase=False),
            "first": None,
            "times": 1,
            "role": role_label(row.role),
            "ground": why[row.record, row.ground],
            "looked_on": is_dossier and (row.record, row.reader) not in wrote,
        }
    return list(rows.values())


def _groups(by_reader: Counter[UUID | None], asked: Wish, names: Names) -> list[dict[str, Any]]:
    readers = [
        {
            "value": reader.hex if reader else "",
            "label": names.who(reader),
            "count": count,
            "current": reader == asked.actor,
        }
        for reader, count in by_reader.items()
    ]
    periods = [
        {"value": code, "label": words, "current": code == asked.period}
        for code, words in PERIODS.items()
        if code != "custom"
    ]
    return [
        {
            "name": "actor",
            "label": _("Wie las"),
            "all": _("Iedereen"),
            "options": sorted(readers, key=lambda option: str(option["label"])),
        },
        {"name": "period", "label": _("Periode"), "no_all": True, "options": periods},
    ]


def _applied(asked: Wish, names: Names, parameters: dict[str, str]) -> list[dict[str, str]]:
    chips = []
    if asked.actor:
        chips.append(("actor", names.who(asked.actor)))
    if "period" in parameters and asked.period != "school_year":
        chips.append(("period", str(PERIODS[asked.period])))
    return [
        {
            "label": words,
            "href": url_for("audit.readings", **{key: value for key, value in parameters.items() if key != name}),
        }
        for name, words in chips
    ]
