"""Pages of patterns: the Big 5, whom it concerns, the data itself, rules and warnings."""

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from intranet.api import (
    ButtonForm,
    NotFound,
    SchoolYear,
    also_shows,
    export_page,
    mistake,
    record_readings,
    requires,
    say_undoable,
    today,
)

from . import big5 as page_of
from . import commands, drawings, list_files, naming, quality, reading, ruling, taking_out
from .forms import HandleForm, RuleForm, SwitchOffForm
from .pages import pages
from .what_if import Threshold


@pages.get("/")
@requires("patterns.read")
def big5() -> str:
    """What, where, when, in which group and how often; every bar asks further."""
    pattern = page_of.pattern_of(page_of.asked_question())
    return render_template("patterns/big5.html", **page_of.page(pattern), **drawings.drawn(pattern))


@pages.get("/pupils")
@requires("patterns.names")
def pupils() -> str:
    """Who were in it more than once; showing the names is recorded first."""
    pattern = page_of.pattern_of(page_of.asked_question())
    if not reading.reads_all(pattern.question.source):
        raise NotFound("Who may not read every signal is not told whom they are about.")
    page = naming.page(pattern)
    record_readings("people.person", page["shown"], "overview")
    return render_template("patterns/pupils.html", **page)


@pages.route("/pupils/export", methods=["GET", "POST"])
@requires("patterns.names")
def export_pupils() -> Any:
    """The same as a file; with names it is recorded whose are in it."""
    pattern = page_of.pattern_of(page_of.asked_question())
    if not reading.reads_all(pattern.question.source):
        raise NotFound("Who may not read every signal is not told whom they are about.")
    return export_page(list_files.pupils_to_export(pattern))


@pages.get("/quality")
@requires("patterns.read")
def data() -> str:
    """Which groups are silent, how late things are recorded, what is left open."""
    return render_template("patterns/quality.html", **quality.page(SchoolYear.of(today())))


@pages.route("/quality/export", methods=["GET", "POST"])
@requires("patterns.read")
def export_groups() -> Any:
    """How each group registers, as a file."""
    return export_page(list_files.groups_to_export(SchoolYear.of(today())))


@pages.route("/export", methods=["GET", "POST"])
@requires("patterns.read")
def export() -> Any:
    """The numbers as a file: for the team, or for outside without small numbers."""
    pattern = page_of.pattern_of(taking_out.question_to_take_out())
    make = taking_out.to_export_outside if taking_out.is_for_outside() else taking_out.to_export
    return export_page(make(pattern))


@pages.get("/rules")
@requires("patterns.rules")
def rules() -> str:
    """Which rules there are, and which warnings wait."""
    return render_template("patterns/rules.html", **ruling.list_page())


@pages.route("/rules/export", methods=["GET", "POST"])
@requires("patterns.rules")
def export_warnings() -> Any:
    """Every warning as a file, without whom it is about."""
    return export_page(list_files.warnings_to_export())


@pages.route("/rules/new", methods=["GET", "POST"])
@requires("patterns.rules")
def new_rule() -> Any:
    """A new rule, shown first what it would have done last year."""
    form = RuleForm()
    if not form.submitted():
        return render_template("patterns/new_rule.html", form=form, tried=None)
    if request.form.get("step") == "on":
        rule_id = commands.switch_on_rule(
            who=form.who.data,
            kinds=form.kinds.data,
            times=form.times.data,
            days=form.days.data,
            source=form.counted,
        )
        said = _("De regel staat aan. Een waarschuwing zie je bij Vandaag.")
        say_undoable(said, url_for(".switch_off", rule_id=rule_id), reason=mistake())
        return redirect(url_for(".rule", rule_id=rule_id), 303)
    threshold = Threshold(form.who.data, form.times.data, form.days.data, frozenset(form.kinds.data), form.counted)
    return render_template("patterns/new_rule.html", form=form, tried=ruling.tried(threshold))


@pages.get("/rules/<uuid:rule_id>")
@requires("patterns.rules")
def rule(rule_id: UUID) -> str:
    """One rule, with the warnings it gave."""
    return render_template("patterns/rule.html", form=SwitchOffForm(), **ruling.rule_page(rule_id))


@pages.post("/rules/<uuid:rule_id>/off")
@requires("patterns.rules")
def switch_off(rule_id: UUID) -> Any:
    """Let a rule warn no more."""
    page, form = ruling.rule_page(rule_id), SwitchOffForm()
    if form.submitted():
        commands.switch_off_rule(rule_id, form.reason.data)
        say_undoable(_("De regel staat uit."), url_for(".switch_back_on", rule_id=rule_id))
        return redirect(url_for(".rule", rule_id=rule_id), 303)
    return render_template("patterns/rule.html", form=form, **page)


@pages.post("/rules/<uuid:rule_id>/back-on")
@requires("patterns.rules")
def switch_back_on(rule_id: UUID) -> Any:
    """Undo that a rule was switched off."""
    ruling.rule_page(rule_id)
    if ButtonForm().submitted():
        commands.switch_rule_back_on(rule_id)
        say_undoable(_("De regel staat weer aan."), url_for(".switch_off", rule_id=rule_id), reason=mistake())
    return redirect(url_for(".rule", rule_id=rule_id), 303)


@pages.route("/warnings/<uuid:warning_id>", methods=["GET", "POST"])
@also_shows
@requires("patterns.rules")
def warning(warning_id: UUID) -> Any:
    """Whom a warning is about and what it counted; showing a name is recorded first."""
    row = reading.one_warning(warning_id)
    if row is None or row.rule not in ruling.followed():
        raise NotFound("There is no such warning.")
    form = HandleForm()
    if form.submitted():
        commands.handle_warning(row.rule, warning_id, form.note.data)
        flash(_("Afgehandeld."), "ok")
        return redirect(url_for(".rules"), 303)
    # A refused form comes back without the name: it was recorded who saw it when the page was opened.
    page = ruling.warning_page(row, named=request.method == "GET")
    if page["person_id"]:
        record_readings("people.person", [page["person_id"]], "overview")
    return render_template("patterns/warning.html", form=form, **page)
