"""The page of notices, that of mentions, opening one, and marking them as seen."""

from typing import Any

from flask import Blueprint, redirect, render_template, url_for
from flask_login import current_user

from intranet.api import ButtonForm, current_school, requires

from .seen import mark_seen
from .showing import address_of, list_page, new_positions, notice_of

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
    address = address_of(notice_of(position))
    if ButtonForm().submitted():
        mark_seen(current_school(), current_user.person_id, [position])
    return redirect(address, 303)


@pages.post("/notices/seen")
@requires("notices.own")
def all_seen() -> Any:
    if ButtonForm().submitted():
        mark_seen(current_school(), current_user.person_id, new_positions())
    return redirect(url_for(".notices"), 303)
