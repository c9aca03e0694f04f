"""What somebody can do with a suspicion about staff: one function for each intention."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext as _l

from events.staff_matter import StaffMatter
from intranet.api import Refused, current_actor, log, today
from intranet.drafts import discard_draft
from intranet.staff_matters.recipients import addressee_for, second_pair_of_eyes

ABOUT_YOURSELF = _l("Gaat het over jezelf? Praat dan met het bestuur of bel de vertrouwensinspecteur.")


def report_staff_matter(
    *,
    account: str,
    named: Iterable[UUID] = (),
    named_otherwise: str = "",
    unknown: bool = False,
    pupils: Iterable[UUID] = (),
    happened_on: date | None = None,
    draft_key: str | None = None,
) -> UUID:
    """Record a new matter for the board and return its id; the draft it grew from goes in the same transaction.

    Raises `Refused` when the writer is one of those it is about: who is named never reads it.
    """
    named = tuple(named)
    if current_actor() in named:
        raise Refused(ABOUT_YOURSELF)
    matter = StaffMatter.report(
        account=account,
        addressee=addressee_for(named),
        named=named,
        named_otherwise=named_otherwise,
        unknown=unknown,
        pupils=pupils,
        happened_on=happened_on,
        today=today(),
    )
    with log.unit_of_work() as work:
        log.save(matter)
        discard_draft(work, draft_key)
    return matter.id


def add_note(matter_id: UUID, text: str) -> int:
    """Add what became known later, and return the number of the note."""
    matter = log.get(StaffMatter, matter_id)
    note = matter.note(text)
    log.save(matter)
    return note


def name_staff(matter_id: UUID, people: Iterable[UUID]) -> None:
    """Say that it is about these members of staff too; they lose it with this event, whoever they are."""
    people = tuple(people)
    _change(matter_id, lambda matter: matter.name(people, addressee_for({*matter.named, *people})))


def confirm_receipt(matter_id: UUID) -> None:
    """Say that the board has it."""
    _change(matter_id, lambda matter: matter.confirm_receipt())


def consult_inspector(matter_id: UUID, on: date, advice: str) -> None:
    """Record that the board spoke with the confidential inspector."""
    _change(matter_id, lambda matter: matter.consult_inspector(on=on, advice=advice, today=today()))


def judge_suspicion(matter_id: UUID, reasonable: bool, reasons: str, on: date) -> None:
    """Record whether the board sees a reasonable suspicion."""
    _change(matter_id, lambda matter: matter.judge(reasonable=reasonable, reasons=reasons, on=on, today=today()))


def inform_people(matter_id: UUID, who: str, on: date, remark: str = "") -> None:
    """Record that somebody involved was told."""
    _change(matter_id, lambda matter: matter.inform(who=who, on=on, remark=remark, today=today()))


def report_to_police(matter_id: UUID, on: date, where: str) -> None:
    """Record the report to the police."""
    _change(matter_id, lambda matter: matter.report_to_police(on=on, where=where, today=today()))


def take_measure(matter_id: UUID, measure: str, on: date, words: str) -> None:
    """Record what the board does meanwhile about the member of staff."""
    _change(matter_id, lambda matter: matter.take_measure(measure=measure, on=on, words=words, today=today()))


def close_matter(matter_id: UUID, reason: str) -> bool:
    """Close it, or ask a second pair of eyes where there is one. Returns whether it is closed."""
    by = current_actor()
    assert by is not None, "Only a person closes a matter."
    matter = log.get(StaffMatter, matter_id)
    closed = matter.close(by=by, reason=reason, second_exists=bool(second_pair_of_eyes(matter.named, by)))
    log.save(matter)
    return closed


def reopen_matter(matter_id: UUID, reason: str) -> None:
    """Open it again."""
    _change(matter_id, lambda matter: matter.reopen(reason))


def _change(matter_id: UUID, change: Callable[[Any], None]) -> None:
    matter = log.get(StaffMatter, matter_id)
    change(matter)
    log.save(matter)
