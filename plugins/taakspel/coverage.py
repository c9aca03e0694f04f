"""How often and how long groups play: by week of school, with each phase; groups stand in the order of the school."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from intranet.api import GroupName, SchoolYear, current_school, from_milliseconds, roster, school_calendar, school_zone
from intranet.api import today as this_day

from . import reading
from .choices import PHASES, PLAYGROUND

TIMES_A_WEEK = 3
FROM_YEAR_GROUP = 3
STUCK_AFTER = 12
"""Weeks of school in the second phase after which it is said: a phase takes about three months."""
STUCK_IN = "extension"


def playing_groups() -> list[GroupName]:
    """Return the groups that play by the plan of the school: 3 and up, in the order of the school."""
    return [
        group
        for group in roster(current_school()).groups.values()
        if group.open and any(year.isdigit() and int(year) >= FROM_YEAR_GROUP for year in group.year_groups)
    ]


@dataclass(frozen=True, slots=True)
class SchoolWeek:
    """A week in which there was school, and how often a group should play in it: less when it was short."""

    number: int
    monday: date
    wanted: int
    over: bool


def school_weeks(year: SchoolYear) -> list[SchoolWeek]:
    """Return the weeks of a year with school until today; holidays are not among them."""
    now, weeks = this_day(), school_calendar().weeks(year)
    return [
        SchoolWeek(week.number, week.monday, min(TIMES_A_WEEK, len(week.school_days)), week.school_days[-1] < now)
        for week in weeks
        if week.school_days and week.school_days[0] <= now
    ]


@dataclass(frozen=True, slots=True)
class Played:
    """What one group played in a school year."""

    group_id: UUID
    times: tuple[int, ...]
    """How often in each week of school, in lessons."""
    outside: int
    """How often on the playground: that counts apart."""
    enough: int
    weeks: int
    """In how many of the weeks that are over it played as often as it should."""
    phase: str | None
    stuck: int | None
    """For how many weeks of school it is in the second phase, when that is long."""


def played(group_id: UUID, rows: Sequence[Any], weeks: Sequence[SchoolWeek]) -> Played:
    """Return what a group played; `rows` are its games, the newest first."""
    lessons = [row for row in rows if row.variant != PLAYGROUND]
    count: dict[date, int] = defaultdict(int)
    for row in lessons:
        count[monday_of(row)] += 1
    times = tuple(count[week.monday] for week in weeks)
    over = [done >= week.wanted for done, week in zip(times, weeks, strict=True) if week.over]
    return Played(
        group_id=group_id,
        times=times,
        outside=len(rows) - len(lessons),
        enough=sum(over),
        weeks=len(over),
        phase=lessons[0].phase if lessons else None,
        stuck=_stuck(lessons, weeks),
    )


def _stuck(lessons: Sequence[Any], weeks: Sequence[SchoolWeek]) -> int | None:
    since = None
    for row in lessons:
        if row.phase != STUCK_IN:
            break
        since = monday_of(row)
    count = sum(week.monday >= since for week in weeks) if since else 0
    return count if count >= STUCK_AFTER else None


def by_group(year: SchoolYear) -> dict[UUID, list[Any]]:
    """Return the games of a school year by group, the newest first."""
    found: dict[UUID, list[Any]] = defaultdict(list)
    for row in reading.played(year.first, min(this_day(), year.last)):
        found[row.class_group].append(row)
    return found


def minutes_of(row: Any) -> int:
    """Return how many minutes a game took."""
    return max(1, round((row.ended_at - row.started_at) / 60_000))


def usual_minutes(rows: Sequence[Any]) -> float | None:
    """Return how long these games took on average; one that was never stopped says nothing. None when none does."""
    lengths = [minutes_of(row) for row in rows if not row.left_open]
    return sum(lengths) / len(lengths) if lengths else None


def minutes_by_phase(rows: Sequence[Any]) -> list[tuple[str, float | None, int]]:
    """Return for each phase how long games in lessons took on average, and how many there were."""
    lessons = [row for row in rows if row.variant != PLAYGROUND]
    of_phase = {phase: [row for row in lessons if row.phase == phase] for phase in PHASES}
    return [(phase, usual_minutes(games), len(games)) for phase, games in of_phase.items()]


def minutes_by_month(rows: Sequence[Any], year: SchoolYear) -> list[tuple[date, float | None, list[Any]]]:
    """Return for each month in which there is something to see how long games in lessons took, and the games."""
    lessons = [row for row in rows if row.variant != PLAYGROUND]
    of_month = {month: [row for row in lessons if day_of(row).replace(day=1) == month] for month in year.months}
    while of_month and not of_month[last := max(of_month)]:
        del of_month[last]
    return [(month, usual_minutes(games), games) for month, games in of_month.items()]


def day_of(row: Any) -> date:
    """Return the day on which a game began."""
    return from_milliseconds(row.started_at).astimezone(school_zone()).date()


def monday_of(row: Any) -> date:
    """Return the first day of the week in which a game was played."""
    day = day_of(row)
    return date.fromordinal(day.toordinal() - day.weekday())
