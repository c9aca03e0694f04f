"""What the practice school played: groups that learn it and go on, and one that does not get further."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from intranet.api import DemoSchool, DemoStory, log

from . import commands, group_commands, group_reading
from .balancing import MUCH, NONE, SOME, balanced, usual_number
from .choices import REWARDS, TEAM_NAMES, WEEK_REWARDS
from .commands import END, START, UNDO, Tap
from .events import CARD, COMPLIMENT

GROUPS = ("6a", "7a", "4a")
STUCK = "7a"
"""The group that stays in the second phase: it played last year too, begins in August, and does not get further."""
MOVED_UP = 3
"""On which school day of a year, counted from nought, everybody is in the group of that year."""
PLAYS_ON = (1, 3, 4)
OFTEN, SELDOM = 4, 8
"""Three times a week in the last four weeks of the history, so that today is as it should be; before that one day of
play in eight is told: enough to see a year, and the practice school is loaded quickly."""
CHANGED_AT, CALLED_OFF_AT, OUTSIDE_AT, CONSULTED_AT = 5, 3, 4, (6, 11)
"""In which game of the year the teams were changed, before which one another did not go on, which was outside, and
after which ones somebody came to look."""
LESSONS = ("arithmetic", "own_work", "language", "spelling")
RULES = (("work_quietly", "raise_hand"), ("stay_seated", "begin_at_once", "raise_hand"), ("whisper", "help"))
OUTSIDE = {"variant": "playground", "lesson": "break", "rules": ("walk", "let_join", "wait_turn")}
MINUTES = {"introduction": 10, "extension": 25, "generalisation": 60}
NOTES = (
    "Vlak na de pauze begin ik met een kort praatje. Dan starten we rustiger.",
    "De regel over opsteken was duidelijk. Volgende keer weer.",
    "Twintig minuten was lang genoeg. We bouwen rustig op.",
    None,
    None,
)
AGREED = (
    "We beginnen het spel meteen na de uitleg, en noemen per team wat goed gaat.",
    "De tijd gaat van twintig naar dertig minuten. Na twee weken kijken we samen hoe dat is.",
)
SEEN = {"before": (9, 14), "after": (16, 5)}
"""In twenty looks: how often the group was at work, and how often a rule was not kept."""
LOOKS = 20
WEEK = timedelta(days=7)


def history(school: DemoSchool) -> list[DemoStory]:
    """Return a story for each group and year, and a game that is ready to be played today."""
    years = [_year(school, group, year) for year in range(len(school.years)) for group in GROUPS]
    return [*years, _ready(school, GROUPS[0])]


def _ready(school: DemoSchool, group: str) -> DemoStory:
    """A game that was agreed on and waits to be played, and an observation that is planned."""
    yield school.at(school.days()[-1], 15, 30)
    with school.acting_as(school.teachers(group)[0]):
        _agree(school, group, 0, "extension")
        coming = school.calendar.after(school.last, 3)
        group_commands.plan_observation(school.groups[group], day=coming, moment="after")


def _year(school: DemoSchool, group: str, year: int) -> DemoStory:
    """Teams after two weeks of watching; then games, longer with each phase, watched and talked about in between."""
    days = school.days(school.years[year])[MOVED_UP if group == STUCK else 10 :]
    if not days:
        return
    yield school.at(days[0], 15, 15)
    teacher = school.teachers(group)[0]
    with school.acting_as(teacher), log.unit_of_work():
        _observe(school, group, days[0], "before")
        division, names, members = _make_teams(school, group)
    playing = _days_of_play(school, days[3:])
    for number, day in enumerate(playing):
        phase = _phase(group, number)
        length = timedelta(minutes=MINUTES[phase])
        ended = school.at(day, 9 + number % 2, 10) + length
        yield ended
        with school.acting_as(teacher), log.unit_of_work():
            if number == CHANGED_AT:
                _swap(members)
                commands.change_teams(division, names=names, members=members)
            if number == CALLED_OFF_AT:
                commands.call_off_game(_agree(school, group, number, phase))
            if day > school.last - OFTEN * WEEK:
                _reward(school, group, day, playing[number - 1] if number else None)
            _play(school, group, number, phase, ended)
        if number in CONSULTED_AT:
            with school.acting_as(school.staff("care_coordinator")[0]):
                _consult(school, group, day, phase, number)
    if len(playing) > CHANGED_AT:
        yield school.at(playing[-1], 15, 15)
        with school.acting_as(teacher):
            _observe(school, group, playing[-1], "after")


def _days_of_play(school: DemoSchool, days: Sequence[date]) -> list[date]:
    playing = [day for day in days if day.isoweekday() in PLAYS_ON]
    often = school.last - OFTEN * WEEK
    return [day for at, day in enumerate(playing) if day > often or at % SELDOM == 0]


def _phase(group: str, number: int) -> str:
    if group == STUCK:
        return "extension"
    return list(MINUTES)[min(2, number // 5)]


def _observe(school: DemoSchool, group: str, day: date, moment: str) -> None:
    on_task, breaches = SEEN[moment]
    made = group_commands.plan_observation(school.groups[group], day=day, moment=moment)
    group_commands.make_observation(
        made, day=day, lesson="own_work", looks=LOOKS, on_task=on_task + school.draw.randint(-2, 2), breaches=breaches
    )


def _reward(school: DemoSchool, group: str, day: date, before: date | None) -> None:
    """Give the reward of a week that is over, and agree on one before the first game of this week."""
    monday = day - timedelta(days=day.weekday())
    if before is not None and before >= monday:
        return
    for row in group_reading.weeks_to_reward([school.groups[group]]):
        group_commands.give_week_reward(row.week)
    reward = school.draw.choice(list(WEEK_REWARDS))
    group_commands.agree_on_week(school.groups[group], monday=monday, reward=reward)


def _consult(school: DemoSchool, group: str, day: date, phase: str, number: int) -> None:
    words = AGREED[CONSULTED_AT.index(number)]
    look_back_on = school.calendar.after(day, 10)
    made = group_commands.hold_consultation(
        school.groups[group], day=day, phase=phase, agreements=words, look_back_on=look_back_on
    )
    if look_back_on < school.last - WEEK:
        group_commands.look_back_on_agreements(made, kept="yes" if group != STUCK else "partly")


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
    usual = {"lesson": LESSONS[number % len(LESSONS)], "variant": "lesson", "rules": RULES[number % len(RULES)]}
    return commands.plan_game(
        school.groups[group],
        **(OUTSIDE if number == OUTSIDE_AT else usual),
        phase=phase,
        cards=4,
        minutes=MINUTES[phase],
        reward=school.draw.choice(list(REWARDS)),
    )


def _play(school: DemoSchool, group: str, number: int, phase: str, ended: datetime) -> None:
    """Play a game: its taps come at once, each with how long ago it was, as from a board that was without wifi."""
    length = timedelta(minutes=MINUTES[phase])
    game = _agree(school, group, number, phase)
    taps = [_tap(school, START, length), *_pressed(school, number, length), _tap(school, END, timedelta(0))]
    commands.take_taps(game, taps, now=ended)
    went = school.draw.choice(("well", "well", "partly", "partly", "hard"))
    commands.evaluate_game(game, went=went, reward_given=True, note=school.draw.choice(NOTES) or "")


def _pressed(school: DemoSchool, number: int, length: timedelta) -> Sequence[Tap]:
    """Compliments more than cards, and fewer cards as the year goes on."""
    kinds = [COMPLIMENT] * school.draw.randint(2, 3) + [CARD] * school.draw.randint(1, max(1, 3 - number // 8))
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
