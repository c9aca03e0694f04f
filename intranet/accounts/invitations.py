"""Links with which somebody chooses a password: handed over by a person, good for one use and seven days."""

import secrets
from hashlib import sha256
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Column, LargeBinary, Table, Uuid, select

from intranet.accounts.clock import DAY, now
from intranet.database import db
from intranet.schema import core_tables

GOOD_FOR_DAYS = 7

link = Table(
    "accounts_link",
    core_tables,
    Column("token_hash", LargeBinary(32), primary_key=True),
    Column("account", Uuid, nullable=False, unique=True),
    Column("board", Uuid, nullable=False),
    Column("until", BigInteger, nullable=False),
)


def make(work: Any, *, account: UUID, board: UUID) -> str:
    """Return the secret of a new link; an older link of the account stops working."""
    token = secrets.token_urlsafe(32)
    withdraw(work, account)
    work.execute(
        link.insert(),
        {"token_hash": _hash(token), "account": account, "board": board, "until": now() + GOOD_FOR_DAYS * DAY},
    )
    return token


def find(token: str) -> Any:
    """Return the link of a secret, None when it was used, withdrawn or is too old. Looking does not use it up."""
    return db.session.execute(select(link).where(link.c.token_hash == _hash(token), link.c.until > now())).first()


def use(work: Any, token: str) -> bool:
    """Use up a link; False when somebody was first or it is too old."""
    good = (link.c.token_hash == _hash(token)) & (link.c.until > now())
    return bool(work.execute(link.delete().where(good)).rowcount)


def withdraw(work: Any, account: UUID) -> None:
    """Make the link of an account useless."""
    work.execute(link.delete().where(link.c.account == account))


def until(account: UUID) -> int | None:
    """Return until when an account's link works, in milliseconds; None when it has none that works."""
    moment: int | None = db.session.scalar(select(link.c.until).where(link.c.account == account, link.c.until > now()))
    return moment


def _hash(token: str) -> bytes:
    return sha256(token.encode("utf-8", "replace")).digest()
