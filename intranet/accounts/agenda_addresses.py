"""Secret addresses of which a calendar program fetches what waits for somebody; only a hash of each is kept."""

import secrets
from typing import Any
from uuid import UUID

from flask import current_app
from sqlalchemy import BigInteger, Column, LargeBinary, Table, Uuid, bindparam, null, select

from intranet.accounts.clock import HOUR, now
from intranet.accounts.credentials import keyed_hash
from intranet.accounts.projections import account, membership
from intranet.accounts.second_factor import is_needed
from intranet.accounts.signed_in import SignedIn
from intranet.api import acting, db, log
from intranet.schema import core_tables

agenda_address = Table(
    "agenda_address",
    core_tables,
    Column("account", Uuid, primary_key=True),
    Column("school", Uuid, primary_key=True),
    Column("board", Uuid, nullable=False),
    Column("secret_hash", LargeBinary(32), nullable=False, unique=True),
    Column("made_at", BigInteger, nullable=False),
    Column("fetched_at", BigInteger),
)
"""One for an account at a school; `fetched_at` is when a calendar program last came, to the hour."""

# The columns of a session, so that whoever comes by an address is the same kind of person as who signed in.
_read = (
    select(
        agenda_address.c.secret_hash.label("id_hash"),
        agenda_address.c.account,
        agenda_address.c.school,
        agenda_address.c.board,
        agenda_address.c.fetched_at,
        account.c.person,
        account.c.works_at,
        account.c.second_factor,
        membership.c.person.label("person_here"),
        null().label("proved_at"),
        null().label("second_factor_at"),
    )
    .join(account, (account.c.school == agenda_address.c.board) & (account.c.account == agenda_address.c.account))
    .outerjoin(
        membership,
        (membership.c.school == agenda_address.c.board)
        & (membership.c.account == agenda_address.c.account)
        & (membership.c.works_at == agenda_address.c.school),
    )
    .where(account.c.status == "active", agenda_address.c.secret_hash == bindparam("of_hash"))
)


def make(work: Any, *, account_id: UUID, board: UUID, school: UUID) -> str:
    """Return the secret of a new address, 256 random bits; the one before it stops working."""
    secret = secrets.token_urlsafe(32)
    withdraw(work, account_id, school)
    row = {"account": account_id, "school": school, "board": board, "secret_hash": _hash(secret), "made_at": now()}
    work.execute(agenda_address.insert(), row)
    return secret


def withdraw(work: Any, account_id: UUID, school: UUID) -> bool:
    """Let an address work no longer; False when there was none."""
    mine = (agenda_address.c.account == account_id) & (agenda_address.c.school == school)
    return bool(work.execute(agenda_address.delete().where(mine)).rowcount)


def withdraw_all(work: Any, account_id: UUID) -> None:
    """Let no address of an account work any longer, whatever the school."""
    work.execute(agenda_address.delete().where(agenda_address.c.account == account_id))


def of_account(account_id: UUID, school: UUID) -> Any:
    """Return when somebody made their address at a school and when it was fetched; None when they have none."""
    mine = (agenda_address.c.account == account_id) & (agenda_address.c.school == school)
    return db.session.execute(select(agenda_address.c.made_at, agenda_address.c.fetched_at).where(mine)).first()


def reader_of(secret: str) -> SignedIn | None:
    """Return whose address this is, with the duties they have today; None when they may not come in (any more)."""
    row = db.session.execute(_read, {"of_hash": _hash(secret)}).first()
    if row is None:
        return None
    reader = SignedIn(secret, row)
    # Who left this school is nobody here, also when they work at another one.
    if reader.school_id != row.school or not reader.duties:
        return None
    proved = reader.has_second_factor or current_app.config["DEMO"]
    return None if is_needed(reader.duties) and not proved else reader


def fetched(reader: SignedIn) -> None:
    """Remember that a calendar program came."""
    moment = now()
    if reader.row.fetched_at is not None and moment - reader.row.fetched_at < HOUR:
        return
    with acting(school=reader.board_id), log.unit_of_work(lock=False) as work:
        mine = agenda_address.c.secret_hash == reader.id_hash
        work.execute(agenda_address.update().where(mine).values(fetched_at=moment))


def _hash(secret: str) -> bytes:
    return keyed_hash(b"agenda", secret.encode("utf-8", "replace"))
