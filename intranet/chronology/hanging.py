"""The lines of what hangs on a record: its photos and scans, and the marks on a body that were noted in it."""

from collections.abc import Iterator
from typing import Any

from flask import url_for
from flask_babel import format_date
from flask_babel import gettext as _

from intranet.api import ERASED, log, school_zone
from intranet.body_map.events import BodyMark
from intranet.body_map.showing import size_of, title_of
from intranet.chronology.kinds import BODY, FILE
from intranet.chronology.line import Line
from intranet.chronology.records import Records, files_on, marks_on
from intranet.files.events import SCAN, StoredFile
from intranet.incidents.readable import Reader
from intranet.incidents.story import who
from intranet.people.roster import Roster


def lines_of(records: Records, someone: Reader, people: Roster) -> Iterator[Line]:
    """Yield the lines of what hangs on these records."""
    yield from _files(records, someone, people)
    yield from _marks(records, someone, people)


def _files(records: Records, someone: Reader, people: Roster) -> Iterator[Line]:
    carriers = records.carriers
    for row in files_on(list(carriers), someone):
        name = carriers[row.record]
        href = url_for(f"files.{name}_file", **{f"{name}_id": row.record, "file_id": row.file})
        events = list(log.events.get(row.file))
        file = _folded(events)
        for event in events:
            told = _of_file(event)
            if told is not None:
                title, words, icon, tone = told
                if records.leaving:
                    words = file.shows if type(event) is StoredFile.Added and file.removed_until is None else None
                yield Line(
                    FILE,
                    event.recorded_at,
                    event.recorded_at,
                    title,
                    None if words is ERASED else words,
                    event.position,
                    row.record,
                    type(event).__name__,
                    href=href,
                    icon=icon,
                    tone=tone,
                    actor=who(people, event.actor_id),
                )


def _of_file(event: Any) -> tuple[str, Any, str, str] | None:
    if type(event) is StoredFile.Added:
        title = _("Scan toegevoegd") if event.kind == SCAN else _("Foto toegevoegd")
        return title, event.shows, "camera", "info"
    if type(event) is StoredFile.Removed:
        return _("Foto of scan weggehaald"), event.reason, "trash-2", "warn"
    if type(event) is StoredFile.PutBack:
        return _("Foto of scan teruggezet"), None, "undo-2", "ok"
    return None


def _marks(records: Records, someone: Reader, people: Roster) -> Iterator[Line]:
    carriers = records.carriers
    for row in marks_on(list(carriers), someone):
        name = carriers[row.record]
        href = url_for(f"body_map.{name}_body_map", **{f"{name}_id": row.record})
        events = list(log.events.get(row.mark))
        mark = _folded(events)
        of_mark = _of_withdrawn_mark if records.leaving and mark.withdrawn is not None else _of_mark
        for event in events:
            yield Line(
                BODY,
                event.recorded_at,
                event.recorded_at,
                href=href,
                position=event.position,
                record=row.record,
                event=type(event).__name__,
                actor=who(people, event.actor_id),
                about=mark.person_id,
                **of_mark(event, mark),
            )


def _folded(events: list[Any]) -> Any:
    record: Any = None
    for event in events:
        record = event.mutate(record)
    return record


def _of_withdrawn_mark(event: Any, _mark: BodyMark) -> dict[str, Any]:
    if type(event) is BodyMark.Noted:
        return {"title": _("Plek op het lichaam vastgelegd"), "icon": "bandage", "tone": "quiet"}
    return {"title": _("Plek op het lichaam weggehaald"), "icon": "trash-2", "tone": "warn"}


def _of_mark(event: Any, mark: BodyMark) -> dict[str, Any]:
    title = title_of(mark)
    if type(event) is not BodyMark.Noted:
        reason = None if mark.withdrawn is ERASED else mark.withdrawn
        told = {"title": _("Plek op het lichaam weggehaald"), "words": reason, "where": title}
        return {**told, "icon": "trash-2", "tone": "warn"}
    earlier = event.seen_on != event.recorded_at.astimezone(school_zone()).date()
    return {
        "title": title,
        "where": _("gezien op %(day)s", day=format_date(event.seen_on, "d MMMM y")) if earlier else "",
        "words": None if mark.words is ERASED else mark.words,
        "badge": size_of(mark),
        "icon": "bandage",
        "tone": "warn",
        "parts": ((mark.person_id, None),) if mark.person_id else (),
    }
