"""What the log keeps of promises that were not kept: to whom they climbed, so that each is told once."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from events.log.aggregate import Aggregate, Code, event

COORDINATOR, DIRECTOR = "coordinator", "director"
LEVELS = {
    COORDINATOR: frozenset({"care_coordinator", "bullying_coordinator"}),
    DIRECTOR: frozenset({"head_teacher", "executive_director"}),
}
"""The lowest first, each with the duties of who is there. Who holds one is asked when somebody reads."""


def levels_of(duties: Collection[str]) -> list[str]:
    """Return on which levels somebody with these duties is."""
    return [level for level, such in LEVELS.items() if not such.isdisjoint(duties)]


class Climb(Aggregate):
    """A promise of a record was late for so many school days that it waits for others too; ids and codes only."""

    log_name = "follow_up.climb"

    @event("Reached")
    def __init__(
        self, *, level: Code, owner: UUID, due_on: date, record_kind: Code, record_id: UUID, follow_up_id: UUID
    ):
        self.level = level
        self.owner = owner
        self.due_on = due_on
        self.record_kind = record_kind
        self.record_id = record_id
        self.follow_up_id = follow_up_id
