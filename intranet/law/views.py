"""Pages of the rules of a law: whether they count, what they make of the past, what is reported, and evaluations."""

from typing import Any
from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from intranet.api import ButtonForm, also_shows, current_school, db, export_page, may, requires
from intranet.incidents.opening import before_showing
from intranet.incidents.readable import open_incident, reader
from intranet.law import commands, reading, showing
from intranet.law.exporting import incidents_to_export
from intranet.law.forms import ON, NoticeForm, OffForm
from intranet.law.reading import REPORT_TO_INSPECTORATE
from intranet.undoing import mistake, say_undoable

pages = Blueprint("law", __name__, url_prefix="/school/law")


def _applied() -> reading.Applied:
    return reading.applied(db.session.connection(), current_school()) or abort(404)


@pages.route("", methods=["GET", "POST"])
@also_shows
@requires("law.read")
def rules() -> Any:
    """Whether the rules count, what they make of the past, and for who may: trying and switching them on."""
    if request.method == "POST" and not may("law.switch"):
        abort(404)
    form = showing.rules_form()
    if form.submitted() and form.step.data == ON:
        commands.apply_rule_set(**showing.chosen(form))
        on = _("De regels gelden nu. Ook wat eerder gebeurde, is opnieuw ingedeeld.")
        say_undoable(on, url_for(".off"), stopping=mistake())
        return redirect(url_for(".rules"), 303)
    return render_template("law/rules.html", form=form, **showing.rules_page(form))


@pages.post("/off")
@requires("law.switch")
def off() -> Any:
    """Let the rules count no longer."""
    form = OffForm()
    if form.submitted():
        was = _applied()
        commands.stop_applying(was.id, form.stopping.data)
        again = showing.as_posted(was.rules, was.since)
        say_undoable(
            _("De regels gelden niet meer. Wat is vastgelegd, blijft."), url_for(".rules"), **again, reason=mistake()
        )
        return redirect(url_for(".rules"), 303)
    kept = showing.rules_form()
    return render_template("law/rules.html", form=kept, **showing.rules_page(kept, off_form=form))


@pages.get("/incidents")
@requires("law.read")
def incidents() -> str:
    """What the rules make of each incident."""
    applied = reading.applied(db.session.connection(), current_school())
    return render_template("law/incidents.html", **showing.incidents_page(applied))


@pages.route("/incidents/export", methods=["GET", "POST"])
@requires("law.read")
def export() -> Any:
    """The same list as a file."""
    applied = reading.applied(db.session.connection(), current_school())
    if applied is None:
        # While no rules count there is no list, as its page says.
        return redirect(url_for(".incidents"), 303)
    return export_page(incidents_to_export(applied))


@pages.route("/incidents/<uuid:incident_id>", methods=["GET", "POST"])
@also_shows
@requires(REPORT_TO_INSPECTORATE)
def incident(incident_id: UUID) -> Any:
    """One incident: why it is to be reported, and recording that it was."""
    now, standing = _applied(), open_incident(incident_id, REPORT_TO_INSPECTORATE)
    # Also for a post: a notice of what the rules are not about would stand on no page.
    found = showing.incident_page(now, incident_id) or abort(404)
    form = NoticeForm(sent_on=showing.now())
    if form.submitted():
        commands.send_notice(incident_id, form.sent_on.data, form.remark.data or "")
        say_undoable(_("Vastgelegd: de inspectie weet het."), url_for(".withdraw", incident_id=incident_id))
        return redirect(url_for(".incident", incident_id=incident_id), 303)
    before_showing(incident_id, standing)
    return render_template("law/incident.html", form=form, button=ButtonForm(), **found)


@pages.post("/incidents/<uuid:incident_id>/withdraw")
@requires(REPORT_TO_INSPECTORATE)
def withdraw(incident_id: UUID) -> Any:
    """Take back that it was reported."""
    open_incident(incident_id, REPORT_TO_INSPECTORATE)
    known = reading.notice_of(db.session.connection(), current_school(), incident_id)
    if known is not None and ButtonForm().submitted():
        commands.withdraw_notice(known.notice)
        flash(_("Teruggenomen. In het logboek blijft staan dat je dit deed."), "ok")
    return redirect(url_for(".incident", incident_id=incident_id), 303)


@pages.route("/evaluations", methods=["GET", "POST"])
@also_shows
@requires("law.read")
def evaluations() -> Any:
    """The yearly evaluations, and recording one."""
    form = showing.evaluation_form() if may("law.evaluate") else None
    if form is None and request.method == "POST":
        abort(404)
    if form is not None and form.submitted():
        commands.record_evaluation(**showing.evaluated(form))
        flash(_("De evaluatie is vastgelegd."), "ok")
        return redirect(url_for(".evaluations"), 303)
    return render_template(
        "law/evaluations.html",
        form=form,
        items=showing.evaluation_items(reader()),
        applied=reading.applied(db.session.connection(), current_school()),
    )
