"""Sessions on the server: signing out, disabling and a new password end them, whatever cookie somebody kept."""

import re
import secrets
from hashlib import sha256
from typing import Any
from uuid import UUID

from flask import current_app
from flask_babel import gettext as _
from sqlalchemy import BigInteger, Boolean, Column, LargeBinary, Table, Text, Uuid, bindparam, select

from events.log.errors import LogUnavailable
from intranet.accounts.clock import HOUR, MINUTE, now
from intranet.accounts.projections import account, membership
from intranet.api import acting, db, log
from intranet.schema import core_tables

session = Table(
    "accounts_session",
    core_tables,
    Column("id_hash", LargeBinary(32), primary_key=True),
    Column("account", Uuid, nullable=False, index=True),
    Column("board", Uuid, nullable=False),
    Column("school", Uuid, nullable=False),
    Column("device", Text, nullable=False),
    Column("made_at", BigInteger, nullable=False),
    Column("seen_at", BigInteger, nullable=False),
    Column("proved_at", BigInteger),
    Column("second_factor_at", BigInteger),
    Column("waits_for_code", Boolean, nullable=False),
)
"""`proved_at`: when a password or code was last given. `waits_for_code`: the password was right, nobody is in yet."""

_read = (
    select(
        session,
        account.c.person,
        account.c.works_at,
        account.c.second_factor,
        membership.c.person.label("person_here"),
    )
    .join(account, (account.c.school == session.c.board) & (account.c.account == session.c.account))
    .outerjoin(
        membership,
        (membership.c.school == session.c.board)
        & (membership.c.account == session.c.account)
        & (membership.c.works_at == session.c.school),
    )
    .where(account.c.status == "active", session.c.id_hash == bindparam("of_hash"))
)


def hash_of(token: str) -> bytes:
    """Return what is stored of a session's id, so that a stolen database opens no session."""
    return sha256(token.encode("utf-8", "replace")).digest()


def begin(
    work: Any,
    *,
    account_id: UUID,
    board: UUID,
    school: UUID,
    device: str,
    waits_for_code: bool = False,
    second_factor: bool = False,
) -> str:
    """Begin a session and return its id, 256 random bits that are stored nowhere. Removes the sessions that ran out."""
    token, moment = secrets.token_urlsafe(32), now()
    work.execute(session.delete().where(session.c.made_at < moment - _longest()))
    work.execute(
        session.insert(),
        {
            "id_hash": hash_of(token),
            "account": account_id,
            "board": board,
            "school": school,
            "device": device,
            "made_at": moment,
            "seen_at": moment,
            "proved_at": moment,
            "second_factor_at": moment if second_factor else None,
            "waits_for_code": waits_for_code,
        },
    )
    return token


def read(token: str) -> Any:
    """Return the live session of an id, with its account, in one select; None when it ended or never was."""
    row = db.session.execute(_read, {"of_hash": hash_of(token)}).first()
    if row is None:
        return None
    moment = now()
    if moment - row.seen_at >= _idle() or moment - row.made_at >= _longest():
        return None
    if moment - row.seen_at >= MINUTE and not row.waits_for_code:
        _see(row, moment)
    return row


def _see(row: Any, moment: int) -> None:
    try:
        with acting(school=row.board), log.unit_of_work(lock=False) as work:
            work.execute(session.update().where(session.c.id_hash == row.id_hash), {"seen_at": moment})
    except LogUnavailable:
        return  # a full disk must not keep people from reading


def renew(work: Any, row: Any, **changes: Any) -> str:
    """Give a session a new id, as whenever it may do more than before, and return the id."""
    token = secrets.token_urlsafe(32)
    changed = {"id_hash": hash_of(token), "seen_at": now(), **changes}
    work.execute(session.update().where(session.c.id_hash == row.id_hash), changed)
    return token


def end(work: Any, account_id: UUID, id_hash: bytes) -> bool:
    """End one session of an account; False when it was not there."""
    mine = (session.c.account == account_id) & (session.c.id_hash == id_hash)
    return bool(work.execute(session.delete().where(mine)).rowcount)


def end_all(work: Any, account_id: UUID, *, besides: bytes = b"") -> int:
    """End every session of an account, all of them or all but one, and return how many."""
    others = (session.c.account == account_id) & (session.c.id_hash != besides)
    ended: int = work.execute(session.delete().where(others)).rowcount
    return ended


def of_account(account_id: UUID) -> list[Any]:
    """Return the live sessions of an account, the one used last first."""
    moment = now()
    query = (
        select(session)
        .where(
            session.c.account == account_id,
            session.c.waits_for_code.is_(False),
            session.c.seen_at > moment - _idle(),
            session.c.made_at > moment - _longest(),
        )
        .order_by(session.c.seen_at.desc())
    )
    return list(db.session.execute(query))


_BROWSERS = (("edge", r"Edg[A/]"), ("firefox", "Firefox|FxiOS"), ("chrome", "Chrome|CriOS"), ("safari", "Safari"))
_SYSTEMS = (
    ("android", "Android"),
    ("ios", "iPhone|iPad"),
    ("chromeos", "CrOS"),
    ("windows", "Windows"),
    ("macos", "Mac OS"),
    ("linux", "Linux"),
)


def device_of(user_agent: str) -> str:
    """Return browser and system as two words of fixed lists (`firefox.android`): enough to know one's own devices."""

    def first(names: tuple[tuple[str, str], ...]) -> str:
        return next((name for name, pattern in names if re.search(pattern, user_agent)), "other")

    return f"{first(_BROWSERS)}.{first(_SYSTEMS)}"


_NAMES = {
    "edge": "Edge", "firefox": "Firefox", "chrome": "Chrome", "safari": "Safari", "android": "Android", "ios": "iOS",
    "chromeos": "ChromeOS", "windows": "Windows", "macos": "macOS", "linux": "Linux",
}  # fmt: skip


def device_name(device: str) -> str:
    """Return a device as its owner calls it: "Firefox, Android"."""
    return ", ".join(_NAMES.get(word, _("onbekend")) for word in device.split("."))


def _idle() -> int:
    return current_app.config["SESSION_IDLE_MINUTES"] * MINUTE


def _longest() -> int:
    return current_app.config["SESSION_HOURS"] * HOUR
