"""How often something may be tried: waits that grow, shared by all workers, never a lock that keeps somebody out."""

from collections.abc import Sequence
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import BigInteger, Column, Integer, LargeBinary, Table, select
from sqlalchemy.engine import Connection

from events.frozen import frozen
from events.log.context import acting
from intranet.accounts.clock import HOUR, MINUTE, SECOND, now
from intranet.accounts.credentials import keyed_hash
from intranet.database import log
from intranet.schema import core_tables

NO_SCHOOL = UUID(int=0)

rate_limit = Table(
    "rate_limit",
    core_tables,
    Column("bucket", LargeBinary(32), primary_key=True),
    Column("tries", Integer, nullable=False),
    Column("last_at", BigInteger, nullable=False),
    Column("next_at", BigInteger, nullable=False),
)

_make_row = sa.text(
    "INSERT INTO rate_limit (bucket, tries, last_at, next_at) VALUES (:bucket, 0, 0, 0) ON CONFLICT DO NOTHING"
).bindparams(sa.bindparam("bucket", type_=LargeBinary))


@frozen
class Limit:
    """One thing that is counted: `free` tries at once, then a wait that doubles up to `longest` seconds."""

    purpose: str
    subject: bytes
    free: int
    longest: int

    @property
    def bucket(self) -> bytes:
        return keyed_hash(b"limit " + self.purpose.encode(), self.subject)

    def wait(self, tries: int) -> int:
        """Return how many milliseconds must pass after this many tries."""
        beyond = tries - self.free
        return 0 if beyond < 0 else min(self.longest, 2**beyond if beyond < 16 else self.longest) * SECOND


def seconds_to_wait(limits: Sequence[Limit]) -> int:
    """Count a try against every limit, or return the seconds to wait when one of them says not yet.

    A try that is refused is not counted, so that somebody else's guessing never makes the wait longer than `longest`.
    """
    wanted = {limit.bucket: limit for limit in limits}
    with log.read() as connection:
        waiting = _waiting(connection, wanted)
    if waiting:
        return waiting
    with acting(school=NO_SCHOOL), log.unit_of_work(lock=False) as work:
        return _waiting(work.connection, wanted, count=True)


def forgive(limits: Sequence[Limit]) -> None:
    """Forget the tries, because the last one was right."""
    with acting(school=NO_SCHOOL), log.unit_of_work(lock=False) as work:
        # What no longer counts goes too: a flood of made-up names leaves rows behind.
        right = rate_limit.c.bucket.in_([limit.bucket for limit in limits])
        work.execute(rate_limit.delete().where(right | (rate_limit.c.last_at < now() - HOUR)))


def give_back(limits: Sequence[Limit]) -> None:
    """Take one try off, because it was right; the wrong ones before it still count."""
    for limit in limits:
        with acting(school=NO_SCHOOL), log.unit_of_work(lock=False) as work:
            mine = rate_limit.c.bucket == limit.bucket
            work.execute(rate_limit.update().where(mine, rate_limit.c.tries > 0).values(tries=rate_limit.c.tries - 1))
            work.execute(rate_limit.update().where(mine, rate_limit.c.tries < limit.free).values(next_at=0))


def _waiting(connection: Connection, wanted: dict[bytes, Limit], *, count: bool = False) -> int:
    """Return the longest wait in seconds; with `count`, note the try in the same transaction when there is none."""
    moment = now()
    if count:
        _make_rows(connection, wanted)
    query = select(rate_limit).where(rate_limit.c.bucket.in_(wanted)).order_by(rate_limit.c.bucket)
    rows = connection.execute(query.with_for_update() if count else query).all()
    # A try in the future: the clock was set back. Whoever tried then would wait until it is that late again.
    longest = max((row.next_at - moment for row in rows if row.last_at < moment + MINUTE), default=0)
    if longest > 0:
        return -(-longest // SECOND)
    for row in rows if count else ():
        tries = (0 if moment - row.last_at > HOUR else row.tries) + 1
        connection.execute(
            rate_limit.update().where(rate_limit.c.bucket == row.bucket),
            {"tries": tries, "last_at": moment, "next_at": moment + wanted[row.bucket].wait(tries)},
        )
    return 0


def _make_rows(connection: Connection, wanted: dict[bytes, Limit]) -> None:
    # In one order, so that two workers never wait for each other's rows.
    for bucket in sorted(wanted):
        connection.execute(_make_row, {"bucket": bucket})
