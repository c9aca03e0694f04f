"""The page on which a school's name and settings are changed."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _

from intranet.api import also_shows, current_school, log, requires
from intranet.schools import commands
from intranet.schools.events import School
from intranet.schools.forms import CaseTermForm, ClimbingForm, SchoolForm
from intranet.undoing import say_undoable

pages = Blueprint("schools", __name__)


@pages.route("/school", methods=["GET", "POST"])
@also_shows
@requires("schools.settings")
def settings() -> Any:
    school = log.get(School, current_school())
    form = SchoolForm(name=school.name, brin=(school.brin or "").upper(), holiday_region=school.holiday_region)
    if form.submitted():
        commands.change_school(
            school.id, name=form.name.data, brin=form.brin.data or None, holiday_region=form.holiday_region.data or None
        )
        flash(_("De instellingen zijn opgeslagen."), "ok")
        return redirect(url_for(".settings"), 303)
    return _page(school, form=form)


@pages.post("/school/climbing")
@requires("schools.settings")
def climbing() -> Any:
    school = log.get(School, current_school())
    form = ClimbingForm()
    if form.submitted():
        was = school.climbing._asdict()
        commands.change_climbing(school.id, coordinator=form.coordinator.data, director=form.director.data)
        say_undoable(_("De instellingen zijn opgeslagen."), url_for(".climbing"), **was)
        return redirect(url_for(".settings"), 303)
    return _page(school, climbing=form)


@pages.post("/school/case-term")
@requires("schools.settings")
def case_term() -> Any:
    school = log.get(School, current_school())
    form = CaseTermForm()
    if form.submitted():
        was = school.case_weeks
        commands.change_case_term(school.id, form.weeks.data)
        say_undoable(_("De instellingen zijn opgeslagen."), url_for(".case_term"), weeks=was)
        return redirect(url_for(".settings"), 303)
    return _page(school, case_term=form)


def _page(
    school: School,
    form: SchoolForm | None = None,
    climbing: ClimbingForm | None = None,
    case_term: CaseTermForm | None = None,
) -> str:
    chosen = school.climbing
    return render_template(
        "schools/settings.html",
        form=form or _of_school(school),
        climbing=climbing or ClimbingForm(formdata=None, coordinator=chosen.coordinator, director=chosen.director),
        case_term=case_term or CaseTermForm(formdata=None, weeks=school.case_weeks),
    )


def _of_school(school: School) -> SchoolForm:
    return SchoolForm(
        formdata=None, name=school.name, brin=(school.brin or "").upper(), holiday_region=school.holiday_region
    )
