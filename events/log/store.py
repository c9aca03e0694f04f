"""The log of one installation: saving, reading and replaying what happened in its schools."""

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from itertools import groupby
from typing import Any, TypeVar
from uuid import UUID

import sqlalchemy as sa
from eventsourcing.application import Application
from eventsourcing.persistence import IntegrityError, Recording
from eventsourcing.utils import Environment
from sqlalchemy import select
from sqlalchemy.engine import Connection, Engine

from events.log import rebuilding, tables
from events.log.aggregate import Aggregate
from events.log.context import (
    current_acting,
    current_actor,
    current_school,
    is_only_reading,
    refuse_when_only_reading,
)
from events.log.copies import Copies
from events.log.engines import read_engine, write_engine
from events.log.errors import ChangedMeanwhile, LogUnavailable, NotFound
from events.log.keys import OwnedKeys
from events.log.keystore import IDS_PER_STATEMENT, KeyStore
from events.log.kinds import Registry
from events.log.kinds import registry as all_kinds
from events.log.mapper import VERSION, LogMapper
from events.log.merkle import Frontier
from events.log.outages import is_surely_undone
from events.log.projection import Projection, Projector, projection_tables
from events.log.recorder import Recorder, columns_with_ids
from events.log.unit_of_work import UnitOfWork, current_unit, entered

logger = logging.getLogger(__name__)
SomeAggregate = TypeVar("SomeAggregate", bound=Aggregate)
PAGE = 5000


