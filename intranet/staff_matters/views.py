"""Pages of suspicions about staff: telling the board, what one reported, and what the board handles."""

from typing import Any
from uuid import UUID

from flask import Blueprint, jsonify, redirect, render_template, request, url_for

from intranet.api import requires
from intranet.incidents.readable import reader
from intranet.staff_matters import commands, handling, reporting, showing
from intranet.staff_matters.opening import before_showing
from intranet.staff_matters.readable import open_matter

pages = Blueprint("staff_matters", __name__, url_prefix="/staff-matters")
handling.mount(pages)


@pages.get("/")
@requires("staff_matters.see")
def matters() -> str:
    """What somebody handles for the board, and what they reported themselves."""
    return render_template("staff_matters/list.html", **showing.list_page(reader()))


@pages.route("/new", methods=["GET", "POST"])
@requires("staff_matters.report")
def report() -> Any:
    """The form; a post from the form of an incident or a signal begins it with what was typed there."""
    if request.method == "POST" and "asked" not in request.form:
        return reporting.begun_page()
    form = reporting.matter_form()
    if form.submitted():
        matter_id = commands.report_staff_matter(**reporting.matter_values(form))
        return redirect(url_for(".recorded", matter_id=matter_id), 303)
    return render_template("staff_matters/report.html", begun=False, **reporting.form_page(form))


@pages.post("/audience")
@requires("staff_matters.report")
def who_will_see() -> str:
    """The lines that say who will and who will not see what is being written."""
    now = reporting.recipients_now(reporting.matter_form())
    return render_template("staff_matters/who_will_see.html", recipients=now)


@pages.post("/colleagues")
@requires("staff_matters.see")
def colleagues() -> Any:
    """Whom one can name whose name begins with some letters."""
    return jsonify(people=reporting.find_colleagues(request.form.get("q", "").strip()[:80]))


@pages.get("/<uuid:matter_id>")
@requires("staff_matters.see")
def matter(matter_id: UUID) -> str:
    """One matter; for who reported it what they wrote and how far it is. Opening it is recorded first."""
    standing = open_matter(matter_id)
    before_showing(matter_id, standing)
    return render_template("staff_matters/matter.html", **showing.matter_page(matter_id, standing))


@pages.get("/<uuid:matter_id>/recorded")
@requires("staff_matters.see")
def recorded(matter_id: UUID) -> str:
    """What comes right after saving: where it is now, what to do besides, and where its writer finds it again."""
    standing = open_matter(matter_id)
    return render_template("staff_matters/recorded.html", **showing.recorded_page(standing))
