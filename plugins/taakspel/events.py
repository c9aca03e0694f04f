"""What happens to the teams of a group, and in a game: cards are taken from teams, never from a child.

No event of a game names a pupil, and none has a field for one: who broke a rule is not written down anywhere.
"""

from collections import Counter
from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

import msgspec

from intranet.api import Aggregate, Code, Personal, Refused, event

from .choices import BREAK, LESSONS, PHASES, PLAYGROUND, PLAYGROUND_RULES, REWARDS, RULES, TEAM_NAMES, VARIANTS, WENT

FEWEST_TEAMS, MOST_TEAMS = 2, 8
MOST_RULES = 3
MOST_CARDS = 10
MOST_MINUTES = 240
LEFT_OPEN_AFTER = timedelta(hours=2)
"""So long after its planned end a game that still runs was forgotten; its length then says nothing."""

CARD, COMPLIMENT = "card", "compliment"


def _(sentence: str) -> str:
    """Mark a sentence for the catalogs; it is translated where it is shown."""
    return sentence


class Team(msgspec.Struct, frozen=True):
    """A team as a group made it: its number, the name it chose, and who is in it."""

    number: int
    name: Code
    members: tuple[UUID, ...]


class Playing(msgspec.Struct, frozen=True):
    """A team as it plays: its number and its name, and nobody's."""

    number: int
    name: Code


class Division(Aggregate):
    """A group divided into teams that can match each other."""

    log_name = "taakspel.division"

    @classmethod
    def make(cls, *, group_id: UUID, teams: tuple[Team, ...]) -> "Division":
        """Return a division. Raises `Refused` for teams that cannot play."""
        _refuse_teams(teams)
        return cls(group_id=group_id, teams=teams)

    @event("Made")
    def __init__(self, *, group_id: UUID, teams: tuple[Team, ...]):
        """The group got its teams."""
        self.group_id = group_id
        self.teams = teams

    def change(self, *, teams: tuple[Team, ...]) -> None:
        """Move pupils, or choose other names. Raises `Refused` for teams that cannot play."""
        _refuse_teams(teams)
        if teams != self.teams:
            self._change(teams=teams)

    @event("Changed")
    def _change(self, *, teams: tuple[Team, ...]) -> None:
        """Somebody changed teams, or a team its name."""
        self.teams = teams


