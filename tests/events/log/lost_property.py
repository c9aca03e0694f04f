"""A small made-up feature for the tests of the log: things found in the school, and who took them home."""

from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import Column, Text, Uuid
from sqlalchemy.engine import Connection

from events.log.aggregate import Aggregate, Code, Personal, event
from events.log.errors import Refused
from events.log.projection import Projection, on, projection_table

FOUND_AT = datetime(2026, 11, 23, 10, 15, 30, 123456, tzinfo=UTC)


class FoundItem(Aggregate):
    """Something that was found."""

    log_name = "lost_property.item"

    @event("Found")
    def __init__(self, *, place: Code, what: Personal, note: Personal | None, happened_at: datetime):
        self.place, self.what, self.note, self.happened_at = place, what, note, happened_at
        self.owner_id: UUID | None = None

    @event("HandedBack")
    def hand_back(self, *, owner_id: UUID, remark: Personal | None):
        if self.owner_id:
            raise Refused("Dit is al opgehaald.")
        self.owner_id, self.remark = owner_id, remark


class Umbrella(Aggregate):
    """Another kind of record, to be mistaken for the first."""

    log_name = "lost_property.umbrella"

    @event("LeftBehind")
    def __init__(self, *, colour: Code):
        self.colour = colour


def found(what: str = "Een rode jas", place: str = "plein", note: str | None = None) -> FoundItem:
    return FoundItem(place=place, what=what, note=note, happened_at=FOUND_AT)


shelf = projection_table(
    "lost_property_shelf", Column("item", Uuid, primary_key=True), Column("place", Text, nullable=False), version=2
)


class Shelf(Projection):
    """What still waits for its owner."""

    name = "lost_property.shelf"
    tables = (shelf,)

    @on(FoundItem.Found)
    def put(self, db: Connection, event: FoundItem.Found) -> None:
        db.execute(shelf.insert(), {"school": event.school_id, "item": event.originator_id, "place": event.place})

    @on(FoundItem.HandedBack)
    def take(self, db: Connection, event: FoundItem.HandedBack) -> None:
        db.execute(shelf.delete().where(shelf.c.school == event.school_id, shelf.c.item == event.originator_id))


places = projection_table("lost_property_places", Column("item", Uuid, primary_key=True), Column("place", Text))


class Places(Projection):
    """Where things were found; can be broken on purpose."""

    name = "lost_property.places"
    tables = (places,)
    broken = False

    @on(FoundItem.Found)
    def note(self, db: Connection, event: FoundItem.Found) -> None:
        db.execute(places.insert(), {"school": event.school_id, "item": event.originator_id, "place": event.place})
        if self.broken:
            raise RuntimeError("Een rode jas")
