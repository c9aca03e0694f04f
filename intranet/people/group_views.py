"""The class groups of a school: which there are, who is in them, who teaches them."""

from typing import Any
from uuid import UUID

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _

from intranet.api import ButtonForm, current_school, requires
from intranet.people.events import PUPIL, STAFF
from intranet.people.forms import GroupForm, TeacherForm
from intranet.people.pages import pages
from intranet.people.register import teachers_of
from intranet.people.roster import GroupName, Name, Roster, roster
from intranet.people.today import today
from intranet.schools import commands
from intranet.undoing import say_undoable


@pages.get("/people/groups")
@requires("people.read")
def groups() -> Any:
    everybody, teachers = roster(current_school()), teachers_of(current_school())
    shown = [group for group in everybody.groups.values() if group.open]
    return render_template(
        "people/groups.html",
        groups=shown,
        pupils={group.group_id: len(everybody.in_group(group.group_id)) for group in shown},
        teachers={group.group_id: _named(everybody, teachers.get(group.group_id, [])) for group in shown},
        without_group=sum(1 for name in everybody.present(PUPIL) if name.group_id is None),
    )


@pages.route("/people/groups/<uuid:group_id>", methods=["GET"])
@requires("people.read")
def group(group_id: UUID) -> Any:
    everybody = roster(current_school())
    found = _group(everybody, group_id)
    teachers = _named(everybody, teachers_of(current_school()).get(group_id, []))
    others = [name for name in everybody.present(STAFF) if name not in teachers]
    return _group_page(everybody, found, TeacherForm(others, formdata=None))


def _group_page(everybody: Roster, found: GroupName, form: TeacherForm) -> str:
    return render_template(
        "people/group.html",
        group=found,
        pupils=everybody.in_group(found.group_id),
        teachers=_named(everybody, teachers_of(current_school()).get(found.group_id, [])),
        form=form,
        button=ButtonForm(formdata=None),
    )


@pages.route("/people/groups/new", methods=["GET", "POST"])
@requires("people.import")
def form_group() -> Any:
    form = GroupForm()
    if form.submitted():
        group_id = commands.form_group(form.name.data, form.year_groups.data)
        return redirect(url_for(".group", group_id=group_id), 303)
    return render_template("people/group_form.html", form=form, group=None)


@pages.route("/people/groups/<uuid:group_id>/change", methods=["GET", "POST"])
@requires("people.import")
def change_group(group_id: UUID) -> Any:
    found = _group(roster(current_school()), group_id)
    form = GroupForm(name=found.name, year_groups=list(found.year_groups))
    if form.submitted():
        commands.change_group(group_id, name=form.name.data, year_groups=form.year_groups.data)
        return redirect(url_for(".group", group_id=group_id), 303)
    return render_template("people/group_form.html", form=form, group=found)


@pages.post("/people/groups/<uuid:group_id>/teachers")
@requires("people.import")
def add_teacher(group_id: UUID) -> Any:
    everybody = roster(current_school())
    found, form = _group(everybody, group_id), TeacherForm(everybody.present(STAFF))
    if form.submitted():
        person_id = UUID(form.person.data)
        commands.add_teacher(group_id, person_id)
        gone = url_for(".remove_teacher", group_id=group_id, person_id=person_id)
        say_undoable(_("Toegevoegd."), gone)
        return redirect(url_for(".group", group_id=group_id), 303)
    return _group_page(everybody, found, form)


@pages.post("/people/groups/<uuid:group_id>/teachers/<uuid:person_id>/remove")
@requires("people.import")
def remove_teacher(group_id: UUID, person_id: UUID) -> Any:
    if ButtonForm().submitted():
        commands.remove_teacher(group_id, person_id)
        back = url_for(".add_teacher", group_id=group_id)
        say_undoable(_("Deze collega geeft hier geen les meer."), back, person=person_id.hex)
    return redirect(url_for(".group", group_id=group_id), 303)


@pages.post("/people/groups/<uuid:group_id>/close")
@requires("people.import")
def close_group(group_id: UUID) -> Any:
    if roster(current_school()).in_group(group_id):
        flash(_("Er zitten nog leerlingen in deze groep. Geef hen eerst een andere groep."), "warn")
    elif ButtonForm().submitted():
        commands.close_group(group_id, on=today())
        return redirect(url_for(".groups"), 303)
    return redirect(url_for(".group", group_id=group_id), 303)


def _named(everybody: Roster, people: list[UUID]) -> list[Name]:
    return sorted((everybody[each] for each in people if each in everybody), key=lambda name: name.sort_key)


def _group(everybody: Roster, group_id: UUID) -> GroupName:
    found = everybody.groups.get(group_id)
    if found is None:
        abort(404)
    return found
