"""Pages of the plan and of looking back: the goal and its term, how it goes, closing, and beginning again."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from events.case import Case
from events.case_plan import OTHER_VOICE, PARENTS, PUPIL, TEACHER
from intranet.api import current_school, log, requires, today
from intranet.cases import commands, showing
from intranet.cases.followed import CASES
from intranet.cases.forms import EvaluateForm, ExtendForm, HearForm, PlanForm, ReopenCaseForm
from intranet.cases.kinds import VIEW_LABELS, VIEW_TONES, VOICE_LABELS
from intranet.cases.opening import before_showing
from intranet.cases.readable import LEAD, READ, WORK, Standing, open_case
from intranet.follow_up.forms import CloseForm, ParentsForm
from intranet.follow_up.promise_pages import PromisePages
from intranet.incidents.reporting import mentioned
from intranet.incidents.story import who
from intranet.people.mentions import to_editable, to_tokens
from intranet.people.roster import Roster
from intranet.schools.events import School
from intranet.undoing import mistake, say_undoable


def mount(pages: Blueprint) -> None:
    """Put these pages in the blueprint of cases."""
    for path, view, methods in (
        ("plan", plan, ("GET",)),
        ("plan/goal", make_plan, ("POST",)),
        ("plan/more-time", extend, ("POST",)),
        ("evaluation", evaluation, ("GET",)),
        ("evaluation/views", hear, ("POST",)),
        ("evaluation/conclude", evaluate, ("POST",)),
        ("close", close, ("POST",)),
        ("reopen", reopen, ("POST",)),
    ):
        pages.add_url_rule(f"/<uuid:case_id>/{path}", view_func=view, methods=methods)
    PromisePages(CASES, _plan).mount(pages, "/<uuid:case_id>/plan/")


@requires(READ)
def plan(case_id: UUID) -> Any:
    """The goal, the term and the steps of the plan."""
    return _plan(case_id, open_case(case_id))


def _plan(case_id: UUID, standing: Any, **refused: Any) -> Any:
    before_showing(case_id, standing)
    this = showing.shown(case_id, standing)
    page = showing.plan_page(this)
    parents = ParentsForm(formdata=None, informed_on=today())
    parents.offer(page["children"])
    goal, named = to_editable(this.case.goal or "", current_school())
    plan_form = PlanForm(formdata=None, goal=goal, look_back_on=_after_a_term())
    plan_form.keep_day(this.case.evaluate_on)
    forms = {
        "plan_form": plan_form,
        "mentioned": mentioned(request.form.getlist("goal-mention")) or named,
        "extend_form": ExtendForm(formdata=None),
        "parents_form": parents,
    }
    return render_template("cases/plan.html", **{**page, **forms, **refused})


def _after_a_term() -> Any:
    return today() + timedelta(weeks=log.get(School, current_school()).case_weeks)


@requires(WORK)
def make_plan(case_id: UUID) -> Any:
    """Say what has to be reached, and when you look back."""
    standing = open_case(case_id, WORK)
    form = PlanForm()
    if "look_back_on" not in request.form:
        form.keep_day(log.get(Case, case_id).evaluate_on)
    if form.submitted():
        commands.make_plan(case_id, goal=with_tokens(form.goal), evaluate_on=form.day)
        return _to("plan", case_id, _("Het plan is vastgelegd."))
    return _plan(case_id, standing, plan_form=form)


@requires(WORK)
def extend(case_id: UUID) -> Any:
    """Give the plan more time."""
    standing = open_case(case_id, WORK)
    form = ExtendForm()
    if form.submitted():
        commands.extend(case_id, evaluate_on=form.more_time_until.data, reason=with_tokens(form.extension))
        return _to("plan", case_id, _("Er is meer tijd. Je reden staat in het verloop."))
    return _plan(case_id, standing, extend_form=form)


@requires(READ)
def evaluation(case_id: UUID) -> Any:
    """How it goes, according to whom; the pupil who has to bear it comes first."""
    return _evaluation(case_id, open_case(case_id))


def _evaluation(case_id: UUID, standing: Standing, **refused: Any) -> Any:
    before_showing(case_id, standing)
    this = showing.shown(case_id, standing)
    case, people = this.case, this.people
    page = {
        **this.head,
        "views": [_view(each, people) for each in case.heard],
        "not_heard": [who(people, each) for each in case.not_heard],
        "can_close": not any(each.is_open for each in case.follow_ups),
        "nothing_done": not case.anything_done or not case.evaluated_since_opened,
        "hear_form": hear_form(case, people, formdata=None, heard_on=today()),
        "evaluate_form": EvaluateForm(formdata=None),
        "close_form": CloseForm(formdata=None),
        "reopen_form": ReopenCaseForm(formdata=None, look_back_again_on=_after_a_term()),
    }
    return render_template("cases/evaluation.html", **{**page, **refused})


def hear_form(case: Case, people: Roster, **values: Any) -> HearForm:
    """Return the form for a view, with whom one can ask now: before the pupils who bear it, only them."""
    form = HearForm(**values)
    children = dict.fromkeys(part.person_id for part in case.involved)
    first = {f"{PUPIL}:{each.hex}": _asked(PUPIL, each, people) for each in case.not_heard}
    then = {
        f"{voice}:{each.hex}": _asked(voice, each, people)
        for voice in (PUPIL, PARENTS)
        for each in children
        if each in people
    }
    form.offer(first or {**then, **{voice: str(VOICE_LABELS[voice]) for voice in (TEACHER, OTHER_VOICE)}})
    return form


def _asked(voice: str, person: UUID, people: Roster) -> str:
    if voice == PUPIL:
        return who(people, person)
    return _("De ouders van %(name)s", name=who(people, person))


def _view(heard: Any, people: Roster) -> dict[str, Any]:
    label = str(VOICE_LABELS[heard.voice]) if heard.person_id is None else _asked(heard.voice, heard.person_id, people)
    badge = str(VIEW_LABELS[heard.view]), VIEW_TONES[heard.view]
    return {"label": label, "badge": badge, "icon": "message-circle", "tone": VIEW_TONES[heard.view]}


@requires(WORK)
def hear(case_id: UUID) -> Any:
    """Record how somebody says that it goes."""
    standing = open_case(case_id, WORK)
    this = showing.shown(case_id, standing)
    form = hear_form(this.case, this.people)
    if form.submitted():
        commands.hear(case_id, words=with_tokens(form.told), **form.said)
        return _to("evaluation", case_id, _("Vastgelegd."))
    return _evaluation(case_id, standing, hear_form=form)


@requires(WORK)
def evaluate(case_id: UUID) -> Any:
    """Conclude an evaluation."""
    standing = open_case(case_id, WORK)
    form = EvaluateForm()
    if form.submitted():
        commands.evaluate(
            case_id,
            outcome=form.outcome.data,
            conclusion=with_tokens(form.seen),
            on=today(),
            next_on=form.next_on.data,
        )
        return _to("evaluation", case_id, _("Jullie hebben teruggekeken."))
    return _evaluation(case_id, standing, evaluate_form=form)


@requires(LEAD)
def close(case_id: UUID) -> Any:
    """Close it; a serious one waits for somebody else."""
    standing = open_case(case_id, LEAD)
    form = CloseForm()
    if not form.submitted():
        return _evaluation(case_id, standing, close_form=form)
    closed = commands.close_case(
        case_id, conclusion=with_tokens(form.conclusion), nothing_needed=form.nothing_needed.data or ""
    )
    if not closed:
        return _to("case", case_id, _("Voorgesteld. Een ander moet dit ook afsluiten."))
    again = {"begins_again": mistake(), "look_back_again_on": _after_a_term()}
    say_undoable(_("De zaak is afgesloten."), url_for("cases.reopen", case_id=case_id), **again)
    return redirect(url_for("cases.case", case_id=case_id), 303)


@requires(LEAD)
def reopen(case_id: UUID) -> Any:
    """Open it again, with why and when you look back."""
    standing = open_case(case_id, LEAD)
    form = ReopenCaseForm()
    if form.submitted():
        commands.reopen_case(case_id, reason=with_tokens(form.begins_again), evaluate_on=form.look_back_again_on.data)
        return _to("case", case_id, _("De zaak is weer open."))
    return _evaluation(case_id, standing, reopen_form=form)


def with_tokens(field: Any) -> str:
    """Return what was written, with tokens for who was named with @."""
    return to_tokens(field.data or "", current_school(), request.form.getlist(f"{field.name}-mention"))


def _to(page: str, case_id: UUID, sentence: str) -> Any:
    flash(sentence, "ok")
    return redirect(url_for(f"cases.{page}", case_id=case_id), 303)
