"""Erasing: an event says which keys go, on what ground and by whose decision; then the keys are destroyed for good."""

import os
from collections.abc import Collection, Iterable, Iterator
from typing import TypeVar
from uuid import UUID

import msgspec
import sqlalchemy as sa

from events.frozen import frozen
from events.log import clock
from events.log.aggregate import Aggregate, Code, event
from events.log.context import acting, current_school
from events.log.erased_list import ErasedList
from events.log.errors import NotFound, Refused
from events.log.store import Log
from events.log.tables import blob, key_use
from events.log.tables import event as event_table
from events.log.unit_of_work import UnitOfWork, current_unit

GROUNDS = {
    "retention_ended": "De bewaartermijn is voorbij.",
    "no_longer_needed": "De gegevens zijn niet meer nodig (AVG artikel 17, lid 1a).",
    "consent_withdrawn": "De toestemming is ingetrokken (AVG artikel 17, lid 1b).",
    "objection": "Er is terecht bezwaar gemaakt (AVG artikel 17, lid 1c).",
    "unlawful": "De gegevens hadden niet bewaard mogen worden (AVG artikel 17, lid 1d).",
    "legal_duty": "De wet verplicht tot wissen (AVG artikel 17, lid 1e).",
}
"""Why something may be erased, in the words of the certificate. AVG art. 17(1); retention: art. 5(1)(e)."""

REQUESTERS = {
    "pupil": "de leerling zelf (16 jaar of ouder)",
    "parent": "een ouder of verzorger met gezag",
    "staff": "de medewerker zelf",
    "school": "de school zelf",
    "supervisor": "de toezichthouder of de rechter",
}
"""Who asked, by role only: the name of the asker is a fact about the erased."""

CARRIED_OUT = "log.erasure.CarriedOut"
REPEATED = "repeated"
"""The ground of an erasure done again on a log that was put back from before it; it has no new decider."""

IDS_PER_STATEMENT = 500
Item = TypeVar("Item")


class Erasure(Aggregate):
    """A decision to erase, carried out. It names streams and keys, which are random, and nobody who was erased."""

    log_name = "log.erasure"

    @event("CarriedOut")
    def __init__(
        self, *, owners: tuple[UUID, ...], keys: tuple[Code, ...], ground: Code, requester: Code, decider: UUID | None
    ):
        self.owners, self.keys = owners, keys
        self.ground, self.requester, self.decider = ground, requester, decider


@frozen
class Finished:
    """What `finish_erasures` did: keys destroyed that still existed, and keys whose owners it had to mark again."""

    destroyed: tuple[str, ...]
    repeated: tuple[str, ...]


def erase(
    log: Log,
    owner_ids: Iterable[UUID],
    *,
    ground: str,
    requester: str,
    decider: UUID,
    erased_list: str | os.PathLike[str],
) -> UUID:
    """Make the words of dossiers and persons of the acting school unreadable for good; return the id of the `Erasure`.

    `owner_ids` are their streams, `ground` is one of `GROUNDS`, `requester` of `REQUESTERS`, `decider` a person id.
    Order: the event, the list, the keys. After a crash in between, or `LogUnavailable`, `finish_erasures` or the same
    call again does the rest. Raises `Refused` for a ground that is none, `NotFound` for an owner without words here.
    """
    if current_unit() is not None:
        raise RuntimeError("Keys are destroyed after the event is committed: erase outside a unit of work.")
    if ground not in GROUNDS:
        raise Refused("Kies een grond om te wissen.")
    if requester not in REQUESTERS:
        raise Refused("Kies wie om het wissen vroeg.")
    wanted = set(owner_ids)
    with log.unit_of_work() as unit:
        rows = [row for some in portions(wanted) for row in _keys_of(unit, some)]
        if not wanted or wanted - {row.owner for row in rows}:
            raise NotFound("Nothing is kept about one of these in this school.")
        living = [row for row in rows if row.erased_at is None]
        erasure = None
        if living:
            owners = tuple(sorted({row.owner for row in living}))
            keys = tuple(sorted(row.key_id for row in living))
            erasure = Erasure(owners=owners, keys=keys, ground=ground, requester=requester, decider=decider)
            log.save(erasure)
            mark_erased(unit, keys)
    _destroy(log, ErasedList(erased_list), {row.key_id for row in rows})
    return erasure.id if erasure else _earlier(log, wanted)


