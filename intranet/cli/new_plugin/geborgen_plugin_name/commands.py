"""What people do with items. One function, one intention, one save."""

from datetime import date
from uuid import UUID

from intranet.api import log

from .events import Item


def record_item(*, what: str, place: str, found_on: date) -> UUID:
    """Record an item and return its id."""
    item = Item.record(what=what, place=place, found_on=found_on)
    log.save(item)
    return item.id


def hand_back_item(item_id: UUID, *, person_id: UUID) -> None:
    """Hand an item back to a pupil. Raises `NotFound` for an item of another school."""
    item = log.get(Item, item_id)
    item.hand_back(person_id=person_id)
    log.save(item)
