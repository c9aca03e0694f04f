"""Pages about what follows on an incident."""

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _

from events.incident import Incident
from intranet.api import log, requires
from intranet.follow_up import commands, showing
from intranet.follow_up.forms import CloseForm, ParentsForm, ReopenForm
from intranet.follow_up.of_incidents import CLOSE, INCIDENTS
from intranet.follow_up.promise_pages import PromisePages
from intranet.incidents.opening import before_showing
from intranet.incidents.readable import Standing, open_incident
from intranet.people.today import today
from intranet.undoing import mistake, say_undoable

pages = Blueprint("follow_up", __name__, url_prefix="/incidents/<uuid:incident_id>/follow-up")


@pages.get("/")
@requires("incidents.read")
def overview(incident_id: UUID) -> Any:
    """The steps of the plan, what is promised, whose parents know, and closing."""
    return _overview(incident_id, open_incident(incident_id))


def _overview(incident_id: UUID, standing: Standing, **refused: Any) -> Any:
    before_showing(incident_id, standing)
    incident = log.get(Incident, incident_id)
    page = showing.overview(incident, standing)
    parents = ParentsForm(formdata=None, informed_on=today())
    parents.offer(page["children"])
    forms = {
        "parents_form": parents,
        "close_form": CloseForm(formdata=None),
        "reopen_form": ReopenForm(formdata=None),
    }
    return render_template("follow_up/overview.html", **{**page, **forms, **refused})


PromisePages(INCIDENTS, _overview).mount(pages, "/")


@pages.post("/close")
@requires(CLOSE)
def close(incident_id: UUID) -> Any:
    """Close it; a serious one waits for somebody else."""
    standing = open_incident(incident_id, CLOSE)
    form = CloseForm()
    if not form.submitted():
        return _overview(incident_id, standing, close_form=form)
    closed = commands.close_incident(
        incident_id, conclusion=form.conclusion.data, nothing_needed=form.nothing_needed.data or ""
    )
    if not closed:
        return _back(incident_id, _("Voorgesteld. Een ander moet dit ook afsluiten."))
    say_undoable(_("Afgesloten."), url_for(".reopen", incident_id=incident_id), reopening=mistake())
    return redirect(url_for(".overview", incident_id=incident_id), 303)


@pages.post("/reopen")
@requires(CLOSE)
def reopen(incident_id: UUID) -> Any:
    """Open it again, with why."""
    standing = open_incident(incident_id, CLOSE)
    form = ReopenForm()
    if not form.submitted():
        return _overview(incident_id, standing, reopen_form=form)
    commands.reopen_incident(incident_id, form.reopening.data)
    return _back(incident_id, _("Het incident is weer open."))


def _back(incident_id: UUID, sentence: str) -> Any:
    flash(sentence, "ok")
    return redirect(url_for(".overview", incident_id=incident_id), 303)
