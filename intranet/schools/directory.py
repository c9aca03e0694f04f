"""Finds a school by its id, with the name that stands encrypted in its own log."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any
from uuid import UUID

from flask import g, has_request_context

from events.log.context import acting, current_acting
from events.log.errors import NotFound, UnknownSchool
from intranet.access import UNCHANGED, Changes, Rule
from intranet.database import log
from intranet.looked_at import looked_at, present
from intranet.schools.events import School


class CurrentSchool:
    """A school for one request: its id at once, the rest read from the log when a page asks."""

    __slots__ = ("id",)

    def __init__(self, school_id: UUID):
        self.id = school_id

    @property
    def record(self) -> School:
        return _school_at(self.id, _version_of(self.id))

    @property
    def name(self) -> str:
        return self.record.name

    @property
    def board_id(self) -> UUID:
        return self.record.board_id


def school_of(school_id: UUID) -> CurrentSchool:
    """Return the school with this id; nothing is read yet."""
    return CurrentSchool(school_id)


def _version_of(school: UUID) -> int:
    """Return how many events there are of a school itself; of the present it is asked once in a request."""
    if not has_request_context() or looked_at() is not None:
        return log.version_of(school, school)
    kept: dict[UUID, int] = g.setdefault("versions_of_schools", {})
    if school not in kept:
        kept[school] = log.version_of(school, school)
    return kept[school]


@lru_cache(maxsize=256)
def _school_at(school_id: UUID, version: int) -> School:
    with acting(school=school_id):
        return log.get(School, school_id, version=version)


def need_to_know_here() -> Changes:
    """Return what the school acted in changed of who may read what, as it stands today; asked once in a request."""
    try:
        school = current_acting().school
    except UnknownSchool:
        return UNCHANGED
    if not has_request_context():
        return _now(school)
    # A page asks some sixty times what somebody may.
    kept: dict[UUID, Changes] = g.setdefault("need_to_know", {})
    if school not in kept:
        kept[school] = _now(school)
    return kept[school]


def _now(school: UUID) -> Changes:
    # From the log and not from a table that may be late: every worker agrees with what was just recorded.
    with present():
        return need_to_know_of(school)


def forget_schools() -> None:
    """Read every school again: the log is another one, in which the same school has another history."""
    _school_at.cache_clear()
    _changes_at.cache_clear()
    _switched_on_at.cache_clear()


def forget_version(recorded: Sequence[Any]) -> None:
    """Ask again, when something of a school itself was recorded in this request."""
    if has_request_context() and any(fact.originator_id == fact.school_id for fact in recorded):
        g.pop("versions_of_schools", None)
        g.pop("need_to_know", None)


def switched_on(school: UUID) -> frozenset[str]:
    """Return the names of the plugins that a school switched on."""
    version = _version_of(school)
    return _switched_on_at(school, version) if version else frozenset()


def need_to_know_of(school: UUID) -> Changes:
    """Return what a school changed, at the moment that is looked at."""
    version = _version_of(school)
    return _changes_at(school, version) if version else UNCHANGED


@lru_cache(maxsize=256)
def _changes_at(school_id: UUID, version: int) -> Changes:
    try:
        record = _school_at(school_id, version)
    except NotFound:  # a board has a log too, and no table of its own
        return UNCHANGED
    return frozenset((Rule(*cell), given) for cell, given in record.need_to_know.items())


@lru_cache(maxsize=256)
def _switched_on_at(school_id: UUID, version: int) -> frozenset[str]:
    try:
        record = _school_at(school_id, version)
    except NotFound:
        return frozenset()
    return frozenset(each.plugin for each in record.switches if record.has_enabled(each.plugin))
