"""What people do with teams and games. One function for each intention."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from intranet.api import Refused, log, refuse_outside_group

from . import reading
from .events import CARD, COMPLIMENT, Division, Game, Playing, Team

START, UNDO, END = "start", "undo", "end"
LONGEST_QUEUE = timedelta(days=2)


def _(sentence: str) -> str:
    """Mark a sentence for the catalogs; it is translated where it is shown."""
    return sentence


@dataclass(frozen=True, slots=True)
class Tap:
    """What somebody pressed on a board or a phone, with the id that it got there; `ago` is how long before it came."""

    id: UUID
    kind: str
    team: int | None = None
    undone: UUID | None = None
    ago: timedelta = timedelta(0)


def make_teams(group_id: UUID, *, names: Mapping[int, str], members: Mapping[UUID, int]) -> UUID:
    """Divide a group into teams and return the id of the division; `members` gives each pupil the number of a team.

    Raises `Refused` for who is not in the group.
    """
    refuse_outside_group(group_id, members)
    division = Division.make(group_id=group_id, teams=_teams(names, members))
    log.save(division)
    return division.id


def change_teams(division_id: UUID, *, names: Mapping[int, str], members: Mapping[UUID, int]) -> None:
    """Move pupils to another team, or let a team choose another name. Raises `Refused` for who is not in the group."""
    division = log.get(Division, division_id)
    refuse_outside_group(division.group_id, members)
    division.change(teams=_teams(names, members))
    log.save(division)


def _teams(names: Mapping[int, str], members: Mapping[UUID, int]) -> tuple[Team, ...]:
    return tuple(
        Team(number, name, tuple(sorted(pupil for pupil, team in members.items() if team == number)))
        for number, name in sorted(names.items())
    )


def plan_game(group_id: UUID, **agreed: Any) -> UUID:
    """Agree on a game for a group with teams, and return its id. Raises `Refused` while another one is not over."""
    # The school's head row is taken first: two colleagues at the same moment do not begin two games.
    with log.unit_of_work():
        row = reading.division_of(group_id)
        if row is None:
            raise Refused(_("Deze groep heeft nog geen teams. Maak die eerst."))
        if reading.open_game_of(group_id) is not None:
            raise Refused(_("Deze groep heeft al een spel dat nog niet klaar is. Sluit dat eerst af."))
        teams = tuple(Playing(each.number, each.name) for each in log.get(Division, row.division).teams)
        game = Game.plan(group_id=group_id, division_id=row.division, teams=teams, **agreed)
        log.save(game)
    return game.id


def take_taps(game_id: UUID, taps: Iterable[Tap], *, now: datetime) -> Game:
    """Record what was pressed, in that order, each once however often it is sent, and return the game as it is then."""
    # Under the school's head row: a board and a phone that tap at once take turns, and none is lost.
    with log.unit_of_work():
        game = log.get(Game, game_id)
        for tap in taps:
            _take(game, tap, now - min(max(tap.ago, timedelta(0)), LONGEST_QUEUE))
        if game.pending_events:
            log.save(game)
    return game


def _take(game: Game, tap: Tap, happened_at: datetime) -> None:
    said: dict[str, Any] = {"tap_id": tap.id, "happened_at": happened_at}
    if tap.kind == START:
        game.start(**said)
    elif tap.kind == END:
        game.end(**said)
    elif tap.kind == UNDO and tap.undone is not None:
        game.undo(tap.undone, **said)
    elif tap.kind == CARD and tap.team is not None:
        game.take_card(tap.team, **said)
    elif tap.kind == COMPLIMENT and tap.team is not None:
        game.give_compliment(tap.team, **said)


def press(game_id: UUID, kind: str, *, now: datetime, team: int | None = None, undone: UUID | None = None) -> Game:
    """Do one thing in a game, as a button of a page without a script does."""
    return take_taps(game_id, [Tap(uuid4(), kind, team, undone)], now=now)


def evaluate_game(game_id: UUID, *, went: str, reward_given: bool, note: str) -> None:
    """Look back on a game."""
    game = log.get(Game, game_id)
    game.evaluate(went=went, reward_given=reward_given, note=note or None)
    log.save(game)


def call_off_game(game_id: UUID) -> None:
    """Do not play a game that was agreed on."""
    game = log.get(Game, game_id)
    game.call_off()
    if game.pending_events:
        log.save(game)
