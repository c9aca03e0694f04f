"""The list of people and the page of one person."""

from typing import Any
from uuid import UUID

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user

from intranet.api import ButtonForm, current_school, may, requires
from intranet.looked_at import only_looks
from intranet.people import commands, duty_views, exporting, group_views, import_views, listing
from intranet.people.duties import duty_title
from intranet.people.events import PARENT, PUPIL
from intranet.people.forms import KIND_NAMES, FindForm, MoveForm, NameForm, PersonForm, uuid_or_none
from intranet.people.pages import pages
from intranet.people.register import children_of, groups_taught_by, holdings, parents_of
from intranet.people.roster import Name, Roster, roster
from intranet.people.today import today

OWN_GROUP = "own_group"

__all__ = ["duty_views", "exporting", "group_views", "import_views", "pages"]


@pages.route("/people", methods=["GET", "POST"])
@only_looks
@requires("people.read")
def people() -> Any:
    everybody, form = roster(current_school()), FindForm()
    wish = listing.Wish.of_request(everybody)
    text = form.q.data if form.submitted() else None
    return render_template(
        "people/people.html",
        form=form,
        found=wish.found(everybody, text),
        filters=listing.filters(everybody, wish),
        applied=listing.applied(everybody, wish),
        # A name that was searched for stands in no address: a file cannot be of those that it found.
        export_url=None if text else url_for(".export", **wish.parameters),
        kind_names=KIND_NAMES,
        nobody=not len(everybody.present(PUPIL)),
    )


@pages.get("/people/<uuid:person_id>")
@requires("people.read")
def person(person_id: UUID) -> Any:
    everybody = roster(current_school())
    name = _person(everybody, person_id)
    day = today()
    held = holdings(current_school(), person_id)
    return render_template(
        "people/person.html",
        name=name,
        kind_names=KIND_NAMES,
        duties={each.duty: duty_title(each.duty) for each in held},
        held_now=[each for each in held if each.holds_on(day)],
        held_later=[each for each in held if each.since > day],
        held_before=[each for each in held if each.until and each.until < day],
        teaches=[everybody.groups[each] for each in groups_taught_by(current_school(), person_id)],
        family=_family(everybody, name),
        button=ButtonForm(),
    )


def _family(everybody: Roster, name: Name) -> list[tuple[Name, bool]]:
    """Return the parents of a pupil, or the children of a parent, that the reader may know; with custody or not."""
    found = (children_of if name.kind == PARENT else parents_of)(current_school(), name.person_id)
    mine = groups_taught_by(current_school(), current_user.person_id)
    pairs = [(everybody[each], custody) for each, custody in found if each in everybody]
    return [
        (other, custody)
        for other, custody in pairs
        if may("people.family", {OWN_GROUP} if (other if name.kind == PARENT else name).group_id in mine else ())
    ]


@pages.route("/people/new", methods=["GET", "POST"])
@requires("people.import")
def register() -> Any:
    form = PersonForm(roster(current_school()).groups.values())
    if form.submitted():
        person_id = commands.register_person(
            kind=form.kind.data,
            given_name=form.given_name.data,
            infix=form.infix.data,
            family_name=form.family_name.data,
            group_id=uuid_or_none(form.group.data) if form.kind.data == PUPIL else None,
            year_group=form.year_group.data or None if form.kind.data == PUPIL else None,
        )
        return redirect(url_for(".person", person_id=person_id), 303)
    return render_template("people/register.html", form=form)


@pages.route("/people/<uuid:person_id>/name", methods=["GET", "POST"])
@requires("people.import")
def rename(person_id: UUID) -> Any:
    name = _person(roster(current_school()), person_id)
    form = NameForm(given_name=name.given, infix=name.infix, family_name=name.family)
    if form.submitted():
        commands.rename_person(person_id, **form.values)
        return redirect(url_for(".person", person_id=person_id), 303)
    return render_template("people/rename.html", form=form, name=name)


@pages.route("/people/<uuid:person_id>/group", methods=["GET", "POST"])
@requires("people.import")
def move(person_id: UUID) -> Any:
    everybody = roster(current_school())
    name = _person(everybody, person_id)
    if name.kind != PUPIL:
        abort(404)
    now = {"group": name.group_id.hex if name.group_id else "", "year_group": name.year_group or ""}
    form = MoveForm(everybody.groups.values(), **now)
    if form.submitted():
        group_id = uuid_or_none(form.group.data)
        commands.move_to_group(person_id, group_id, year_group=form.year_group.data or None)
        return redirect(url_for(".person", person_id=person_id), 303)
    return render_template("people/move.html", form=form, name=name)


@pages.post("/people/<uuid:person_id>/leave")
@requires("people.import")
def leave(person_id: UUID) -> Any:
    if ButtonForm().submitted():
        commands.let_go(person_id)
        flash(_("Vastgelegd. Open taken zijn vandaag gestopt."), "ok")
    return redirect(url_for(".person", person_id=person_id), 303)


@pages.post("/people/<uuid:person_id>/return")
@requires("people.import")
def come_back(person_id: UUID) -> Any:
    if ButtonForm().submitted():
        commands.take_back(person_id)
        flash(_("Vastgelegd. Taken komen niet vanzelf terug."), "ok")
    return redirect(url_for(".person", person_id=person_id), 303)


def _person(everybody: Roster, person_id: UUID) -> Name:
    name = everybody.get(person_id)
    if name is None:
        abort(404)
    return name
