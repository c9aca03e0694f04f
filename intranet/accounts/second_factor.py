"""The second factor: a code from a phone, each good for one use, and codes on paper for when the phone is lost."""

import base64
import hmac
import re
import secrets
from collections.abc import Collection
from typing import Any

import pyotp
from flask import current_app
from flask_login import current_user

from intranet.accounts import credentials
from intranet.accounts.clock import MINUTE, SECOND, now
from intranet.accounts.rate_limits import Limit

STEP_SECONDS = 30
ISSUER = "Geborgen"
RECOVERY_CODES = 10
FRESH_MINUTES = 10

CONFIDENTIAL_DUTIES = frozenset({
    "protection_officer", "confidential_adviser", "care_coordinator", "head_teacher", "executive_director",
    "administrator",
})  # fmt: skip
"""Who holds one of these reads what may harm a child when it leaks, so a password alone does not open it."""


def is_needed(duties: Collection[str] | None = None) -> bool:
    """Tell whether these duties, or those of the person who is signed in, ask for a second factor."""
    return not CONFIDENTIAL_DUTIES.isdisjoint(current_user.duties if duties is None else duties)


def is_missing() -> bool:
    """Tell whether the person who is signed in must prove a second factor before they see anything of others."""
    return current_user.second_factor_at is None and is_needed()


def fresh_second_factor(minutes: int = FRESH_MINUTES) -> bool:
    """Tell whether the person proved who they are just now: with a code, or a password where they have no code.

    A view that opens the most confidential things asks this and otherwise leads to the page `accounts.confirm`.
    """
    if current_app.config["DEMO"] and not current_user.has_second_factor:
        return True
    proved_at = current_user.second_factor_at if current_user.has_second_factor else current_user.proved_at
    return proved_at is not None and now() - proved_at < minutes * MINUTE


def limit_of(account: Any) -> Limit:
    """Return the limit on codes: one in 330,000 guesses is right, so ten minutes between them is enough."""
    return Limit("code", account.bytes, free=5, longest=600)


def secret_to_enrol(id_hash: bytes) -> str:
    """Return the secret offered in this session: derived, so that showing the page stores nothing."""
    return base64.b32encode(credentials.keyed_hash(b"totp enrolment", id_hash)[:20]).decode("ascii")


def enrolment_address(secret: str, name: str) -> str:
    """Return the address that an authenticator app reads."""
    return pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name=ISSUER)


def step_of(secret: str, code: str) -> int | None:
    """Return the step whose code this is, of the one before, the current and the next; None for a wrong code."""
    totp, current = pyotp.TOTP(secret), now() // (STEP_SECONDS * SECOND)
    # Every step is compared, whichever is right, so that the time tells nothing.
    right = [step for step in (current - 1, current, current + 1) if hmac.compare_digest(totp.generate_otp(step), code)]
    return right[-1] if right else None


def digits(typed: str) -> str:
    """Return the code in what somebody typed, with spaces or a dash perhaps."""
    return re.sub(r"[^0-9A-Z]", "", typed.upper())


def use(work: Any, row: Any, typed: str) -> bool:
    """Use up a code of the app or of the paper; False when it is wrong or was used before. `row` is the credential."""
    code = digits(typed)
    if len(code) == 6 and code.isdigit():
        secret = credentials.totp_secret(row)
        step = None if secret is None else step_of(secret, code)
        return step is not None and credentials.use_totp_step(work, row.account, step)
    return credentials.use_recovery_code(work, row.account, code)


def new_recovery_codes() -> list[str]:
    """Return ten codes of fifty bits, without letters that look like digits."""
    return [
        "".join(secrets.choice("ABCDEFGHJKLMNPQRSTUVWXYZ23456789") for _ in range(10)) for _ in range(RECOVERY_CODES)
    ]
