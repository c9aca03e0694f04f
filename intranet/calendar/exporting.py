"""The free days of a school year as a file."""

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from intranet.api import Column, ListToExport, Sheet, exported_list
from intranet.calendar.days import SchoolYear
from intranet.calendar.forms import KIND_LABELS
from intranet.calendar.year import periods_of

LIST = exported_list("calendar.free_days", _l("Vrije dagen"))


def free_days_to_export(year: SchoolYear) -> ListToExport:
    """Return what is free in a school year, to export; there is nobody in it."""
    return ListToExport(
        LIST,
        lambda _names: _sheet(year),
        {"year": str(year.begins)},
        [(_("Schooljaar"), str(year))],
        url_for("calendar.year", year=year.begins),
        has_names=False,
    )


def _sheet(year: SchoolYear) -> Sheet:
    columns = [
        Column(_("Eerste dag"), "day", 12),
        Column(_("Laatste dag"), "day", 12),
        Column(_("Wat"), width=32),
        Column(_("Soort"), width=20),
    ]
    rows = [[row.first, row.last, title, str(KIND_LABELS[row.kind])] for row, title in periods_of(year)]
    return Sheet(columns, rows)
