"""What pages ask of games and teams."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select

from intranet.api import current_school, log, school_zone, to_milliseconds

from .projections import division, game, team


def division_of(group_id: UUID) -> Any:
    """Return the row of the teams that a group has now, None when it has none."""
    query = select(division).where(division.c.school == current_school(), division.c.class_group == group_id)
    return first_row(query)


def divisions() -> dict[UUID, Any]:
    """Return the teams there are, by group."""
    query = select(division).where(division.c.school == current_school())
    return {row.class_group: row for row in rows_of(query)}


def game_row(game_id: UUID) -> Any:
    """Return the row of a game of this school, None when there is none."""
    return first_row(select(game).where(game.c.school == current_school(), game.c.game == game_id))


def open_game_of(group_id: UUID) -> Any:
    """Return the game of a group that is agreed on or runs, None when there is none."""
    return next(iter(open_games(group_id)), None)


def open_games(group_id: UUID | None = None) -> list[Any]:
    """Return the games that are not over, of the school or of one group, the oldest first."""
    query = select(game).where(game.c.school == current_school(), game.c.ended_at.is_(None), ~game.c.called_off)
    if group_id is not None:
        query = query.where(game.c.class_group == group_id)
    return rows_of(query.order_by(game.c.planned_at, game.c.game))


def played(first: date, last: date, group_id: UUID | None = None) -> list[Any]:
    """Return the games that were played on these days, the newest first."""
    query = select(game).where(
        game.c.school == current_school(),
        game.c.ended_at.is_not(None),
        game.c.started_at >= _midnight(first),
        game.c.started_at < _midnight(last + timedelta(days=1)),
    )
    if group_id is not None:
        query = query.where(game.c.class_group == group_id)
    return rows_of(query.order_by(game.c.started_at.desc(), game.c.game))


def to_look_back_on(group_ids: Iterable[UUID]) -> list[Any]:
    """Return the games of these groups that are over and not looked back on, the oldest first."""
    query = select(game).where(
        game.c.school == current_school(),
        game.c.ended_at.is_not(None),
        game.c.went.is_(None),
        game.c.class_group.in_(list(group_ids)),
    )
    return rows_of(query.order_by(game.c.ended_at, game.c.game))


def last_of(group_id: UUID, variant: str) -> Any:
    """Return the last game that a group played in a lesson or on the playground, None when it has not played there."""
    query = select(game).where(
        game.c.school == current_school(),
        game.c.class_group == group_id,
        game.c.variant == variant,
        game.c.ended_at.is_not(None),
    )
    return first_row(query.order_by(game.c.started_at.desc()).limit(1))


def teams_of(game_ids: Iterable[UUID]) -> dict[UUID, list[Any]]:
    """Return what the teams of these games lost and got, by game, in the order of their numbers."""
    query = select(team).where(team.c.school == current_school(), team.c.game.in_(list(game_ids)))
    found: dict[UUID, list[Any]] = {}
    for row in rows_of(query.order_by(team.c.game, team.c.number)):
        found.setdefault(row.game, []).append(row)
    return found


def _midnight(day: date) -> int:
    return to_milliseconds(datetime.combine(day, time(), school_zone()))


def rows_of(query: Any) -> list[Any]:
    """Return the rows of a query, read with what this request recorded itself."""
    # Through the log's reader: inside its transaction, what was recorded a moment ago is seen too.
    with log.read() as connection:
        return list(connection.execute(query))


def first_row(query: Any) -> Any:
    """Return the first row of a query, None when there is none."""
    return next(iter(rows_of(query)), None)
