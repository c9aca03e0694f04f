"""What the log keeps of notices that follow from no other event: that somebody was named, or a plugin told them."""

from uuid import UUID

from events.log.aggregate import Aggregate, Code, event


class Notice(Aggregate):
    """One person hears of one record; ids and codes, never a word."""

    log_name = "notices.notice"

    @event("Given")
    def __init__(self, *, person_id: UUID, kind: Code, record_kind: Code, record_id: UUID, urgent: bool):
        self.person_id = person_id
        self.kind = kind
        self.record_kind = record_kind
        self.record_id = record_id
        self.urgent = urgent

    def take_back(self) -> None:
        """Say that there is nothing to hear any more: the words in which the person was named were withdrawn."""
        self._take_back(person_id=self.person_id, kind=self.kind, record_id=self.record_id)

    @event("TakenBack")
    def _take_back(self, *, person_id: UUID, kind: Code, record_id: UUID) -> None:
        """Nothing changes in what was given; it is shown no longer."""
