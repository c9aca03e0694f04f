"""What the practice school played: three groups that learn it, go on, and fill a morning; few taps in each game."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from intranet.api import DemoSchool, DemoStory

from . import commands
from .balancing import MUCH, NONE, SOME, balanced, usual_number
from .choices import REWARDS, TEAM_NAMES
from .commands import END, START, UNDO, Tap
from .events import CARD, COMPLIMENT

GROUPS = ("6a", "7a", "4a")
PLAYS_ON = (1, 3)
"""Mondays and Wednesdays; in the practice school that is enough to see a year."""
CHANGED_AT, CALLED_OFF_AT = 6, 4
"""In which game of the year the teams were changed, and before which one another did not go on."""
LESSONS = ("arithmetic", "own_work", "language", "spelling")
RULES = (("work_quietly", "raise_hand"), ("stay_seated", "begin_at_once", "raise_hand"), ("whisper", "help"))
MINUTES = {"introduction": 10, "extension": 25, "generalisation": 60}
NOTES = (
    "Vlak na de pauze begin ik met een kort praatje. Dan starten we rustiger.",
    "De regel over opsteken was duidelijk. Volgende keer weer.",
    "Twintig minuten was lang genoeg. We bouwen rustig op.",
    None,
    None,
)


def history(school: DemoSchool) -> list[DemoStory]:
    """Return a story for each group and year, and a game that is ready to be played today."""
    years = [_year(school, group, year) for year in range(len(school.years)) for group in GROUPS]
    return [*years, _ready(school, GROUPS[0])]


def _ready(school: DemoSchool, group: str) -> DemoStory:
    """A game that was agreed on and waits to be played."""
    yield school.at(school.days()[-1], 15, 30)
    with school.acting_as(school.teachers(group)[0]):
        _agree(school, group, 0, "extension")


def _year(school: DemoSchool, group: str, year: int) -> DemoStory:
    """Teams after two weeks of watching; then twice a week a game, longer with each phase."""
    days = school.days(school.years[year])[10:]
    if not days:
        return
    yield school.at(days[0], 15, 15)
    teacher = school.teachers(group)[0]
    with school.acting_as(teacher):
        division, names, members = _make_teams(school, group)
    playing = [day for day in days[3:] if day.isoweekday() in PLAYS_ON][::2]
    for number, day in enumerate(playing):
        phase = list(MINUTES)[min(2, number // 10)]
        yield school.at(day, 9 + number % 2, 5)
        with school.acting_as(teacher):
            if number == CHANGED_AT:
                _swap(members)
                commands.change_teams(division, names=names, members=members)
            if number == CALLED_OFF_AT:
                commands.call_off_game(_agree(school, group, number, phase))
            game = _agree(school, group, number, phase)
        length = timedelta(minutes=MINUTES[phase])
        ended = school.at(day, 9 + number % 2, 10) + length
        yield ended
        with school.acting_as(teacher):
            _play(school, game, number, length, ended)
            commands.evaluate_game(
                game,
                went=school.draw.choice(("well", "well", "partly", "partly", "hard")),
                reward_given=True,
                note=school.draw.choice(NOTES) or "",
            )


def _make_teams(school: DemoSchool, group: str) -> tuple[UUID, dict[int, str], dict[UUID, int]]:
    pupils = school.pupils(group)
    noticed = {pupil: school.draw.choice((MUCH, SOME, SOME, NONE, NONE, NONE)) for pupil in pupils}
    dealt = balanced(noticed, usual_number(len(pupils)), school.draw)
    names = dict(enumerate(school.draw.sample(list(TEAM_NAMES), len(dealt)), 1))
    members = {pupil: number for number, team in enumerate(dealt, 1) for pupil in team}
    return commands.make_teams(school.groups[group], names=names, members=members), names, members


def _swap(members: dict[UUID, int]) -> None:
    """Let the first pupils of the first two teams change places: they worked less well beside each other."""
    one, other = (next(pupil for pupil, team in members.items() if team == number) for number in (1, 2))
    members[one], members[other] = members[other], members[one]


def _agree(school: DemoSchool, group: str, number: int, phase: str) -> UUID:
    return commands.plan_game(
        school.groups[group],
        lesson=LESSONS[number % len(LESSONS)],
        variant="lesson",
        phase=phase,
        rules=RULES[number % len(RULES)],
        cards=4,
        minutes=MINUTES[phase],
        reward=school.draw.choice(list(REWARDS)),
    )


def _play(school: DemoSchool, game: UUID, number: int, length: timedelta, ended: datetime) -> None:
    """Send all taps of a game at once, each with how long ago it was: as a board does that was without wifi."""
    taps = [_tap(school, START, length), *_pressed(school, number, length), _tap(school, END, timedelta(0))]
    commands.take_taps(game, taps, now=ended)


def _pressed(school: DemoSchool, number: int, length: timedelta) -> Sequence[Tap]:
    """Compliments more than cards, and fewer cards as the year goes on."""
    kinds = [COMPLIMENT] * school.draw.randint(3, 5) + [CARD] * school.draw.randint(1, max(2, 5 - number // 8))
    moments = sorted((school.draw.uniform(0.05, 0.95) for _each in kinds), reverse=True)
    school.draw.shuffle(kinds)
    taps = [
        _tap(school, kind, length * part, school.draw.randint(1, 4)) for kind, part in zip(kinds, moments, strict=True)
    ]
    if number % 4 == 1:
        # Pressed at the wrong team, and taken back at once.
        taps.append(Tap(_new_id(school), UNDO, undone=taps[-1].id, ago=taps[-1].ago - timedelta(seconds=5)))
    return taps


def _tap(school: DemoSchool, kind: str, ago: timedelta, team: int | None = None) -> Tap:
    return Tap(_new_id(school), kind, team, None, ago)


def _new_id(school: DemoSchool) -> UUID:
    return UUID(int=school.draw.getrandbits(128), version=4)
