"""Signing in: from an address and a password to a session, with the same answer and time for a name nobody has."""

from typing import Any
from uuid import UUID

import flask
from flask import current_app, request
from flask_login import current_user, login_user, logout_user

from events.frozen import frozen
from events.log.errors import NotFound
from intranet.accounts import credentials, known_devices, passwords, second_factor, sessions
from intranet.accounts.events import Account
from intranet.accounts.known_people import duties_of, schools_of
from intranet.accounts.rate_limits import Limit, forgive, give_back, seconds_to_wait
from intranet.accounts.security_log import network_mark, note, warn
from intranet.accounts.signed_in import SignedIn
from intranet.api import acting, log

WAITING = "waiting"
"""Where the browser's cookie keeps the id of a session whose password was right and whose code is still asked."""


@frozen
class TooSoon:
    """Nothing was tried: somebody tried too often, and may again after `seconds`."""

    seconds: int


def account_for(address: str, password: str) -> Account | TooSoon | None:
    """Return the account that an address and a password open, None when they open none."""
    hashed_login = credentials.login_hash(address)
    limits = _limits(hashed_login)
    if wait := seconds_to_wait(limits):
        warn("sign_in.too_soon", login=hashed_login.hex()[:12], seconds=wait)
        return TooSoon(wait)
    row = credentials.find(hashed_login)
    right = passwords.matches(row and row.password_hash, password)
    account = _active(row) if right else None
    if account is None:
        warn("sign_in.refused", account=row and row.account, login=hashed_login.hex()[:12])
        return None
    forgive(limits[:1])
    give_back(limits[1:])
    if passwords.is_outdated(row.password_hash):
        _hash_again(row, password)
    return account


def _limits(hashed_login: bytes) -> list[Limit]:
    device = known_devices.known_as(hashed_login)
    if device is not None:
        return [Limit("device", device, free=5, longest=60)]
    return [
        Limit("login", hashed_login, free=5, longest=60),
        # A whole school stands behind one address, so it takes more before all of them wait.
        Limit("network", network_mark(request.remote_addr).encode(), free=20, longest=30),
    ]


def _active(row: Any) -> Account | None:
    with acting(school=row.board):
        try:
            account = log.get(Account, row.account)
        except NotFound:
            return None
    return account if account.status == "active" and _school_of(account) else None


def _school_of(account: Account) -> UUID | None:
    """Return the first school where the person works today; who left everywhere comes in nowhere."""
    return next((school for school, person in account.person_at.items() if duties_of(school, person)), None)


def _hash_again(row: Any, password: str) -> None:
    password_hash = passwords.hashed(password)
    with acting(school=row.board), log.unit_of_work(lock=False) as work:
        credentials.set_password_hash(work, row.account, password_hash)


def let_in(account: Account, board: UUID) -> bool:
    """Begin a session in this browser; False when the code of the second factor is still to be given.

    Raises `NotFound` for somebody who works nowhere any more.
    """
    asks_code, school = account.has_second_factor, _school_of(account)
    if school is None:
        raise NotFound("This person works at no school of this board.")
    leave()
    with acting(school=board), log.unit_of_work(lock=False) as work:
        token = sessions.begin(
            work,
            account_id=account.id,
            board=board,
            school=school,
            device=sessions.device_of(request.user_agent.string),
            waits_for_code=asks_code,
            second_factor=current_app.config["DEMO"] and not asks_code,
        )
    if asks_code:
        flask.session[WAITING] = token
        note("sign_in.password_right", account=account.id)
        return False
    enter(token)
    note("sign_in.done", account=account.id)
    return True


def waiting_session() -> Any:
    """Return the session of this browser that waits for a code, None when there is none (any more)."""
    token = flask.session.get(WAITING)
    row = sessions.read(token) if token else None
    return row if row is not None and row.waits_for_code else None


