"""Pages of groups and their lessons: how far each group is, its year plan, and what became of a lesson."""

from datetime import date
from typing import Any
from uuid import UUID

from flask import Response, abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from intranet.api import (
    ButtonForm,
    GroupName,
    SchoolYear,
    current_school,
    only_now,
    record_page,
    requires,
    roster,
    say_undoable,
    teachers_of,
    today,
)

from . import (  # noqa: F401 - they put their pages on the same blueprint
    calendar_file,
    commands,
    front_page,
    lesson_page,
    planning_page,
    programme_views,
    reading,
    school_views,
    taking_out,
    year_page,
)
from .events import PLANNED
from .forms import ExtraLessonForm, GiveForm, MoveForm, PlanForm, RepeatForm, SkipForm, WeekForm, first_teacher
from .pages import pages


def _say_where_things_are(state: Any) -> None:
    record_page(state.app, "kanjertraining.lesson", "kanjertraining.lesson", "lesson_id")
    record_page(state.app, "kanjertraining.programme", "kanjertraining.programme", "programme_id")


pages.record(_say_where_things_are)


@pages.get("/")
@requires("kanjertraining.see")
def overview() -> str:
    """How far each group is, the own group first."""
    return render_template("kanjertraining/overview.html", **front_page.page(year_page.asked_year()))


@pages.get("/record")
@only_now
@requires("kanjertraining.record")
def to_record() -> str:
    """The lessons that somebody can record now, for the own groups or for all."""
    return render_template("kanjertraining/to_record.html", **front_page.waiting_page())


@pages.get("/groups/<uuid:group_id>")
@requires("kanjertraining.see")
def group(group_id: UUID) -> str:
    """The year plan of a group."""
    _group(group_id)
    page = year_page.page(group_id, year_page.asked_year(), roster(current_school()))
    return render_template("kanjertraining/group.html", drop=WeekForm(formdata=None), **page)


@pages.get("/groups/<uuid:group_id>/print")
@requires("kanjertraining.see")
def paper(group_id: UUID) -> str:
    """The year plan of a group on paper."""
    _group(group_id)
    page = year_page.page(group_id, year_page.asked_year(), roster(current_school()))
    return render_template("kanjertraining/paper.html", **page)


@pages.get("/groups/<uuid:group_id>/lessons.ics")
@requires("kanjertraining.see")
def calendar(group_id: UUID) -> Response:
    """The lessons of a group for a calendar: days and numbers, no names of people."""
    found, year = _group(group_id), year_page.asked_year()
    name = f"kanjerlessen-{year}.ics"
    headers = {"Content-Type": "text/calendar; charset=utf-8", "Content-Disposition": f'attachment; filename="{name}"'}
    return Response(calendar_file.make(found, reading.lessons(year.begins, group_id)), headers=headers)


@pages.route("/groups/<uuid:group_id>/plan", methods=["GET", "POST"])
@requires("kanjertraining.plan")
def make_plan(group_id: UUID) -> Any:
    """Make the year plan of a group, from a programme or as last year."""
    found, year = _group(group_id), year_page.asked_year()
    _may("kanjertraining.plan", group_id)
    form = PlanForm(
        planning_page.sources(found, year),
        source=planning_page.likely_source(found, year),
        first=max(today(), year.first),
        teacher=first_teacher(_teachers(group_id)),
    )
    if form.submitted():
        count = planning_page.plan(group_id, year, form)
        flash(ngettext("%(num)d les gepland.", "%(num)d lessen gepland.", count), "ok")
        planning_page.say_who_lacks_a_licence(form.teacher_id, group_id, year)
        return redirect(url_for(".group", group_id=group_id, year=year.begins), 303)
    return render_template("kanjertraining/make_plan.html", form=form, group=found, year=year)


@pages.route("/groups/<uuid:group_id>/lessons/new", methods=["GET", "POST"])
@requires("kanjertraining.record")
def extra_lesson(group_id: UUID) -> Any:
    """One more lesson for a group: an ordinary one, an extra one when things go wrong, or one with parents."""
    found = _group(group_id)
    _may("kanjertraining.record", group_id)
    topics = planning_page.topics_to_choose(found, SchoolYear.of(today()))
    form = ExtraLessonForm(topics, teacher=first_teacher(_teachers(group_id)), **planning_page.asked_kind())
    if form.submitted():
        lesson_id = commands.plan_lesson(
            group_id,
            kind=form.kind.data,
            day=form.day.data,
            teacher_id=form.teacher_id,
            topic=planning_page.chosen_topic(form.topic.data),
        )
        flash(_("De les staat in de planning."), "ok")
        planning_page.say_who_lacks_a_licence_on(form.teacher_id, form.day.data)
        return redirect(url_for(".lesson", lesson_id=lesson_id), 303)
    return render_template("kanjertraining/extra_lesson.html", form=form, group=found)


@pages.get("/lessons/<uuid:lesson_id>")
@requires("kanjertraining.see")
def lesson(lesson_id: UUID) -> str:
    """One lesson: where it stands, what became of it, and what can be done with it."""
    return _lesson_page(_row(lesson_id))


@pages.post("/lessons/<uuid:lesson_id>/give")
@requires("kanjertraining.record")
def give(lesson_id: UUID) -> Any:
    """Record that a lesson was given."""
    row = _own_row(lesson_id)
    form = GiveForm()
    if not form.submitted():
        return _lesson_page(row, form)
    commands.give_lesson(
        lesson_id,
        day=form.day.data,
        given_by=UUID(form.given_by.data),
        agreement_id=UUID(form.agreement.data) if form.agreement.data else None,
        themes=tuple(sorted(map(UUID, form.themes.data or ()))),
        remark=form.remark.data or None,
    )
    said = _("Vastgelegd: de les is gegeven.")
    if row.state != PLANNED:
        return _done(lesson_id, said)
    return _done_undoable(lesson_id, said, "take_back")


