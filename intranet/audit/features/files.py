"""Files and marks in the review: that one was added or taken away, as far as what it hangs on may be known."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import Column, or_, select
from sqlalchemy.engine import Connection

from intranet.body_map.events import BodyMark
from intranet.body_map.projections import noted
from intranet.files.events import StoredFile
from intranet.files.projections import stored

from ..reach import Reach, hides, weighs
from ..sentences import Telling, describes
from . import cases, incidents, signals

CARRIERS = (incidents, signals, cases)


@hides
def hidden_files(school: UUID) -> Any:
    """Return the files of records that are hidden from the viewer."""
    return _hidden(stored.c.file, stored.c.record, school)


@hides
def hidden_marks(school: UUID) -> Any:
    """Return the marks of records that are hidden from the viewer."""
    return _hidden(noted.c.mark, noted.c.record, school)


def _hidden(column: Column[Any], record: Column[Any], school: UUID) -> Any:
    return _hanging_on(column, record, school, [each.hidden(school) for each in CARRIERS])


def facts_of_files(school: UUID) -> Any:
    """Return the files of records of which the viewer may know what happened."""
    return _hanging_on(stored.c.file, stored.c.record, school, [each.facts(school) for each in CARRIERS])


def facts_of_marks(school: UUID) -> Any:
    """Return the marks of records of which the viewer may know what happened."""
    return _hanging_on(noted.c.mark, noted.c.record, school, [each.facts(school) for each in CARRIERS])


def _hanging_on(column: Column[Any], record: Column[Any], school: UUID, records: list[Any]) -> Any:
    on_one = or_(*(record.in_(selected) for selected in records))
    return select(column).where(column.table.c.school == school, on_one)


@weighs("files.file", facts_of_files)
def reach_of_files(connection: Connection, school: UUID, files: frozenset[UUID]) -> Mapping[UUID, Reach]:
    """Weigh each file as the record on which it hangs."""
    return _weighed(connection, school, stored.c.file, stored.c.record, files)


@weighs("body_map.mark", facts_of_marks)
def reach_of_marks(connection: Connection, school: UUID, marks: frozenset[UUID]) -> Mapping[UUID, Reach]:
    """Weigh each mark as the record on which it hangs."""
    return _weighed(connection, school, noted.c.mark, noted.c.record, marks)


def _weighed(
    connection: Connection, school: UUID, column: Column[Any], record: Column[Any], ids: frozenset[UUID]
) -> Mapping[UUID, Reach]:
    query = select(column, record).where(column.table.c.school == school, column.in_(ids))
    records = {row[0]: row[1] for row in connection.execute(query)}
    asked = frozenset(records.values())
    known: dict[UUID, Reach] = {}
    for each in CARRIERS:
        known.update(each.reach(connection, school, asked))
    return {one: known[hangs_on] for one, hangs_on in records.items() if hangs_on in known}


@describes(StoredFile.Added, label=_l("Foto of scan toegevoegd"), icon="camera", tone="info")
def added(_event: Any, told: Telling) -> str:
    return _("%(who)s voegde een foto of scan toe.", who=told.who)


@describes(StoredFile.Described, label=_l("Foto of scan anders beschreven"), icon="pencil")
def described(_event: Any, told: Telling) -> str:
    return _("%(who)s beschreef een foto of scan anders.", who=told.who)


@describes(StoredFile.Removed, label=_l("Foto of scan weggehaald"), icon="trash-2", tone="warn")
def removed(_event: Any, told: Telling) -> str:
    return _("%(who)s haalde een foto of scan weg.", who=told.who)


@describes(StoredFile.PutBack, label=_l("Foto of scan teruggezet"), icon="undo-2", tone="ok")
def put_back(_event: Any, told: Telling) -> str:
    return _("%(who)s zette een foto of scan terug.", who=told.who)


@describes(StoredFile.Destroyed, label=_l("Foto of scan vernietigd"), icon="trash-2", tone="warn")
def destroyed(_event: Any, told: Telling) -> str:
    return _("Een weggehaalde foto of scan is vernietigd.")


@describes(StoredFile.OriginalOpened, label=_l("Origineel geopend"), icon="lock-open", tone="warn")
def original_opened(_event: Any, told: Telling) -> str:
    return _("%(who)s opende het origineel van een foto of scan.", who=told.who)


@describes(BodyMark.Noted, label=_l("Plek op het lichaam genoteerd"), icon="bandage", tone="info")
def mark_noted(_event: Any, told: Telling) -> str:
    return _("%(who)s noteerde een plek op het lichaam.", who=told.who)


@describes(BodyMark.Withdrawn, label=_l("Plek op het lichaam weggehaald"), icon="undo-2", tone="warn")
def mark_withdrawn(_event: Any, told: Telling) -> str:
    return _("%(who)s haalde een plek op het lichaam weg.", who=told.who)
