"""Pages about what follows on an incident."""

from typing import Any
from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from events.follow_up import FollowUp
from events.incident import Incident
from intranet.api import current_school, log, requires, roster, school_calendar
from intranet.follow_up import commands, showing
from intranet.follow_up.forms import CloseForm, KeepForm, MoveForm, ParentsForm, PromiseForm, ReopenForm, WaiveForm
from intranet.incidents.opening import before_showing
from intranet.incidents.readable import Standing, open_incident
from intranet.people.forms import uuid_or_none
from intranet.people.today import today

pages = Blueprint("follow_up", __name__, url_prefix="/incidents/<uuid:incident_id>/follow-up")
FOLLOW, CLOSE = "incidents.follow_up", "incidents.close"


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


@pages.route("/new", methods=["GET", "POST"])
@requires(FOLLOW)
def new(incident_id: UUID) -> Any:
    """Promise something; what the plan asks first stands in the address."""
    standing = open_incident(incident_id, FOLLOW)
    incident = log.get(Incident, incident_id)
    names = showing.everybody_in(incident, roster(current_school()))
    form = PromiseForm(
        kind=request.args.get("kind"),
        person=request.args.get("person", ""),
        owner=current_user.person_id.hex,
        due_on=showing.first_due(today(), school_calendar()),
    )
    form.offer(names, showing.who_can_own(incident_id))
    if form.submitted():
        commands.promise_follow_up(incident_id, **form.promised)
        return _back(incident_id, _("Afgesproken."))
    before_showing(incident_id, standing)
    return render_template("follow_up/new.html", form=form, incident_id=incident_id)


@pages.get("/<uuid:follow_up_id>")
@requires("incidents.read")
def promise(incident_id: UUID, follow_up_id: UUID) -> Any:
    """One promise, with what can be done with it."""
    return _promise(incident_id, follow_up_id, *_own(incident_id, follow_up_id))


def _promise(incident_id: UUID, follow_up_id: UUID, standing: Standing, found: FollowUp, **refused: Any) -> Any:
    before_showing(incident_id, standing)
    people = roster(current_school())
    move = MoveForm(formdata=None, owner=found.owner.hex, due_on=found.due_on)
    move.offer(showing.who_can_own(incident_id))
    forms = {
        "keep_form": KeepForm(formdata=None, done_on=today(), again=bool(found.repeats)),
        "move_form": move,
        "waive_form": WaiveForm(formdata=None),
    }
    page = {"shown": showing.shown_promise(found, people), "text": _text_of(incident_id, follow_up_id)}
    return render_template("follow_up/promise.html", incident_id=incident_id, **{**page, **forms, **refused})


def _text_of(incident_id: UUID, follow_up_id: UUID) -> str | None:
    """Return the words of a promise: the record keeps no second copy of them."""
    events = log.events.get(incident_id)
    return next((each.text for each in events if getattr(each, "follow_up_id", None) == follow_up_id), None)


@pages.post("/<uuid:follow_up_id>/keep")
@requires("incidents.read")
def keep(incident_id: UUID, follow_up_id: UUID) -> Any:
    standing, found = _own(incident_id, follow_up_id)
    form = KeepForm()
    if not form.submitted():
        return _promise(incident_id, follow_up_id, standing, found, keep_form=form)
    again = form.again.data and bool(found.repeats)
    commands.keep_follow_up(incident_id, follow_up_id, outcome=form.outcome.data, on=form.done_on.data, again=again)
    return _back(incident_id, _("Klaar. De volgende keer staat gepland.") if again else _("Klaar."))


@pages.post("/<uuid:follow_up_id>/move")
@requires("incidents.read")
def move(incident_id: UUID, follow_up_id: UUID) -> Any:
    standing, found = _own(incident_id, follow_up_id)
    form = MoveForm()
    form.offer(showing.who_can_own(incident_id))
    if not form.submitted():
        return _promise(incident_id, follow_up_id, standing, found, move_form=form)
    owner = uuid_or_none(form.owner.data) or found.owner
    commands.move_follow_up(incident_id, follow_up_id, owner=owner, due_on=form.due_on.data, reason=form.reason.data)
    return _back(incident_id, _("De afspraak is veranderd."))


@pages.post("/<uuid:follow_up_id>/waive")
@requires("incidents.read")
def waive(incident_id: UUID, follow_up_id: UUID) -> Any:
    standing, found = _own(incident_id, follow_up_id)
    form = WaiveForm()
    if not form.submitted():
        return _promise(incident_id, follow_up_id, standing, found, waive_form=form)
    commands.waive_follow_up(incident_id, follow_up_id, form.waived.data)
    return _back(incident_id, _("Vastgelegd: dit hoeft niet meer."))


def _own(incident_id: UUID, follow_up_id: UUID) -> tuple[Standing, FollowUp]:
    """Return a promise to whoever made it or may follow the incident up; for others there is no page."""
    standing = open_incident(incident_id)
    incident = log.get(Incident, incident_id)
    found = next((each for each in incident.follow_ups if each.id == follow_up_id), None)
    if found is None or not (standing.may(FOLLOW) or found.owner == current_user.person_id):
        abort(404)
    return standing, found


@pages.post("/parents")
@requires(FOLLOW)
def parents(incident_id: UUID) -> Any:
    """Record that the parents of a child know."""
    standing = open_incident(incident_id, FOLLOW)
    form = ParentsForm()
    form.offer(showing.children_of(log.get(Incident, incident_id), roster(current_school())))
    child = uuid_or_none(form.child.data) if form.submitted() else None
    if child is None:
        return _overview(incident_id, standing, parents_form=form)
    commands.inform_parents(
        incident_id,
        person_id=child,
        by=current_user.person_id,
        on=form.informed_on.data,
        how=form.how.data,
        remark=form.remark.data or "",
    )
    return _back(incident_id, _("Vastgelegd dat de ouders het weten."))


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
    return _back(incident_id, _("Afgesloten.") if closed else _("Voorgesteld. Een ander moet dit ook afsluiten."))


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
