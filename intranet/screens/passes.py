"""What opens a screen: a code that is good for minutes, and the session it begins, which can do one thing only."""

import secrets
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Boolean, Column, LargeBinary, Table, Text, Uuid, bindparam, exists, select

from events.frozen import frozen
from events.log.context import acting
from intranet.accounts.clock import HOUR, MINUTE, now
from intranet.accounts.credentials import keyed_hash
from intranet.accounts.projections import account
from intranet.database import log
from intranet.people import projections as people
from intranet.people.today import today
from intranet.schema import core_tables

CODE_MINUTES = 10
SCREEN_HOURS = 8
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""Without letters and digits that look alike: somebody types this on a board, in front of a class."""
CODE_LENGTH = 8

screen_pass = Table(
    "screen_pass",
    core_tables,
    Column("id_hash", LargeBinary(32), primary_key=True),
    Column("is_code", Boolean, nullable=False),
    Column("board", Uuid, nullable=False),
    Column("school", Uuid, nullable=False),
    Column("endpoint", Text, nullable=False),
    Column("record", Uuid, nullable=False),
    Column("account", Uuid, nullable=False, index=True),
    Column("person", Uuid, nullable=False),
    Column("good_until", BigInteger, nullable=False),
)
"""A code (`is_code`) or a screen that it opened: which page of which record, and by whom it was opened."""

_read = (
    select(screen_pass)
    .join(account, (account.c.school == screen_pass.c.board) & (account.c.account == screen_pass.c.account))
    .where(
        account.c.status == "active",
        # Who looks in from another school opens a screen as the person of their own.
        exists().where(
            people.person.c.school.in_((screen_pass.c.school, account.c.works_at)),
            people.person.c.person == screen_pass.c.person,
            people.person.c.left_on.is_(None) | (people.person.c.left_on > bindparam("today")),
        ),
        screen_pass.c.id_hash == bindparam("of_hash"),
        screen_pass.c.is_code == bindparam("as_code"),
        screen_pass.c.good_until > bindparam("moment"),
    )
)


@frozen
class Screen:
    """A screen in front of a class: the one page it may show, of the one record, and who opened it."""

    school: UUID
    endpoint: str
    record: UUID
    opened_by: UUID

    @property
    def plugin(self) -> str:
        """The name of the plugin whose page it is."""
        return self.endpoint.partition(".")[0]


def new_code(*, board: UUID, school: UUID, endpoint: str, record: UUID, account_id: UUID, person: UUID) -> str:
    """Return a code that opens a screen during the next minutes; it is stored nowhere but as a hash."""
    code = "".join(secrets.choice(LETTERS) for _ in range(CODE_LENGTH))
    row = {
        "id_hash": _code_hash(code),
        "is_code": True,
        "board": board,
        "school": school,
        "endpoint": endpoint,
        "record": record,
        "account": account_id,
        "person": person,
        "good_until": now() + CODE_MINUTES * MINUTE,
    }
    with acting(school=board), log.unit_of_work(lock=False) as work:
        work.execute(screen_pass.delete().where(screen_pass.c.good_until < now()))
        work.execute(screen_pass.insert(), row)
    return code


def begin(typed: str) -> tuple[str, Screen] | None:
    """Begin the screen of a code and return its token, 256 random bits; None for a code that opens nothing (more)."""
    row = _row(_code_hash("".join(typed.upper().split()).replace("-", "")), as_code=True)
    if row is None:
        return None
    token = secrets.token_urlsafe(32)
    opened = {
        **row._mapping,
        "id_hash": _token_hash(token),
        "is_code": False,
        "good_until": now() + SCREEN_HOURS * HOUR,
    }
    with acting(school=row.board), log.unit_of_work(lock=False) as work:
        work.execute(screen_pass.insert(), opened)
    return token, _screen(row)


def read(token: str) -> Screen | None:
    """Return the screen of a token; None when it ended, or when who opened it may not come in any more."""
    row = _row(_token_hash(token), as_code=False)
    return None if row is None else _screen(row)


def end(token: str, school: UUID) -> None:
    """End a screen."""
    with acting(school=school), log.unit_of_work(lock=False) as work:
        work.execute(screen_pass.delete().where(screen_pass.c.id_hash == _token_hash(token)))


def _row(id_hash: bytes, *, as_code: bool) -> Any:
    with log.read() as connection:
        return connection.execute(
            _read, {"of_hash": id_hash, "as_code": as_code, "moment": now(), "today": today()}
        ).first()


def _screen(row: Any) -> Screen:
    return Screen(row.school, row.endpoint, row.record, row.person)


def _code_hash(code: str) -> bytes:
    return keyed_hash(b"screen code", code.encode("utf-8", "replace"))


def _token_hash(token: str) -> bytes:
    return keyed_hash(b"screen", token.encode("utf-8", "replace"))
