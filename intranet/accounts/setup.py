"""Mounts accounts: cookies, sessions, the second factor before everything else, and what every answer carries."""

from typing import Any

from flask import Flask, redirect, render_template, request, url_for
from flask_login import LoginManager, current_user

from events.log.mapper import from_milliseconds
from intranet import headers
from intranet.accounts import requests, second_factor
from intranet.accounts.next_page import asked_page
from intranet.accounts.security_log import note
from intranet.accounts.sessions import device_name
from intranet.accounts.signed_in import SignedIn
from intranet.api import record_page
from intranet.forms import typed_texts

WITHOUT_SECOND_FACTOR = frozenset({
    "static", "accounts.log_out", "accounts.profile", "accounts.enrol", "accounts.preferences", "agenda.feed",
})  # fmt: skip
"""What somebody with a confidential duty may open before they have proved a second factor. Of a feed the address is
the proof; it says no more than days, and there is none for who has that duty and no second factor."""


def setup(app: Flask) -> None:
    """Set up everything that stands between the network and the first page."""
    _cookies(app)
    headers.register(app)
    requests.protect(app)
    manager = LoginManager(app)
    manager.session_protection = None
    manager.user_loader(SignedIn.of)
    manager.unauthorized_handler(_sign_in_first)
    app.before_request(_second_factor_first)
    app.after_request(_log_denial)
    app.add_template_filter(from_milliseconds, "moment")
    app.add_template_filter(device_name)
    record_page(app, "accounts.account", "accounts.account", "account_id")


def _cookies(app: Flask) -> None:
    https = app.config["HTTPS"]
    app.config.update(
        SESSION_COOKIE_NAME="__Host-geborgen" if https else "geborgen",
        SESSION_COOKIE_SECURE=https,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_PATH="/",
    )


def _sign_in_first() -> Any:
    """Lead somebody to the login page; whoever was typing gets their text back to copy."""
    if request.method in ("GET", "HEAD") and "HX-Request" not in request.headers:
        return redirect(url_for("accounts.log_in", next=asked_page()))
    return render_template("accounts/signed_out.html", typed=typed_texts()), 401


def _second_factor_first() -> Any:
    if request.endpoint is None or request.endpoint in WITHOUT_SECOND_FACTOR or not current_user.is_authenticated:
        return None
    if second_factor.is_missing():
        return redirect(url_for("accounts.enrol"), 303)
    return None


def _log_denial(response: Any) -> Any:
    if response.status_code in (401, 403, 404, 429) and request.endpoint not in (None, "static"):
        account = current_user.account_id if current_user.is_authenticated else None
        note("denied", status=response.status_code, endpoint=request.endpoint, account=account)
    return response
