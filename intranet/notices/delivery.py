"""The outbox: for each person how far their mail is; what still has to be sent is what is new behind that."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import BigInteger, Column, Date, Integer, Table, Text, Uuid, select

from events.log import clock
from events.log.mapper import to_milliseconds
from intranet.database import log
from intranet.schema import core_tables

NEVER = -1
USUAL_HOUR = 8
CLAIMED = timedelta(minutes=10)
"""Longer than a mail server takes; whoever was killed meanwhile sends the same message again, with the same id."""
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=1), timedelta(hours=6)

outbox = Table(
    "outbox",
    core_tables,
    Column("school", Uuid, primary_key=True),
    Column("person", Uuid, primary_key=True),
    Column("hour", Integer, nullable=False),
    Column("switched_off", Text, nullable=False),
    Column("mailed_until", BigInteger, nullable=False),
    Column("urgent_until", BigInteger, nullable=False),
    Column("digest_on", Date),
    Column("claimed_until", BigInteger, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("next_at", BigInteger, nullable=False),
)
"""`hour` and `switched_off` are what the person chose; the positions are those of the newest notice that was mailed.

A notice is written in the transaction of its event, so what has to be mailed is there as soon as the fact is.
"""

_make = sa.text(
    "INSERT INTO outbox (school, person, hour, switched_off, mailed_until, urgent_until, claimed_until, tries, next_at)"
    " VALUES (:school, :person, :hour, '', 0, 0, 0, 0, 0) ON CONFLICT DO NOTHING"
).bindparams(sa.bindparam("school", type_=Uuid), sa.bindparam("person", type_=Uuid))


def row_of(school: UUID, person: UUID) -> Any:
    """Return how far the mail of somebody is; None when nothing was chosen or sent yet."""
    mine = outbox.c.school == school, outbox.c.person == person
    with log.read() as connection:
        return connection.execute(select(outbox).where(*mine)).first()


def change(school: UUID, person: UUID, **values: Any) -> None:
    """Remember what somebody chose, or how far their mail is."""
    with log.unit_of_work(lock=False) as work:
        work.execute(_make, {"school": school, "person": person, "hour": USUAL_HOUR})
        work.execute(outbox.update().where(outbox.c.school == school, outbox.c.person == person).values(**values))


def claim(school: UUID, person: UUID) -> bool:
    """Take the mail of somebody for a while; False when another sender has it, or it is too soon to try again."""
    now = clock.now()
    with log.unit_of_work(lock=False) as work:
        work.execute(_make, {"school": school, "person": person, "hour": USUAL_HOUR})
        free = outbox.c.claimed_until <= to_milliseconds(now), outbox.c.next_at <= to_milliseconds(now)
        mine = outbox.c.school == school, outbox.c.person == person
        until = to_milliseconds(now + CLAIMED)
        taken = work.execute(outbox.update().where(*mine, *free).values(claimed_until=until))
        return bool(taken.rowcount)


def failed(school: UUID, person: UUID, tries: int) -> datetime:
    """Let go of it until a later moment, each time a longer wait; return when."""
    again = clock.now() + min(FIRST_WAIT * 2 ** min(tries, 16), LONGEST_WAIT)
    change(school, person, claimed_until=0, tries=tries + 1, next_at=to_milliseconds(again))
    return again
