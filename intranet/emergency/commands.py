"""What somebody can do with emergency access: open it, end it early, and review that of another."""

from uuid import UUID

from events.log import clock
from events.log.errors import NotFound
from intranet.api import current_actor, current_school, log, roster
from intranet.people.events import PUPIL

from .events import EmergencyAccess


def open_emergency(pupil_id: UUID, reason: str) -> UUID:
    """Open emergency access to what is recorded about a pupil, for who acts, and return its id.

    Raises `NotFound` for anybody but a pupil: what is about a colleague is for the board.
    """
    actor, name = current_actor(), roster(current_school()).get(pupil_id)
    if actor is None:
        raise NotFound("The system opens no emergency access.")
    if name is None or name.kind != PUPIL:
        raise NotFound("Emergency access is about a pupil of this school.")
    access = EmergencyAccess.open(person_id=actor, pupil_id=pupil_id, reason=reason, now=clock.now())
    log.save(access)
    return access.id


def end_emergency(access_id: UUID) -> None:
    """End one's own emergency access. Raises `NotFound` for that of another."""
    access = log.get(EmergencyAccess, access_id)
    if access.person_id != current_actor():
        raise NotFound("This emergency access is of somebody else.")
    access.end(clock.now())
    log.save(access)


def review_emergency(access_id: UUID, *, justified: bool, remark: str) -> None:
    """Say whether the emergency access of another was right."""
    access = log.get(EmergencyAccess, access_id)
    access.review(reviewer=current_actor(), justified=justified, remark=remark)
    log.save(access)
