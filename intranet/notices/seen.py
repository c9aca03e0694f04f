"""Which notices somebody has seen: no event, and no projection can make it again."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import BigInteger, Column, Table, Uuid, bindparam

from events.log.mapper import to_milliseconds
from events.log import clock
from intranet.database import log
from intranet.notices.reach import KEPT
from intranet.schema import core_tables

notice_seen = Table(
    "notice_seen",
    core_tables,
    Column("school", Uuid, primary_key=True),
    Column("person", Uuid, primary_key=True),
    Column("position", BigInteger, primary_key=True, autoincrement=False),
    Column("at", BigInteger, nullable=False),
)
