"""The pages on which a school sees and changes who may read what."""

from typing import Any

from flask import Blueprint, abort, redirect, render_template, url_for
from flask_babel import gettext as _

from intranet.access import bound_of
from intranet.access_bounds import NEVER
from intranet.api import also_shows, export_page, requires
from intranet.need_to_know import commands, showing
from intranet.need_to_know.exporting import table_to_export
from intranet.need_to_know.forms import CellForm
from intranet.need_to_know.kinds import changeable
from intranet.undoing import mistake, say_undoable

pages = Blueprint("need_to_know", __name__)


@pages.get("/school/need-to-know")
@requires("schools.need_to_know")
def table() -> str:
    return render_template("need_to_know/table.html", **showing.table_page())


@pages.route("/school/need-to-know/export", methods=["GET", "POST"])
@requires("schools.need_to_know")
def export() -> Any:
    """The table as a file."""
    return export_page(table_to_export())


@pages.route("/school/need-to-know/<permission>/<duty>", methods=["GET", "POST"])
@also_shows
@requires("schools.need_to_know")
def cell(permission: str, duty: str) -> Any:
    """One cell: what would change is shown before it is recorded."""
    form = _form(permission, duty)
    effect = None
    if form.submitted():
        if form.has_seen:
            was = _asking(permission, duty, commands.relations_now(permission, duty))
            back = {"relations": was.relations.data, "seen": was.seen.data, "reason": mistake()}
            commands.change_cell(permission, duty, form.relations.data, form.reason.data)
            done = _("De tabel is veranderd. Dit geldt meteen voor iedereen.")
            say_undoable(done, url_for(".cell", permission=permission, duty=duty), **back)
            return redirect(url_for(".table"), 303)
        effect = showing.effect_of(permission, duty, form.relations.data)
        form.seen.data = form.chosen
    page = showing.cell_page(permission, duty)
    return render_template(
        "need_to_know/cell.html", form=form, effect=effect, usual_form=_usual(permission, duty), **page
    )


def _usual(permission: str, duty: str) -> CellForm:
    """Return the form that goes back to what is usual: its effect is what the page says of the default."""
    return _asking(permission, duty, commands.default_relations(permission, duty))


def _asking(permission: str, duty: str, relations: set[str]) -> CellForm:
    """Return the form that asks for these cases, as if their effect was shown."""
    form = _form(permission, duty, formdata=None)
    form.relations.data = sorted(relations & {choice.value for choice in form.relations.choices})
    form.seen.data = form.chosen
    return form


def _form(permission: str, duty: str, **more: Any) -> CellForm:
    bound = bound_of(permission) if permission in changeable() else None
    if bound is None or duty not in bound.duties - NEVER:
        abort(404)
    form = CellForm(**more, data={"relations": sorted(commands.relations_now(permission, duty))})
    form.offer(each for each in bound.relations if (duty, each) not in bound.fixed)
    return form
