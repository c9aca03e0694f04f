"""In which cases an incident or a signal is gathered, for who may read those cases; others see nothing of it."""

from typing import Any
from uuid import UUID

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy import and_, exists, select

from intranet.api import db, may
from intranet.cases.kinds import TITLES
from intranet.cases.projections import gathered, register
from intranet.cases.readable import OPEN, WORK, readable_cases
from intranet.incidents.readable import Reader

INCIDENT, SIGNAL = "incident", "signal"
RECORD_KINDS = {INCIDENT: "incidents.incident", SIGNAL: "signals.signal"}
"""The word in an address for each kind of record that can be gathered, and what the log calls it."""


def card_of(word: str, record_id: UUID, someone: Reader, *, can_be: bool = True) -> dict[str, Any] | None:
    """Return what the page of a record says of cases: those it is in, and a way to gather it; None for nothing."""
    holds = exists().where(
        gathered.c.school == register.c.school, gathered.c.case == register.c.case, gathered.c.record == record_id
    )
    found = db.session.execute(select(register).where(readable_cases(someone), holds)).all()
    gather = can_be and (may(OPEN) or _has_open(someone))
    if not found and not gather:
        return None
    return {
        "links": [_link(row) for row in found],
        "gather_url": url_for("cases.gather", word=word, record_id=record_id) if gather else None,
    }


def open_to_work(someone: Reader) -> list[Any]:
    """Return the open cases with which somebody may do something, the newest first."""
    mine = and_(readable_cases(someone), readable_cases(someone, WORK), register.c.closed.is_(False))
    query = select(register).where(mine).order_by(register.c.opened_at.desc(), register.c.case)
    return list(db.session.execute(query).all())


def _has_open(someone: Reader) -> bool:
    mine = and_(readable_cases(someone), readable_cases(someone, WORK), register.c.closed.is_(False))
    return db.session.scalar(select(exists(select(register.c.case).where(mine)))) or False


def _link(row: Any) -> dict[str, Any]:
    return {
        "label": str(TITLES.get(row.kind, row.kind)),
        "href": url_for("cases.case", case_id=row.case),
        "note": _("afgesloten") if row.closed else _("loopt nog"),
        "icon": "book-open",
        "tone": "quiet" if row.closed else "info",
    }