class Game(Aggregate):
    """One game: what was agreed beforehand, what each team kept, and how it went."""

    log_name = "taakspel.game"
    keep_copies = True

    @classmethod
    def plan(
        cls,
        *,
        group_id: UUID,
        division_id: UUID,
        teams: tuple[Playing, ...],
        lesson: str,
        variant: str,
        phase: str,
        rules: tuple[str, ...],
        cards: int,
        minutes: int,
        reward: str,
    ) -> "Game":
        """Return a game that can begin. Raises `Refused` for what nobody can play."""
        _refuse_number_of_teams(len(teams))
        if lesson not in LESSONS or variant not in VARIANTS or phase not in PHASES:
            raise Refused(_("Kies een les en een fase."))
        if (variant == PLAYGROUND) != (lesson == BREAK):
            raise Refused(_("Op het plein speel je in de pauze, in de klas in een les."))
        if not 1 <= len(rules) <= MOST_RULES:
            raise Refused(_("Kies 1 tot en met 3 regels."))
        if not set(rules) <= RULES.keys() or len(set(rules)) < len(rules):
            raise Refused(_("Kies regels uit de lijst, elke regel één keer."))
        if variant == PLAYGROUND and not set(rules) <= PLAYGROUND_RULES:
            raise Refused(_("Kies regels die op het plein passen."))
        if not 1 <= cards <= MOST_CARDS:
            raise Refused(_("Geef elk team 1 tot en met 10 kaarten."))
        if not 1 <= minutes <= MOST_MINUTES:
            raise Refused(_("Een spel duurt 1 tot en met 240 minuten."))
        if reward not in REWARDS:
            raise Refused(_("Spreek vooraf een beloning af."))
        return cls(
            group_id=group_id, division_id=division_id, teams=teams, lesson=lesson, variant=variant, phase=phase,
            rules=rules, cards=cards, minutes=minutes, reward=reward,
        )  # fmt: skip

    @event("Planned")
    def __init__(
        self,
        *,
        group_id: UUID,
        division_id: UUID,
        teams: tuple[Playing, ...],
        lesson: Code,
        variant: Code,
        phase: Code,
        rules: tuple[Code, ...],
        cards: int,
        minutes: int,
        reward: Code,
    ):
        """The group and the teacher agreed on a game."""
        self.group_id = group_id
        self.division_id = division_id
        self.teams = teams
        self.lesson = lesson
        self.variant = variant
        self.phase = phase
        self.rules = rules
        self.cards = cards
        self.minutes = minutes
        self.reward = reward
        self.started_at: datetime | None = None
        self.ended_at: datetime | None = None
        self.left_open = False
        self.went: str | None = None
        self.reward_given: bool | None = None
        self.note: str | None = None
        self.called_off = False
        self.taps: dict[UUID, tuple[str, int]] = {}
        """Each card and compliment that stands, in the order in which they came: kind and number of the team."""
        self.seen: frozenset[UUID] = frozenset()

    @property
    def running(self) -> bool:
        """Whether it began and has not ended."""
        return self.started_at is not None and self.ended_at is None

    @property
    def taken(self) -> Counter[int]:
        """How many cards each team lost."""
        return Counter(team for kind, team in self.taps.values() if kind == CARD)

    @property
    def compliments(self) -> Counter[int]:
        """How many compliments each team got."""
        return Counter(team for kind, team in self.taps.values() if kind == COMPLIMENT)

    def cards_left(self, team: int) -> int:
        """Return how many cards a team has."""
        return self.cards - self.taken[team]

    @property
    def winners(self) -> list[Playing]:
        """The teams with a card left: all of them can win."""
        return [team for team in self.teams if self.cards_left(team.number) > 0]

    def start(self, *, tap_id: UUID, happened_at: datetime) -> None:
        """Begin. A second start of the same game changes nothing."""
        if self.started_at is None and tap_id not in self.seen:
            self._start(tap_id=tap_id, happened_at=happened_at)

    @event("Started")
    def _start(self, *, tap_id: UUID, happened_at: datetime) -> None:
        """The game began."""
        self.started_at = happened_at
        self.seen |= {tap_id}

    def take_card(self, team: int, *, tap_id: UUID, happened_at: datetime) -> None:
        """Take a card from a team; where there is none left, nothing happens."""
        if self._counts(team, tap_id, happened_at) and self.cards_left(team) > 0:
            self._take_card(team=team, tap_id=tap_id, happened_at=happened_at)

    @event("CardTaken")
    def _take_card(self, *, team: int, tap_id: UUID, happened_at: datetime) -> None:
        """A team lost a card."""
        self._note(CARD, team, tap_id)

    def give_compliment(self, team: int, *, tap_id: UUID, happened_at: datetime) -> None:
        """Count a compliment for a team."""
        if self._counts(team, tap_id, happened_at):
            self._give_compliment(team=team, tap_id=tap_id, happened_at=happened_at)

    @event("ComplimentGiven")
    def _give_compliment(self, *, team: int, tap_id: UUID, happened_at: datetime) -> None:
        """A team got a compliment."""
        self._note(COMPLIMENT, team, tap_id)

    def undo(self, undone: UUID, *, tap_id: UUID, happened_at: datetime) -> None:
        """Take back a card or a compliment; what was taken back before stays so."""
        if tap_id not in self.seen and undone in self.taps:
            kind, team = self.taps[undone]
            self._undo(undone=undone, kind=kind, team=team, tap_id=tap_id, happened_at=happened_at)

    @event("Undone")
    def _undo(self, *, undone: UUID, kind: Code, team: int, tap_id: UUID, happened_at: datetime) -> None:
        """A card or compliment was taken back."""
        self.taps = {each: tap for each, tap in self.taps.items() if each != undone}
        self.seen |= {tap_id}

    def end(self, *, tap_id: UUID, happened_at: datetime) -> None:
        """End. A game that was never stopped is closed without a length."""
        if self.running and tap_id not in self.seen:
            self._end(tap_id=tap_id, happened_at=happened_at, left_open=self.is_left_open(happened_at))

    def is_left_open(self, moment: datetime) -> bool:
        """Tell whether this game runs much longer than was agreed: it was forgotten."""
        if self.started_at is None:
            return False
        return moment > self.started_at + timedelta(minutes=self.minutes) + LEFT_OPEN_AFTER

    @event("Ended")
    def _end(self, *, tap_id: UUID, happened_at: datetime, left_open: bool) -> None:
        """The game ended."""
        self.ended_at = happened_at
        self.left_open = left_open
        self.seen |= {tap_id}

    def evaluate(self, *, went: str, reward_given: bool, note: str | None) -> None:
        """Say how it went. Raises `Refused` for a game that has not ended, or was looked back on before."""
        if self.ended_at is None:
            raise Refused(_("Dit spel is nog niet klaar. Stop het eerst."))
        if self.went is not None:
            raise Refused(_("Op dit spel is al teruggekeken."))
        if went not in WENT:
            raise Refused(_("Kies hoe het ging."))
        self._evaluate(went=went, reward_given=reward_given, note=note)

    @event("Evaluated")
    def _evaluate(self, *, went: Code, reward_given: bool, note: Personal | None) -> None:
        """The group and the teacher looked back."""
        self.went = went
        self.reward_given = reward_given
        self.note = note

    def call_off(self) -> None:
        """Do not play it. Raises `Refused` for a game that began."""
        if self.started_at is not None:
            raise Refused(_("Dit spel is al begonnen. Stop het."))
        if not self.called_off:
            self._call_off()

    @event("CalledOff")
    def _call_off(self) -> None:
        """The game was not played."""
        self.called_off = True

    def _counts(self, team: int, tap_id: UUID, happened_at: datetime) -> bool:
        """Tell whether a tap is new and of this game; one that was made before the end counts, however late it came."""
        if tap_id in self.seen or self.started_at is None or team not in {each.number for each in self.teams}:
            return False
        return self.ended_at is None or happened_at <= self.ended_at

    def _note(self, kind: str, team: int, tap_id: UUID) -> None:
        self.taps = {**self.taps, tap_id: (kind, team)}
        self.seen |= {tap_id}


def _refuse_teams(teams: Collection[Team]) -> None:
    _refuse_number_of_teams(len(teams))
    if any(not team.members for team in teams):
        raise Refused(_("Een team is nog leeg. Zet in elk team minstens één leerling."))
    members = [member for team in teams for member in team.members]
    if len(set(members)) < len(members):
        raise Refused(_("Een leerling staat in twee teams. Kies er één."))
    names = [team.name for team in teams]
    if len(set(names)) < len(names) or not set(names) <= TEAM_NAMES.keys():
        raise Refused(_("Elk team kiest een eigen naam uit de lijst."))


def _refuse_number_of_teams(count: int) -> None:
    if not FEWEST_TEAMS <= count <= MOST_TEAMS:
        raise Refused(_("Kies 2 tot en met 8 teams."))
