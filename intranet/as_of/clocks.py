"""Which events belong to a moment: those recorded by then, or those that had happened by then, as known today."""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select

from events.log.mapper import to_milliseconds
from events.log.replay import Part, position_at
from events.log.tables import event
from intranet.api import log
from intranet.people.projections import People
from intranet.schools.projections import Schools

Clock = Callable[[UUID, datetime], Part]


def recorded_by(school: UUID, at: datetime) -> Part:
    """Return the part of a log that was recorded at a moment or before."""
    return Part(position_at(log, school, to_milliseconds(at)))


def happened_by(school: UUID, at: datetime) -> Part:
    """Return what had happened at a school by a moment, with all that is known of it today.

    A record with a time at which it happened is in whole or not at all. Of the others, such as people, what happened
    since is left out: they tell it from day to day, and happen when they are recorded unless they name a day.
    """
    return Part(log.head(school).size, chosen=_Happened(school, at))


def roster_only(part: Part) -> Part:
    """Return a part with no more of it than names take."""
    kinds = {log.registry.of_class(each).name for each in (*People.handlers, *Schools.handlers)}
    return Part(part.until, kinds, part.chosen)


class _Happened:
    """Asked for each event of a school in order; remembers of which records the rest had not happened yet."""

    def __init__(self, school: UUID, at: datetime):
        self._at, self._day, limit = at, at.date(), to_milliseconds(at)
        timed = select(event.c.stream, event.c.version, event.c.happened_at).where(
            event.c.school == school, event.c.happened_at.is_not(None)
        )
        self._whole: dict[UUID, bool] = {}
        self._over: set[UUID] = set()
        with log.read() as connection:
            for row in connection.execute(timed.order_by(event.c.position)):
                # A record that began with a time; that time can be corrected, and the last one counts.
                if row.version == 1 or row.stream in self._whole:
                    self._whole[row.stream] = row.happened_at <= limit

    def __call__(self, fact: Any) -> bool:
        stream = fact.originator_id
        if stream in self._whole:
            return self._whole[stream]
        if stream not in self._over and not self._was_there(fact):
            self._over.add(stream)
        return stream not in self._over

    def _was_there(self, fact: Any) -> bool:
        day: date | None = getattr(fact, "happened_on", None)
        if day is not None:
            return day <= self._day
        moment: datetime = getattr(fact, "happened_at", None) or fact.recorded_at
        return moment <= self._at


def parts_of(wholly: Iterable[UUID], by_name: Iterable[UUID], at: datetime, by: Clock) -> dict[UUID, Part]:
    """Return what a page at a moment reads: some logs whole, and of others only who is there."""
    whole = {school: by(school, at) for school in wholly}
    return whole | {other: roster_only(by(other, at)) for other in by_name if other not in whole}
