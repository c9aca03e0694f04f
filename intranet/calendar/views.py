"""The school calendar: a year at a glance, adding and changing free days, the school week, and taking over iCal."""

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from intranet.api import ButtonForm, NotFound, export_page, log, requires, school_calendar, today
from intranet.calendar import commands, importing
from intranet.calendar.days import SchoolYear
from intranet.calendar.events import FreePeriod
from intranet.calendar.exporting import free_days_to_export
from intranet.calendar.forms import CalendarUploadForm, FreeDaysForm, SchoolWeekForm, take_over_form
from intranet.calendar.year import asked_year, page, period_in_words
from intranet.undoing import say_undoable

pages = Blueprint("calendar", __name__, url_prefix="/calendar")


@pages.get("/")
@requires("calendar.read")
def year() -> str:
    """A school year at a glance."""
    return render_template("calendar/year.html", **page(asked_year()))


@pages.route("/export", methods=["GET", "POST"])
@requires("calendar.read")
def export() -> Any:
    """The free days of a school year as a file."""
    return export_page(free_days_to_export(asked_year()))


@pages.route("/new", methods=["GET", "POST"])
@requires("calendar.change")
def add() -> Any:
    form = FreeDaysForm()
    if form.submitted():
        added = commands.add_free_days(**form.values)
        say_undoable(_("Toegevoegd aan de kalender."), url_for(".remove", period_id=added))
        return _to_year_of(form.first.data)
    return render_template("calendar/free_days.html", form=form, title=_("Vrije dagen toevoegen"))


@pages.route("/<uuid:period_id>", methods=["GET", "POST"])
@requires("calendar.change")
def change(period_id: UUID) -> Any:
    period = log.get(FreePeriod, period_id)
    if period.removed:
        raise NotFound("These free days were removed.")
    form = FreeDaysForm(title=period.title, kind=period.kind, first=period.first, last=period.last)
    if form.submitted():
        commands.change_free_days(period_id, **form.values)
        return _to_year_of(form.first.data, _("De kalender is aangepast."))
    return render_template(
        "calendar/free_days.html", form=form, title=_("Vrije dagen"), remove=ButtonForm(), period_id=period_id
    )


@pages.post("/<uuid:period_id>/remove")
@requires("calendar.change")
def remove(period_id: UUID) -> Any:
    first = log.get(FreePeriod, period_id).first
    if not ButtonForm().submitted():
        return redirect(url_for(".change", period_id=period_id), 303)
    commands.remove_free_days(period_id)
    done = _("Weggehaald uit de kalender. In het logboek blijft het staan.")
    say_undoable(done, url_for(".put_back", period_id=period_id))
    return _to_year_of(first)


@pages.post("/<uuid:period_id>/put-back")
@requires("calendar.change")
def put_back(period_id: UUID) -> Any:
    """Undo that free days were taken out."""
    first = log.get(FreePeriod, period_id).first
    if ButtonForm().submitted():
        commands.put_free_days_back(period_id)
        say_undoable(_("Teruggezet."), url_for(".remove", period_id=period_id))
    return _to_year_of(first)


@pages.route("/week", methods=["GET", "POST"])
@requires("calendar.change")
def week() -> Any:
    form = SchoolWeekForm(weekdays=sorted(school_calendar().weekdays_on(today())), since=today())
    if form.submitted():
        was = sorted(school_calendar().weekdays_on(form.since.data))
        commands.change_open_days(form.weekdays.data, since=form.since.data)
        say_undoable(_("De schoolweek is opgeslagen."), url_for(".week"), weekdays=was, since=form.since.data)
        return _to_year_of(form.since.data)
    return render_template("calendar/week.html", form=form)


@pages.route("/import", methods=["GET", "POST"])
@requires("calendar.change")
def upload() -> Any:
    form = CalendarUploadForm()
    if form.submitted():
        return redirect(url_for(".preview", upload_id=importing.uploads.keep(form.read)), 303)
    return render_template("calendar/upload.html", form=form)


@pages.route("/import/<uuid:upload_id>", methods=["GET", "POST"])
@requires("calendar.change")
def preview(upload_id: UUID) -> Any:
    read = importing.uploads.kept(upload_id)
    if read is None:
        flash(_("Dit bestand is al overgenomen of weggegooid. Kies het opnieuw als het nodig is."), "info")
        return redirect(url_for(".upload"), 303)
    found = importing.new_days(read)
    form = take_over_form(found)
    lines = [(each, form[f"kind{number}"], period_in_words(each.first, each.last)) for number, each in found.items()]
    if form.submitted():
        count = importing.take_over([(each, field.data) for each, field, _words in lines if field.data], upload_id)
        done = ngettext("%(num)d regel overgenomen.", "%(num)d regels overgenomen.", count)
        return _to_year_of(lines[0][0].first if lines else today(), done)
    return render_template(
        "calendar/preview.html", form=form, lines=lines, read=read, discard=ButtonForm(), upload_id=upload_id
    )


@pages.post("/import/<uuid:upload_id>/discard")
@requires("calendar.change")
def discard(upload_id: UUID) -> Any:
    if ButtonForm().submitted():
        importing.uploads.discard(upload_id)
        flash(_("Het bestand is weggegooid. Er is niets overgenomen."), "ok")
    return redirect(url_for(".upload"), 303)


def _to_year_of(day: Any, sentence: str | None = None) -> Any:
    if sentence:
        flash(sentence, "ok")
    return redirect(url_for(".year", year=SchoolYear.of(day).begins), 303)
