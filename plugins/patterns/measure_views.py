"""Pages of measures, and of the weeks that were decided to be quiet."""

from datetime import date
from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from intranet.api import (
    ButtonForm,
    NotFound,
    also_shows,
    current_school,
    export_page,
    record_page,
    record_url,
    requires,
    roster,
    say_undoable,
)

from . import big5 as page_of
from . import commands, list_files, measuring, quiet, reading
from .forms import EvaluationForm, MeasureForm, QuietWeekForm
from .pages import pages


def _say_where_things_are(state: Any) -> None:
    record_page(state.app, "patterns.measure", "patterns.measure", "measure_id")


pages.record(_say_where_things_are)


@pages.get("/measures")
@requires(measuring.OWNED)
def measures() -> str:
    """What the school does about patterns; for who reads no patterns what they see to."""
    return render_template("patterns/measures.html", **measuring.list_page())


@pages.route("/measures/export", methods=["GET", "POST"])
@requires(measuring.OWNED)
def export_measures() -> Any:
    """The same as a file."""
    return export_page(list_files.measures_to_export())


@pages.route("/measures/new", methods=["GET", "POST"])
@requires("patterns.measures")
def propose() -> Any:
    """Make a measure of the pattern, or of the record, in the address."""
    record = measuring.asked_record()
    if record is not None:
        return _propose_from(*record)
    pattern = page_of.pattern_of(page_of.asked_question())
    form = MeasureForm()
    if form.submitted():
        return _proposed(form, pattern.question.as_pattern)
    return render_template("patterns/propose.html", form=form, pattern=pattern, record=None)


def _propose_from(kind: str, record_id: UUID) -> Any:
    group = reading.group_of(record_id)
    form = MeasureForm(of_record=True, group=group.hex if group else "")
    if form.submitted():
        chosen = {"group": form.group.data} if form.group.data else {}
        return _proposed(form, chosen, (kind, record_id))
    record = {
        "kind": kind,
        "id": record_id.hex,
        "label": measuring.record_label(kind),
        "back": record_url(kind, record_id),
    }
    return render_template("patterns/propose.html", form=form, pattern=None, record=record)


def _proposed(form: MeasureForm, pattern: dict[str, str], record: tuple[str, UUID] | None = None) -> Any:
    measure_id = commands.propose_measure(
        text=form.text.data,
        pattern=pattern,
        owner_id=UUID(form.owner_id.data),
        evaluate_on=form.evaluate_on.data,
        record=record,
    )
    said = _("Afgesproken. Wie erop let, ziet het op de dag zelf bij Vandaag.")
    say_undoable(said, url_for(".withdraw_measure", measure_id=measure_id))
    return redirect(url_for(".measure", measure_id=measure_id), 303)


@pages.route("/measures/<uuid:measure_id>", methods=["GET", "POST"])
@also_shows
@requires(measuring.OWNED)
def measure(measure_id: UUID) -> Any:
    """One measure: before and since, and whether it works."""
    page = measuring.measure_page(measure_id)
    form = EvaluationForm()
    if page["may_evaluate"] and form.submitted():
        commands.evaluate_measure(measure_id, **form.values)
        flash(_("Vastgelegd."), "ok")
        return redirect(url_for(".measure", measure_id=measure_id), 303)
    return render_template("patterns/measure.html", form=form, button=ButtonForm(formdata=None), **page)


@pages.post("/measures/<uuid:measure_id>/withdraw")
@requires("patterns.measures")
def withdraw_measure(measure_id: UUID) -> Any:
    """Take a measure back that nobody looked at yet."""
    measuring.one_measure(measure_id)
    if not ButtonForm().submitted():
        return redirect(url_for(".measure", measure_id=measure_id), 303)
    commands.withdraw_measure(measure_id)
    flash(_("Teruggenomen. In het logboek blijft staan dat je dit deed."), "ok")
    return redirect(url_for(".measures"), 303)


@pages.route("/quiet-weeks", methods=["GET", "POST"])
@also_shows
@requires(quiet.DECIDE)
def quiet_weeks() -> Any:
    """Which weeks were decided to be quiet, and deciding about one."""
    people, form = roster(current_school()), QuietWeekForm()
    groups, weeks = quiet.groups_to_decide(people), quiet.weeks_to_decide()
    form.offer(groups, [(week.isoformat(), quiet.week_in_words(week)) for week in weeks])
    if form.submitted():
        group_id = UUID(hex=form.group.data) if form.group.data else None
        if not quiet.may_decide(group_id):
            raise NotFound("Who decides nothing about a group decides nothing about its week.")
        quiet_week_id = quiet.decide_quiet_week(
            group_id=group_id, monday=date.fromisoformat(form.monday.data), looked=form.looked.data
        )
        said = _("Vastgelegd: jullie keken, en het was een rustige week.")
        say_undoable(said, url_for(".withdraw_quiet_week", quiet_week_id=quiet_week_id))
        return redirect(url_for(".quiet_weeks"), 303)
    return render_template(
        "patterns/quiet.html",
        form=form,
        can_decide=bool(groups and weeks),
        button=ButtonForm(formdata=None),
        **quiet.list_page(),
    )


@pages.route("/quiet-weeks/export", methods=["GET", "POST"])
@requires(quiet.DECIDE)
def export_quiet_weeks() -> Any:
    """The decisions of the last weeks as a file."""
    return export_page(list_files.quiet_weeks_to_export())


@pages.post("/quiet-weeks/<uuid:quiet_week_id>/withdraw")
@requires(quiet.DECIDE)
def withdraw_quiet_week(quiet_week_id: UUID) -> Any:
    """Take back that a week was quiet."""
    quiet.one_to_withdraw(quiet_week_id)
    if ButtonForm().submitted():
        quiet.withdraw_quiet_week(quiet_week_id)
        flash(_("Teruggenomen. In het logboek blijft staan dat je dit deed."), "ok")
    return redirect(url_for(".quiet_weeks"), 303)
