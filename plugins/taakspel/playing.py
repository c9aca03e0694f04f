"""One game on a page: what was agreed, what each team has, and the buttons of a page without a script."""

import re
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import msgspec

from intranet.api import GroupName, NotFound, current_school, log, may, roster

from . import board, choices, commands, reading
from .commands import END, START, UNDO
from .events import CARD, COMPLIMENT, Game

BUTTON = re.compile(rf"({CARD}|{COMPLIMENT})-([1-8])|({START}|{END})|{UNDO}-([0-9a-f]{{32}})")


def keep_teams(group_id: UUID, *, names: dict[int, str], members: dict[UUID, int]) -> None:
    """Record the teams of a group: as a change of those it has when there are as many, else as new ones."""
    row = reading.division_of(group_id)
    if row is not None and row.teams == len(names):
        commands.change_teams(row.division, names=names, members=members)
    else:
        commands.make_teams(group_id, names=names, members=members)


def require(game_id: UUID) -> Any:
    """Return the row of a game. Raises `NotFound` for one that is not of this school."""
    row = reading.game_row(game_id)
    if row is None:
        raise NotFound("There is no such game.")
    return row


def page(game_id: UUID) -> dict[str, Any]:
    """Return what a page of one game shows; nothing of it is about a person, but the note and the members for staff."""
    game = log.get(Game, game_id)
    now = board.state(game)
    taken, compliments = game.taken, game.compliments
    teams = [
        {
            "number": team.number,
            "code": team.name,
            "name": choices.TEAM_NAMES[team.name],
            "left": game.cards - taken[team.number],
            "compliments": compliments[team.number],
        }
        for team in game.teams
    ]
    return {
        "game": game,
        "game_id": game_id,
        "group": group_named(game.group_id),
        "teams": teams,
        "now": msgspec.json.encode(now).decode(),
        "version": f'"{game_id.hex}.{game.version}"',
        "status": now["status"],
        "undoing": board.undo_label(game),
        "last": next(reversed(game.taps), None),
        "stale": game.running and game.is_left_open(datetime.now(UTC)),
        "can_play": may("taakspel.play"),
        "words": choices,
    }


def group_named(group_id: UUID) -> GroupName:
    """Return a group by name. Raises `NotFound` for one that this school does not know."""
    found = roster(current_school()).groups.get(group_id)
    if found is None:
        raise NotFound("There is no such group.")
    return found


def press(game_id: UUID, button: re.Match[str]) -> None:
    """Do what a button says: `card-2`, `compliment-3`, `start`, `end`, or `undo-` with an id."""
    kind, team, moment, undone = button.groups()
    commands.press(
        game_id,
        kind or moment or UNDO,
        now=datetime.now(UTC),
        team=int(team) if team else None,
        undone=UUID(undone) if undone else None,
    )
