"""What can happen to emergency access: it is opened with a reason, ends, and is reviewed by somebody else."""

from datetime import datetime, timedelta
from uuid import UUID

from events.log.aggregate import Aggregate, Personal, event
from events.log.errors import Refused

LASTS = timedelta(hours=4)
SHORTEST_REASON = 20


def _(sentence: str) -> str:
    """Mark a sentence for the catalogs; it is translated where it is shown."""
    return sentence


class EmergencyAccess(Aggregate):
    """Somebody reads for four hours all that is recorded about a pupil; it is never about who opened it."""

    log_name = "emergency.access"

    @classmethod
    def open(cls, *, person_id: UUID, pupil_id: UUID, reason: str, now: datetime) -> "EmergencyAccess":
        """Return emergency access that begins now. Raises `Refused` without a reason in a whole sentence."""
        if len(reason.strip()) < SHORTEST_REASON:
            raise Refused(_("Schrijf in een hele zin op waarom je dit nu moet lezen."))
        return cls(person_id=person_id, pupil_id=pupil_id, until=now + LASTS, reason=reason.strip())

    @event("Opened")
    def __init__(self, *, person_id: UUID, pupil_id: UUID, until: datetime, reason: Personal):
        self.person_id = person_id
        self.pupil_id = pupil_id
        self.until = until
        self.reason = reason
        self.ended = False
        self.justified: bool | None = None

    def end(self, now: datetime) -> None:
        """End it before the four hours are over. Raises `Refused` when it is over already."""
        if self.ended or now >= self.until:
            raise Refused(_("Deze noodtoegang is al voorbij."))
        self._end()

    @event("Ended")
    def _end(self) -> None:
        self.ended = True

    def review(self, *, reviewer: UUID | None, justified: bool, remark: str) -> None:
        """Say afterwards whether it was right. Raises `Refused` for who opened it, a second time, or without words."""
        if reviewer == self.person_id:
            raise Refused(_("Je beoordeelt je eigen noodtoegang niet. Dat doet een ander."))
        if self.justified is not None:
            raise Refused(_("Deze noodtoegang is al beoordeeld."))
        if not remark.strip():
            raise Refused(_("Schrijf kort op waarom je dit vindt."))
        self._review(justified=justified, remark=remark.strip())

    @event("Reviewed")
    def _review(self, *, justified: bool, remark: Personal) -> None:
        self.justified = justified
