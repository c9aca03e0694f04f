"""The pages of groups: what each plays, its teams, what can be agreed on, and the poster on the wall."""

from datetime import timedelta
from random import SystemRandom
from typing import Any
from uuid import UUID

from flask import url_for
from flask_babel import format_date, ngettext
from flask_babel import gettext as _

from intranet.api import (
    SchoolYear,
    current_school,
    from_milliseconds,
    log,
    may,
    own_groups,
    roster,
    school_zone,
    today,
)

from . import choices, coverage, reading, week_reward
from .balancing import balanced, usual_number
from .events import Division, Game
from .playing import group_named

MOST_SHOWN = 40


def groups_page() -> dict[str, Any]:
    """Return every open group in the order of the school, those of the person who looks first."""
    mine, divisions = own_groups(), reading.divisions()
    open_games = {row.class_group: row for row in reading.open_games()}
    played = reading.played(SchoolYear.of(today()).first, today())
    last = {row.class_group: row for row in reversed(played)}
    lines = []
    for group in sorted(_open_groups(), key=lambda each: each.group_id not in mine):
        lines.append(_group_line(group, divisions.get(group.group_id), open_games, last, group.group_id in mine))
    return {"own": [each for each in lines if each["own"]], "others": [each for each in lines if not each["own"]]}


def _open_groups() -> list[Any]:
    return [group for group in roster(current_school()).groups.values() if group.open]


def _group_line(group: Any, division: Any, open_games: dict[UUID, Any], last: dict[UUID, Any], own: bool) -> dict:
    now, before = open_games.get(group.group_id), last.get(group.group_id)
    badge = None
    if now is not None:
        badge = (_("speelt nu"), "ok") if now.started_at else (_("staat klaar"), "info")
    if division is None:
        note = _("Nog geen teams")
    elif before is None:
        note = _("%(teams)s, nog niet gespeeld", teams=_teams(division.teams))
    else:
        note = _("%(teams)s, laatst gespeeld op %(day)s", teams=_teams(division.teams), day=day_of(before.started_at))
    return {
        "label": _("Groep %(name)s", name=group.name),
        "note": note,
        "href": url_for("taakspel.group", group_id=group.group_id),
        "icon": "trophy" if division is not None else "users",
        "tone": "ok" if now is not None else "info",
        "badge": badge,
        "own": own,
    }


def _teams(count: int) -> str:
    return ngettext("%(num)d team", "%(num)d teams", count)


def day_of(milliseconds: int) -> str:
    """Return the day of a moment in words."""
    return str(format_date(from_milliseconds(milliseconds).astimezone(school_zone()).date(), "EEEE d MMMM"))


def group_page(group_id: UUID) -> dict[str, Any]:
    """Return the teams of a group and the games of this school year."""
    group, row = group_named(group_id), reading.division_of(group_id)
    games = reading.played(SchoolYear.of(today()).first, today(), group_id)
    now = reading.open_game_of(group_id)
    return {
        "group": group,
        "teams": None if row is None else named_teams(log.get(Division, row.division)),
        "games": [game_line(each) for each in games[:MOST_SHOWN]],
        "number_of_games": len(games),
        "now": now,
        "week": week_reward.week_now(group_id),
        "stuck": coverage.played(group_id, games, coverage.school_weeks(SchoolYear.of(today()))).stuck,
        "can_play": may("taakspel.play"),
        "words": choices,
    }


def game_line(row: Any) -> dict[str, Any]:
    """Return a game in a list: when, what, and how many teams kept a card; never which group did better."""
    teams = reading.teams_of([row.game])[row.game]
    kept = sum(each.taken < row.cards for each in teams)
    note = [day_of(row.started_at), str(choices.PHASES[row.phase]), length_of(row)]
    if row.went:
        note.append(str(choices.WENT[row.went]))
    return {
        "label": str(choices.LESSONS[row.lesson]),
        "note": " · ".join(note),
        "href": url_for("taakspel.game", game_id=row.game),
        "icon": "trophy",
        "tone": "ok" if kept == len(teams) else "info",
        "badge": (_("%(kept)d van %(all)d teams gewonnen", kept=kept, all=len(teams)), "ok" if kept else "quiet"),
    }


