"""Finds and drops tables of projections in versions that no program fills any more."""

import re
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy import select
from sqlalchemy.engine import Connection

from events.log.projection import Projection, projection_tables, version_of
from events.log.tables import log_head
from events.log.tables import projection as positions

if TYPE_CHECKING:
    from events.log.store import Log

_VERSIONED = re.compile(r"(?P<base>.+)__v(?P<version>\d+)")


def drop_retired(log: "Log") -> list[str]:
    """Drop the older versions of tables that nothing uses, with their positions. Returns the names of the tables.

    Call it before rebuilding: what is only being replaced now is still read by programs that run the older version.
    """
    with log.write_engine.begin() as connection:
        there = sa.inspect(connection).get_table_names()
        gone: list[str] = []
        for projection in log.projector.projections:
            old = _older_tables(projection, there)
            if old and _nobody_follows(connection, projection):
                for name in old:
                    connection.execute(sa.schema.DropTable(sa.Table(name, sa.MetaData())))
                connection.execute(positions.delete().where(*_older_keys(projection)))
                gone += old
    return gone


def _older_tables(projection: Projection, there: list[str]) -> list[str]:
    bases = {table.name.removesuffix(f"__v{version_of(table)}") for table in projection.tables}
    found = [match for name in there if (match := _VERSIONED.fullmatch(name)) and match["base"] in bases]
    return sorted(match[0] for match in found if match[0] not in projection_tables.tables)


def _older_keys(projection: Projection) -> tuple[sa.ColumnElement[bool], ...]:
    return positions.c.name.startswith(f"{projection.name}@", autoescape=True), positions.c.name != projection.key


def _nobody_follows(connection: Connection, projection: Projection) -> bool:
    """Tell whether the version of this program is up to date everywhere and events were recorded without the older."""
    schools = {row.school: row.size for row in connection.execute(select(log_head.c.school, log_head.c.size))}
    ours = connection.execute(select(positions).where(positions.c.name == projection.key)).all()
    if {row.school for row in ours if row.error is None and row.position == schools.get(row.school)} != schools.keys():
        return False
    older = connection.execute(select(positions).where(*_older_keys(projection))).all()
    return not older or any(row.position < schools.get(row.school, 0) for row in older)
