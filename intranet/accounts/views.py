"""Signing in and out, using a link, proving again who one is, and going to another school of the board."""

from typing import Any
from uuid import UUID

from flask import abort, current_app, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user
from wtforms.fields.choices import SelectChoice

from intranet import headers
from intranet.accounts import (
    admin_views,
    commands,
    credentials,
    invitations,
    known_devices,
    known_people,
    own_views,
    signing_in,
)
from intranet.accounts.events import Account
from intranet.accounts.forms import CodeForm, NewPasswordForm, PasswordAgainForm, SignInForm, SwitchForm
from intranet.accounts.next_page import next_page
from intranet.accounts.pages import pages
from intranet.accounts.practice import people_one_can_be
from intranet.accounts.signing_in import TooSoon
from intranet.api import ButtonForm, acting, log, public, requires

__all__ = ["admin_views", "own_views", "pages"]


@pages.route("/login", methods=["GET", "POST"])
@public
def log_in() -> Any:
    if request.method == "GET" and current_user.is_authenticated:
        return redirect(next_page(), 303)
    form = SignInForm()
    if form.submitted():
        found = signing_in.account_for(form.address.data, form.password.data)
        if isinstance(found, Account):
            return _go_on(found, credentials.login_hash(form.address.data))
        return _log_in_page(form, found)
    return _log_in_page(form)


def _go_on(account: Account, hashed_login: bytes) -> Any:
    board = credentials.of_account(account.id).board
    asked = next_page()
    done = signing_in.let_in(account, board)
    response = redirect(asked if done else url_for("accounts.give_code", next=asked), 303)
    known_devices.remember(response, hashed_login)
    return response


def _log_in_page(form: SignInForm, found: TooSoon | None = None) -> Any:
    refused = form.is_submitted() and not form.errors
    status = _too_soon(form, found) if isinstance(found, TooSoon) else 422 if refused else 200
    if status == 422:
        form.form_errors.append(_("Dit e-mailadres en wachtwoord horen niet bij elkaar. Probeer het nog eens."))
    page = render_template("accounts/log_in.html", form=form, people=people_one_can_be(), button=ButtonForm())
    return _with_wait(page, status, found)


def _too_soon(form: Any, found: TooSoon) -> int:
    form.form_errors.append(
        ngettext(
            "Er is te vaak geprobeerd. Wacht %(num)d seconde en probeer het dan opnieuw.",
            "Er is te vaak geprobeerd. Wacht %(num)d seconden en probeer het dan opnieuw.",
            found.seconds,
        )
    )
    return 429


def _with_wait(page: str, status: int, found: Any) -> Any:
    response = make_response(page, status)
    if isinstance(found, TooSoon):
        response.headers["Retry-After"] = str(found.seconds)
    return response


@pages.post("/login/as")
@public
def log_in_as() -> Any:
    """Be somebody of the practice school. With real people this page does not exist."""
    if not current_app.config["DEMO"]:
        abort(404)
    try:
        account_id = UUID(request.form.get("account", ""))
    except ValueError:
        abort(404)
    row = credentials.of_account(account_id)
    if row is None:
        abort(404)
    with acting(school=row.board):
        account = log.get(Account, account_id)
    if account.status != "active":
        abort(404)
    signing_in.leave()
    signing_in.let_in(account, row.board)
    if signing_in.waiting_session() is not None:
        return redirect(url_for("accounts.give_code"), 303)
    return redirect(next_page(), 303)


@pages.route("/login/code", methods=["GET", "POST"])
@public
def give_code() -> Any:
    row = signing_in.waiting_session()
    if row is None:
        return redirect(url_for("accounts.log_in"), 303)
    form, answer = CodeForm(), None
    status = 200
    if form.submitted():
        asked = next_page()
        answer = signing_in.give_code(row, form.code.data)
        if answer is True:
            return redirect(asked, 303)
        status = _code_refused(form, answer)
    return _with_wait(render_template("accounts/code.html", form=form), status, answer)


def _code_refused(form: CodeForm, answer: Any) -> int:
    if isinstance(answer, TooSoon):
        return _too_soon(form, answer)
    form.code.errors = [_("Deze code klopt niet of is al gebruikt. Wacht op de volgende code in je app.")]
    return 422


@pages.get("/in")
@requires("accounts.own")
def after_signing_in() -> Any:
    """The first page: that of today, or one's own account where there is none."""
    first = "home.today" if "home.today" in current_app.view_functions else "accounts.profile"
    return redirect(url_for(first), 303)


@pages.post("/logout")
@public
def log_out() -> Any:
    signing_in.leave()
    flash(_("Je bent uitgelogd."), "ok")
    response = redirect(url_for("accounts.log_in"), 303)
    response.headers["Clear-Site-Data"] = headers.FORGET_PAGES
    return response


@pages.route("/welcome/<token>", methods=["GET", "POST"])
@public
def welcome(token: str) -> Any:
    """Choose a password with the link somebody handed over. Opening the page does not use the link up."""
    link = invitations.find(token)
    if link is None:
        return render_template("accounts/link_gone.html"), 404
    with acting(school=link.board):
        account = log.get(Account, link.account)
    school_id, person_id = next(iter(account.person_at.items()))
    name = known_people.name_of(school_id, person_id)
    words = (name, account.address, known_people.school_of(school_id).name)
    form = NewPasswordForm(words)
    if form.submitted():
        account = commands.choose_password(token, form.password.data)
        flash(_("Je wachtwoord is bewaard."), "ok")
        return _go_on(account, credentials.login_hash(account.address))
    first_time = account.status != "active"
    return render_template(
        "accounts/choose_password.html", form=form, name=name, account=account, first_time=first_time
    )


@pages.route("/account/confirm", methods=["GET", "POST"])
@requires("accounts.own")
def confirm() -> Any:
    """Prove again who is behind the screen, before something that a colleague at the same desk should not do."""
    with_code = current_user.has_second_factor
    form, answer = (CodeForm() if with_code else PasswordAgainForm()), None
    status = 200
    if form.submitted():
        asked = next_page()
        typed = form.code.data if with_code else form.password.data
        answer = signing_in.prove_again(typed)
        if answer is True:
            return redirect(asked, 303)
        status = _not_proved(form, answer, with_code)
    return _with_wait(render_template("accounts/confirm.html", form=form, with_code=with_code), status, answer)


def _not_proved(form: Any, answer: Any, with_code: bool) -> int:
    if with_code or isinstance(answer, TooSoon):
        return _code_refused(form, answer)
    form.password.errors = [_("Dit wachtwoord klopt niet. Probeer het nog eens.")]
    return 422


@pages.route("/account/school", methods=["GET", "POST"])
@requires("accounts.own")
def switch_school() -> Any:
    """Go to another school: one where the same account works, or for the board any school."""
    schools = signing_in.schools_to_go_to()
    form = SwitchForm()
    form.school.choices = [SelectChoice(school.hex, name) for school, name in schools.items()]
    if form.submitted():
        signing_in.go_to(UUID(form.school.data))
        return redirect(url_for("accounts.after_signing_in"), 303)
    form.school.data = form.school.data or current_user.school_id.hex
    return render_template("accounts/schools.html", form=form)
