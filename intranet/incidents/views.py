"""Pages of incidents: recording one, finding them, and the page of one."""

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _

from intranet import drafts
from intranet.api import export_page, requires
from intranet.incidents import adding, choosing, commands, list_page, listing, reporting, showing
from intranet.incidents.exporting import incidents_to_export
from intranet.incidents.opening import before_showing
from intranet.incidents.readable import open_incident, reader
from intranet.staff_matters import reporting as about_staff

pages = Blueprint("incidents", __name__, url_prefix="/incidents")
adding.mount(pages)


@pages.get("/")
@requires("incidents.read")
def incidents() -> str:
    """The list; its filters are the address."""
    someone, wish = reader(), listing.Wish.of_request()
    found, after = listing.page_of(someone, wish, listing.Cursor.read(request.args.get("after")))
    return render_template("incidents/list.html", **list_page.page(someone, wish, found, after))


@pages.route("/export", methods=["GET", "POST"])
@requires("incidents.read")
def export() -> Any:
    """The list as a file; the same filters, and the same access."""
    wish = listing.Wish.of_request()
    return export_page(incidents_to_export(reader(), wish, url_for(".incidents", **wish.parameters)))


@pages.route("/new", methods=["GET", "POST"])
@requires("incidents.report")
def report() -> Any:
    """The form, on one page of a phone; what is about somebody who works here goes on in the form for the board."""
    if about_staff.ticked():
        return about_staff.begun_page()
    form = reporting.report_form()
    if form.submitted():
        incident_id = commands.report_incident(**reporting.report_values(form))
        return redirect(url_for(".recorded", incident_id=incident_id), 303)
    return render_template("incidents/report.html", form=form, **showing.report_page(form))


@pages.post("/audience")
@requires("incidents.report")
def who_will_see() -> str:
    """The lines that say who will see what is being written, while it is being written."""
    return render_template("incidents/who_will_see.html", audience=reporting.audience_now(reporting.report_form()))


@pages.post("/people")
@requires("incidents.report")
def people() -> Any:
    """The people whose name begins with some letters, the own group first; the letters stand in no server's log."""
    return jsonify(people=choosing.find_people(request.form.get("q", "").strip()[:80]))


@pages.post("/draft")
@requires("incidents.report")
def keep_draft() -> Any:
    """Keep what stands in the form; asked while somebody writes."""
    values = reporting.draft_values()
    if not about_staff.ticked() and reporting.is_worth_keeping(values):
        drafts.save_draft(reporting.DRAFT, request.form.get("once", ""), values)
    return "", 204


@pages.post("/draft/discard")
@requires("incidents.report")
def throw_draft_away() -> Any:
    """Throw a draft away."""
    drafts.throw_draft_away(request.form.get("draft"))
    flash(_("Je concept is weg."), "ok")
    return redirect(url_for("home.today"), 303)


@pages.get("/<uuid:incident_id>")
@requires("incidents.read")
def incident(incident_id: UUID) -> str:
    """One incident with its words; opening a closed one is recorded first."""
    standing = open_incident(incident_id)
    before_showing(incident_id, standing)
    return render_template("incidents/incident.html", **showing.incident_page(incident_id, standing))


@pages.get("/<uuid:incident_id>/recorded")
@requires("incidents.read")
def recorded(incident_id: UUID) -> str:
    """What comes right after saving: it is there, and what one can do next."""
    standing = open_incident(incident_id)
    return render_template("incidents/recorded.html", **showing.recorded_page(incident_id, standing))
