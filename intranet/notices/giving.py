"""Telling somebody: who is named with @ in what is recorded, and what a plugin has to say to a person."""

import re
from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from sqlalchemy import exists, select

from events.case import Case
from events.incident import Incident
from events.log.aggregate import Aggregate
from events.log.context import current_actor, current_school
from events.log.unit_of_work import current_unit
from events.signal import Signal
from intranet.database import log
from intranet.notices.events import Notice
from intranet.notices.kinds import MENTIONED, plugin_kinds
from intranet.notices.projections import notice
from intranet.records import has_page

_TOKEN = re.compile(r"\[\[p:([0-9a-f]{32})\]\]")
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
    """Yield a notice for each colleague who is named with @ in what these records are about to say."""
    from intranet.people.events import STAFF
    from intranet.people.roster import roster

    for record in records:
        named = _named(record) if isinstance(record, OF_MENTIONS) else {}
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
        for value in vars(event).values():
            for found in _TOKEN.findall(value) if isinstance(value, str) else ():
                named[UUID(found)] = named.get(UUID(found), False) or new
    return named


def _told(record: UUID, person: UUID) -> bool:
    unit = current_unit()
    if unit is None:
        return False
    mine = notice.c.school == unit.school, notice.c.record == record, notice.c.whom == person.hex
    return bool(unit.connection.scalar(select(exists().where(*mine, notice.c.kind == MENTIONED))))
