"""Pages around the games of groups: how playing goes, observations, consultations, and the reward of a week."""

from typing import Any
from uuid import UUID

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _

from intranet.api import ButtonForm, also_shows, export_page, requires, today

from . import group_commands, progress, taking_out, week_reward
from .group_forms import ConsultationForm, KeptForm, ObservationForm, PlanObservationForm, WeekForm
from .pages import pages
from .playing import group_named


@pages.get("/coverage")
@requires("taakspel.see")
def coverage() -> str:
    """How often each group plays, by week of school."""
    return render_template("taakspel/coverage.html", **progress.school_page(progress.asked_year()))


@pages.route("/coverage/export", methods=["GET", "POST"])
@requires("taakspel.see")
def export_coverage() -> Any:
    """The same as a file."""
    return export_page(taking_out.coverage_to_export(progress.asked_year()))


@pages.get("/groups/<uuid:group_id>/progress")
@requires("taakspel.see")
def progress_of_group(group_id: UUID) -> str:
    """How playing goes in one group."""
    return render_template("taakspel/progress.html", **progress.group_page(group_id, progress.asked_year()))


@pages.route("/groups/<uuid:group_id>/observations", methods=["GET", "POST"])
@requires("taakspel.play")
def plan_observation(group_id: UUID) -> Any:
    """Agree to watch a group; on the day itself what was seen is filled in at once."""
    group, form = group_named(group_id), PlanObservationForm(day=today())
    if not form.submitted():
        return render_template("taakspel/plan_observation.html", form=form, group=group)
    made = group_commands.plan_observation(group_id, **form.values)
    if form.day.data > today():
        flash(_("De observatie staat gepland."), "ok")
        return redirect(url_for(".progress_of_group", group_id=group_id), 303)
    return redirect(url_for(".observation", observation_id=made), 303)


@pages.route("/observations/<uuid:observation_id>", methods=["GET", "POST"])
@requires("taakspel.play")
def observation(observation_id: UUID) -> Any:
    """Fill in what was seen, or put it right."""
    row = progress.require_observation(observation_id)
    group = group_named(row.class_group)
    seen = {name: getattr(row, name) for name in ("lesson", "looks", "on_task", "breaches")} if row.looks else {}
    form = ObservationForm(day=min(row.day, today()), **seen)
    if form.submitted():
        group_commands.make_observation(observation_id, **form.values)
        flash(_("De observatie is vastgelegd."), "ok")
        return redirect(url_for(".progress_of_group", group_id=group.group_id), 303)
    drop = ButtonForm(formdata=None)
    return render_template("taakspel/observation.html", form=form, drop=drop, row=row, group=group)


@pages.post("/observations/<uuid:observation_id>/drop")
@requires("taakspel.play")
def drop_observation(observation_id: UUID) -> Any:
    """Let an observation not go on, or count no more."""
    row = progress.require_observation(observation_id)
    if ButtonForm().submitted():
        group_commands.drop_observation(observation_id)
        flash(_("Deze observatie telt niet mee."), "ok")
    return redirect(url_for(".progress_of_group", group_id=row.class_group), 303)


@pages.route("/groups/<uuid:group_id>/consultations", methods=["GET", "POST"])
@requires("taakspel.consult")
def hold_consultation(group_id: UUID) -> Any:
    """Record a visit to the class and what was agreed."""
    group = group_named(group_id)
    if not progress.may_consult(group_id):
        abort(404)
    form = ConsultationForm(day=today())
    if form.submitted():
        group_commands.hold_consultation(group_id, **form.values)
        flash(_("De afspraken zijn vastgelegd."), "ok")
        return redirect(url_for(".progress_of_group", group_id=group_id), 303)
    return render_template("taakspel/hold_consultation.html", form=form, group=group)


@pages.route("/consultations/<uuid:consultation_id>", methods=["GET", "POST"])
@also_shows
@requires("taakspel.consult")
def consultation(consultation_id: UUID) -> Any:
    """What was agreed after a visit, and to look back on it."""
    row, form = progress.require_consultation(consultation_id), KeptForm()
    if form.submitted():
        group_commands.look_back_on_agreements(consultation_id, **form.values)
        flash(_("Vastgelegd."), "ok")
        return redirect(url_for(".progress_of_group", group_id=row.class_group), 303)
    return render_template("taakspel/consultation.html", form=form, **progress.consultation_page(row))


@pages.route("/groups/<uuid:group_id>/week", methods=["GET", "POST"])
@also_shows
@requires("taakspel.play")
def week(group_id: UUID) -> Any:
    """Agree beforehand on the reward of a week."""
    page = week_reward.week_page(group_id)
    form = WeekForm(reward=page["coming_row"].reward if page["coming_row"] else None)
    if form.submitted():
        group_commands.agree_on_week(group_id, monday=page["coming"], reward=form.reward.data)
        flash(_("De weekbeloning is afgesproken."), "ok")
        return redirect(url_for(".group", group_id=group_id), 303)
    return render_template("taakspel/week.html", form=form, give=ButtonForm(formdata=None), **page)


@pages.post("/weeks/<uuid:week_id>/give")
@requires("taakspel.play")
def give_week_reward(week_id: UUID) -> Any:
    """Record that the reward of a week was given."""
    row = week_reward.require_week(week_id)
    if ButtonForm().submitted():
        group_commands.give_week_reward(week_id)
        flash(_("Vastgelegd. Goed gedaan, samen."), "ok")
    return redirect(url_for(".group", group_id=row.class_group), 303)
