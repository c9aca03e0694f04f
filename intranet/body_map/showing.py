"""What the page of the body map shows: the marks day by day, and the same ones as numbers in the drawing."""

from itertools import groupby
from typing import Any
from uuid import UUID

from flask import abort
from flask_babel import format_date
from flask_babel import gettext as _
from sqlalchemy import select

from intranet.api import ERASED, current_school, db, log, roster
from intranet.body_map.drawing import figure
from intranet.body_map.events import BodyMark
from intranet.body_map.places import KINDS, PLACES, SIDE_LABELS, SIZES
from intranet.body_map.projections import noted
from intranet.files.carriers import Record
from intranet.incidents.story import who


def marks_of(record: Record) -> list[BodyMark]:
    """Return the marks of a record that who is signed in may see, the last day first, taken back or not."""
    query = select(noted.c.mark).where(noted.c.school == current_school(), noted.c.record == record.id)
    ids = db.session.scalars(query.order_by(noted.c.seen_on.desc(), noted.c.position, noted.c.mark)).all()
    return [mark for mark in log.get_each(BodyMark, ids).values() if record.may_see(mark.noted_by)]


def mark_of(record: Record, mark_id: UUID) -> BodyMark:
    """Return one mark of a record that stands (404 for any other)."""
    mark = next((each for each in marks_of(record) if each.id == mark_id), None)
    if mark is None or mark.withdrawn is not None:
        abort(404)
    return mark


def marks_card(record: Record) -> dict[str, Any]:
    """Return what the page of a record shows of its body map."""
    standing = [mark for mark in marks_of(record) if mark.withdrawn is None]
    return {
        "marks": [title_of(mark) for mark in standing],
        "url": record.url("body_map", "body_map"),
        "may_add": record.may_add,
    }


def map_page(record: Record) -> dict[str, Any]:
    """Return the drawing and the list, day by day."""
    marks = marks_of(record)
    standing = [mark for mark in marks if mark.withdrawn is None]
    numbers: dict[str, list[int]] = {}
    for number, mark in enumerate(standing, 1):
        numbers.setdefault(mark.place, []).append(number)
    people = roster(current_school())
    lines = [_line(record, mark, number, people) for number, mark in enumerate(standing, 1)]
    return {
        "record": record,
        "may_add": record.may_add,
        "figures": [(side, label, figure(side, numbers)) for side, label in SIDE_LABELS.items()],
        "days": [
            (format_date(day, "EEEE d MMMM y"), list(of_day))
            for day, of_day in groupby(lines, lambda line: line["day"])
        ],
        "withdrawn": [
            {**_line(record, mark, None, people), "reason": mark.withdrawn}
            for mark in marks
            if mark.withdrawn is not None
        ],
    }


def withdraw_page(record: Record, mark: BodyMark) -> dict[str, Any]:
    """Return which mark is taken back."""
    return {"record": record, "mark": _line(record, mark, None, roster(current_school()))}


def _line(record: Record, mark: BodyMark, number: int | None, people: Any) -> dict[str, Any]:
    return {
        "id": mark.id,
        "number": number,
        "day": mark.seen_on,
        "title": title_of(mark),
        "size": size_of(mark),
        "person": who(people, mark.person_id) if mark.person_id else None,
        "words": mark.words,
        "noted_by": _("Genoteerd door %(who)s", who=who(people, mark.noted_by)),
        "withdraw": record.url("body_map", "withdraw", mark_id=mark.id) if record.may_remove(mark.noted_by) else None,
    }


def title_of(mark: BodyMark) -> str:
    """Return what was seen and where: "Schaafwond: Knie rechts (voorkant)"."""
    return f"{_kind(mark)}: {_place(mark)}"


def size_of(mark: BodyMark) -> str | None:
    """Return as what it was so large, when somebody said so."""
    return str(SIZES[mark.size]) if mark.size in SIZES else None


def _kind(mark: BodyMark) -> str:
    return ERASED if mark.kind is ERASED else str(KINDS.get(mark.kind, mark.kind))


def _place(mark: BodyMark) -> str:
    if mark.place not in PLACES:
        return mark.place
    place = PLACES[mark.place]
    return f"{place.label} ({str(SIDE_LABELS[place.side]).lower()})"
