"""What somebody can do with the calendar: one function for each intention."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from sqlalchemy import exists, select

from intranet.api import Refused, current_school, log
from intranet.calendar.events import FreePeriod, _
from intranet.calendar.projections import free_period
from intranet.schools.events import School


def add_free_days(*, title: str, kind: str, first: date, last: date) -> UUID:
    """Add free days and return their id. Raises `Refused` when the same days are in the calendar already."""
    period = FreePeriod.plan(title=title, kind=kind, first=first, last=last)
    _save_once(period)
    return period.id


def change_free_days(period_id: UUID, *, title: str, kind: str, first: date, last: date) -> None:
    """Give free days another title, kind or other days. Raises `Refused` when others with those days are there."""
    period = log.get(FreePeriod, period_id)
    period.change(title=title, kind=kind, first=first, last=last)
    _save_once(period)


def remove_free_days(period_id: UUID) -> None:
    """Take free days out of the calendar."""
    period = log.get(FreePeriod, period_id)
    period.remove()
    log.save(period)


def put_free_days_back(period_id: UUID) -> None:
    """Undo that free days were taken out. Raises `Refused` when others with the same days came in their place."""
    period = log.get(FreePeriod, period_id)
    period.put_back()
    _save_once(period)


def _save_once(period: FreePeriod) -> None:
    with log.unit_of_work() as work:
        others = free_period.c.school == current_school(), free_period.c.period != period.id
        days = free_period.c.first == period.first, free_period.c.last == period.last
        if work.connection.scalar(select(exists().where(*others, *days))):
            raise Refused(_("Deze dagen staan al in de kalender."))
        log.save(period)


def change_open_days(weekdays: Iterable[int], *, since: date) -> None:
    """Say on which weekdays the school is open, from a day on."""
    school = log.get(School, current_school())
    school.change_open_days(weekdays=weekdays, since=since)
    log.save(school)
