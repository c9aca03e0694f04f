"""The pages: what waits, recording an item, and the page of one item, where it is handed back."""

from typing import Any
from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from intranet.api import current_actor, current_school, log, may, record_page, requires, roster, today

from . import commands
from .events import Item
from .forms import PLACE_NAMES, HandBackForm, RecordForm
from .projections import keep_until, row_of, waiting

pages = Blueprint("plugin_name", __name__, template_folder="templates", static_folder="static")


def _say_where_items_are(state: Any) -> None:
    record_page(state.app, "plugin_name.item", "plugin_name.item", "item_id")


pages.record(_say_where_items_are)


@pages.get("/")
@requires("plugin_name.see")
def items() -> str:
    found = waiting()
    late = {item.id for item in found if keep_until(item) < today()}
    return render_template("plugin_name/items.html", items=found, late=late, places=PLACE_NAMES)


@pages.route("/new", methods=["GET", "POST"])
@requires("plugin_name.record")
def record() -> Any:
    form = RecordForm(found_on=today())
    if form.submitted():
        item_id = commands.record_item(**form.values)
        flash(_("Vastgelegd."), "ok")
        return redirect(url_for(".item", item_id=item_id), 303)
    return render_template("plugin_name/record.html", form=form)


@pages.get("/<uuid:item_id>")
@requires("plugin_name.see")
def item(item_id: UUID) -> str:
    return _page(_row(item_id), HandBackForm())


@pages.post("/<uuid:item_id>/hand-back")
@requires("plugin_name.hand_back")
def hand_back(item_id: UUID) -> Any:
    row, form = _row(item_id), HandBackForm()
    if not _may_hand_back(row):
        abort(404)
    if not form.submitted():
        return _page(row, form)
    commands.hand_back_item(item_id, person_id=form.person_id)
    flash(_("Teruggegeven."), "ok")
    return redirect(url_for(".item", item_id=item_id), 303)


def _row(item_id: UUID) -> Any:
    return row_of(item_id) or abort(404)


def _may_hand_back(row: Any) -> bool:
    """Whoever recorded an item stands to it as "reporter"; the manifest says what that gives."""
    return may("plugin_name.hand_back", {"reporter"} if row.recorded_by == current_actor() else ())


def _page(row: Any, form: HandBackForm) -> str:
    names = roster(current_school())
    return render_template(
        "plugin_name/item.html",
        row=row,
        what=log.get(Item, row.item).what,
        place=PLACE_NAMES[row.place],
        recorded_by=names.get(row.recorded_by),
        owner=names.get(row.handed_back_to),
        keep_until=keep_until(row),
        form=form if row.handed_back_to is None and _may_hand_back(row) else None,
    )
