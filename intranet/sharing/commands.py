"""What somebody can do with a share: give it, and take it back."""

from datetime import date
from uuid import UUID

from flask_babel import gettext as _

from events.incident import Incident
from events.sharing import Sharing
from intranet.api import Refused, log, today
from intranet.incidents.kinds import is_staff_matter
from intranet.people.colleagues import refuse_no_colleague


def share_record(record_id: UUID, person_id: UUID, *, until: date, reason: str) -> None:
    """Let a colleague read a record up to and with a day.

    Raises `Refused` for who does not work here, and for what stays with its writer and the board (WPO art. 4a).
    """
    refuse_no_colleague(person_id)
    record = log.get(Sharing, record_id)
    if isinstance(record, Incident) and is_staff_matter(record.kinds):
        raise Refused(_("Dit ligt bij het bestuur. Deel het met niemand."))
    record.share(person_id, until=until, reason=reason, today=today())
    log.save(record)


def withdraw_share(record_id: UUID, person_id: UUID) -> None:
    """Let a colleague read a record no longer."""
    record = log.get(Sharing, record_id)
    record.withdraw_share(person_id)
    log.save(record)
