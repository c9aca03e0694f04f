"""What the board records about a suspicion of staff: the steps of the law, in its own words."""

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from intranet.api import ButtonForm, current_school, requires
from intranet.incidents.readable import reader
from intranet.notes.records import MATTER
from intranet.notes.views import NotePages
from intranet.people.mentions import to_tokens
from intranet.staff_matters import commands, forms, showing
from intranet.staff_matters.opening import before_showing
from intranet.staff_matters.readable import HANDLE, Standing, open_matter, open_to_handle, standing_to
from intranet.staff_matters.reporting import offer_named
from intranet.undoing import say_undoable


def mount(pages: Blueprint) -> None:
    """Put these pages in the blueprint."""
    for path, view in (
        ("notes", add_note),
        ("named", name_staff),
        ("receipt", confirm_receipt),
        ("inspector", consult_inspector),
        ("judgement", judge),
        ("informed", inform),
        ("police", report_to_police),
        ("measures", take_measure),
        ("close", close),
        ("reopen", reopen),
    ):
        pages.add_url_rule(f"/<uuid:matter_id>/{path}", view_func=view, methods=("POST",))
    NotePages(MATTER).mount(pages)


@requires("staff_matters.see")
def add_note(matter_id: UUID) -> Any:
    """Add what became known later: by who reported it, or who handles it."""
    standing = open_matter(matter_id)
    form = forms.AddForm()
    if form.submitted():
        note = commands.add_note(matter_id, _with_tokens(form.text))
        say_undoable(_("Toegevoegd."), MATTER.url("withdraw_note", matter_id, note))
        return redirect(MATTER.home(matter_id), 303)
    return _again(matter_id, standing, add_form=form)


@requires(HANDLE)
def name_staff(matter_id: UUID) -> Any:
    """Say that it is about others too; who is named loses it, also who is looking now."""
    standing = open_to_handle(matter_id)
    form = offer_named(forms.NameForm())
    if form.submitted():
        commands.name_staff(matter_id, [UUID(each) for each in form.people.data])
        return _back(matter_id, _("Vastgelegd. Deze persoon ziet de melding niet meer."))
    return _again(matter_id, standing, name_form=form)


@requires(HANDLE)
def confirm_receipt(matter_id: UUID) -> Any:
    """Say that the board has it."""
    standing = open_to_handle(matter_id)
    if ButtonForm().submitted():
        commands.confirm_receipt(matter_id)
        return _back(matter_id, _("De melder ziet nu dat je de melding hebt."))
    return _again(matter_id, standing)


@requires(HANDLE)
def consult_inspector(matter_id: UUID) -> Any:
    """Record that the board spoke with the confidential inspector."""
    standing = open_to_handle(matter_id)
    form = forms.InspectorForm()
    if form.submitted():
        commands.consult_inspector(matter_id, form.on.data, _with_tokens(form.advice))
        return _back(matter_id, _("Het overleg is vastgelegd."))
    return _again(matter_id, standing, inspector_form=form)


@requires(HANDLE)
def judge(matter_id: UUID) -> Any:
    """Record whether the board sees a reasonable suspicion."""
    standing = open_to_handle(matter_id)
    form = forms.JudgementForm()
    if form.submitted():
        commands.judge_suspicion(matter_id, form.reasonable.data == "yes", _with_tokens(form.reasons), form.on.data)
        return _back(matter_id, _("Het besluit is vastgelegd."))
    return _again(matter_id, standing, judgement_form=form)


@requires(HANDLE)
def inform(matter_id: UUID) -> Any:
    """Record that somebody involved was told."""
    standing = open_to_handle(matter_id)
    form = forms.InformedForm()
    if form.submitted():
        commands.inform_people(matter_id, form.who.data, form.on.data, _with_tokens(form.remark))
        return _back(matter_id, _("Vastgelegd wie is geïnformeerd."))
    return _again(matter_id, standing, informed_form=form)


@requires(HANDLE)
def report_to_police(matter_id: UUID) -> Any:
    """Record the report to the police."""
    standing = open_to_handle(matter_id)
    form = forms.PoliceForm()
    if form.submitted():
        commands.report_to_police(matter_id, form.on.data, _with_tokens(form.where))
        return _back(matter_id, _("De aangifte is vastgelegd."))
    return _again(matter_id, standing, police_form=form)


@requires(HANDLE)
def take_measure(matter_id: UUID) -> Any:
    """Record what the board does meanwhile."""
    standing = open_to_handle(matter_id)
    form = forms.MeasureForm()
    if form.submitted():
        commands.take_measure(matter_id, form.measure.data, form.on.data, _with_tokens(form.agreed))
        return _back(matter_id, _("De maatregel is vastgelegd."))
    return _again(matter_id, standing, measure_form=form)


@requires(HANDLE)
def close(matter_id: UUID) -> Any:
    """Close it, or ask a second pair of eyes."""
    standing = open_to_handle(matter_id)
    form = forms.CloseMatterForm()
    if form.submitted():
        if commands.close_matter(matter_id, _with_tokens(form.closing)):
            return _back(matter_id, _("De melding is afgesloten. De melder kan dat lezen."))
        return _back(matter_id, _("Gevraagd. Een ander leest nu mee en sluit af."))
    return _again(matter_id, standing, close_form=form)


@requires(HANDLE)
def reopen(matter_id: UUID) -> Any:
    """Open it again."""
    standing = open_to_handle(matter_id)
    form = forms.ReopenMatterForm()
    if form.submitted():
        commands.reopen_matter(matter_id, _with_tokens(form.reopening))
        return _back(matter_id, _("De melding is weer open."))
    return _again(matter_id, standing, reopen_form=form)


def _with_tokens(field: Any) -> str:
    return to_tokens(field.data or "", current_school(), request.form.getlist(f"{field.name}-mention"))


def _back(matter_id: UUID, sentence: str) -> Any:
    """Go back to the matter, or to the list for who reaches it no longer: named just now, or only asked to agree."""
    flash(sentence, "ok")
    now = standing_to(matter_id, reader())
    if now is None or not (now.may_handle or now.has_receipt):
        return redirect(url_for("staff_matters.matters"), 303)
    return redirect(url_for("staff_matters.matter", matter_id=matter_id), 303)


def _again(matter_id: UUID, standing: Standing, **refused: Any) -> str:
    """Show the page of the matter again, with the form that was refused and everything in it."""
    before_showing(matter_id, standing)
    return render_template("staff_matters/matter.html", **showing.matter_page(matter_id, standing, **refused))
