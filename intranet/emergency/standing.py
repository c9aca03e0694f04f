"""Whether somebody has emergency access now, as a condition on rows about a pupil."""

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, exists, false

from events.log import clock
from events.log.mapper import to_milliseconds
from intranet.access import allowed

from .projections import emergency

OPEN, REVIEW = "emergency.open", "emergency.review"


def under_emergency(someone: Any, person: ColumnElement[UUID], *same_record: Any) -> ColumnElement[bool]:
    """Return the condition that a reader has emergency access now to what is about `person`, a column of a table.

    `same_record` ties that table to the row of the register. Whoever lost the duty lost the access.
    """
    if not allowed(OPEN, someone.duties):
        return false()
    return exists().where(
        *same_record,
        emergency.c.school == someone.school,
        emergency.c.person == someone.person_id,
        emergency.c.pupil == person,
        emergency.c.until > to_milliseconds(clock.now()),
    )
