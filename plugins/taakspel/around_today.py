"""What happens around games, on pages of the core: what waits, the time line of a group, and the safety plan."""

from datetime import date, datetime, time, timedelta
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from intranet.api import (
    FAILS,
    HOLDS,
    WEAK,
    DueDate,
    PlanAssertion,
    SchoolYear,
    Subject,
    TimelineEntry,
    current_school,
    may,
    number,
    own_groups,
    roster,
    school_zone,
    today,
)

from . import choices, coverage, group_reading, progress

WEEKS_SHOWN = 4
FRIDAY = timedelta(days=4)


def waiting() -> list[DueDate]:
    """Return observations to make, agreements to look back on, and rewards to give, of one's own groups."""
    mine = own_groups()
    if not may("taakspel.play") or not mine:
        return []
    names = roster(current_school()).groups
    observed = [
        _due(
            row.day,
            _("Observeer de groep"),
            url_for("taakspel.observation", observation_id=row.observation),
            names[row.class_group],
            "eye",
            "taakspel.observation",
        )
        for row in group_reading.observations_to_make(mine)
    ]
    agreed = [
        _due(
            row.look_back_on,
            _("Kijk terug op de afspraken"),
            url_for("taakspel.consultation", consultation_id=row.consultation),
            names[row.class_group],
            "message-circle",
            "taakspel.agreement",
        )
        for row in group_reading.agreements_to_look_back_on(mine)
        if progress.may_consult(row.class_group)
    ]
    earned = [
        _due(
            row.monday + FRIDAY,
            _("Geef de weekbeloning"),
            url_for("taakspel.week", group_id=row.class_group),
            names[row.class_group],
            "gift",
            "taakspel.reward",
        )
        for row in group_reading.weeks_to_reward(mine)
    ]
    return [*observed, *agreed, *earned]


def _due(day: date, label: str, href: str, group: Any, icon: str, kind: str) -> DueDate:
    return DueDate(day, label, href, _("Taakspel in groep %(name)s", name=group.name), icon, kind)


def seen_of(subject: Subject) -> list[TimelineEntry]:
    """Return the observations of a group this school year, and the visits for who may read about them."""
    if subject.kind != "group" or not may("taakspel.see"):
        return []
    year = SchoolYear.of(today())
    observed = [
        TimelineEntry(
            _noon(row.day),
            _("Taakspel: observatie"),
            _("%(percent)s%% aan het werk", percent=number(100 * row.on_task / row.looks)),
            "eye",
            "info",
            url_for("taakspel.progress_of_group", group_id=subject.id),
        )
        for row in group_reading.observations(subject.id, year)
    ]
    if not progress.may_consult(subject.id):
        return observed
    return observed + [
        TimelineEntry(
            _noon(row.day),
            _("Taakspel: klassenconsultatie"),
            str(choices.PHASES[row.phase]),
            "message-circle",
            "info",
            url_for("taakspel.consultation", consultation_id=row.consultation),
        )
        for row in group_reading.consultations(subject.id, year)
    ]


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), school_zone())


def promises() -> list[PlanAssertion]:
    """Return whether the groups from 3 on played three times a week in the last four weeks of school that are over."""
    groups = coverage.playing_groups()
    if not groups:
        return []
    year = SchoolYear.of(today())
    weeks = [week for week in coverage.school_weeks(year) if week.over][-WEEKS_SHOWN:]
    games = coverage.by_group(year)
    found = [coverage.played(group.group_id, games.get(group.group_id, []), weeks) for group in groups]
    enough, all_weeks = sum(each.enough for each in found), len(weeks) * len(groups)
    playing = sum(any(each.times) for each in found)
    state = HOLDS if weeks and enough == all_weeks else WEAK if playing or not weeks else FAILS
    evidence = _last_weeks(len(weeks), playing, len(groups))
    if weeks:
        times = _("Drie keer per week lukte in %(enough)d van %(possible)d weken.", enough=enough, possible=all_weeks)
        evidence = f"{evidence} {times}"
    sentence = _("De groepen 3 tot en met 8 spelen drie keer per week Taakspel.")
    return [PlanAssertion(sentence, state, evidence, "P5.2", url_for("taakspel.coverage"))]


def _last_weeks(weeks: int, playing: int, groups: int) -> str:
    if not weeks:
        return str(_("Van dit schooljaar is nog geen hele week voorbij."))
    return str(
        ngettext(
            "In de laatste schoolweek speelden %(playing)d van %(all)d groepen.",
            "In de laatste %(num)d schoolweken speelden %(playing)d van %(all)d groepen.",
            weeks,
            playing=playing,
            all=groups,
        )
    )
