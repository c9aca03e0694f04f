"""One's own account: looks, password, second factor, and the sessions one has open."""

import re
from typing import Any

from flask import current_app, flash, redirect, render_template, request, url_for
from flask_babel import get_locale
from flask_babel import gettext as _
from flask_login import current_user

from intranet import qr_code
from intranet.accounts import commands, credentials, known_people, passwords, second_factor, sessions, signing_in
from intranet.accounts.forms import ChangePasswordForm, CodeForm, PreferencesForm
from intranet.accounts.happenings import happenings
from intranet.accounts.pages import pages
from intranet.accounts.rate_limits import forgive, seconds_to_wait
from intranet.accounts.security_log import warn
from intranet.api import ButtonForm, Refused, requires

YEAR = 365 * 24 * 3600
SESSION = re.compile("[0-9a-f]{64}")
"""How a page names a session: by the hash of its id."""


@pages.get("/account")
@requires("accounts.own")
def profile() -> Any:
    return _profile_page(PreferencesForm(formdata=None, **_preferences()))


def _profile_page(form: PreferencesForm) -> str:
    return render_template(
        "accounts/profile.html",
        form=form,
        button=ButtonForm(formdata=None),
        duties=known_people.duty_names(current_user.duties),
        sessions=sessions.of_account(current_user.account_id),
        factor_needed=second_factor.is_needed(),
        happenings=happenings(current_user.board_id, current_user.account_id),
        schools=signing_in.schools_to_go_to(),
    )


def _preferences() -> dict[str, Any]:
    theme = request.cookies.get("theme")
    return {
        "theme": theme if theme in ("light", "dark") else "auto",
        "language": str(get_locale() or "nl"),
        "shortcuts": request.cookies.get("shortcuts") != "off",
    }


@pages.post("/account/preferences")
@requires("accounts.own")
def preferences() -> Any:
    form = PreferencesForm()
    if not form.submitted():
        return _profile_page(form)
    response = redirect(url_for("accounts.profile"), 303)
    _keep(response, "theme", form.theme.data)
    _keep(response, "language", form.language.data)
    _keep(response, "shortcuts", "on" if form.shortcuts.data else "off")
    flash(_("Je keuzes zijn bewaard."), "ok")
    return response


def _keep(response: Any, name: str, choice: str) -> None:
    # The page's own script changes these too, so they are no secret and not HttpOnly.
    response.set_cookie(name, choice, max_age=YEAR, secure=current_app.config["HTTPS"], samesite="Lax")


@pages.route("/account/password", methods=["GET", "POST"])
@requires("accounts.own")
def password() -> Any:
    user = current_user
    school = known_people.school_of(user.school_id)
    form = ChangePasswordForm((user.name, school.name))
    if form.submitted() and _old_password_is_right(form):
        token = commands.change_password(user.board_id, user.account_id, form.password.data, session_row=user.row)
        signing_in.enter(token)
        flash(_("Je nieuwe wachtwoord is bewaard. Andere apparaten zijn uitgelogd."), "ok")
        return redirect(url_for("accounts.profile"), 303)
    return render_template("accounts/password.html", form=form), 422 if form.errors else 200


def _old_password_is_right(form: ChangePasswordForm) -> bool:
    limit = second_factor.limit_of(current_user.account_id)
    if wait := seconds_to_wait([limit]):
        form.old.errors = [_("Er is te vaak geprobeerd. Wacht %(seconds)d seconden.", seconds=wait)]
        return False
    row = credentials.of_account(current_user.account_id)
    if not passwords.matches(row and row.password_hash, form.old.data):
        warn("password.old_refused", account=current_user.account_id)
        form.old.errors = [_("Dit is niet je wachtwoord van nu. Probeer het nog eens.")]
        return False
    forgive([limit])
    return True


@pages.route("/account/second-factor", methods=["GET", "POST"])
@requires("accounts.own")
def enrol() -> Any:
    """Turn the second factor on: scan, type one code, keep the recovery codes."""
    user = current_user
    if user.has_second_factor:
        return redirect(url_for("accounts.profile"), 303)
    secret = second_factor.secret_to_enrol(user.id_hash)
    form = CodeForm()
    if form.submitted():
        step = second_factor.step_of(secret, second_factor.digits(form.code.data))
        if step is not None:
            return _enrolled(secret, step)
        form.code.errors = [_("Deze code klopt niet. Kijk of de klok van je telefoon goed staat.")]
    address = second_factor.enrolment_address(secret, user.name or "Geborgen")
    page = render_template(
        "accounts/enrol.html",
        form=form,
        picture=qr_code.picture(address),
        address=address,
        secret=" ".join(secret[i : i + 4] for i in range(0, len(secret), 4)),
        needed=second_factor.is_needed(),
    )
    return page, 422 if form.errors else 200


def _enrolled(secret: str, step: int) -> Any:
    user = current_user
    token, codes = commands.add_second_factor(
        user.board_id, user.account_id, secret=secret, step=step, session_row=user.row
    )
    signing_in.enter(token)
    codes = [f"{code[:5]}-{code[5:]}" for code in codes]
    return render_template("accounts/recovery_codes.html", codes=codes)


@pages.post("/account/second-factor/remove")
@requires("accounts.own")
def remove_own_second_factor() -> Any:
    """Take one's own second factor away, which who has a confidential duty cannot."""
    user = current_user
    if not second_factor.fresh_second_factor():
        return redirect(url_for("accounts.confirm", next=url_for("accounts.profile")), 303)
    if second_factor.is_needed():
        raise Refused("Met jouw taken heb je de tweede stap altijd nodig.")
    if ButtonForm().submitted():
        commands.remove_second_factor(user.board_id, user.account_id, removed_by=user.person_id)
        signing_in.leave()
        flash(_("De tweede stap is uit. Log opnieuw in."), "ok")
        return redirect(url_for("accounts.log_in"), 303)
    return redirect(url_for("accounts.profile"), 303)


@pages.post("/account/sessions/end")
@requires("accounts.own")
def end_session() -> Any:
    """End one of one's own sessions, or all but this one."""
    user = current_user
    wanted = request.form.get("session", "")
    if wanted == "others":
        commands.end_other_sessions(user.board_id, user.account_id, besides=user.id_hash)
        flash(_("Uitgelogd op je andere apparaten."), "ok")
    elif SESSION.fullmatch(wanted) and commands.end_session(user.board_id, user.account_id, bytes.fromhex(wanted)):
        flash(_("Uitgelogd op dat apparaat."), "ok")
    else:
        flash(_("Dat apparaat was al uitgelogd."), "info")
    return redirect(url_for("accounts.profile"), 303)
