"""The page of notices, that of mentions, opening one, and marking them as seen."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user

from intranet.api import ButtonForm, current_school, requires

from .delivery import USUAL_HOUR, change, row_of
from .forms import MailForm
from .mail import IN_MAIL
from .seen import mark_seen
from .showing import address_of, example, list_page, new_positions, notice_of

pages = Blueprint("notices", __name__)


@pages.get("/notices/")
@requires("notices.own")
def notices() -> str:
    return render_template("notices/list.html", form=ButtonForm(formdata=None), **list_page(mentions=False))


@pages.get("/notices/mentions")
@requires("notices.own")
def mentions() -> str:
    return render_template("notices/list.html", form=ButtonForm(formdata=None), **list_page(mentions=True))


@pages.post("/notices/<int:position>")
@requires("notices.own")
def go(position: int) -> Any:
    """Go to the record, and let the notice be seen."""
    found = notice_of(position)
    if found is None:
        flash(_("Deze melding is er niet meer."), "info")
        return redirect(url_for(".notices"), 303)
    address = address_of(found)
    if ButtonForm().submitted():
        mark_seen(current_school(), current_user.person_id, [position])
    return redirect(address, 303)


@pages.post("/notices/seen")
@requires("notices.own")
def all_seen() -> Any:
    if ButtonForm().submitted():
        mark_seen(current_school(), current_user.person_id, new_positions())
    return redirect(url_for(".notices"), 303)


@pages.route("/notices/mail", methods=["GET", "POST"])
@requires("notices.own")
def mail() -> Any:
    """What somebody gets by mail, and how that looks now."""
    chosen = row_of(current_school(), current_user.person_id)
    off = chosen.switched_off.split() if chosen else []
    hour = chosen.hour if chosen else USUAL_HOUR
    form = MailForm(hour=str(hour), kinds=[code for code in IN_MAIL if code not in off])
    if form.submitted():
        change(current_school(), current_user.person_id, hour=int(form.hour.data), switched_off=form.switched_off())
        flash(_("Je keuzes zijn bewaard."), "success")
        return redirect(url_for(".mail"), 303)
    return render_template("notices/mail.html", form=form, example=example(off)), 422 if form.errors else 200
