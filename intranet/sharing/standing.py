"""Whether a record is shared with somebody today, as a condition on a register."""

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, select

from intranet.people.today import today

from .projections import shared


def shared_with(someone: Any, record: ColumnElement[UUID]) -> ColumnElement[bool]:
    """Return the condition that a record, a column of a register, is shared with a reader today.

    One list for all rows: the shares of one person are few.
    """
    mine = shared.c.school == someone.school, shared.c.person == someone.person_id, shared.c.until >= today()
    return record.in_(select(shared.c.record).where(*mine))
