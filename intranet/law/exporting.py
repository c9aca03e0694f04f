"""What the rules of a law make of each incident as a file: what one sees on the list, never the words of a record."""

from typing import Any

from flask import url_for
from flask_babel import format_date
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from intranet.api import Column, ListToExport, Sheet, current_school, exported_list, roster
from intranet.incidents import listing, showing
from intranet.incidents.kinds import SEVERITY_LABELS
from intranet.incidents.readable import reader
from intranet.law import reading
from intranet.law.showing import by_outcome
from intranet.law.words import categories_in_words, outcome_badge
from intranet.people.roster import Roster

LIST = exported_list("law.incidents", _l("Incidenten volgens de regels"))


def incidents_to_export(applied: reading.Applied) -> ListToExport:
    """Return the incidents that the rules are about, those to report first, to export."""
    return ListToExport(
        LIST,
        lambda names: _sheet(applied, names),
        {},
        [
            (_("Regels"), str(applied.rule_set.title)),
            (_("Gelden vanaf"), format_date(applied.since, "d MMMM y")),
        ],
        url_for("law.incidents"),
    )


def _sheet(applied: reading.Applied, names: bool) -> Sheet:
    columns = [
        Column(_("Wanneer"), "moment", 17),
        Column(_("Wat"), width=32),
        Column(_("Ernst"), width=9),
        Column(_("Categorie"), width=32),
        Column(_("Volgens de regels"), width=24),
        Column(_("Gemeld op"), "day", 12),
    ]
    people, found = roster(current_school()), by_outcome(reader(), applied)
    told = {each.row.incident: each for each in listing.with_parts(current_school(), [each.row for each in found])}
    rows = [_row(each, told[each.row.incident], people, names) for each in found]
    return Sheet([*columns, *([Column(_("Over wie het gaat"), width=36)] if names else [])], rows)


def _row(each: reading.Weighed, told: listing.Found, people: Roster, names: bool) -> list[Any]:
    row = each.row
    severity = None if told.closed or not row.severity else str(SEVERITY_LABELS.get(row.severity, row.severity))
    return [
        listing.moment_of(row.happened_at),
        showing.title_of(told),
        severity,
        None if told.closed else categories_in_words(each.classified.categories),
        outcome_badge(each)[0],
        each.notice.sent_on if each.notice else None,
        *([showing.people_line(told, people) or None] if names else []),
    ]
