"""How playing goes, of the school and of one group: weeks, minutes, observations, agreements, and the week's reward."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from flask import request, url_for
from flask_babel import format_date, ngettext
from flask_babel import gettext as _

from intranet.api import (
    Bar,
    BarChart,
    NotFound,
    SchoolYear,
    Shade,
    ShadeTable,
    log,
    may,
    number,
    own_groups,
    school_calendar,
    today,
)

from . import choices, coverage, group_reading, reading
from .group_events import Consultation
from .playing import group_named

MOST_YEARS_AWAY = 10
WEEKS_IN_CHART = 12


def asked_year() -> SchoolYear:
    """Return the school year of the address; this one when the address says none that can be."""
    now, asked = SchoolYear.of(today()), request.args.get("year", "")
    if not (asked.isascii() and asked.isdigit() and len(asked) == 4):
        return now
    return SchoolYear(int(asked)) if 0 <= now.begins - int(asked) <= MOST_YEARS_AWAY else now


def _year_links(year: SchoolYear, endpoint: str, **arguments: Any) -> list[dict[str, Any]]:
    now = SchoolYear.of(today())
    return [
        {"label": str(each), "href": url_for(endpoint, year=each.begins, **arguments), "current": each == year}
        for each in sorted({year.previous, year, min(year.next, now), now})
    ]


def school_page(year: SchoolYear) -> dict[str, Any]:
    """Return how often each group plays in each week of school, and how long in each phase over all groups."""
    games, weeks = coverage.by_group(year), coverage.school_weeks(year)
    groups = coverage.playing_groups()
    played = [coverage.played(group.group_id, games.get(group.group_id, []), weeks) for group in groups]
    return {
        "years": _year_links(year, "taakspel.coverage"),
        "year": year,
        "table": _week_table(groups, played, weeks) if weeks and any(games.values()) else None,
        "lines": [_line(group, each) for group, each in zip(groups, played, strict=True)],
        "phases": _phase_chart([row for rows in games.values() for row in rows]),
        "has_holidays": school_calendar().has_holidays(year),
    }


def _week_table(groups: Sequence[Any], played: Sequence[Any], weeks: Sequence[Any]) -> ShadeTable:
    return ShadeTable(
        id="weeks",
        title=_("Hoe vaak speelde elke groep per schoolweek?"),
        message=_("De afspraak is drie keer in een week. Vakanties staan er niet bij."),
        what=_("Groep"),
        columns=[_("week %(number)d", number=week.number) for week in weeks],
        rows=[
            (_("Groep %(name)s", name=group.name), [Shade(times) for times in each.times])
            for group, each in zip(groups, played, strict=True)
        ],
    )


def _line(group: Any, played: Any) -> list[Any]:
    phase = str(choices.PHASES[played.phase]) if played.phase else _("nog niet gespeeld")
    return [
        {
            "text": _("Groep %(name)s", name=group.name),
            "href": url_for("taakspel.progress_of_group", group_id=group.group_id),
        },
        {"text": phase, "note": stuck_words(played.stuck)},
        _("%(enough)d van %(weeks)d weken", enough=played.enough, weeks=played.weeks) if played.weeks else "–",
        number(played.outside),
    ]


def stuck_words(weeks: int | None) -> str | None:
    """Say calmly that a group is long in the second phase; None when it is not."""
    return None if weeks is None else str(_("al %(weeks)d schoolweken", weeks=weeks))


def _phase_chart(rows: Sequence[Any]) -> BarChart | None:
    found = coverage.minutes_by_phase(rows)
    if not any(count for _phase, _minutes, count in found):
        return None
    return BarChart(
        title=_("Hoe lang duurt een spel in elke fase?"),
        message=_("Gemiddelde in minuten. Spellen die nooit gestopt zijn, tellen niet mee."),
        bars=[
            Bar(choices.PHASES[phase], minutes, note=ngettext("%(num)d spel", "%(num)d spellen", count))
            for phase, minutes, count in found
        ],
        what=_("Fase"),
        counted=_("Minuten"),
    )


def group_page(group_id: UUID, year: SchoolYear) -> dict[str, Any]:
    """Return how playing goes in one group."""
    group, weeks = group_named(group_id), coverage.school_weeks(year)
    games = reading.played(year.first, min(today(), year.last), group_id)
    played, seen = coverage.played(group_id, games, weeks), group_reading.observations(group_id, year)
    return {
        "group": group,
        "year": year,
        "years": _year_links(year, "taakspel.progress_of_group", group_id=group_id),
        "stuck": played.stuck,
        "played": played,
        "weeks": _weeks_chart(played, weeks),
        "minutes": _month_chart(games, year),
        "observed": _observed_chart(seen),
        "observations": [_observation_line(row) for row in reversed(seen)],
        "planned": group_reading.observations_to_make([group_id]) if year == SchoolYear.of(today()) else [],
        "consultations": _consultation_lines(group_id, year) if may_consult(group_id) else None,
        "can_play": may("taakspel.play"),
        "can_consult": may_consult(group_id),
        "words": choices,
    }


def _weeks_chart(played: Any, weeks: Sequence[Any]) -> BarChart | None:
    latest = list(zip(weeks, played.times, strict=True))[-WEEKS_IN_CHART:]
    if not any(played.times):
        return None
    return BarChart(
        title=_("Hoe vaak speelde de groep in een week?"),
        message=_("De afspraak is drie keer in een week."),
        bars=[Bar(_("week %(number)d", number=week.number), times, short=str(week.number)) for week, times in latest],
        what=_("Week"),
        counted=_("Spellen"),
    )


def _month_chart(games: Sequence[Any], year: SchoolYear) -> BarChart | None:
    found = coverage.minutes_by_month(games, year)
    if not found:
        return None
    return BarChart(
        title=_("Hoe lang duurde een spel?"),
        message=_("Gemiddelde in minuten per maand. Met elke fase kan het langer."),
        bars=[
            Bar(format_date(month, "LLLL yyyy"), minutes, short=format_date(month, "LLL"), note=_phases(rows))
            for month, minutes, rows in found
        ],
        what=_("Maand"),
        counted=_("Minuten"),
    )


def _phases(rows: Sequence[Any]) -> str:
    codes = {row.phase for row in rows}
    return ", ".join(str(label) for code, label in choices.PHASES.items() if code in codes)


def _observed_chart(rows: Sequence[Any]) -> BarChart | None:
    found = {moment: [row for row in rows if row.moment == moment] for moment in choices.MOMENTS}
    if not rows:
        return None
    return BarChart(
        title=_("Hoe vaak werkt de groep aan de taak?"),
        message=_("Het deel van de keren dat iemand keek, in procenten."),
        bars=[
            Bar(choices.MOMENTS[moment], sum(map(_share, seen)) / len(seen) if seen else None, note=_breaches(seen))
            for moment, seen in found.items()
        ],
        what=_("Wanneer"),
        counted=_("Procent"),
        full=100,
    )


def _share(row: Any) -> float:
    return float(100 * row.on_task / row.looks)


def _breaches(rows: Sequence[Any]) -> str | None:
    if not rows:
        return None
    each = sum(row.breaches for row in rows) / sum(row.looks for row in rows)
    return str(_("%(number)s keer een regel niet gehouden per keer kijken", number=number(each, 1)))


def _observation_line(row: Any) -> dict[str, Any]:
    share = _("%(percent)s%% aan het werk", percent=number(_share(row)))
    note = [str(choices.LESSONS[row.lesson]), share, _breaches([row])]
    return {
        "label": f"{choices.MOMENTS[row.moment]} · {day_words(row.day)}",
        "note": " · ".join(str(each) for each in note),
        "href": url_for("taakspel.observation", observation_id=row.observation) if may("taakspel.play") else None,
        "icon": "eye",
        "tone": "info",
    }


def day_words(day: date) -> str:
    """Write a day as people say it."""
    return str(format_date(day, "d MMMM"))


def _consultation_lines(group_id: UUID, year: SchoolYear) -> list[dict[str, Any]]:
    return [
        {
            "label": day_words(row.day),
            "note": str(choices.PHASES[row.phase]),
            "href": url_for("taakspel.consultation", consultation_id=row.consultation),
            "icon": "message-circle",
            "tone": "info",
            "badge": (str(choices.KEPT[row.kept]), "ok" if row.kept == "yes" else "quiet") if row.kept else None,
        }
        for row in group_reading.consultations(group_id, year)
    ]


def may_consult(group_id: UUID) -> bool:
    """Tell whether the person who is signed in may read and write what was agreed about a group."""
    return may("taakspel.consult", {"own_group"} if group_id in own_groups() else ())


def require_consultation(consultation_id: UUID) -> Any:
    """Return the row of a consultation. Raises `NotFound` for one of another school, or of others."""
    row = group_reading.consultation_row(consultation_id)
    if row is None or not may_consult(row.class_group):
        raise NotFound("There is no such consultation.")
    return row


def consultation_page(row: Any) -> dict[str, Any]:
    """Return a consultation with its words."""
    return {
        "group": group_named(row.class_group),
        "row": row,
        "agreements": log.get(Consultation, row.consultation).agreements,
        "words": choices,
    }


def require_observation(observation_id: UUID) -> Any:
    """Return the row of an observation. Raises `NotFound` for one that is not there."""
    row = group_reading.observation_row(observation_id)
    if row is None:
        raise NotFound("There is no such observation.")
    return row
