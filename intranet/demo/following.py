"""What the practice school does after an incident: promises kept, parents informed, closed, sometimes opened again."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from random import Random
from typing import TYPE_CHECKING
from uuid import UUID

from events.incident import SERIOUS, Incident
from intranet.api import acting, log, school_calendar, today
from intranet.demo.stories import CONCLUSIONS, NOTHING_NEEDED, OUTCOMES, WAIVED, Story
from intranet.follow_up import commands
from intranet.follow_up.climbing import record_climbs
from intranet.follow_up.kinds import USUAL_KIND
from intranet.follow_up.owners import can_read
from intranet.schools.events import CLIMBING

if TYPE_CHECKING:
    from intranet.demo.telling import Place

CLOSED_WITHOUT = 0.6
"""So many of the slight ones need nothing more, and somebody says why."""
FORGOTTEN = 0.06
"""So many promises are not kept on time: they climb, as they do at every school."""
EVERY = 5
"""School days between two moments of contact with a witness or a follower."""


def follow_up(place: "Place", story: Story, incident: UUID, later: datetime, draw: Random) -> None:
    """Plan what follows on an incident that was just told."""
    if story.severity < 2 and draw.random() < CLOSED_WITHOUT:
        close = timedelta(days=draw.randrange(1, 6))
        place.plan(later + close, lambda: _close(place, incident, draw, draw.choice(NOTHING_NEEDED)))
    else:
        place.plan(later + timedelta(hours=1), lambda: _promise(place, incident, later, draw))


def _promise(place: "Place", incident: UUID, later: datetime, draw: Random) -> None:
    with acting(school=place.school, actor=place.staff["hanneke"]), log.unit_of_work():
        calendar = school_calendar()
        known = log.get(Incident, incident)
        parts = [part for part in known.involved if part.role in USUAL_KIND]
        helps = "esther" if can_read(known, place.staff["esther"]) else "hanneke"
        care, day = place.staff["hanneke"], today()
        stopped = commands.promise_follow_up(incident, kind="behaviour_stopped", owner=care, due_on=day)
        commands.keep_follow_up(incident, stopped, outcome="Ze zijn uit elkaar gehaald en tot rust gekomen.", on=day)
        for part in parts or [None]:
            kind = USUAL_KIND[part.role] if part else "other_follow_up"
            due = calendar.after(later.date(), draw.randrange(1, 4))
            promised = commands.promise_follow_up(
                incident,
                kind=kind,
                owner=place.staff[draw.choice(("hanneke", "hanneke", helps))],
                due_on=due,
                person_id=part.person_id if part else None,
                repeats=EVERY if kind == "contact_moment" else None,
            )
            if draw.random() > FORGOTTEN:
                again = 2 if kind == "contact_moment" else 0
                place.plan(_at(due, later), _keeping(place, incident, promised, _at(due, later), again, draw))
            else:
                for school_days in CLIMBING:
                    place.plan(_at(calendar.after(due, school_days), later), climbing(place))
                place.plan(_at(due, later) + timedelta(days=21), _giving_up(place, incident, promised, draw))
        for part in parts:
            if part.role in ("victim", "alleged_perpetrator"):
                place.plan(later + timedelta(hours=3), _informing(place, incident, part.person_id, later.date(), draw))
    place.plan(later + timedelta(days=draw.randrange(24, 34)), lambda: _close(place, incident, draw))


def _at(day: date, like: datetime) -> datetime:
    return like.replace(year=day.year, month=day.month, day=day.day)


def _keeping(
    place: "Place", incident: UUID, promised: UUID, due: datetime, again: int, draw: Random
) -> Callable[[], None]:
    def keep() -> None:
        with acting(school=place.school, actor=place.staff["hanneke"]):
            outcome = draw.choice(OUTCOMES)
            commands.keep_follow_up(incident, promised, outcome=outcome, on=due.date(), again=again > 0)
            if again:
                later = _at(school_calendar().after(due.date(), EVERY), due)
                place.plan(later, _keeping(place, incident, promised, later, again - 1, draw))

    return keep


def climbing(place: "Place") -> Callable[[], None]:
    """Return what a server does every night."""
    return lambda: record_climbs([place.school])


def _giving_up(place: "Place", incident: UUID, promised: UUID, draw: Random) -> Callable[[], None]:
    def give_up() -> None:
        with acting(school=place.school, actor=place.staff["marijke"]):
            commands.waive_follow_up(incident, promised, draw.choice(WAIVED))

    return give_up


def _informing(place: "Place", incident: UUID, child: UUID, day: date, draw: Random) -> Callable[[], None]:
    def inform() -> None:
        by = place.staff["hanneke"]
        with acting(school=place.school, actor=by):
            commands.inform_parents(incident, person_id=child, by=by, on=day, how=draw.choice(("phone", "talk")))

    return inform


def _close(place: "Place", incident: UUID, draw: Random, nothing_needed: str = "") -> None:
    with acting(school=place.school, actor=place.staff["hanneke"]):
        known = log.get(Incident, incident)
        if known.closed or any(each.is_open for each in known.follow_ups):
            return
        conclusion = draw.choice(CONCLUSIONS)
        commands.close_incident(incident, conclusion=conclusion, nothing_needed=nothing_needed)
    if (known.severity or 0) >= SERIOUS:
        with acting(school=place.school, actor=place.staff["marijke"]):
            commands.close_incident(incident, conclusion=conclusion, nothing_needed=nothing_needed)
