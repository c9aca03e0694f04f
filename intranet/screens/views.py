"""Opening a screen with its code, and closing it."""

from typing import Any

import flask
from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from intranet.accounts import signing_in
from intranet.accounts.rate_limits import Limit, give_back, seconds_to_wait
from intranet.accounts.security_log import network_mark, note, warn
from intranet.api import public
from intranet.screens import passes
from intranet.screens.forms import ScreenForm
from intranet.screens.setup import TOKEN
from intranet.screens.showing import page_of

pages = Blueprint("screens", __name__)


@pages.route("/screen", methods=["GET", "POST"])
@public
def type_code() -> Any:
    """Type the code; an address that is short enough for the keys of a board."""
    return _opened(ScreenForm())


@pages.route("/screen/<code>", methods=["GET", "POST"])
@public
def enter(code: str) -> Any:
    """Open by link or QR code. Only pressing the button opens: what looks at links beforehand uses nothing up."""
    return _opened(ScreenForm(code=code[:20]))


@pages.post("/leave-screen")
@public
def leave() -> Any:
    """Close the screen in this browser."""
    token = flask.session.get(TOKEN)
    screen = passes.read(token) if token else None
    if screen is not None:
        passes.end(token, screen.school)
        note("screen.closed", person=screen.opened_by)
    flask.session.pop(TOKEN, None)
    flash(_("Het bord is gesloten."), "ok")
    return redirect(url_for(".type_code"), 303)


def _opened(form: ScreenForm) -> Any:
    if not form.submitted():
        return _page(form)
    limits = [Limit("screen", network_mark(request.remote_addr).encode(), free=20, longest=30)]
    if wait := seconds_to_wait(limits):
        return _too_soon(form, wait)
    begun = passes.begin(form.code.data)
    if begun is None:
        warn("screen.refused")
        form.code.errors = [_("Deze code werkt niet, of niet meer. Vraag op je eigen scherm een nieuwe.")]
        return _page(form, 422)
    give_back(limits)
    token, screen = begun
    # What stands in front of a class has nobody signed in, whoever sat there before.
    signing_in.leave()
    flask.session[TOKEN] = token
    note("screen.opened", person=screen.opened_by)
    return redirect(page_of(screen), 303)


def _too_soon(form: ScreenForm, seconds: int) -> Any:
    sentence = ngettext(
        "Er is te vaak geprobeerd. Wacht %(num)d seconde en probeer het dan opnieuw.",
        "Er is te vaak geprobeerd. Wacht %(num)d seconden en probeer het dan opnieuw.",
        seconds,
    )
    form.form_errors.append(sentence)
    response = _page(form, 429)
    response.headers["Retry-After"] = str(seconds)
    return response


def _page(form: ScreenForm, status: int = 200) -> Any:
    signed_in = current_user.is_authenticated
    return make_response(render_template("screens/open.html", form=form, signed_in=signed_in), status)
