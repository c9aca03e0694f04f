"""Tells the past to projections a page at a time: each gets what it handles, and what nobody handles is not decoded."""

import gc
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.engine import Connection
from sqlalchemy.schema import CreateTable

from events.log.projection import Projection

if TYPE_CHECKING:
    from events.log.store import Log

_lock = threading.Lock()
_telling, _collects = 0, True


class Audience:
    """Projections that are told the same past."""

    def __init__(self, projections: Sequence[Projection]):
        self.projections = tuple(projections)
        self._listening: dict[type, list[Projection]] = {}
        for each in projections:
            for kind in each.handlers:
                self._listening.setdefault(kind, []).append(each)

    def tell(self, db: Connection, facts: Sequence[Any]) -> dict[Projection, int]:
        """Let each projection handle its events of a page, and return how many those were."""
        pages: dict[Projection, list[Any]] = {each: [] for each in self.projections}
        takers = {kind: [pages[each].append for each in listening] for kind, listening in self._listening.items()}
        for fact in facts:
            for take in takers.get(type(fact), ()):
                take(fact)
        for each, page in pages.items():
            if page:
                each.handle_batch(db, page)
        return {each: len(page) for each, page in pages.items()}


@contextmanager
def tables_made(db: Connection, projections: Iterable[Projection]) -> Iterator[None]:
    """Create the tables of projections, which are filled inside, and at the end the indexes that nobody needed for it.

    To index the rows that there are costs half of finding a place for each that comes in with a random id.
    """
    later: list[Index] = []
    for each in projections:
        for table in each.tables:
            db.execute(CreateTable(table))
            later += table.indexes if each.only_by_key else ()
            for index in () if each.only_by_key else table.indexes:
                index.create(db)
    yield
    for index in later:
        index.create(db)


def tell(log: "Log", db: Connection, projections: Sequence[Projection], school: UUID, *, after: int = 0) -> int:
    """Tell projections what happened at a school since a position, and return the position of what was told last."""
    audience = Audience(projections)
    with uncollected():
        while page := log.facts(school, after=after, of=projections):
            audience.tell(db, page)
            after = page[-1].position
    return after


@contextmanager
def uncollected() -> Iterator[None]:
    """Keep Python's collector away: events hold no circles, and it would look through each page of them in vain."""
    global _telling, _collects
    with _lock:
        if not _telling:
            _collects = gc.isenabled()
            gc.disable()
        _telling += 1
    try:
        yield
    finally:
        with _lock:
            _telling -= 1
            if not _telling and _collects:
                gc.enable()
