"""What somebody can do with a signal: one function for each intention."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from flask_babel import gettext as _

from events.signal import THE_WRITER, Signal
from intranet.api import Refused, current_actor, log
from intranet.drafts import discard_draft
from intranet.incidents.commands import new_incident
from intranet.people.belonging import refuse_strangers


def record_signal(
    *,
    kind: str,
    account: str,
    happened_at: datetime,
    positive: bool = False,
    source: str = THE_WRITER,
    on_behalf_of: str | None = None,
    people: Iterable[UUID] = (),
    group_id: UUID | None = None,
    bullying: bool = False,
    home_signs: bool = False,
    draft_key: str | None = None,
) -> UUID:
    """Record a new signal and return its id; the draft it grew from goes in the same transaction.

    Raises `Refused` for people and a group that are not of this school, and when the writer is one of those it is
    about: whom it is about never reads it, who wrote it always.
    """
    people = tuple(people)
    refuse_strangers(people, group_id)
    if current_actor() in people:
        raise Refused(_("Dit gaat ook over jou. Praat erover met de intern begeleider of je leidinggevende."))
    signal = Signal.record(
        kind=kind,
        account=account,
        happened_at=happened_at,
        positive=positive,
        source=source,
        on_behalf_of=on_behalf_of,
        people=people,
        group_id=group_id,
        bullying=bullying,
        home_signs=home_signs,
    )
    with log.unit_of_work() as work:
        log.save(signal)
        discard_draft(work, draft_key)
    return signal.id


def record_talk(signal_id: UUID, partner: str, words: str) -> None:
    """Say with whom somebody talked about it, and what came of that."""
    signal = log.get(Signal, signal_id)
    signal.talk(partner, words)
    log.save(signal)


def take_to_support_team(signal_id: UUID, question: str) -> None:
    """Put it before the support team."""
    signal = log.get(Signal, signal_id)
    signal.take_to_support_team(question)
    log.save(signal)


def escalate_signal(signal_id: UUID, reason: str) -> None:
    """Put it before the director."""
    signal = log.get(Signal, signal_id)
    signal.escalate(reason)
    log.save(signal)


def make_incident(signal_id: UUID, **facts: Any) -> UUID:
    """Record the incident that a signal became, each with a link to the other; `facts` are those of `new_incident`.

    The signal stays as it was told, by who told it.
    """
    signal = log.get(Signal, signal_id)
    incident = new_incident(**facts)
    incident.grow_from(signal_id)
    signal.become_incident(incident.id)
    log.save(incident, signal)
    return incident.id


def close_signal(signal_id: UUID, reason: str) -> None:
    """Close it."""
    signal = log.get(Signal, signal_id)
    signal.close(reason)
    log.save(signal)


def reopen_signal(signal_id: UUID, reason: str) -> None:
    """Open it again."""
    signal = log.get(Signal, signal_id)
    signal.reopen(reason)
    log.save(signal)
