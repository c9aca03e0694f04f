"""Tells two school years and what came after, day by day, through the commands that people use."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from heapq import heappop, heappush
from itertools import count
from random import Random
from uuid import UUID
from zoneinfo import ZoneInfo

from events.incident import SERIOUS, Incident
from events.involvement import Involvement
from events.log.clock import told_at
from intranet.api import SchoolYear, acting, log
from intranet.demo import following, illustrating
from intranet.demo.stories import BULLYING, CORRECTIONS, NOTES, REASONS, STORIES, Story
from intranet.incidents import commands
from intranet.incidents.kinds import MOMENTS
from intranet.people.mentions import token

ZONE = ZoneInfo("Europe/Amsterdam")
A_DAY = 0.52
"""Records a school day: about a hundred a year, what a school that registers well has."""

QUIET = frozenset({"1/2a", "8a"})
"""Groups of which little is recorded: somebody may ask whether it is quiet there, or silent."""


@dataclass(slots=True)
class Place:
    """The school as the teller knows it: who is in which group, and who works there."""

    school: UUID
    groups: dict[str, UUID]
    pupils: dict[str, list[UUID]]
    teachers: dict[str, list[UUID]]
    staff: dict[str, UUID]
    year_group: dict[UUID, str] = field(default_factory=dict)
    planned: list[tuple[datetime, int, Callable[[], None]]] = field(default_factory=list)
    """What will be done later, the earliest first: the log is told in the order of time."""
    _numbers: Iterator[int] = field(default_factory=count)

    def plan(self, moment: datetime, action: Callable[[], None]) -> None:
        """Let something be done when that moment comes."""
        heappush(self.planned, (moment, next(self._numbers), action))

    def until(self, moment: datetime) -> None:
        """Do what was planned until a moment."""
        while self.planned and self.planned[0][0] <= moment:
            then, _number, action = heappop(self.planned)
            with told_at(then):
                action()


def tell(place: Place, days: Sequence[date], draw: Random) -> Iterator[date]:
    """Record what happens on these school days; yields each of them when it has been told."""
    bullying = iter(BULLYING)
    victim_and_others = draw.sample(place.pupils["6a"], 3)
    for day in days:
        place.until(datetime.combine(day, time(8), ZONE))
        today = (draw.random() < A_DAY) + (draw.random() < A_DAY / 6)
        for _ in range(today):
            _tell_one(place, day, draw)
        if SchoolYear.of(day) == SchoolYear.of(days[-1]) and day.weekday() == 3 and (words := next(bullying, None)):
            _tell_bullying(place, day, words, victim_and_others, draw)
        if day == days[-2]:
            illustrating.plan_broken_window(place, datetime.combine(day, time(12, 20), ZONE))
        yield day


def _tell_one(place: Place, day: date, draw: Random) -> None:
    group = draw.choice([name for name in place.groups if name not in QUIET or draw.random() < 0.15])
    stories = [story for story in STORIES if set(group) & set(story.year_groups)]
    story = draw.choices(stories, weights=[story.weight for story in stories])[0]
    people = _cast(place, group, len(story.parts), draw)
    _record(place, story, draw.choice(story.words), group, people, day, draw)


def _cast(place: Place, group: str, count: int, draw: Random) -> list[UUID]:
    # A few children are in more stories than others, as everywhere.
    here = place.pupils[group]
    often = here[:4]
    people: list[UUID] = []
    while len(people) < count:
        person = draw.choice(often if draw.random() < 0.3 else here)
        if person not in people:
            people.append(person)
    return people


def _record(place: Place, story: Story, words: str, group: str, people: list[UUID], day: date, draw: Random) -> None:
    moment = draw.choices(MOMENTS, weights=(1, 5, 2, 9, 2))[0]
    begins = datetime.combine(day, moment.begins, ZONE)
    happened = begins + timedelta(minutes=draw.randrange(0, 30))
    written = happened + timedelta(minutes=draw.choice((3, 5, 8, 12, 25, 60, 90)))
    if draw.random() < 0.08:
        written += timedelta(days=draw.choice((1, 2, 3)))
    writer = draw.choice(place.teachers[group] or list(place.staff.values()))
    names = dict(zip("abc", map(token, people * 2 if len(people) == 1 else people), strict=False))
    where = draw.choice(story.places)
    parts = [Involvement(person, part) for person, part in zip(people, story.parts, strict=True)]

    def write() -> None:
        with acting(school=place.school, actor=writer):
            incident = commands.report_incident(
                kinds=story.kinds,
                happened_at=happened,
                account=words.format(**names),
                place=where,
                moment=moment.code,
                group_id=place.groups[group],
                involved=parts,
                unknown_persons=not people,
                confidential=story.confidential,
            )
            hurt = next((part.person_id for part in parts if part.role == "victim"), None)
            illustrating.illustrate(incident, words, hurt, written.date(), writer)
        _follow(place, story, incident, names, written, draw)

    place.plan(written, write)


def _follow(place: Place, story: Story, incident: UUID, names: dict[str, str], written: datetime, draw: Random) -> None:
    later = written + timedelta(hours=draw.randrange(2, 30))
    if story.severity > 1 or draw.random() < 0.35:
        reason = draw.choice(REASONS) if story.severity >= SERIOUS else None
        _care(place, later, lambda: commands.assess_severity(incident, story.severity, reason))
    if len(names) > 1 and draw.random() < 0.45:
        # Before the day on which it may be closed.
        note = draw.choice(NOTES).format(**names)
        _care(place, later + timedelta(hours=draw.randrange(1, 20)), lambda: commands.add_note(incident, note))
    if draw.random() < 0.05:
        reason_why = draw.choice(CORRECTIONS)
        _care(place, later + timedelta(hours=1), lambda: _correct(incident, reason_why))
    following.follow_up(place, story, incident, later, draw)


def _care(place: Place, moment: datetime, action: Callable[[], None]) -> None:
    """Let the care coordinator do something when that moment comes."""

    def act() -> None:
        with acting(school=place.school, actor=place.staff["hanneke"]):
            action()

    place.plan(moment, act)


def _correct(incident_id: UUID, reason: str) -> None:
    now = log.get(Incident, incident_id)
    commands.correct_incident(
        incident_id,
        reason=reason,
        kinds=now.kinds,
        happened_at=now.happened_at,
        account=now.account,
        place="hallway" if now.place == "playground" else "playground",
        moment=now.moment,
        group_id=now.group_id,
        unknown_persons=now.unknown_persons,
    )


def _tell_bullying(place: Place, day: date, words: str, people: list[UUID], draw: Random) -> None:
    story = Story(
        ("bullying_suspected",),
        ("playground", "hallway"),
        ("alleged_perpetrator", "victim", "follower"),
        0,
        (words,),
        SERIOUS,
    )
    _record(place, story, words, "6a", people, day, draw)


def at_noon(day: date) -> datetime:
    """Return a moment of a day on which the office records what concerns the roster."""
    return datetime.combine(day, time(9, 0), ZONE)
