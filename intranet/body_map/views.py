"""The pages of the body map, under the address of the record on which it hangs."""

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request
from flask_babel import gettext as _

from intranet.api import also_shows, today
from intranet.body_map import commands, showing
from intranet.body_map.forms import MarkForm, WithdrawMarkForm
from intranet.files.carriers import INCIDENT, SIGNAL, Record, mount
from intranet.people.forms import uuid_or_none
from intranet.undoing import mistake, say_undoable

pages = Blueprint("body_map", __name__)


@also_shows
def body_map(record: Record) -> Any:
    """Everything that was seen on a body, day by day; note something. A place in the drawing is an address."""
    record.require(record.may_add or request.method == "GET")
    people = record.people
    form = MarkForm(seen_on=today(), place=request.args.get("place"), person=next((each.hex for each in people), ""))
    form.offer(people)
    if form.submitted():
        mark_id = commands.note_mark(
            record_id=record.id,
            person_id=uuid_or_none(form.person.data),
            place=form.place.data,
            kind=form.kind.data,
            size=form.size.data or None,
            words=form.remark.data or "",
            seen_on=form.seen_on.data,
        )
        address = record.url("body_map", "withdraw", mark_id=mark_id)
        say_undoable(_("Genoteerd."), address, withdrawal=mistake())
        return redirect(record.url("body_map", "body_map"), 303)
    record.before_showing()
    return render_template("body_map/body_map.html", form=form, **showing.map_page(record))


def withdraw(record: Record, mark_id: UUID) -> Any:
    """Take a mark back, with why; it stays in the history."""
    mark = showing.mark_of(record, mark_id)
    record.require(record.may_remove(mark.noted_by))
    form = WithdrawMarkForm()
    if form.submitted():
        commands.withdraw_mark(mark_id, form.withdrawal.data)
        flash(_("Weggehaald. In het verloop blijft staan dat het er stond."), "ok")
        return redirect(record.url("body_map", "body_map"), 303)
    record.before_showing()
    return render_template("body_map/withdraw.html", form=form, **showing.withdraw_page(record, mark))


mount(
    pages,
    (
        ("/body-map", body_map, ("GET", "POST")),
        ("/body-map/<uuid:mark_id>/withdraw", withdraw, ("GET", "POST")),
    ),
    (INCIDENT, SIGNAL),
)
