"""The reward of a week of one group: which week it is agreed on for, and which teams earn it."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from intranet.api import NotFound, today

from . import choices, group_reading, reading
from .playing import group_named

WEEK = timedelta(days=7)


def week_to_agree(group_id: UUID) -> date:
    """Return the week for which a reward can be agreed on beforehand: this one, or the next once it was played in."""
    monday = group_reading.this_monday()
    return monday + WEEK if reading.played(monday, today(), group_id) else monday


def week_page(group_id: UUID) -> dict[str, Any]:
    """Return the reward of this week, and of the week for which one can be agreed on."""
    monday = group_reading.this_monday()
    coming = week_to_agree(group_id)
    return {
        "group": group_named(group_id),
        "now": week_now(group_id, monday),
        "earlier": [
            week_now(group_id, row.monday) for row in group_reading.weeks_to_reward([group_id]) if row.monday < monday
        ],
        "coming": coming,
        "coming_row": group_reading.week_of(group_id, coming),
        "is_next": coming != monday,
        "words": choices,
    }


def week_now(group_id: UUID, monday: date | None = None) -> dict[str, Any] | None:
    """Return the reward of a week and the teams that won all its games until now; None when none was agreed on."""
    monday = monday or group_reading.this_monday()
    row = group_reading.week_of(group_id, monday)
    if row is None:
        return None
    codes = group_reading.week_winners(group_id, monday)
    return {
        "week": row.week,
        "monday": monday,
        "reward": choices.WEEK_REWARDS[row.reward],
        "given": row.given,
        "codes": codes,
        "winners": [str(choices.TEAM_NAMES[code]) for code in codes],
    }


def require_week(week_id: UUID) -> Any:
    """Return the row of a week. Raises `NotFound` for one that is not there."""
    row = group_reading.week_row(week_id)
    if row is None:
        raise NotFound("There is no such week.")
    return row
