"""The page of notices, that of mentions, opening one, and marking them as seen."""

from typing import Any

from flask import Blueprint, abort, current_app, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from intranet.api import ButtonForm, current_school, requires

from .delivery import USUAL_HOUR, change, row_of
from .forms import MailForm
from .mail import IN_MAIL
from .seen import mark_seen
from .sending import put_in_postbox
from .showing import address_of, example, list_page, new_positions, notice_of, postbox_page

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
        flash(_("Je keuzes zijn bewaard."), "ok")
        return redirect(url_for(".mail"), 303)
    page = {"form": form, "example": example(off), "button": ButtonForm(formdata=None), "postbox": postbox_page()}
    return render_template("notices/mail.html", **page), 422 if form.errors else 200


@pages.post("/notices/mail/fetch")
@requires("notices.own")
def fetch() -> Any:
    """Let the mail of who tries the practice school come now. With real people this page does not exist."""
    if not current_app.config["DEMO"]:
        abort(404)
    if ButtonForm().submitted():
        many = put_in_postbox(current_user.account_id)
        came = ngettext("Er kwam %(num)d mail.", "Er kwamen %(num)d mails.", many)
        flash(came if many else _("Er kwam nu geen mail. Wat nieuw is, zie je bij de bel."), "ok" if many else "info")
    return redirect(url_for(".mail"), 303)
