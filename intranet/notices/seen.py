"""Which notices somebody has seen: no event, and nothing can make it again from the log."""

from collections.abc import Collection
from datetime import timedelta
from uuid import UUID

from sqlalchemy import BigInteger, Column, Table, Uuid

from events.log import clock
from events.log.mapper import to_milliseconds
from intranet.database import log
from intranet.schema import core_tables

KEPT = timedelta(days=60)
"""So long a notice is shown: what is older stands in the record itself."""

notice_seen = Table(
    "notice_seen",
    core_tables,
    Column("school", Uuid, primary_key=True),
    Column("person", Uuid, primary_key=True),
    Column("position", BigInteger, primary_key=True, autoincrement=False),
    Column("at", BigInteger, nullable=False),
)


def mark_seen(school: UUID, person: UUID, positions: Collection[int]) -> None:
    """Remember that somebody saw these notices; a mark of a notice that is shown no longer goes."""
    now = clock.now()
    with log.unit_of_work(lock=False) as work:
        mine = notice_seen.c.school == school, notice_seen.c.person == person
        work.execute(notice_seen.delete().where(*mine, notice_seen.c.at < to_milliseconds(now - 2 * KEPT)))
        # Removed first: two taps at once are two marks of the same notice.
        work.execute(notice_seen.delete().where(*mine, notice_seen.c.position.in_(positions)))
        mark = {"school": school, "person": person, "at": to_milliseconds(now)}
        rows = [{**mark, "position": each} for each in positions]
        if rows:
            work.execute(notice_seen.insert(), rows)
