"""What can happen to an item: it is recorded, and handed back once."""

from datetime import date
from uuid import UUID

from intranet.api import Aggregate, Code, Personal, Refused, event

PLACES = ("classroom", "corridor", "playground", "gym", "elsewhere")


class Item(Aggregate):
    """Something that was found or taken in, kept until its owner gets it back."""

    log_name = "plugin_name.item"

    @classmethod
    def record(cls, *, what: str, place: str, found_on: date) -> "Item":
        """Return a new item. Raises `Refused` when nobody says what it is, or for a place that does not exist."""
        if not what.strip():
            raise Refused("Schrijf op wat het is.")
        if place not in PLACES:
            raise Refused("Deze plek bestaat niet.")
        return cls(what=what.strip(), place=place, found_on=found_on)

    @event("Recorded")
    def __init__(self, *, what: Personal, place: Code, found_on: date):
        """Something was found or taken in."""
        self.what = what
        self.place = place
        self.found_on = found_on
        self.handed_back_to: UUID | None = None

    def hand_back(self, *, person_id: UUID) -> None:
        """Give it to a pupil. Raises `Refused` when it went home before."""
        if self.handed_back_to is not None:
            raise Refused("Dit voorwerp is al teruggegeven.")
        self._hand_back(person_id=person_id)

    @event("HandedBack")
    def _hand_back(self, *, person_id: UUID) -> None:
        """A pupil got it back."""
        self.handed_back_to = person_id
