"""When records were closed, for a report: one that was opened again has a first and a last closing, and both count."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy import select

from events.log.mapper import from_milliseconds
from intranet.api import Column, db, school_zone
from intranet.follow_up.projections import closing

NEVER = (None, None, None)
CHUNK = 500


def closing_columns() -> list[Column]:
    """Return the columns of which `closings_of` gives the cells."""
    return [
        Column(_("Eerst afgesloten op"), "moment", 17),
        Column(_("Laatst afgesloten op"), "moment", 17),
        Column(_("Aantal keer afgesloten"), "number", 9),
    ]


def closings_of(school: UUID, records: Collection[UUID]) -> dict[UUID, tuple[Any, Any, Any]]:
    """Return of each record that was ever closed: when first, when last, and how often."""
    every, found = list(records), {}
    for start in range(0, len(every), CHUNK):
        such = closing.c.record.in_(every[start : start + CHUNK])
        query = select(closing).where(closing.c.school == school, such, closing.c.closings > 0)
        for row in db.session.execute(query):
            found[row.record] = (_moment(row.first_closed_at), _moment(row.closed_at), row.closings)
    return found


def _moment(at: int) -> Any:
    return from_milliseconds(at).astimezone(school_zone())
