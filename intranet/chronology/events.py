"""What happens to a chronology that leaves the school: it is handed out, to somebody, for a reason."""

from uuid import UUID

import msgspec

from events.log.aggregate import Aggregate, Code, Personal, event
from intranet.exports.events import Chosen


class LeftOut(msgspec.Struct, frozen=True):
    """A record that did not go along, with the code of the reason."""

    record_id: UUID
    reason: Code


class HandedOut(Aggregate):
    """A chronology as a file for somebody. What was in it is not kept: subject, filters and moment say it again."""

    log_name = "chronology.handed_out"

    @event("Made")
    def __init__(
        self,
        *,
        subject_kind: Code,
        subject_id: UUID,
        level: Code,
        recipient: Code,
        recipient_name: Personal,
        reason: Personal,
        lines: int,
        struck: int,
        home: bool,
        staff_matters: bool,
        left_out: tuple[LeftOut, ...],
        filters: tuple[Chosen, ...],
    ):
        self.subject_kind = subject_kind
        self.subject_id = subject_id
        self.level = level
        self.recipient = recipient
        self.recipient_name = recipient_name
        self.reason = reason
        self.lines = lines