def give_code(row: Any, typed: str) -> bool | TooSoon:
    """Let a waiting session in with a code of the second factor; False when the code is wrong."""
    limit = second_factor.limit_of(row.account)
    if wait := seconds_to_wait([limit]):
        warn("second_factor.too_soon", account=row.account, seconds=wait)
        return TooSoon(wait)
    credential = credentials.of_account(row.account)
    with acting(school=row.board), log.unit_of_work(lock=False) as work:
        right = second_factor.use(work, credential, typed)
        if right:
            moment = sessions.now()
            token = sessions.renew(work, row, waits_for_code=False, proved_at=moment, second_factor_at=moment)
    if not right:
        warn("second_factor.refused", account=row.account)
        return False
    forgive([limit])
    enter(token)
    note("sign_in.done", account=row.account, second_factor=True)
    return True


def enter(token: str) -> None:
    """Put a session in this browser's cookie, in place of everything that was in it before."""
    user = SignedIn.of(token)
    if user is None:
        return
    kept = {name: flask.session[name] for name in ("_flashes",) if name in flask.session}
    flask.session.clear()
    flask.session.update(kept)
    login_user(user)
    # Flask-Login's hash of network address and browser: we do not use it, so it does not go into a cookie.
    flask.session.pop("_id", None)
    flask.session.pop("_fresh", None)


def leave() -> None:
    """End this browser's session on the server and forget it in the cookie."""
    if current_user.is_authenticated:
        with acting(school=current_user.board_id), log.unit_of_work(lock=False) as work:
            sessions.end(work, current_user.account_id, current_user.id_hash)
        note("sign_out", account=current_user.account_id)
        logout_user()
    flask.session.clear()


def prove_again(typed: str) -> bool | TooSoon:
    """Note that the person behind the screen proved who they are: with a code, or a password when they have no code."""
    user = current_user
    limit = second_factor.limit_of(user.account_id)
    if wait := seconds_to_wait([limit]):
        warn("proof.too_soon", account=user.account_id, seconds=wait)
        return TooSoon(wait)
    row = credentials.of_account(user.account_id)
    right = user.has_second_factor or passwords.matches(row and row.password_hash, typed)
    with acting(school=user.board_id), log.unit_of_work(lock=False) as work:
        if user.has_second_factor:
            right = second_factor.use(work, row, typed)
        if right:
            moment = sessions.now()
            changes = {"second_factor_at": moment} if user.has_second_factor else {}
            token = sessions.renew(work, user.row, proved_at=moment, **changes)
    if not right:
        warn("proof.refused", account=user.account_id)
        return False
    forgive([limit])
    enter(token)
    note("proof.done", account=user.account_id)
    return True


def asks_proof() -> tuple[bool, bool]:
    """Tell whether a password and whether a code is asked before the gravest steps; at the practice school neither."""
    if current_app.config["DEMO"] and not current_user.has_second_factor:
        return False, False
    return True, current_user.has_second_factor


def prove_wholly(password: str, code: str | None) -> bool | TooSoon:
    """Note that the person proved who they are with their password and, if they have one, also their second factor."""
    user = current_user
    if not user.has_second_factor:
        return prove_again(password)
    limit = second_factor.limit_of(user.account_id)
    if wait := seconds_to_wait([limit]):
        warn("proof.too_soon", account=user.account_id, seconds=wait)
        return TooSoon(wait)
    row = credentials.of_account(user.account_id)
    if not passwords.matches(row and row.password_hash, password):
        warn("proof.refused", account=user.account_id)
        return False
    return prove_again(code or "")


def schools_to_go_to() -> dict[UUID, str]:
    """Return the schools where the person may be, with their names, in alphabetical order."""
    user = current_user
    with acting(school=user.board_id):
        memberships = log.get(Account, user.account_id).person_at
    schools = schools_of(user.board_id)
    may_go = {
        school: name
        for school, name in schools.items()
        if user.is_of_board or (school in memberships and duties_of(school, memberships[school]))
    }
    return dict(sorted(may_go.items(), key=lambda item: item[1].casefold()))


def go_to(school: UUID) -> None:
    """Go on in another school, with a new session id. Raises `NotFound` for a school where the person may not be."""
    if school not in schools_to_go_to():
        raise NotFound("This person does not work at this school.")
    user = current_user
    with acting(school=user.board_id), log.unit_of_work(lock=False) as work:
        token = sessions.renew(work, user.row, school=school)
    enter(token)
    note("school.changed", account=user.account_id)
