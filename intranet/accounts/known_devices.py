"""Devices on which somebody signed in before: others guessing their password do not make them wait there."""

import base64
import hmac
import secrets

from flask import Response, current_app, request

from intranet.accounts.credentials import keyed_hash

DAYS = 365


def cookie_name() -> str:
    """Return the name of the cookie; with https the browser itself refuses it from anybody else."""
    return "__Host-device" if current_app.config["HTTPS"] else "device"


def known_as(hashed_login: bytes) -> bytes | None:
    """Return what this device was called when this account signed in on it, None on a strange device."""
    called, _, mark = request.cookies.get(cookie_name(), "").partition(".")
    if called and hmac.compare_digest(mark.encode(), _mark(called, hashed_login).encode()):
        return called.encode()
    return None


def remember(response: Response, hashed_login: bytes) -> None:
    """Let the device be known for a year: a random name and a mark that only this account's login makes true."""
    called = secrets.token_urlsafe(16)
    response.set_cookie(
        cookie_name(),
        f"{called}.{_mark(called, hashed_login)}",
        max_age=DAYS * 24 * 3600,
        secure=current_app.config["HTTPS"],
        httponly=True,
        samesite="Lax",
    )


def _mark(called: str, hashed_login: bytes) -> str:
    mark = keyed_hash(b"device", called.encode("utf-8", "replace") + b"\0" + hashed_login)
    return base64.urlsafe_b64encode(mark).decode("ascii").rstrip("=")