def length_of(row: Any) -> str:
    """Return how long a game took in words; of one that was forgotten only what was agreed is known."""
    if row.left_open:
        return str(_("niet gestopt"))
    return str(ngettext("%(num)d minuut", "%(num)d minuten", coverage.minutes_of(row)))


def named_teams(division: Division) -> list[dict[str, Any]]:
    """Return the teams of a group with the names of who is in them, for staff."""
    people = roster(current_school())
    return [
        {
            "number": team.number,
            "code": team.name,
            "name": choices.TEAM_NAMES[team.name],
            "members": [people[each] for each in people if each in team.members and people[each].here],
        }
        for team in division.teams
    ]


def dividing_page(group_id: UUID) -> dict[str, Any]:
    """Return the pupils of a group, to say of each what was noticed."""
    pupils = roster(current_school()).in_group(group_id)
    return {"group": group_named(group_id), "pupils": pupils, "usual": usual_number(len(pupils))}


def proposal(group_id: UUID, noticed: dict[UUID, str], number: int) -> dict[str, Any]:
    """Return teams that match each other, to be looked at before they are kept; what was noticed goes no further."""
    dealt = balanced(noticed, number, SystemRandom())
    chosen = {pupil: number for number, team in enumerate(dealt, 1) for pupil in team}
    names = dict(enumerate(list(choices.TEAM_NAMES)[:number], 1))
    return _teams_to_keep(group_id, chosen, names, proposed=True)


def teams_page(group_id: UUID) -> dict[str, Any]:
    """Return the teams that a group has, to change them."""
    row = reading.division_of(group_id)
    teams = () if row is None else log.get(Division, row.division).teams
    chosen = {pupil: team.number for team in teams for pupil in team.members}
    return _teams_to_keep(group_id, chosen, {team.number: team.name for team in teams}, proposed=False)


def _teams_to_keep(group_id: UUID, chosen: dict[UUID, int], names: dict[int, str], *, proposed: bool) -> dict[str, Any]:
    pupils = roster(current_school()).in_group(group_id)
    return {
        "group": group_named(group_id),
        "pupils": pupils,
        "chosen": chosen,
        "names": names,
        "proposed": proposed,
        "sizes": {number: sum(team == number for team in chosen.values()) for number in names},
        "words": choices,
    }


def planning_page(group_id: UUID, asked: str) -> dict[str, Any]:
    """Return what can be agreed on in a lesson or on the playground, filled in as it was the last time there."""
    variant = asked if asked in choices.VARIANTS else "lesson"
    last, row = reading.last_of(group_id, variant), reading.division_of(group_id)
    usual: dict[str, Any] = {"phase": "introduction", "minutes": choices.FIRST_MINUTES[variant], "cards": 4}
    if last is not None:
        usual = {name: getattr(last, name) for name in usual}
    return {
        "group": group_named(group_id),
        "has_teams": row is not None,
        "busy": reading.open_game_of(group_id),
        "variant": variant,
        "places": [
            {
                "label": label,
                "href": url_for("taakspel.plan", group_id=group_id, where=code),
                "current": code == variant,
            }
            for code, label in choices.VARIANTS.items()
        ],
        "usual": usual,
        "words": choices,
    }


def poster_page(group_id: UUID) -> dict[str, Any]:
    """Return the teams with a mark for each game of this week that they won."""
    group, row, now = group_named(group_id), reading.division_of(group_id), today()
    monday = now - timedelta(days=now.isoweekday() - 1)
    games = [each for each in reading.played(monday, now, group_id)[::-1] if each.variant != choices.PLAYGROUND]
    kept = reading.teams_of([each.game for each in games])
    teams = () if row is None else log.get(Division, row.division).teams
    return {
        "group": group,
        "monday": monday,
        "week": monday.isocalendar().week,
        "games": games,
        "reward": week_reward.week_now(group_id, monday),
        "rules": log.get(Game, games[-1].game).rules if games else (),
        "teams": [
            {
                "code": team.name,
                "name": choices.TEAM_NAMES[team.name],
                "won": [
                    any(each.name == team.name and each.taken < game.cards for each in kept[game.game])
                    for game in games
                ],
            }
            for team in teams
        ],
        "words": choices,
    }
