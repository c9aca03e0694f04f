"""Finds a school by its id, with the name that stands encrypted in its own log."""

from functools import lru_cache
from uuid import UUID

from events.log.context import acting
from intranet.database import log
from intranet.schools.events import School


class CurrentSchool:
    """A school for one request: its id at once, the rest read from the log when a page asks."""

    __slots__ = ("id",)

    def __init__(self, school_id: UUID):
        self.id = school_id

    @property
    def record(self) -> School:
        return _school_at(self.id, log.version_of(self.id, self.id))

    @property
    def name(self) -> str:
        return self.record.name

    @property
    def board_id(self) -> UUID:
        return self.record.board_id


def school_of(school_id: UUID) -> CurrentSchool:
    """Return the school with this id; nothing is read yet."""
    return CurrentSchool(school_id)


@lru_cache(maxsize=256)
def _school_at(school_id: UUID, version: int) -> School:
    with acting(school=school_id):
        return log.get(School, school_id, version=version)
