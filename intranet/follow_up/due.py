"""Promises that wait for somebody: their own, and broken ones that have climbed to whoever looks after them."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import ColumnElement, Join, and_, select

from intranet.api import DueDate, SchoolCalendar, db, roster, school_calendar
from intranet.follow_up.climbing import climbing_of, school_days_late
from intranet.follow_up.events import COORDINATOR, levels_of
from intranet.follow_up.followed import Followed
from intranet.follow_up.kinds import KIND_LABELS
from intranet.follow_up.of_incidents import INCIDENTS
from intranet.follow_up.projections import promise
from intranet.incidents.projections import register
from intranet.incidents.readable import Reader, readable_incidents

PROMISE = "promise"

_joined = promise.join(register, and_(register.c.school == promise.c.school, register.c.incident == promise.c.record))


def due_dates(someone: Reader, today: date) -> Iterator[DueDate]:
    """Return what waits for somebody because of incidents that they may read."""
    return promises_due(someone, today, INCIDENTS, _joined, readable_incidents(someone))


def promises_due(
    someone: Reader, today: date, of: Followed, joined: Join, readable: ColumnElement[bool]
) -> Iterator[DueDate]:
    """Return which promises wait for somebody, of the records of a kind that they may read.

    `joined` are the promises with the register of those records, on which `readable` is a condition.
    """
    query = (
        select(promise, of.closed.label("closed"))
        .select_from(joined)
        .where(promise.c.school == someone.school, promise.c.open, readable)
        .order_by(promise.c.due_on)
    )
    days = _climbs_after(someone)
    calendar: SchoolCalendar | None = None
    for row in db.session.execute(query):
        if row.owner == someone.person_id:
            yield _waiting(row, of.way_to(row.record, row.follow_up, someone, own=True), _kind(row))
        elif days is not None and row.due_on < today:
            calendar = calendar or school_calendar()
            late = school_days_late(row.due_on, today, calendar)
            if late >= days:
                names = roster(someone.school)
                who = names[row.owner].full if row.owner in names else _("iemand die niet meer bekend is")
                note = ngettext(
                    "%(num)d schooldag te laat bij %(who)s", "%(num)d schooldagen te laat bij %(who)s", late, who=who
                )
                address = of.way_to(row.record, row.follow_up, someone)
                yield _waiting(row, address, _("Afspraak") if row.closed else _kind(row), note)


def _climbs_after(someone: Reader) -> int | None:
    """Return after how many school days a broken promise also waits for somebody; None when it never does."""
    levels = levels_of(someone.duties)
    if not levels:
        return None
    chosen = climbing_of(db.session.connection(), someone.school)
    return chosen.coordinator if COORDINATOR in levels else chosen.director


def _kind(row: Any) -> Any:
    return KIND_LABELS.get(row.kind, row.kind)


def _waiting(row: Any, address: str, label: Any, note: str = "") -> DueDate:
    return DueDate(row.due_on, label, address, note, "flag", PROMISE)
