"""Which days somebody went through, and which days nobody did yet."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from flask_babel import format_date
from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.engine import Connection

from events.log.aggregate import ERASED
from intranet.api import log
from intranet.people.today import today

from .events import Review
from .period import at_school, school_year
from .projections import review
from .sentences import Names


def reviews(connection: Connection, school: UUID) -> Sequence[Any]:
    """Return the reviews of a school, the newest first."""
    return connection.execute(
        select(review).where(review.c.school == school).order_by(review.c.reviewed_at.desc())
    ).all()


def reviewed_days(every: Sequence[Any]) -> dict[date, int]:
    """Return up to which position each day was reviewed."""
    days: dict[date, int] = {}
    for row in every:
        for number in range((row.last_day - row.first_day).days + 1):
            day = row.first_day + timedelta(days=number)
            days[day] = max(days.get(day, 0), row.position_until)
    return days


def reviewed_until(every: Sequence[Any]) -> date | None:
    """Return the last day of the reviews, None before the first one."""
    return max((row.last_day for row in every), default=None)


def next_period(every: Sequence[Any]) -> tuple[date, date]:
    """Return the days that come after what was reviewed: from the start of the school year when nothing was."""
    last = reviewed_until(every)
    first = school_year(today()).first if last is None else min(last + timedelta(days=1), today())
    return first or today(), today()


def rows(every: Sequence[Any], names: Names) -> list[dict[str, Any]]:
    """Return what the list of reviews shows."""
    return [
        {
            "id": row.review,
            "period": period_words(row.first_day, row.last_day),
            "who": names.who(row.reviewer),
            "when": at_school(row.reviewed_at),
            "first": row.position_from,
            "last": row.position_until,
            "count": max(0, row.position_until - row.position_from + 1),
            "remark": remark(row.review),
        }
        for row in every
    ]


def remark(review_id: UUID) -> str | None:
    """Return what struck the person who reviewed; None when they wrote nothing, or what they wrote was erased."""
    written = log.get(Review, review_id).remark
    return None if written is ERASED else written


def period_words(first: date, last: date) -> str:
    """Return days as somebody says them."""
    if first == last:
        return str(format_date(first, "EEEE d MMMM y"))
    return str(
        _(
            "%(first)s tot en met %(last)s",
            first=format_date(first, "d MMMM" if first.year == last.year else "d MMMM y"),
            last=format_date(last, "d MMMM y"),
        )
    )
