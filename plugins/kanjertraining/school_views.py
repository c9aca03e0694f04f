"""Pages of the coordinator: the whole school at a glance, licences, KanVAS windows, agreements and themes."""

from typing import Any
from uuid import UUID

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _

from intranet.api import ButtonForm, NotFound, current_actor, log, requires

from . import coordinating, reading, school_commands, year_page
from .forms import LicenceForm, LineForm, NewLicenceForm, WindowForm, WithdrawForm
from .pages import pages
from .school_events import LINES, Licence, Line, Window


@pages.get("/coordinator")
@requires("kanjertraining.plan")
def coordinator() -> str:
    """What the coordinator keeps: planning, licences, windows, new colleagues."""
    return render_template("kanjertraining/coordinator.html", **coordinating.page(year_page.asked_year()))


@pages.get("/licences/")
@requires("kanjertraining.licences")
def licences() -> str:
    """Who has which licence."""
    return render_template("kanjertraining/licences.html", **coordinating.licences_page())


@pages.get("/licences/mine")
@requires("kanjertraining.see")
def my_licences() -> str:
    """The licences of who is signed in."""
    return render_template("kanjertraining/my_licences.html", **coordinating.own_page(current_actor()))


@pages.route("/licences/new", methods=["GET", "POST"])
@requires("kanjertraining.licences")
def new_licence() -> Any:
    """Record a licence."""
    form = NewLicenceForm(**coordinating.asked_person())
    if form.submitted():
        values = form.values
        school_commands.record_licence(person_id=UUID(values.pop("person")), **values)
        flash(_("De licentie is vastgelegd."), "ok")
        return redirect(url_for(".licences"), 303)
    return render_template("kanjertraining/licence_form.html", form=form, name=None)


@pages.route("/licences/<uuid:licence_id>", methods=["GET", "POST"])
@requires("kanjertraining.licences")
def change_licence(licence_id: UUID) -> Any:
    """Put right what was entered of a licence."""
    found = _licence(licence_id)
    names = ("level", "issued_on", "valid_until", "at_this_school", "evidence")
    form = LicenceForm(**dict(zip(names, found.facts, strict=True)))
    if form.submitted():
        school_commands.change_licence(licence_id, **form.values)
        flash(_("De licentie is aangepast."), "ok")
        return redirect(url_for(".licences"), 303)
    return _licence_page(licence_id, found, form, WithdrawForm(formdata=None))


@pages.post("/licences/<uuid:licence_id>/withdraw")
@requires("kanjertraining.licences")
def withdraw_licence(licence_id: UUID) -> Any:
    """Let a licence count no more."""
    found, form = _licence(licence_id), WithdrawForm()
    if not form.submitted():
        names = ("level", "issued_on", "valid_until", "at_this_school", "evidence")
        facts = LicenceForm(formdata=None, **dict(zip(names, found.facts, strict=True)))
        return _licence_page(licence_id, found, facts, form)
    school_commands.withdraw_licence(licence_id, form.reason.data)
    flash(_("Deze licentie telt niet meer."), "ok")
    return redirect(url_for(".licences"), 303)


@pages.route("/windows/new", methods=["GET", "POST"])
@requires("kanjertraining.plan")
def new_window() -> Any:
    """Say when the KanVAS lists are filled in."""
    form = WindowForm()
    if form.submitted():
        school_commands.open_window(**form.values)
        flash(_("Het venster staat in de planning."), "ok")
        return redirect(url_for(".coordinator"), 303)
    return render_template("kanjertraining/window.html", form=form, window_id=None)


@pages.route("/windows/<uuid:window_id>", methods=["GET", "POST"])
@requires("kanjertraining.plan")
def change_window(window_id: UUID) -> Any:
    """Set other days or groups, and see who lacks a licence then."""
    found = _window(window_id)
    wave, year_groups, first, last = found.facts
    form = WindowForm(wave=wave, year_groups=list(year_groups), first=first, last=last)
    if form.submitted():
        school_commands.change_window(window_id, **form.values)
        flash(_("Het venster is aangepast."), "ok")
        return redirect(url_for(".coordinator"), 303)
    return render_template(
        "kanjertraining/window.html", form=form, window_id=window_id, remove=ButtonForm(formdata=None)
    )


@pages.post("/windows/<uuid:window_id>/remove")
@requires("kanjertraining.plan")
def remove_window(window_id: UUID) -> Any:
    """Take a window away."""
    _window(window_id)
    if not ButtonForm().submitted():
        return redirect(url_for(".change_window", window_id=window_id), 303)
    school_commands.remove_window(window_id)
    flash(_("Het venster is weggehaald."), "ok")
    return redirect(url_for(".coordinator"), 303)


@pages.get("/agreements/")
@requires("kanjertraining.see")
def agreements() -> str:
    """The school's own agreements, and the themes that every group has in a year."""
    return render_template("kanjertraining/agreements.html", **coordinating.lines_page())


@pages.route("/agreements/new/<kind>", methods=["GET", "POST"])
@requires("kanjertraining.plan")
def new_line(kind: str) -> Any:
    """Add an agreement or a theme."""
    if kind not in LINES:
        abort(404)
    form = LineForm(number=max((number for _id, number, _text in reading.lines(kind)), default=0) + 1)
    if form.submitted():
        school_commands.word_line(kind, **form.values)
        return redirect(url_for(".agreements"), 303)
    return render_template("kanjertraining/line.html", form=form, kind=kind, line_id=None)


@pages.route("/agreements/<uuid:line_id>", methods=["GET", "POST"])
@requires("kanjertraining.plan")
def change_line(line_id: UUID) -> Any:
    """Say an agreement or a theme otherwise."""
    found = _line(line_id)
    form = LineForm(number=found.number, text=found.text)
    if form.submitted():
        school_commands.reword_line(line_id, **form.values)
        return redirect(url_for(".agreements"), 303)
    retire = ButtonForm(formdata=None)
    return render_template("kanjertraining/line.html", form=form, kind=found.kind, line_id=line_id, retire=retire)


@pages.post("/agreements/<uuid:line_id>/retire")
@requires("kanjertraining.plan")
def retire_line(line_id: UUID) -> Any:
    """Use an agreement or a theme no more."""
    _line(line_id)
    if not ButtonForm().submitted():
        return redirect(url_for(".change_line", line_id=line_id), 303)
    school_commands.retire_line(line_id)
    flash(_("Weggehaald. In het logboek blijft het staan."), "ok")
    return redirect(url_for(".agreements"), 303)


def _licence_page(licence_id: UUID, found: Licence, form: LicenceForm, withdraw: WithdrawForm) -> str:
    name = coordinating.name_of(found.person_id)
    return render_template(
        "kanjertraining/licence_form.html", form=form, withdraw=withdraw, name=name, licence_id=licence_id
    )


def _licence(licence_id: UUID) -> Licence:
    found = log.get(Licence, licence_id)
    if found.withdrawn:
        raise NotFound("This licence counts no more.")
    return found


def _window(window_id: UUID) -> Window:
    found = log.get(Window, window_id)
    if found.removed:
        raise NotFound("This window was taken away.")
    return found


def _line(line_id: UUID) -> Line:
    found = log.get(Line, line_id)
    if found.retired:
        raise NotFound("This line is used no more.")
    return found
