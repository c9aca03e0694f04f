"""The register: which items there are, in ids, codes and days; and what pages ask of it."""

from datetime import date, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from intranet.api import (
    Projection,
    current_school,
    db,
    log,
    on,
    plugin_settings,
    projection_table,
    to_milliseconds,
    today,
)
from sqlalchemy import BigInteger, Column, Date, Text, Uuid, select
from sqlalchemy.engine import Connection

from .events import Item

register = projection_table(
    "plugin_name_register",
    Column("item", Uuid, primary_key=True),
    Column("place", Text, nullable=False),
    Column("found_on", Date, nullable=False),
    Column("recorded_by", Uuid),
    Column("handed_back_to", Uuid, index=True),
    Column("handed_back_at", BigInteger),
)


class Register(Projection):
    """Keeps which items wait, and which went home."""

    name = "plugin_name.register"
    tables = (register,)

    @on(Item.Recorded)
    def enter(self, connection: Connection, event: Any) -> None:
        row = {
            "school": event.school_id,
            "item": event.originator_id,
            "place": event.place,
            "found_on": event.found_on,
            "recorded_by": event.actor_id,
        }
        connection.execute(register.insert(), row)

    @on(Item.HandedBack)
    def leave(self, connection: Connection, event: Any) -> None:
        this_item = (register.c.school == event.school_id, register.c.item == event.originator_id)
        values = {"handed_back_to": event.person_id, "handed_back_at": to_milliseconds(event.recorded_at)}
        connection.execute(register.update().where(*this_item).values(values))


class Waiting(NamedTuple):
    """An item that nobody got back yet, with the words that only the log has."""

    id: UUID
    what: str
    place: str
    found_on: date


def row_of(item_id: UUID) -> Any:
    """Return the row of an item of this school, None when there is none."""
    query = select(register).where(register.c.school == current_school(), register.c.item == item_id)
    return db.session.execute(query).first()


def waiting() -> list[Waiting]:
    """Return the items of this school that wait, the oldest first."""
    rows = _waiting_rows()
    items = log.get_each(Item, [row.item for row in rows])
    return [Waiting(row.item, items[row.item].what, row.place, row.found_on) for row in rows if row.item in items]


def kept_too_long() -> list[Any]:
    """Return the rows of items that wait longer than the school keeps them, the oldest first."""
    return [row for row in _waiting_rows() if keep_until(row) < today()]


def keep_until(item: Any) -> date:
    """Return the last day on which the school keeps an item."""
    return item.found_on + timedelta(weeks=plugin_settings("plugin_name")["keep_weeks"])


def returned_to(person_id: UUID) -> list[Any]:
    """Return the rows of items that a person got back."""
    query = select(register).where(register.c.school == current_school(), register.c.handed_back_to == person_id)
    return list(db.session.execute(query))


def _waiting_rows() -> list[Any]:
    mine = (register.c.school == current_school(), register.c.handed_back_to.is_(None))
    return list(db.session.execute(select(register).where(*mine).order_by(register.c.found_on, register.c.item)))
