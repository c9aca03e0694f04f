"""What reviewing the log adds to it: who opened what, and which periods somebody went through."""

from datetime import date
from uuid import UUID

from events.log.aggregate import Aggregate, Code, Personal, event
from events.log.errors import Refused


class Reading(Aggregate):
    """Somebody opened a confidential record. AVG art. 32; NEN 7513: who, what, when, in which role, on what ground."""

    log_name = "audit.reading"

    @event("Opened")
    def __init__(self, *, record_kind: Code, record_id: UUID, ground: Code, role: Code):
        self.record_kind = record_kind
        self.record_id = record_id


class Review(Aggregate):
    """Somebody went through the log of a period. `root` is the tree as it stood after `position_until`, in hex."""

    log_name = "audit.review"

    @event("PeriodReviewed")
    def __init__(
        self,
        *,
        first_day: date,
        last_day: date,
        position_from: int,
        position_until: int,
        root: Code,
        remark: Personal | None,
    ):
        self.withdrawn = False
        self.remark = remark

    def withdraw(self) -> None:
        """Take the mark back, as after a mistake; it stays in the log that it was set."""
        if self.withdrawn:
            raise Refused("Dit is al teruggenomen.")
        self._withdraw()

    @event("Withdrawn")
    def _withdraw(self) -> None:
        self.withdrawn = True
