"""The one way in which a list leaves the screen: asked, checked, recorded, and then sent as a file."""

from typing import Any

from flask import Response, g, render_template
from flask_babel import format_datetime
from flask_babel import gettext as _
from flask_login import current_user

from events.log import clock
from events.log.context import current_school
from events.log.errors import Refused
from intranet.exports import comma_file, spreadsheet
from intranet.exports.commands import note_export
from intranet.exports.forms import WITH, ExportForm
from intranet.exports.sheet import ListToExport, Sheet, in_words
from intranet.pdf import can_make_pdf, make_pdf
from intranet.people.roster import roster
from intranet.people.today import school_zone, today

MOST_ROWS, MOST_ON_PAPER = 20_000, 1_500
MEDIA = {
    "excel": ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "csv": ("csv", "text/csv; charset=utf-8"),
    "pdf": ("pdf", "application/pdf"),
}


def export_page(wanted: ListToExport) -> Any:
    """Ask as what a list is exported, and send it; the view that calls this checks who may see the list."""
    form = ExportForm(paper=can_make_pdf(), names=wanted.has_names)
    if form.submitted():
        return _exported(wanted, form.format.data, wanted.has_names and form.names.data == WITH)
    return render_template("exports/choose.html", form=form, wanted=wanted, paper=can_make_pdf())


def _exported(wanted: ListToExport, format: str, names: bool) -> Response:
    sheet = wanted.make(names)
    _refuse_too_much(len(sheet.rows), format)
    about = _about(wanted, len(sheet.rows), names)
    content = _content(wanted, sheet, format, about)
    # Recorded before it is sent: a file that left without a record is what this page exists to prevent.
    note_export(wanted.what, format, with_names=names, rows=len(sheet.rows), filters=wanted.filters)
    suffix, media = MEDIA[format]
    name = f"{wanted.what.replace('.', '-')}-{today():%Y-%m-%d}.{suffix}"
    return Response(content, headers={"Content-Type": media, "Content-Disposition": f'attachment; filename="{name}"'})


def _refuse_too_much(rows: int, format: str) -> None:
    if rows > MOST_ROWS:
        raise Refused(_("Dit zijn meer dan 20.000 regels. Kies een kortere periode. Er is niets gemaakt."))
    if format == "pdf" and rows > MOST_ON_PAPER:
        raise Refused(_("Dit is te lang voor een PDF. Kies Excel of een kortere periode. Er is niets gemaakt."))


def _content(wanted: ListToExport, sheet: Sheet, format: str, about: list[tuple[str, str]]) -> bytes:
    zone = school_zone()
    if format == "excel":
        return spreadsheet.make(sheet, str(wanted.title), _("Over deze export"), about, zone)
    if format == "csv":
        return comma_file.make(sheet, zone)
    if wanted.paper is not None:
        template, context = wanted.paper
        return make_pdf(template, title=wanted.title, about=about, **context)
    rows = [[in_words(*pair) for pair in zip(sheet.columns, row, strict=True)] for row in sheet.rows]
    return make_pdf("exports/list_pdf.html", title=wanted.title, sheet=sheet, rows=rows, about=about)


def _about(wanted: ListToExport, rows: int, names: bool) -> list[tuple[str, str]]:
    return [
        (_("Lijst"), str(wanted.title)),
        (_("School"), g.school.name),
        *((str(name), str(value) if names else _nameless(str(value), wanted)) for name, value in wanted.described),
        (_("Regels"), str(rows)),
        *([(_("Namen"), _("met namen") if names else _("zonder namen"))] if wanted.has_names else []),
        (_("Gemaakt door"), current_user.name),
        (_("Gemaakt op"), format_datetime(clock.now(), "EEEE d MMMM y HH:mm")),
        (_("Let op"), _("Dat er meer is vastgelegd, betekent niet dat het onveiliger is.")),
    ]


def _nameless(words: str, wanted: ListToExport) -> str:
    """Return what was chosen in words, without the name of who was chosen: a file without names has none there too."""
    chosen = set(wanted.filters.values())
    for person, name in roster(current_school()).items():
        if person.hex in chosen:
            words = words.replace(name.full, _("iemand"))
    return words