class Log(Application[UUID]):
    """Events of schools in order, with their proof, their keys and their projections, in one transaction a save.

    It reads with an engine of its own, or with `reads_with`: one on the same database that cannot write either
    (`make_read_only`), so that both keep one set of connections.
    """

    name = "geborgen"

    def __init__(
        self,
        database_url: str,
        key_store: KeyStore,
        projections: Sequence[Projection] = (),
        *,
        registry: Registry = all_kinds,
        reader: Callable[[], AbstractContextManager[Connection]] | None = None,
        reads_with: Engine | None = None,
    ):
        self.write_engine = write_engine(database_url)
        self.read_engine = reads_with or read_engine(database_url)
        self.read = reader or self.read_engine.connect
        self.key_store = key_store
        self.registry = registry
        self.projector = Projector(projections)
        self.copies = Copies()
        self.before_write: list[Callable[[], None]] = []
        self.beside: list[Callable[[Sequence[Any]], Iterable[Any]]] = []
        """Asked before each save what is recorded in the same transaction, after the aggregates that are saved."""
        self.after_commit: list[Callable[[Sequence[Any]], None]] = []
        super().__init__()

    def construct_env(self, name: str, env: Any = None) -> Environment:
        """Ignore the process environment: a stray variable could switch on caches or snapshots of readable text."""
        return Environment(name, {"PERSISTENCE_MODULE": "eventsourcing.popo"})

    def construct_mapper(self) -> LogMapper:
        """Map events by lasting name, with the keys of their owners."""
        self.owned_keys = OwnedKeys(self.key_store)
        self.kinds_mapper = LogMapper(self.registry, self.owned_keys)
        return self.kinds_mapper

    def construct_recorder(self) -> Recorder:
        """Record in our own tables; the library's recorders commit apart from the projections."""
        self.rows = Recorder(self.unit_of_work, lambda: self.read())
        return self.rows

    def create_tables(self, create: Callable[[Connection], None] = tables.create_tables) -> None:
        """Create what is missing: log, guards and projection tables. Run it in one deploy step, not per worker.

        `create` makes what is no projection, in the same transaction.
        """
        with self.write_engine.begin() as connection:
            create(connection)
            projection_tables.create_all(connection)

    def close(self) -> None:
        """Close all connections."""
        self.write_engine.dispose()
        self.read_engine.dispose()
        super().close()

    @contextmanager
    def unit_of_work(self, *, lock: bool = True) -> Iterator[UnitOfWork]:
        """Enter the write transaction of the acting school, or join the one that is open.

        `lock=False` is for what is no event (a session, a draft): it does not wait for the school's head row.
        Raises `LogUnavailable` when the database cannot write, `OnlyReading` where nothing may be written.
        """
        refuse_when_only_reading()
        now = current_acting()
        outer = current_unit()
        if outer is not None:
            if outer.school == now.school:
                yield outer
                return
            inner = UnitOfWork(outer.connection, now, self.projector.keys)
            inner.recorded = outer.recorded
            with entered(inner):
                yield inner
            return
        for let_go in self.before_write:
            let_go()
        committing = False
        try:
            with self.write_engine.begin() as connection:
                unit = UnitOfWork(connection, now, self.projector.keys)
                if lock:
                    unit.take_head()
                with entered(unit):
                    yield unit
                committing = True
        except sa.exc.OperationalError as error:
            unsure = committing and not is_surely_undone(error)
            raise LogUnavailable("The database cannot write now.", unsure=unsure) from error
        for callback in self.after_commit:
            try:
                callback(unit.recorded)
            except Exception as error:
                # It is recorded: whoever recorded it must not hear otherwise, nor miss what the others do.
                logger.error("What follows from a save failed: %s", type(error).__name__)

    def save(self, *objs: Any, **kwargs: Any) -> list[Recording[UUID]]:
        """Record the pending events of aggregates, all or none.

        Raises `ChangedMeanwhile` when somebody saved the same record first, `AlreadyDone` when the form of the context
        was recorded before, `LogUnavailable` when the database cannot write.
        """
        try:
            with self.unit_of_work():
                more = [each for ask in self.beside for each in ask(objs)]
                return super().save(*objs, *more, **kwargs)
        except IntegrityError as error:
            raise ChangedMeanwhile("Somebody else changed this in the meantime.") from error

    def _notify(self, recordings: list[Recording[UUID]]) -> None:
        unit = current_unit()
        if unit is None or not recordings:
            return
        facts = self._as_replayed(unit, recordings)
        unit.recorded.extend(facts)
        self.projector.fold(unit, facts, lambda after, until: self.facts(unit.school, after=after, until=until))

    def _as_replayed(self, unit: UnitOfWork, recordings: Iterable[Recording[UUID]]) -> list[Any]:
        """Return what was just recorded as a replay meets it: from the bytes that are stored, without words."""
        actor, rows = current_actor(), []
        for recording in recordings:
            event, stored = recording.domain_event, recording.notification
            version, happened_at = self.registry.of_class(type(event)).version, self.kinds_mapper.happened_at(event)
            rows.append((
                unit.school, stored.id, stored.originator_id, stored.originator_version, stored.topic, version, actor,
                unit.recorded_at, happened_at, stored.state,
            ))  # fmt: skip
        return self.kinds_mapper.decode_rows(rows, readable=False)

    def get(self, kind: type[SomeAggregate], record_id: UUID, *, version: int | None = None) -> SomeAggregate:
        """Return a record of the acting school. Raises `NotFound` for another kind, another school, or none."""
        if version is None and kind.keep_copies and not is_only_reading():
            found = self._by_copy(record_id)
        else:
            rows = self.rows.select_stream(record_id, **({} if version is None else {"until": version}))
            found = _replay(None, self.kinds_mapper.decode_rows(rows, readable=True))
        if not isinstance(found, kind):
            raise NotFound("This record does not exist here.")
        return found

    def _by_copy(self, record_id: UUID) -> Any:
        """Return a record by the copy that this process keeps and what was recorded since; at first by all of it."""
        school, unit = current_school(), current_unit()
        record, last = self.copies.of(school, record_id)
        rows = self.rows.select_stream(record_id, since=1 if last is None else last[VERSION])
        if last is not None:
            if rows and tuple(rows[0]) == last:
                rows = rows[1:]
            else:
                # Another log was put back under it.
                record, rows = None, self.rows.select_stream(record_id)
        events = self.kinds_mapper.decode_rows(rows, readable=True)
        record = _replay(record, events)
        if any(map(self.kinds_mapper.holds_words, events)):
            self.copies.drop(school, record_id)
        elif rows and record is not None and (unit is None or not unit.recorded):
            self.copies.keep(school, record_id, record, tuple(rows[-1]))
        return record

    def get_each(self, kind: type[SomeAggregate], record_ids: Iterable[UUID]) -> dict[UUID, SomeAggregate]:
        """Return several records of the acting school by id, in the order asked, with few statements.

        For a list with words in it. What is of another kind or another school is left out.
        """
        wanted = list(dict.fromkeys(record_ids))
        found: dict[UUID, SomeAggregate] = {}
        for some in (wanted[start : start + IDS_PER_STATEMENT] for start in range(0, len(wanted), IDS_PER_STATEMENT)):
            rows, key_ids = self.rows.select_streams(some)
            self.key_store.open_many(key_ids)
            decoded = self.kinds_mapper.decode_rows(rows, readable=True)
            for record_id, facts in groupby(decoded, key=lambda fact: fact.originator_id):
                record = _replay(None, facts)
                if isinstance(record, kind):
                    found[record_id] = record
        return {record_id: found[record_id] for record_id in wanted if record_id in found}

    def version_of(self, school: UUID, record_id: UUID) -> int:
        """Return how many events a record has, 0 when it does not exist: cheap to ask, to know if a copy is fresh."""
        query = select(sa.func.max(tables.event.c.version)).where(
            tables.event.c.school == school, tables.event.c.stream == record_id
        )
        with self.read() as connection:
            return connection.scalar(query) or 0

    def facts(
        self,
        school: UUID,
        *,
        after: int = 0,
        until: int | None = None,
        at_most: int = PAGE,
        readable: bool = False,
        of: Projection | Sequence[Projection] | None = None,
    ) -> list[Any]:
        """Return at most `at_most` events of a school with `after < position <= until`, in order.

        With `of` only those that a projection handles, or one of several: decoding is most of the work.
        """
        names = None if of is None else self.names_of([of] if isinstance(of, Projection) else of)
        rows = self.rows.select_rows(school, after=after, until=until, at_most=at_most, names=names)
        return self.kinds_mapper.decode_columns(columns_with_ids(rows), readable=readable)

    def names_of(self, projections: Sequence[Projection]) -> list[str]:
        """Return the lasting names of the events that these projections handle."""
        kinds = {kind for projection in projections for kind in projection.handlers}
        return sorted(self.registry.of_class(kind).name for kind in kinds)

    def history(
        self, school: UUID, *, after: int = 0, until: int | None = None, readable: bool = False
    ) -> Iterator[Any]:
        """Go through the events of a school in order, a page at a time, so a decade fits in memory."""
        while page := self.facts(school, after=after, until=until, readable=readable):
            yield from page
            after = page[-1].position

    def head(self, school: UUID) -> Frontier:
        """Return the tree of a school as stored; an empty one for a school without events."""
        query = select(tables.log_head.c.size, tables.log_head.c.frontier).where(tables.log_head.c.school == school)
        with self.read() as connection:
            row = connection.execute(query).first()
        return Frontier() if row is None else Frontier.load(row.size, row.frontier)

    def schools(self) -> list[UUID]:
        """Return the schools (and boards) that have a log here."""
        with self.read() as connection:
            return list(connection.scalars(select(tables.log_head.c.school).order_by(tables.log_head.c.school)))

    def rebuild(
        self, projection: Projection, school: UUID, progress: Callable[[int], None] = lambda position: None
    ) -> int:
        """Replay a school's events into one projection beside the live rows, then switch. Returns the position reached.

        Writers wait only for the switch; readers never see half a table.
        """
        return rebuilding.rebuild(self, projection, school, progress)

    def bring_up_to_date(self) -> None:
        """Rebuild every projection that is new, stopped or behind."""
        for school in self.schools():
            for projection in rebuilding.behind(self, school):
                self.rebuild(projection, school)


def _replay(aggregate: Any, events: Iterable[Any]) -> Any:
    for event in events:
        if aggregate is None and not hasattr(event, "originator_topic"):
            return None
        aggregate = event.mutate(aggregate)
    return aggregate
