"""The page about the data itself: which groups are silent, how late things are recorded, what is left open."""

from datetime import date
from typing import Any
from uuid import UUID

from flask import url_for
from flask_babel import format_date, ngettext
from flask_babel import gettext as _

from intranet.api import Bar, BarChart, SchoolYear, current_school, may, number, roster, school_calendar, today

from . import counting, quiet, reading, words
from .quiet_events import WORKWEEK

SILENT = 20
"""So many school days without a record, and somebody asks whether it is quiet there, or silent."""


def page(year: SchoolYear) -> dict[str, Any]:
    """Gather the page for a school year."""
    until, people, found = _until(year), roster(current_school()), _found(year)
    groups, decided = registered(year), decided_lately()
    silent = [each.group for each in groups if _is_silent(each)]
    return {
        "year": year,
        "groups": [_group_row(each, people, last_of(each.group, decided)) for each in groups],
        "silent": [words.group_label(each, people) for each in silent if last_of(each, decided) is None],
        "quiet": [words.group_label(each, people) for each in silent if last_of(each, decided) is not None],
        "quiet_href": quiet.address() if may(quiet.DECIDE) else None,
        "silent_days": SILENT,
        "delays": delay_chart(found),
        "open": _left_open(counting.filled(found)),
        "total": len(found),
        "last": format_date(max((each.day for each in found), default=until), "EEEE d MMMM"),
    }


def registered(year: SchoolYear) -> list[counting.Registering]:
    """Return how each group registers in a school year, in the order of the school."""
    groups = [group.group_id for group in roster(current_school()).groups.values() if group.open]
    return counting.registering(_found(year), groups, school_calendar(), _until(year))


def _until(year: SchoolYear) -> date:
    return min(year.last, today())


def _found(year: SchoolYear) -> list[counting.Happening]:
    return reading.happenings(year.first, _until(year), closed=reading.counts_closed())


def decided_lately() -> dict[UUID | None, date]:
    """Return of each group the newest week that was decided to be quiet, while that says something of now."""
    return quiet.last_decided(school_calendar().before(today(), SILENT) - WORKWEEK)


def last_of(group: UUID, decided: dict[UUID | None, date]) -> date | None:
    """Return the newest quiet week of a group, also when it was decided of the whole school."""
    return max((decided[each] for each in (group, None) if each in decided), default=None)


def _is_silent(each: counting.Registering) -> bool:
    return each.quiet_days is None or each.quiet_days > SILENT


def _group_row(each: counting.Registering, people: Any, quiet_week: date | None) -> list[Any]:
    if each.quiet_days is None:
        said = _("dit schooljaar nog niets")
    elif each.quiet_days == 0:
        said = _("op de laatste schooldag")
    else:
        said = ngettext("%(num)d schooldag geleden", "%(num)d schooldagen geleden", each.quiet_days)
    name: dict[str, Any] = {"text": words.group_label(each.group, people)}
    if each.count:
        name["href"] = _href(each.group)
    note = None
    if quiet_week is not None:
        note = _("Rustig, besloten: %(week)s", week=quiet.week_in_words(quiet_week))
    elif _is_silent(each):
        note = _("Vraag het na")
    return [name, number(each.count), {"text": said, "note": note}]


def _href(group: UUID) -> str:
    return url_for("patterns.big5", group=group.hex)


def delay_chart(found: list[counting.Happening]) -> BarChart:
    """How long after it happened something was written down."""
    labels = {
        "0": _("Dezelfde dag"),
        "1": _("Een dag later"),
        "2-5": _("2 tot 5 dagen later"),
        "6+": _("6 dagen later of meer"),
    }
    bars = [Bar(labels[step], count) for step, count in counting.delays(found).items()]
    message = _("Hoe eerder je het opschrijft, hoe beter je het nog weet.")
    return BarChart(_("Hoe snel we vastleggen"), message, bars, _("Wanneer"), _("Incidenten"))


def _left_open(filled: counting.Filled) -> list[tuple[str, str]]:
    lacking = (
        (_("Zonder plek"), filled.without_place),
        (_("Zonder deel van de dag"), filled.without_moment),
        (_("Zonder groep"), filled.without_group),
        (_("Zonder namen"), filled.without_people),
        (_("Nog niet gewogen"), filled.without_severity),
    )
    return [
        (label, _("%(count)s van %(total)s", count=number(count), total=number(filled.total)))
        for label, count in lacking
    ]
