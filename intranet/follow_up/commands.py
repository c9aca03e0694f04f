"""What somebody can do about what follows on an incident or in a case. One function, one intention, one save."""

from datetime import date, timedelta
from uuid import UUID

from flask_babel import gettext as _

from events.follow_up import FollowedUp
from events.incident import Incident
from intranet.api import Refused, current_actor, current_school, log, roster, school_calendar
from intranet.follow_up.owners import refuse_owner
from intranet.incidents.kinds import is_serious
from intranet.people.events import PUPIL
from intranet.people.today import refuse_past, refuse_to_come

NOTICE_FROM = timedelta(days=1)
"""A suspension longer than one day is told to the inspectorate in writing, with the reasons (WPO art. 40c)."""


def promise_follow_up(
    record_id: UUID,
    *,
    kind: str,
    owner: UUID,
    due_on: date,
    person_id: UUID | None = None,
    text: str = "",
    repeats: int | None = None,
    first_day: date | None = None,
    last_day: date | None = None,
) -> UUID:
    """Promise something; a suspension of more than a day brings the notice to the inspectorate with it.

    Raises `Refused` for a day that has been, and for an owner who may not read the record.
    """
    refuse_past(due_on)
    record = log.get(FollowedUp, record_id)
    refuse_owner(record, owner)
    promised = record.promise(
        kind=kind,
        owner=owner,
        due_on=due_on,
        person_id=person_id,
        text=text,
        repeats=repeats,
        first_day=first_day,
        last_day=last_day,
    )
    if kind == "suspension" and first_day is not None and last_day is not None and last_day - first_day >= NOTICE_FROM:
        record.promise(kind="inspectorate_notice", owner=owner, due_on=first_day, person_id=person_id)
    log.save(record)
    return promised


def keep_follow_up(record_id: UUID, follow_up_id: UUID, *, outcome: str, on: date, again: bool = False) -> None:
    """Say what came of a promise; `again` makes the next contact due, so many school days later as was promised.

    Raises `Refused` for a day to come.
    """
    refuse_to_come(on)
    record = log.get(FollowedUp, record_id)
    repeats = next((each.repeats for each in record.follow_ups if each.id == follow_up_id), None)
    next_due = school_calendar().after(on, repeats) if again and repeats else None
    record.keep(follow_up_id, outcome=outcome, on=on, next_due=next_due)
    log.save(record)


def move_follow_up(record_id: UUID, follow_up_id: UUID, *, owner: UUID, due_on: date, reason: str) -> None:
    """Give a promise another owner or another date.

    Raises `Refused` for an owner who may not read the record, and for another day that has been: who takes over what is
    late leaves it late.
    """
    record = log.get(FollowedUp, record_id)
    if due_on not in {each.due_on for each in record.follow_ups if each.id == follow_up_id}:
        refuse_past(due_on)
    refuse_owner(record, owner)
    record.move(follow_up_id, owner=owner, due_on=due_on, reason=reason)
    log.save(record)


def waive_follow_up(record_id: UUID, follow_up_id: UUID, reason: str) -> None:
    """End a promise without keeping it."""
    record = log.get(FollowedUp, record_id)
    record.waive(follow_up_id, reason)
    log.save(record)


def inform_parents(record_id: UUID, *, person_id: UUID, by: UUID, on: date, how: str, remark: str = "") -> None:
    """Record that the parents of a child know. Raises `Refused` for a day to come, and for who is no pupil."""
    refuse_to_come(on)
    child = roster(current_school()).get(person_id)
    if child is None or child.kind != PUPIL:
        raise Refused(_("Kies om welk kind het gaat."))
    record = log.get(FollowedUp, record_id)
    record.inform_parents(person_id=person_id, by=by, on=on, how=how, remark=remark)
    log.save(record)


def close_incident(incident_id: UUID, *, conclusion: str, nothing_needed: str = "") -> bool:
    """Close an incident, or propose that for one that was ever serious; returns whether it is closed now."""
    incident = log.get(Incident, incident_id)
    by = current_actor()
    if by is None:
        raise RuntimeError("An incident is closed by a person: four eyes are two people.")
    closed = incident.close(
        by=by, conclusion=conclusion, nothing_needed=nothing_needed, serious=is_serious(incident.highest_severity)
    )
    log.save(incident)
    return closed


def reopen_incident(incident_id: UUID, reason: str) -> None:
    """Open a closed incident again."""
    incident = log.get(Incident, incident_id)
    incident.reopen(reason)
    log.save(incident)
