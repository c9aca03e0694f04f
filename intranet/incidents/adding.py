"""What is done with an incident after it was recorded: correcting, adding, weighing, closing it to others."""

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from events.incident import Incident
from intranet.api import current_school, log, requires
from intranet.incidents import commands, correcting, showing
from intranet.incidents.fields import person_id
from intranet.incidents.forms import ConfidentialForm, NoteForm, PeopleForm, RoleForm, SeverityForm, WithdrawForm
from intranet.incidents.opening import before_showing
from intranet.incidents.readable import Standing, open_incident
from intranet.notes.records import INCIDENT
from intranet.notes.views import NotePages
from intranet.people.mentions import to_tokens
from intranet.people.roster import roster
from intranet.undoing import mistake, say_undoable


def mount(pages: Blueprint) -> None:
    """Put these pages in the blueprint of incidents."""
    for path, view, methods in (
        ("correct", correct, ("GET", "POST")),
        ("notes", add_note, ("POST",)),
        ("severity", assess, ("POST",)),
        ("people", people_in_it, ("GET", "POST")),
        ("role", change_role, ("POST",)),
        ("withdraw", withdraw, ("GET", "POST")),
        ("confidentiality", change_confidentiality, ("POST",)),
    ):
        pages.add_url_rule(f"/<uuid:incident_id>/{path}", view_func=view, methods=methods)
    NotePages(INCIDENT).mount(pages)


@requires("incidents.correct")
def correct(incident_id: UUID) -> Any:
    """Correct the facts; what was said first stays."""
    standing = open_incident(incident_id, "incidents.correct")
    form, incident = correcting.correct_form(incident_id)
    if form.submitted() and correcting.is_about_what_stands(form, incident):
        commands.correct_incident(incident_id, **correcting.correction(form, incident))
        return _back(incident_id, _("Verbeterd. Wat er eerst stond, blijft bewaard."))
    before_showing(incident_id, standing)
    return render_template("incidents/correct.html", form=form, **correcting.correct_page(form, incident))


@requires("incidents.add")
def add_note(incident_id: UUID) -> Any:
    """Add what became known or was done later."""
    standing = open_incident(incident_id, "incidents.add")
    form = NoteForm()
    if form.submitted():
        note = commands.add_note(incident_id, _with_tokens(form.text))
        say_undoable(_("Aangevuld."), INCIDENT.url("withdraw_note", incident_id, note))
        return redirect(INCIDENT.home(incident_id), 303)
    return _again(incident_id, standing, note_form=form)


@requires("incidents.assess")
def assess(incident_id: UUID) -> Any:
    """Weigh how serious it was."""
    standing = open_incident(incident_id, "incidents.assess")
    form = SeverityForm()
    if form.submitted():
        before = log.get(Incident, incident_id).severity
        commands.assess_severity(incident_id, int(form.level.data), _with_tokens(form.weighing))
        if before is None:
            return _back(incident_id, _("De ernst is vastgelegd."))
        return _back_undoable(incident_id, _("De ernst is vastgelegd."), "assess", level=before, weighing=mistake())
    return _again(incident_id, standing, severity_form=form)


@requires("incidents.add")
def people_in_it(incident_id: UUID) -> Any:
    """Who had which part in it; say who else had one."""
    standing = open_incident(incident_id, "incidents.add")
    form = PeopleForm()
    form.people.names = roster(current_school())
    if form.submitted():
        added = form.people.involved
        commands.add_involvements(incident_id, added)
        if len(added) != 1 or not standing.may("incidents.correct"):
            return _back(incident_id, _("Toegevoegd."), "people")
        gone = {"person": added[0].person_id.hex, "was": added[0].role, "reason": mistake()}
        return _back_undoable(incident_id, _("Toegevoegd."), "withdraw", "people", **gone)
    before_showing(incident_id, standing)
    return render_template("incidents/people.html", form=form, **showing.people_page(incident_id, standing))


@requires("incidents.add")
def change_role(incident_id: UUID) -> Any:
    """Give somebody another part."""
    standing = open_incident(incident_id, "incidents.add")
    form = RoleForm()
    if form.submitted():
        commands.change_involvement(incident_id, UUID(form.person.data), form.was.data, form.role.data)
        back = {"person": form.person.data, "was": form.role.data, "role": form.was.data}
        return _back_undoable(incident_id, _("De rol is veranderd."), "change_role", "people", **back)
    page = showing.people_page(incident_id, standing)
    before_showing(incident_id, standing)
    return render_template("incidents/people.html", form=PeopleForm(formdata=None), refused=form, **page)


@requires("incidents.correct")
def withdraw(incident_id: UUID) -> Any:
    """Take back that somebody was there, with why."""
    standing = open_incident(incident_id, "incidents.correct")
    form = WithdrawForm(data=request.args)
    if form.submitted():
        commands.withdraw_involvement(incident_id, UUID(form.person.data), form.was.data, _with_tokens(form.reason))
        return _back(incident_id, _("Vastgelegd: deze persoon hoort er niet bij."), "people")
    before_showing(incident_id, standing)
    page = showing.withdraw_page(incident_id, standing, person_id(form.person.data), form.was.data)
    return render_template("incidents/withdraw.html", form=form, **page)


@requires("incidents.correct")
def change_confidentiality(incident_id: UUID) -> Any:
    """Close the record to others, or open it up again."""
    standing = open_incident(incident_id, "incidents.correct")
    form = ConfidentialForm()
    if form.submitted():
        commands.change_confidentiality(incident_id, form.confidential.data == "1", _with_tokens(form.motive) or "")
        back = {"confidential": "0" if form.confidential.data == "1" else "1", "motive": mistake()}
        return _back_undoable(incident_id, _("Vastgelegd wie dit mag zien."), "change_confidentiality", **back)
    return _again(incident_id, standing, confidential_form=form)


def _with_tokens(field: Any) -> str:
    return to_tokens(field.data or "", current_school(), request.form.getlist(f"{field.name}-mention"))


def _back(incident_id: UUID, sentence: str, part: str | None = None) -> Any:
    flash(sentence, "ok")
    return redirect(url_for("incidents.incident", incident_id=incident_id, _anchor=part), 303)


def _back_undoable(incident_id: UUID, sentence: str, view: str, part: str | None = None, **fields: Any) -> Any:
    say_undoable(sentence, url_for(f"incidents.{view}", incident_id=incident_id), **fields)
    return redirect(url_for("incidents.incident", incident_id=incident_id, _anchor=part), 303)


def _again(incident_id: UUID, standing: Standing, **forms: Any) -> str:
    """Show the page of the incident again, with the form that was refused and everything in it."""
    before_showing(incident_id, standing)
    return render_template("incidents/incident.html", **showing.incident_page(incident_id, standing, **forms))
