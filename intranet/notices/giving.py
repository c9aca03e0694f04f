"""Telling somebody: who is named with @ in what is recorded, and what a plugin has to say to a person."""

from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from sqlalchemy import exists, select

from events.case import Case
from events.incident import Incident
from events.log.aggregate import Aggregate
from events.log.context import current_actor, current_school
from events.log.unit_of_work import current_unit
from events.notes import Noted
from events.signal import Signal
from intranet.database import log
from intranet.notices.events import Notice
from intranet.notices.kinds import MENTIONED, plugin_kinds
from intranet.notices.projections import notice
from intranet.people.events import STAFF
from intranet.people.mentions import mentioned_in
from intranet.people.roster import roster
from intranet.records import has_page

OF_MENTIONS = (Incident, Signal, Case)
"""In what is said about a colleague nobody is told that they are named."""


def notify(person_id: UUID, kind: str, record: Aggregate) -> None:
    """Tell somebody about a record of a plugin, by a bell and, as they chose, a mail without words.

    `kind` is the code of a `NoticeKind` in the manifest. Save the record first; `record_page` says where it is shown.
    Whoever lacks the permission of the kind gets no notice, also when they lost it later. Raises `LookupError` for a
    kind that no manifest declares, and for a record without a page.
    """
    declared = plugin_kinds().get(kind)
    if declared is None:
        raise LookupError(f"No manifest declares the notice {kind!r}.")
    if not has_page(type(record).log_name):
        raise LookupError(f"A notice leads to its record, and {type(record).log_name!r} has no page.")
    given = Notice(
        person_id=person_id,
        kind=kind,
        record_kind=type(record).log_name,
        record_id=record.id,
        urgent=declared.urgent,
    )
    log.save(given)


def mentions_in(records: Iterable[Any]) -> Iterator[Notice]:
    """Yield a notice for each colleague who is named with @ in what these records are about to say.

    Of a note that is withdrawn the notices are taken back; who is named in what still stands keeps theirs.
    """
    for record in records:
        if not isinstance(record, OF_MENTIONS):
            continue
        yield from _taken_back(record)
        named = _named(record)
        if not named:
            continue
        people = roster(current_school())
        for person, again in named.items():
            known = people.get(person)
            if known is None or known.kind != STAFF or person == current_actor():
                continue
            if again or not _told(record.id, person):
                of = {"record_kind": type(record).log_name, "record_id": record.id}
                yield Notice(person_id=person, kind=MENTIONED, urgent=False, **of)


def _named(record: Any) -> dict[UUID, bool]:
    """Return who is named, and whether in new words: who stands in a corrected text was told when it was written."""
    named: dict[UUID, bool] = {}
    for event in record.pending_events:
        new = not type(event).__name__.endswith("Corrected")
        said = _note_of(record, event.note) if isinstance(event, Noted.NotePutBack) else event
        for person in _in_words(said):
            named[person] = named.get(person, False) or new
    return named


def _note_of(record: Any, note: int) -> Any:
    return next(iter(log.events.get(record.id, gt=note - 1, lte=note)))


def _in_words(event: Any) -> set[UUID]:
    texts = (value for value in vars(event).values() if isinstance(value, str))
    return {person for text in texts for person in mentioned_in(text)}


def _taken_back(record: Any) -> Iterator[Notice]:
    """Yield the notices of who is named in a note that is about to be withdrawn, and nowhere else in the record."""
    gone = {event.note for event in record.pending_events if isinstance(event, Noted.NoteWithdrawn)}
    if not gone:
        return
    named: dict[bool, set[UUID]] = {True: set(), False: set()}
    for event in log.events.get(record.id):
        named[event.originator_version in record.withdrawn_notes] |= _in_words(event)
    for person in sorted(named[True] - named[False]):
        given = _given_to(person, record.id)
        if given is not None:
            given.take_back()
            yield given


def _given_to(person: UUID, record: UUID) -> Notice | None:
    unit = current_unit()
    assert unit is not None, "A notice is taken back with what it was about."
    mine = notice.c.school == unit.school, notice.c.record == record, notice.c.whom == person.hex
    position = unit.connection.scalar(select(notice.c.position).where(*mine, notice.c.kind == MENTIONED))
    if position is None:
        return None
    (given,) = log.facts(unit.school, after=position - 1, until=position)
    return log.get(Notice, given.originator_id)


def _told(record: UUID, person: UUID) -> bool:
    unit = current_unit()
    if unit is None:
        return False
    mine = notice.c.school == unit.school, notice.c.record == record, notice.c.whom == person.hex
    return bool(unit.connection.scalar(select(exists().where(*mine, notice.c.kind == MENTIONED))))
