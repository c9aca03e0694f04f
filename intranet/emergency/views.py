"""The pages of emergency access: opening it from the page of a pupil, what is open now, and reviewing it."""

from typing import Any
from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _

from intranet.accounts.signing_in import TooSoon, asks_proof, prove_wholly
from intranet.api import also_shows, current_school, export_page, log, requires, roster
from intranet.people.events import PUPIL

from . import commands, showing
from .events import EmergencyAccess
from .exporting import access_to_export
from .forms import EndForm, OpenForm, VerdictForm

pages = Blueprint("emergency", __name__)


@pages.route("/people/<uuid:person_id>/emergency", methods=["GET", "POST"])
@requires("emergency.open")
def open_access(person_id: UUID) -> Any:
    """Open it. The page is the same whether anything is recorded about the pupil or not."""
    name = roster(current_school()).get(person_id)
    if name is None or name.kind != PUPIL:
        abort(404)
    password, code = asks_proof()
    form = OpenForm(password=password, code=code)
    if form.submitted() and _is_proved(form):
        commands.open_emergency(person_id, form.reason.data)
        flash(_("Je hebt nu noodtoegang. De directeur krijgt bericht."), "warn")
        return redirect(url_for(".now"), 303)
    return render_template("emergency/open.html", form=form, name=name), 422 if form.errors else 200


def _is_proved(form: OpenForm) -> bool:
    if "password" not in form:
        return True
    answer = prove_wholly(form.password.data, form.code.data if "code" in form else None)
    if answer is True:
        return True
    wrong = _("Dit klopt niet. Controleer je wachtwoord en de code, en probeer het nog eens.")
    if isinstance(answer, TooSoon):
        wrong = _("Er is te vaak geprobeerd. Wacht %(seconds)d seconden.", seconds=answer.seconds)
    form.password.errors = [wrong]
    return False


@pages.get("/emergency/now")
@requires("emergency.open")
def now() -> str:
    return render_template("emergency/now.html", form=None, **showing.now_page())


@pages.post("/emergency/end")
@requires("emergency.open")
def end() -> Any:
    form = EndForm()
    if form.submitted():
        commands.end_emergency(_id(form.access.data))
        flash(_("De noodtoegang is voorbij."), "ok")
        return redirect(url_for(".now"), 303)
    return render_template("emergency/now.html", form=form, **showing.now_page())


@pages.get("/emergency/")
@requires("emergency.review")
def reviews() -> str:
    return render_template("emergency/reviews.html", **showing.queue_page())


@pages.route("/emergency/export", methods=["GET", "POST"])
@requires("emergency.review")
def export() -> Any:
    return export_page(access_to_export())


@pages.route("/emergency/<uuid:emergency_id>", methods=["GET", "POST"])
@also_shows
@requires("emergency.review")
def review(emergency_id: UUID) -> Any:
    access = log.get(EmergencyAccess, emergency_id)
    form = VerdictForm()
    if form.submitted():
        commands.review_emergency(emergency_id, justified=form.verdict.data == "justified", remark=form.remark.data)
        flash(_("Je oordeel is vastgelegd."), "ok")
        return redirect(url_for(".reviews"), 303)
    return render_template("emergency/review.html", form=form, **showing.review_page(access))


def _id(text: str | None) -> UUID:
    try:
        return UUID(text or "")
    except ValueError:
        abort(404)
