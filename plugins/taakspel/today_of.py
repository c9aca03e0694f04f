"""What games add to pages of the core: today, the search page, and the time line of a group."""

from datetime import timedelta
from typing import Any

from flask import render_template, url_for
from flask_babel import gettext as _

from intranet.api import (
    DueDate,
    HomeCard,
    SchoolYear,
    SearchResult,
    Subject,
    TimelineEntry,
    current_school,
    from_milliseconds,
    may,
    own_groups,
    roster,
    school_zone,
    today,
)

from . import choices, reading, showing, week_reward

MOST_FOUND = 20


def cards() -> list[HomeCard]:
    """Return what one's own groups play now, or may begin; nothing for who has no group that plays."""
    mine, divisions = own_groups(), reading.divisions()
    if not may("taakspel.play") or not mine & divisions.keys():
        return []
    people = roster(current_school())
    open_games = {row.class_group: row for row in reading.open_games()}
    monday = today() - timedelta(days=today().isoweekday() - 1)
    week = [row for row in reading.played(monday, today()) if row.class_group in mine]
    lines = []
    for group in people.groups.values():
        if group.group_id in mine and group.group_id in divisions and group.open:
            times = sum(row.class_group == group.group_id for row in week)
            lines.append(_line(group, open_games.get(group.group_id), times))
            lines += _reward_line(group)
    body = render_template("taakspel/card.html", lines=lines)
    return [HomeCard(_("Taakspel"), body, "trophy", _("Alles"), url_for("taakspel.groups"), "taakspel.play", 30)]


def _line(group: Any, now: Any, times: int) -> dict[str, Any]:
    if now is not None:
        label = _("Groep %(name)s speelt", name=group.name) if now.started_at else _("Klaar om te spelen")
        return {"label": label, "href": url_for("taakspel.game", game_id=now.game), "icon": "play", "tone": "ok"}
    return {
        "label": _("Groep %(name)s", name=group.name),
        "note": _("Deze week %(times)d keer gespeeld", times=times),
        "href": url_for("taakspel.group", group_id=group.group_id),
        "icon": "trophy",
        "tone": "info",
    }


def _reward_line(group: Any) -> list[dict[str, Any]]:
    week = week_reward.week_now(group.group_id)
    if week is None or week["given"]:
        return []
    won = _("Alles gewonnen tot nu toe: %(teams)s", teams=", ".join(week["winners"])) if week["winners"] else ""
    return [
        {
            "label": _("Weekbeloning: %(reward)s", reward=week["reward"]),
            "note": won,
            "href": url_for("taakspel.group", group_id=group.group_id),
            "icon": "gift",
            "tone": "info",
        }
    ]


def waiting() -> list[DueDate]:
    """Return games of one's own groups that were never stopped, or not looked back on."""
    mine = own_groups()
    if not may("taakspel.play") or not mine:
        return []
    running = [row for row in reading.open_games() if row.class_group in mine and row.started_at]
    found = [_due(row, row.started_at, _("Stop dit spel")) for row in running if _day(row.started_at) < today()]
    return found + [_due(row, row.ended_at, _("Kijk terug op het spel")) for row in reading.to_look_back_on(mine)]


def _due(row: Any, at: int, label: str) -> DueDate:
    group = roster(current_school()).groups[row.class_group]
    note = _("Taakspel in groep %(name)s", name=group.name)
    return DueDate(_day(at), label, url_for("taakspel.game", game_id=row.game), note, "trophy")


def _day(milliseconds: int) -> Any:
    return from_milliseconds(milliseconds).astimezone(school_zone()).date()


def found(words: str) -> list[SearchResult]:
    """Return the pages of groups whose name the words begin."""
    if not may("taakspel.see"):
        return []
    divisions, asked = reading.divisions(), words.casefold().split()
    groups = [group for group in roster(current_school()).groups.values() if group.group_id in divisions]
    return [
        SearchResult(
            _("Taakspel in groep %(name)s", name=group.name),
            url_for("taakspel.group", group_id=group.group_id),
            _("Taakspel"),
            icon="trophy",
        )
        for group in groups
        if all(any(part.startswith(word) for part in ("taakspel", "groep", group.name.casefold())) for word in asked)
    ][:MOST_FOUND]


def played_by(subject: Subject) -> list[TimelineEntry]:
    """Return what a group played this school year."""
    if subject.kind != "group" or not may("taakspel.see"):
        return []
    return [
        TimelineEntry(
            from_milliseconds(row.started_at),
            _("Taakspel: %(lesson)s", lesson=choices.LESSONS[row.lesson]),
            f"{choices.PHASES[row.phase]} · {showing.length_of(row)}",
            "trophy",
            "ok",
            url_for("taakspel.game", game_id=row.game),
        )
        for row in reading.played(SchoolYear.of(today()).first, today(), subject.id)
    ]
