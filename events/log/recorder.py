"""Inserts and selects events: the one place where a school's order, leaf and tree head are made."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from eventsourcing.persistence import ApplicationRecorder, IntegrityError, Notification, StoredEvent, Subscription
from sqlalchemy import Select, bindparam, select
from sqlalchemy.engine import Connection
from sqlalchemy.sql.elements import ColumnElement

from events.log.context import current_acting, current_actor, current_school
from events.log.errors import AlreadyDone
from events.log.ids import as_stored, ids_of, repeated_ids_of
from events.log.mapper import StoredFact
from events.log.merkle import leaf_hash
from events.log.tables import command_key, event, key_use
from events.log.unit_of_work import UnitOfWork, current_unit

COLUMNS = (
    event.c.school, event.c.position, event.c.stream, event.c.version, event.c.name,
    event.c.name_version, event.c.actor, event.c.recorded_at, event.c.happened_at, event.c.payload,
)  # fmt: skip

_LAST, _LAST_VERSION = 2**62, 2**31 - 1
_of_stream = (
    select(*COLUMNS)
    .where(event.c.school == bindparam("of_school"), event.c.stream == bindparam("of_stream"))
    .order_by(event.c.version)
)
_versions = _of_stream.where(event.c.version >= bindparam("since"), event.c.version <= bindparam("until"))


def _in_order_of(columns: Sequence[ColumnElement[Any]]) -> Select[Any]:
    return (
        select(*columns)
        .where(
            event.c.school == bindparam("of_school"),
            event.c.position > bindparam("after"),
            event.c.position <= bindparam("until"),
        )
        .order_by(event.c.position)
        .limit(bindparam("at_most"))
    )


_in_order, _page = _in_order_of(COLUMNS), _in_order_of(as_stored(COLUMNS))
_take_key = sa.text(
    "INSERT INTO command_key (key, school, stream, kind, made_at) "
    "VALUES (:key, :school, :stream, :kind, :made_at) ON CONFLICT DO NOTHING"
).bindparams(bindparam("school", type_=sa.Uuid), bindparam("stream", type_=sa.Uuid))
_key_taken = select(command_key.c.stream, command_key.c.kind).where(command_key.c.key == bindparam("of_key"))


class Recorder(ApplicationRecorder):
    """Records into the school that acts, in the current unit of work, or in one of its own."""

    def __init__(
        self,
        unit_of_work: Callable[[], AbstractContextManager[UnitOfWork]],
        read: Callable[[], AbstractContextManager[Connection]],
    ):
        self._unit_of_work = unit_of_work
        self._read = read

    def insert_events(self, stored_events: Sequence[StoredEvent], **_: Any) -> list[int]:
        """Append events with the next positions of the school. Raises IntegrityError when a stream version exists."""
        with self._unit_of_work() as unit:
            if not stored_events:
                return []
            self._accept_once(unit, stored_events[0])
            rows = [self._row(unit, stored) for stored in stored_events]
            try:
                unit.connection.execute(event.insert(), rows if len(rows) > 1 else rows[0])
            except sa.exc.IntegrityError as error:
                raise IntegrityError("This record has this version already.") from error
            except sa.exc.DatabaseError as error:
                if "event exists" in str(error.orig):
                    raise IntegrityError("This record has this version already.") from error
                raise
            unit.store_head()
            return [row["position"] for row in rows]

    def _row(self, unit: UnitOfWork, stored: StoredEvent) -> dict[str, Any]:
        fact = stored if isinstance(stored, StoredFact) else _without_envelope(stored)
        position, recorded_at = unit.next_position()
        stream = fact.originator_id if isinstance(fact.originator_id, UUID) else UUID(fact.originator_id)
        actor = current_actor()
        leaf = leaf_hash(
            unit.school.bytes, position, stream.bytes, fact.originator_version, fact.topic, fact.name_version,
            None if actor is None else actor.bytes, recorded_at, fact.happened_at, fact.state,
        )  # fmt: skip
        unit.append_leaf(leaf)
        return {
            "school": unit.school,
            "position": position,
            "stream": stream,
            "version": fact.originator_version,
            "name": fact.topic,
            "name_version": fact.name_version,
            "actor": actor,
            "recorded_at": recorded_at,
            "happened_at": fact.happened_at,
            "payload": fact.state,
            "leaf": leaf,
        }

    def _accept_once(self, unit: UnitOfWork, first: StoredEvent) -> None:
        """Take the form's key in the event's own transaction, so a double click or a retry makes one record."""
        key = current_acting().command_key
        if key is None or unit.key_taken:
            return
        kind = first.topic.rpartition(".")[0]
        row = {
            "key": key,
            "school": unit.school,
            "stream": first.originator_id,
            "kind": kind,
            "made_at": unit.recorded_at,
        }
        if unit.connection.execute(_take_key, row).rowcount == 0:
            taken = unit.connection.execute(_key_taken, {"of_key": key}).one()
            raise AlreadyDone(taken.stream, taken.kind)
        unit.key_taken = True

    def select_events(
        self,
        originator_id: UUID | str,
        *,
        gt: int | None = None,
        lte: int | None = None,
        desc: bool = False,
        limit: int | None = None,
    ) -> list[StoredFact]:
        """Return the events of one record of this school, in order of version."""
        query = _of_stream
        if gt is not None:
            query = query.where(event.c.version > gt)
        if lte is not None:
            query = query.where(event.c.version <= lte)
        if desc:
            query = query.order_by(None).order_by(event.c.version.desc())
        if limit is not None:
            query = query.limit(limit)
        stream = originator_id if isinstance(originator_id, UUID) else UUID(originator_id)
        with self._connection() as connection:
            rows = connection.execute(query, {"of_school": current_school(), "of_stream": stream})
            return [fact_of(row) for row in rows]

    def select_stream(self, stream: UUID, *, since: int = 1, until: int = _LAST_VERSION) -> Sequence[Any]:
        """Return rows of one record of this school, `since <= version <= until`, in order."""
        asked = {"of_school": current_school(), "of_stream": stream, "since": since, "until": until}
        with self._connection() as connection:
            return connection.execute(_versions, asked).all()

    def select_streams(self, streams: Sequence[UUID]) -> tuple[Sequence[Any], Sequence[str]]:
        """Return raw rows of these records of this school, record by record, and the ids of the keys of their words."""
        school = current_school()
        query = select(*COLUMNS).where(event.c.school == school, event.c.stream.in_(streams))
        keys = select(key_use.c.key_id).where(key_use.c.school == school, key_use.c.owner.in_(streams))
        with self._connection() as connection:
            rows = connection.execute(query.order_by(event.c.stream, event.c.version)).all()
            return rows, connection.scalars(keys).all()

    def select_rows(
        self, school: UUID, *, after: int, until: int | None, at_most: int, names: Sequence[str] | None = None
    ) -> Sequence[Any]:
        """Return rows of a school as stored, positions `after < position <= until`; of these events if named."""
        place = {"of_school": school, "after": after, "until": _LAST if until is None else until, "at_most": at_most}
        query = _page if names is None else _page.where(event.c.name.in_(names))
        with self._connection() as connection:
            return connection.execute(query, place).all()

    def select_notifications(
        self,
        start: int | None,
        limit: int,
        stop: int | None = None,
        topics: Sequence[str] = (),
        *,
        inclusive_of_start: bool = True,
    ) -> list[Notification]:
        """Return events of this school in order of position, as the library's notifications."""
        after = 0 if start is None else start - 1 if inclusive_of_start else start
        query = _in_order.where(event.c.name.in_(topics)) if topics else _in_order
        with self._connection() as connection:
            rows = connection.execute(
                query,
                {
                    "of_school": current_school(),
                    "after": after,
                    "until": _LAST if stop is None else stop,
                    "at_most": limit,
                },
            )
            return [
                Notification(
                    id=row.position,
                    originator_id=row.stream,
                    originator_version=row.version,
                    topic=row.name,
                    state=row.payload,
                )
                for row in rows
            ]

    def max_notification_id(self) -> int | None:
        """Return the last position of this school, None when nothing was recorded."""
        query = select(sa.func.max(event.c.position)).where(event.c.school == current_school())
        with self._connection() as connection:
            last: int | None = connection.scalar(query)
            return last

    def subscribe(self, gt: int | None = None, topics: Sequence[str] = ()) -> Subscription[ApplicationRecorder]:
        """Refuse: projections are filled in the event's own transaction, nothing here waits for another thread."""
        raise NotImplementedError("This log has no subscriptions; use Log.history or a Projection.")

    def _connection(self) -> AbstractContextManager[Connection]:
        unit = current_unit()
        return self._read() if unit is None else unit.borrowed()


def fact_of(row: Any) -> StoredFact:
    """Build a stored fact from a row in the order of `COLUMNS`."""
    return StoredFact(
        originator_id=row.stream,
        originator_version=row.version,
        topic=row.name,
        state=row.payload,
        name_version=row.name_version,
        school=row.school,
        position=row.position,
        actor=row.actor,
        recorded_at=row.recorded_at,
        happened_at=row.happened_at,
    )


def columns_with_ids(rows: Sequence[Any]) -> list[Sequence[Any]]:
    """Return the columns of rows that were selected as stored, in the order of `COLUMNS`, with ids where ids are."""
    if not rows:
        return []
    school, position, stream, version, name, name_version, actor, *others = zip(*rows, strict=True)
    ids = repeated_ids_of(school), position, ids_of(stream), version, name, name_version, repeated_ids_of(actor)
    return [*ids, *others]


def _without_envelope(stored: StoredEvent) -> StoredFact:
    return StoredFact(
        originator_id=stored.originator_id,
        originator_version=stored.originator_version,
        topic=stored.topic,
        state=stored.state,
    )
