"""Recording that somebody opens a confidential record, before the page leaves."""

from collections.abc import Collection, Iterable
from uuid import UUID

from flask_login import current_user

from events.log.context import acting, current_actor, current_school
from intranet.database import log
from intranet.looked_at import present

from .events import Reading

# Somebody with several duties reads in the one that explains it best.
ROLES = (
    "protection_officer",
    "confidential_adviser",
    "care_coordinator",
    "bullying_coordinator",
    "bullying_contact",
    "head_teacher",
    "executive_director",
    "management_team",
    "dpo",
    "supervisory_board",
    "teacher",
    "teaching_assistant",
)


def record_reading(kind: str, record_id: UUID, ground: str, role: str | None = None) -> None:
    """Record and commit that the person who is signed in opens a record; call it before the page is made.

    Raises `LogUnavailable` when it cannot be recorded: then the page is not shown.
    """
    record_readings(kind, [record_id], ground, role)


def record_readings(kind: str, record_ids: Iterable[UUID], ground: str, role: str | None = None) -> None:
    """Record and commit that the person who is signed in sees several records at once, one reading for each.

    Raises `LogUnavailable` when it cannot be recorded: then the page is not shown.
    """
    role = role or role_of(current_user.duties)
    readings = [Reading(record_kind=kind, record_id=each, ground=ground, role=role) for each in record_ids]
    # Without the key of the posted form: that one belongs to what the form records.
    # In the present, also when it is the past that is opened: whoever is told of it must not read the past.
    with present(), acting(school=current_school(), actor=current_actor()):
        if readings:
            log.save(*readings)


def role_of(duties: Collection[str]) -> str:
    """Return the duty in which somebody reads, `staff` for somebody without any of these."""
    return next((duty for duty in ROLES if duty in duties), "staff")
