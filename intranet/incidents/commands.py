"""What somebody can do with an incident: one function for each intention."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from events.incident import Incident
from events.involvement import Involvement
from intranet.api import log
from intranet.drafts import discard_draft
from intranet.people.belonging import refuse_strangers


def new_incident(*, involved: Iterable[Involvement] = (), group_id: UUID | None = None, **facts: Any) -> Incident:
    """Return an incident that is still to be saved; `facts` are the others of `Incident.report`.

    Raises `Refused` for people and a group that are not of this school, and what `Incident.report` refuses.
    """
    involved = tuple(involved)
    refuse_strangers((part.person_id for part in involved), group_id)
    return Incident.report(involved=involved, group_id=group_id, **facts)


def report_incident(
    *,
    kinds: Iterable[str],
    happened_at: datetime,
    account: str,
    place: str | None = None,
    moment: str | None = None,
    group_id: UUID | None = None,
    involved: Iterable[Involvement] = (),
    unknown_persons: bool = False,
    confidential: bool = False,
    draft_key: str | None = None,
) -> UUID:
    """Record a new incident and return its id; the draft it grew from goes in the same transaction."""
    incident = new_incident(
        kinds=kinds,
        happened_at=happened_at,
        account=account,
        place=place,
        moment=moment,
        group_id=group_id,
        involved=involved,
        unknown_persons=unknown_persons,
        confidential=confidential,
    )
    with log.unit_of_work() as work:
        log.save(incident)
        discard_draft(work, draft_key)
    return incident.id


def correct_incident(
    incident_id: UUID,
    *,
    reason: str,
    kinds: Iterable[str],
    happened_at: datetime,
    account: str,
    place: str | None,
    moment: str | None,
    group_id: UUID | None,
    unknown_persons: bool,
) -> None:
    """Put other facts in the place of those recorded; both stay in the log.

    Raises `Refused` for a group that is not of this school.
    """
    refuse_strangers((), group_id)
    incident = log.get(Incident, incident_id)
    incident.correct(
        reason=reason,
        kinds=kinds,
        happened_at=happened_at,
        account=account,
        place=place,
        moment=moment,
        group_id=group_id,
        unknown_persons=unknown_persons,
    )
    log.save(incident)


def add_note(incident_id: UUID, text: str) -> int:
    """Add what became known or was done later, and return the number of the note."""
    incident = log.get(Incident, incident_id)
    note = incident.note(text)
    log.save(incident)
    return note


def assess_severity(incident_id: UUID, level: int, reason: str | None = None) -> None:
    """Weigh how serious it was."""
    incident = log.get(Incident, incident_id)
    incident.assess(level, reason)
    log.save(incident)


def add_involvements(incident_id: UUID, parts: Iterable[Involvement]) -> None:
    """Say that others had a part in it. Raises `Refused` for who is not of this school."""
    parts = tuple(parts)
    refuse_strangers(part.person_id for part in parts)
    incident = log.get(Incident, incident_id)
    for part in parts:
        incident.involve(part.person_id, part.role)
    log.save(incident)


def change_involvement(incident_id: UUID, person_id: UUID, was: str, role: str) -> None:
    """Give somebody another part."""
    incident = log.get(Incident, incident_id)
    incident.change_role(person_id, was, role)
    log.save(incident)


def withdraw_involvement(incident_id: UUID, person_id: UUID, role: str, reason: str) -> None:
    """Take back that somebody had this part."""
    incident = log.get(Incident, incident_id)
    incident.withdraw(person_id, role, reason)
    log.save(incident)


def change_confidentiality(incident_id: UUID, confidential: bool, reason: str) -> None:
    """Make the record confidential, or open it up again."""
    incident = log.get(Incident, incident_id)
    incident.set_confidential(confidential, reason)
    log.save(incident)