@pages.route("/lessons/<uuid:lesson_id>/move", methods=["GET", "POST"])
@requires("kanjertraining.record")
def move(lesson_id: UUID) -> Any:
    """Plan a lesson on another day or with somebody else."""
    row = _own_row(lesson_id)
    form = MoveForm(**lesson_page.where(row))
    if not form.submitted():
        return render_template("kanjertraining/move.html", form=form, **lesson_page.head(row))
    commands.move_lesson(lesson_id, day=form.day.data, teacher_id=form.teacher_id)
    planning_page.say_who_lacks_a_licence_on(form.teacher_id, form.day.data)
    _say_moved(row, form.day.data)
    return redirect(url_for(".lesson", lesson_id=lesson_id), 303)


@pages.post("/lessons/<uuid:lesson_id>/week")
@requires("kanjertraining.record")
def move_to_week(lesson_id: UUID) -> Any:
    """Plan a lesson in the week on which it was dropped."""
    row = _own_row(lesson_id)
    form = WeekForm()
    if form.submitted():
        _say_moved(row, commands.move_to_week(lesson_id, form.week.data))
        return redirect(url_for(".group", group_id=row.class_group, year=row.school_year), 303)
    move = MoveForm(formdata=None, **lesson_page.where(row))
    return render_template("kanjertraining/move.html", form=move, refused=form, **lesson_page.head(row))


@pages.route("/lessons/<uuid:lesson_id>/skip", methods=["GET", "POST"])
@requires("kanjertraining.record")
def skip(lesson_id: UUID) -> Any:
    """Record that a lesson was not given, and why."""
    row, form = _own_row(lesson_id), SkipForm()
    if not form.submitted():
        return render_template("kanjertraining/skip.html", form=form, **lesson_page.head(row))
    commands.skip_lesson(lesson_id, reason=form.reason.data, note=form.note.data or None)
    return _done_undoable(lesson_id, _("Vastgelegd: de les ging niet door."), "take_back")


@pages.route("/lessons/<uuid:lesson_id>/repeat", methods=["GET", "POST"])
@requires("kanjertraining.record")
def repeat(lesson_id: UUID) -> Any:
    """Plan a lesson that was given once more."""
    row = _own_row(lesson_id)
    form = RepeatForm(**lesson_page.again(row))
    if not form.submitted():
        return render_template("kanjertraining/repeat.html", form=form, **lesson_page.head(row))
    again = commands.repeat_lesson(lesson_id, day=form.day.data, teacher_id=form.teacher_id)
    planning_page.say_who_lacks_a_licence_on(form.teacher_id, form.day.data)
    return _done(again, _("De herhaling staat in de planning."))


@pages.post("/lessons/<uuid:lesson_id>/take-back")
@requires("kanjertraining.record")
def take_back(lesson_id: UUID) -> Any:
    """Say that a lesson was not given or skipped after all."""
    row = _own_row(lesson_id)
    if not ButtonForm().submitted():
        return _lesson_page(row)
    commands.take_back(lesson_id)
    return _done(lesson_id, _("Teruggezet: de les staat weer gepland."))


@pages.post("/lessons/<uuid:lesson_id>/withdraw")
@requires("kanjertraining.record")
def withdraw(lesson_id: UUID) -> Any:
    """Take a lesson out of the planning."""
    row = _own_row(lesson_id)
    if not ButtonForm().submitted():
        return _lesson_page(row)
    commands.withdraw_lesson(lesson_id)
    flash(_("De les staat niet meer in de planning."), "ok")
    return redirect(url_for(".group", group_id=row.class_group, year=row.school_year), 303)


def _say_moved(row: Any, day: date) -> None:
    said = planning_page.moved_sentence(day)
    if lesson_page.can_go_back(row, day):
        say_undoable(said, url_for(".move", lesson_id=row.lesson), **lesson_page.where(row))
    else:
        flash(said, "ok")


def _done_undoable(lesson_id: UUID, sentence: str, view: str, **fields: Any) -> Any:
    say_undoable(sentence, url_for(f".{view}", lesson_id=lesson_id), **fields)
    return redirect(url_for(".lesson", lesson_id=lesson_id), 303)


def _done(lesson_id: UUID, sentence: str) -> Any:
    flash(sentence, "ok")
    return redirect(url_for(".lesson", lesson_id=lesson_id), 303)


def _lesson_page(row: Any, form: GiveForm | None = None) -> str:
    form = form or GiveForm(formdata=None, **lesson_page.suggested(row))
    button = ButtonForm(formdata=None)
    return render_template("kanjertraining/lesson.html", form=form, button=button, **lesson_page.page(row))


def _group(group_id: UUID) -> GroupName:
    found = roster(current_school()).groups.get(group_id)
    if found is None:
        abort(404)
    return found


def _row(lesson_id: UUID) -> Any:
    row = reading.lesson_row(lesson_id)
    if row is None:
        abort(404)
    return row


def _own_row(lesson_id: UUID) -> Any:
    row = _row(lesson_id)
    _may("kanjertraining.record", row.class_group)
    return row


def _may(permission: str, group_id: UUID) -> None:
    if not year_page.may_in(permission, group_id):
        abort(404)


def _teachers(group_id: UUID) -> list[Any]:
    people = roster(current_school())
    return [people[each] for each in teachers_of(current_school()).get(group_id, []) if each in people]
