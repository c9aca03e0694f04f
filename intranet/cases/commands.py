"""What somebody can do with a case: one function for each intention."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from flask_babel import gettext as _

from events.case import Case
from events.incident import Incident
from events.involvement import Involvement
from events.sharing import Sharing
from events.signal import Signal
from intranet.api import Refused, current_actor, log, today
from intranet.incidents.kinds import is_staff_matter
from intranet.people.belonging import refuse_strangers
from intranet.people.colleagues import refuse_no_colleague
from intranet.people.today import refuse_to_come

Record = tuple[str, UUID]
"""The kind of a record as the log calls it, and its id."""
RECORDS: dict[str, type[Sharing]] = {"incidents.incident": Incident, "signals.signal": Signal}


def open_case(
    *,
    kind: str,
    signs: Iterable[str],
    concern: str,
    involved: Iterable[Involvement],
    leader: UUID,
    group_id: UUID | None = None,
    gathering: Iterable[Record] = (),
) -> UUID:
    """Open a case and return its id, with the records that it began with.

    Raises `Refused` for people and a group that are not of this school, and what `gather` raises.
    """
    involved = tuple(involved)
    refuse_strangers((part.person_id for part in involved), group_id)
    case = Case.open(kind=kind, signs=signs, concern=concern, involved=involved, leader=leader, group_id=group_id)
    for record_kind, record_id in gathering:
        _refuse_matter(record_kind, record_id)
        case.gather(record_kind, record_id)
    log.save(case)
    return case.id


def gather(case_id: UUID, record_kind: str, record_id: UUID) -> None:
    """Gather an incident or a signal in a case.

    Raises `NotFound` when there is no such record, and `Refused` for what goes straight to the board.
    """
    _refuse_matter(record_kind, record_id)
    case = log.get(Case, case_id)
    case.gather(record_kind, record_id)
    log.save(case)


def _refuse_matter(record_kind: str, record_id: UUID) -> None:
    record = log.get(RECORDS.get(record_kind, Sharing), record_id)
    if isinstance(record, Incident) and is_staff_matter(record.kinds):
        raise Refused(_("Dit ligt bij het bestuur. Het hoort niet in een zaak."))


def take_out(case_id: UUID, record_id: UUID, reason: str) -> None:
    """Take out what was gathered by mistake."""
    case = log.get(Case, case_id)
    case.take_out(record_id, reason)
    log.save(case)


def hand_over(case_id: UUID, leader: UUID, reason: str) -> None:
    """Let somebody else lead it. Raises `Refused` for who does not work here."""
    refuse_no_colleague(leader)
    case = log.get(Case, case_id)
    case.hand_over(leader, reason)
    log.save(case)


def add_participant(case_id: UUID, person_id: UUID) -> None:
    """Let a colleague take part. Raises `Refused` for who does not work here."""
    refuse_no_colleague(person_id)
    case = log.get(Case, case_id)
    case.add_participant(person_id)
    log.save(case)


def remove_participant(case_id: UUID, person_id: UUID) -> None:
    """Let a colleague take part no longer."""
    case = log.get(Case, case_id)
    case.remove_participant(person_id)
    log.save(case)


def weigh(case_id: UUID, serious: bool, reason: str) -> None:
    """Say whether it is serious."""
    case = log.get(Case, case_id)
    case.weigh(serious, reason)
    log.save(case)


def involve(case_id: UUID, parts: Iterable[Involvement]) -> None:
    """Say that others have a part in it. Raises `Refused` for who is not of this school."""
    parts = tuple(parts)
    refuse_strangers(part.person_id for part in parts)
    case = log.get(Case, case_id)
    for part in parts:
        case.involve(part.person_id, part.role)
    log.save(case)


def change_involvement(case_id: UUID, person_id: UUID, was: str, role: str) -> None:
    """Give somebody another part."""
    case = log.get(Case, case_id)
    case.change_role(person_id, was, role)
    log.save(case)


def withdraw_involvement(case_id: UUID, person_id: UUID, role: str, reason: str) -> None:
    """Take back that somebody had a part."""
    case = log.get(Case, case_id)
    case.withdraw(person_id, role, reason)
    log.save(case)


def make_plan(case_id: UUID, *, goal: str, evaluate_on: date) -> None:
    """Say what has to be reached, and when you look back."""
    case = log.get(Case, case_id)
    case.plan(goal=goal, evaluate_on=evaluate_on, today=today())
    log.save(case)


def extend(case_id: UUID, *, evaluate_on: date, reason: str) -> None:
    """Give the plan more time."""
    case = log.get(Case, case_id)
    case.extend(evaluate_on=evaluate_on, reason=reason, today=today())
    log.save(case)


def hear(case_id: UUID, *, voice: str, view: str, words: str, on: date, person_id: UUID | None = None) -> None:
    """Record how somebody says that it goes. Raises `Refused` for a day to come."""
    refuse_to_come(on)
    case = log.get(Case, case_id)
    case.hear(voice=voice, view=view, words=words, on=on, person_id=person_id)
    log.save(case)


def evaluate(case_id: UUID, *, outcome: str, conclusion: str, on: date, next_on: date | None = None) -> None:
    """Conclude an evaluation. Raises `Refused` for a day to come."""
    refuse_to_come(on)
    case = log.get(Case, case_id)
    case.evaluate(outcome=outcome, conclusion=conclusion, on=on, next_on=next_on)
    log.save(case)


def close_case(case_id: UUID, *, conclusion: str, nothing_needed: str = "") -> bool:
    """Close a case, or propose that for one that was ever serious; returns whether it is closed now."""
    case = log.get(Case, case_id)
    by = current_actor()
    if by is None:
        raise RuntimeError("A case is closed by a person: four eyes are two people.")
    closed = case.end(by=by, conclusion=conclusion, nothing_needed=nothing_needed)
    log.save(case)
    return closed


def reopen_case(case_id: UUID, *, reason: str, evaluate_on: date) -> None:
    """Open a closed case again, and look back on a day."""
    case = log.get(Case, case_id)
    case.begin_again(reason=reason, evaluate_on=evaluate_on, today=today())
    log.save(case)