def finish_erasures(
    log: Log, erased_list: str | os.PathLike[str], *, also: Iterable[str] = (), restored: bool = False
) -> Finished:
    """Destroy every erased key that still exists: at every start, and after every restore (`restored=True`).

    Erased is what the log's key table marks, what the erased list and `also` (a letter's list) name and, after a
    restore, what any erasure event names. Owners that a restored log does not know to be erased are marked again, by
    an event. Raises `LogUnavailable` and `LogUnfit`; nobody may be served before it succeeded.
    """
    kept = ErasedList(erased_list)
    erased = kept.key_ids() | set(also)
    if restored:
        erased |= _named_in_events(log)
    with log.read() as connection:
        marked = sa.select(key_use.c.key_id).where(key_use.c.erased_at.is_not(None))
        known = set(connection.scalars(marked))
        unmarked = [
            row
            for some in portions(erased - known)
            for row in connection.execute(
                sa.select(key_use.c.school, key_use.c.key_id).where(key_use.c.key_id.in_(some))
            )
        ]
    repeated = [
        each
        for school in sorted({row.school for row in unmarked})
        for each in _repeat(log, school, {row.key_id for row in unmarked if row.school == school})
    ]
    return Finished(tuple(_destroy(log, kept, erased | known)), tuple(repeated))


def missing_keys(log: Log) -> set[str]:
    """Return the keys that the log needs and the key store lacks: not empty when an older key store was put back."""
    with log.read() as connection:
        needed = set(connection.scalars(sa.select(key_use.c.key_id).where(key_use.c.erased_at.is_(None))))
    return needed.difference(log.key_store.held(needed))


def mark_erased(unit: UnitOfWork, key_ids: Iterable[str]) -> None:
    """Refuse new words under these keys from the end of this unit of work on; files that they sealed go at once."""
    for some in portions(key_ids):
        unit.execute(blob.delete().where(blob.c.key_id.in_(some)))
        unit.execute(key_use.update().where(key_use.c.key_id.in_(some)).values(erased_at=unit.recorded_at))


def portions(items: Iterable[Item]) -> Iterator[list[Item]]:
    """Return items in parts that one statement can name."""
    every = list(items)
    for start in range(0, len(every), IDS_PER_STATEMENT):
        yield every[start : start + IDS_PER_STATEMENT]


def _keys_of(unit: UnitOfWork, owners: Collection[UUID]) -> list[sa.Row[tuple[str, UUID, int | None]]]:
    columns = sa.select(key_use.c.key_id, key_use.c.owner, key_use.c.erased_at)
    of_owners = columns.where(key_use.c.school == unit.school, key_use.c.owner.in_(owners))
    return list(unit.execute(of_owners))


def _destroy(log: Log, kept: ErasedList, key_ids: set[str]) -> list[str]:
    # The list first: a key that is gone but not listed would come back with the next restore.
    kept.add(key_ids, clock.now().date())
    still_there = log.key_store.held(key_ids)
    return log.key_store.destroy(still_there) if still_there else []


def _repeat(log: Log, school: UUID, key_ids: set[str]) -> list[str]:
    with acting(school=school), log.unit_of_work() as unit:
        columns = sa.select(key_use.c.key_id, key_use.c.owner).where(key_use.c.erased_at.is_(None))
        # Asked again under the lock: another worker that starts may have done it.
        rows = [row for some in portions(key_ids) for row in unit.execute(columns.where(key_use.c.key_id.in_(some)))]
        keys = tuple(sorted(row.key_id for row in rows))
        if keys:
            owners = tuple(sorted({row.owner for row in rows}))
            log.save(Erasure(owners=owners, keys=keys, ground=REPEATED, requester="school", decider=None))
            mark_erased(unit, keys)
    return list(keys)


def _named_in_events(log: Log) -> set[str]:
    with log.read() as connection:
        payloads = connection.scalars(sa.select(event_table.c.payload).where(event_table.c.name == CARRIED_OUT))
        return {key for payload in payloads for key in msgspec.json.decode(payload)["keys"]}


def _earlier(log: Log, owners: set[UUID]) -> UUID:
    """The last erasure of owners that have no words left."""
    rows = sa.select(event_table.c.stream, event_table.c.payload).where(
        event_table.c.school == current_school(), event_table.c.name == CARRIED_OUT
    )
    texts = {str(each) for each in owners}
    with log.read() as connection:
        for row in connection.execute(rows.order_by(event_table.c.position.desc())):
            if texts.intersection(msgspec.json.decode(row.payload)["owners"]):
                return UUID(str(row.stream))
    raise NotFound("These were erased, but the log does not say when.")
