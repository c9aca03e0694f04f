"""How often groups play as a file: each group with its phase and every week of school, in the order of the school."""

from collections.abc import Sequence
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from intranet.api import Column, GroupName, ListToExport, SchoolYear, Sheet, exported_list

from . import choices, coverage

LIST = exported_list("taakspel.coverage", _l("Hoe vaak we spelen"))


def coverage_to_export(year: SchoolYear) -> ListToExport:
    """Return how often each group played in a school year, to export; there is nobody in it."""
    return ListToExport(
        LIST,
        lambda _names: _sheet(year),
        {"year": str(year.begins)},
        [(_("Schooljaar"), str(year)), (_("Afspraak"), _("drie keer in een week"))],
        url_for("taakspel.coverage", year=year.begins),
        has_names=False,
    )


def _sheet(year: SchoolYear) -> Sheet:
    weeks, games = coverage.school_weeks(year), coverage.by_group(year)
    columns = [
        Column(_("Groep"), width=9),
        Column(_("Fase"), width=24),
        Column(_("Weken met genoeg"), "number", 12),
        Column(_("Weken voorbij"), "number", 12),
        Column(_("Keer op het plein"), "number", 12),
        *(Column(_("week %(number)d", number=week.number), "number", 9) for week in weeks),
    ]
    return Sheet(columns, [_row(group, games, weeks) for group in coverage.playing_groups()])


def _row(group: GroupName, games: dict[Any, list[Any]], weeks: Sequence[coverage.SchoolWeek]) -> list[Any]:
    played = coverage.played(group.group_id, games.get(group.group_id, []), weeks)
    phase = str(choices.PHASES[played.phase]) if played.phase else None
    return [group.name, phase, played.enough, played.weeks, played.outside, *played.times]
