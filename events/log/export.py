"""Writes the log of one school as JSON lines, for whoever wants to check or keep it without a database."""

import json
from base64 import b64encode
from typing import Any, TextIO
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from events.log.tables import event

_ROWS_AT_ONCE = 1000


def export_log(connection: Connection, school: UUID, file: TextIO) -> int:
    """Write every event of `school`, in order of position, to `file` and return how many (docs/log-format.md).

    Words about people leave as they are stored: encrypted.
    """
    stored = sa.select(event).where(event.c.school == school).order_by(event.c.position)
    count = 0
    with connection.execute(stored, execution_options={"yield_per": _ROWS_AT_ONCE}) as rows:
        for row in rows:
            file.write(exported_line(row))
            count += 1
    return count


def exported_line(row: sa.Row[Any]) -> str:
    """Return one event as a line of JSON with its newline."""
    return (
        json.dumps(
            {
                "school": row.school.hex,
                "position": row.position,
                "stream": row.stream.hex,
                "version": row.version,
                "name": row.name,
                "name_version": row.name_version,
                "actor": row.actor.hex if row.actor else None,
                "recorded_at": row.recorded_at,
                "happened_at": row.happened_at,
                "payload": b64encode(row.payload).decode("ascii"),
                "leaf": b64encode(row.leaf).decode("ascii"),
            },
            separators=(",", ":"),
        )
        + "\n"
    )
