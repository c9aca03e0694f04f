"""What a plugin gets to tell its history at the practice school, and how that is told in between everything else."""

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from contextvars import Context, copy_context
from datetime import date, datetime, time
from random import Random
from typing import TYPE_CHECKING
from uuid import UUID

from events.frozen import frozen
from events.log import clock
from events.log.context import Acting, acting
from intranet.calendar.days import SchoolCalendar, SchoolYear
from intranet.demo.cast import STAFF
from intranet.people.today import school_zone

if TYPE_CHECKING:
    from intranet.demo.telling import Place
    from intranet.plugin_manager import Plugin

logger = logging.getLogger(__name__)
DemoStory = Iterator[datetime]
"""A generator that yields the next moment at which it goes on; until then everything else happens at school."""


@frozen
class DemoSchool:
    """The practice school as a plugin gets it to tell its history: its days, its people, and a draw of its own.

    - `id`: of the school.
    - `first`, `last`: the first and the last day of the history; a moment after that never comes.
    - `calendar`: its school days.
    - `draw`: a seeded `random.Random` for this plugin only, so that every practice school is told the same.

    Who is asked for is who is there at that moment: in August everybody moves up a group.
    """

    id: UUID
    first: date
    last: date
    calendar: SchoolCalendar
    draw: Random
    _place: "Place"

    @property
    def years(self) -> list[SchoolYear]:
        """The school years of the history, the oldest first; the last one is not over yet."""
        return [SchoolYear(begins) for begins in range(self.first.year, SchoolYear.of(self.last).begins + 1)]

    def days(self, year: SchoolYear | None = None) -> list[date]:
        """Return the school days of the history, or those of one of its years."""
        first, last = (year.first, year.last) if year else (self.first, self.last)
        return self.calendar.school_days(max(first, self.first), min(last, self.last))

    def at(self, day: date, hour: int, minute: int = 0) -> datetime:
        """Return a moment of a day on the clock of the school."""
        return datetime.combine(day, time(hour, minute), school_zone())

    def acting_as(self, person: UUID) -> AbstractContextManager[Acting]:
        """Let somebody do what follows, as `with school.acting_as(coordinator):`."""
        return acting(school=self.id, actor=person)

    def give_duty(self, person: UUID, duty: str) -> None:
        """Give somebody a duty that the plugin brings, from this moment on."""
        from intranet.people.commands import assign_duty

        with acting(school=self.id, actor=self.staff("head_teacher")[0]):
            assign_duty(person, duty)

    def staff(self, duty: str) -> list[UUID]:
        """Return who has a duty, such as `care_coordinator`; at the practice school somebody has each duty."""
        return [self._place.staff[member.key] for member in STAFF if duty in member.duties]

    @property
    def groups(self) -> Mapping[str, UUID]:
        """The class groups by name, as `"6a"`."""
        return self._place.groups

    def teachers(self, group: str) -> list[UUID]:
        """Return who teaches a group."""
        return list(self._place.teachers[group])

    def pupils(self, group: str) -> list[UUID]:
        """Return who is in a group."""
        return list(self._place.pupils[group])


class Histories:
    """The stories of plugins, each told on until its next moment. One that fails ends, and the rest goes on."""

    def __init__(self, place: "Place"):
        self.place = place
        self.broken: list[str] = []
        """What went wrong, a sentence for each story or plugin that ended by it."""

    def ask(self, plugin: "Plugin", tell: Callable[[DemoSchool], Iterable[DemoStory]], school: DemoSchool) -> None:
        """Let a plugin tell its history from now on."""
        try:
            with acting(school=school.id):
                stories = list(tell(school))
        except Exception as error:
            self._note(plugin, error)
            return
        for story in stories:
            # In a context of its own, so that a story may wait inside `with school.acting_as(...)`.
            self._go_on(plugin, story, copy_context(), clock.now())

    def _go_on(self, plugin: "Plugin", story: DemoStory, context: Context, now: datetime) -> None:
        try:
            moment = context.run(_next_moment, story, now)
            if moment is not None:
                then = max(moment, now)
                self.place.plan(then, lambda: self._go_on(plugin, story, context, then))
        except Exception as error:
            self._note(plugin, error)

    def _note(self, plugin: "Plugin", error: Exception) -> None:
        logger.error("The plugin %s stopped telling its history.", plugin.name, exc_info=error)
        self.broken.append(f"The plugin {plugin.name} stopped telling its history: {type(error).__name__}: {error}")


def _next_moment(story: DemoStory, now: datetime) -> datetime | None:
    with clock.told_at(now):
        return next(story, None)
