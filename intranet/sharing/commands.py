"""What somebody can do with a share: give it, and take it back."""

from datetime import date
from uuid import UUID

from events.sharing import Sharing
from intranet.api import log, today
from intranet.people.colleagues import refuse_no_colleague


def share_record(record_id: UUID, person_id: UUID, *, until: date, reason: str) -> None:
    """Let a colleague read a record up to and with a day. Raises `Refused` for who does not work here."""
    refuse_no_colleague(person_id)
    record = log.get(Sharing, record_id)
    record.share(person_id, until=until, reason=reason, today=today())
    log.save(record)


def withdraw_share(record_id: UUID, person_id: UUID) -> None:
    """Let a colleague read a record no longer."""
    record = log.get(Sharing, record_id)
    record.withdraw_share(person_id)
    log.save(record)
