"""Copies of records that a process keeps, so that a request reads only what was recorded since."""

from collections import OrderedDict
from copy import copy
from threading import Lock
from typing import Any
from uuid import UUID

from events.log.mapper import Row

MOST = 128


class Copies:
    """The records that were asked last, each with the row of its last event, by which it is known from another log.

    Only of kinds that say `keep_copies`, and only while no event of it has words: those are erased in one place.
    """

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[UUID, UUID], tuple[Any, Row]] = OrderedDict()
        self._lock = Lock()

    def of(self, school: UUID, record_id: UUID) -> tuple[Any, Row | None]:
        """Return a copy to change at will and the row it goes up to, twice None where none is kept."""
        with self._lock:
            record, last = self._kept.get((school, record_id), (None, None))
            if record is not None:
                self._kept.move_to_end((school, record_id))
        return copy(record), last

    def keep(self, school: UUID, record_id: UUID, record: Any, last: Row) -> None:
        """Keep a copy of a record up to this row, in the place of the one that was asked longest ago."""
        with self._lock:
            self._kept[school, record_id] = copy(record), last
            self._kept.move_to_end((school, record_id))
            if len(self._kept) > MOST:
                self._kept.popitem(last=False)

    def drop(self, school: UUID, record_id: UUID) -> None:
        """Keep this one no longer."""
        with self._lock:
            self._kept.pop((school, record_id), None)

    def __len__(self) -> int:
        return len(self._kept)
