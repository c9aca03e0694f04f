"""Programmes, lessons, licences, windows and lines as pages look for them: ids, codes, days and numbers, no words."""

from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Boolean, Column, Date, Index, Integer, Text, Uuid

from intranet.api import Entry, FoldedProjection, projection_table, to_milliseconds

from .events import GIVEN, PLANNED, SKIPPED, WITHDRAWN, Lesson, Programme
from .school_events import Licence, Line, Window

programme = projection_table(
    "kanjertraining_programme",
    Column("programme", Uuid, primary_key=True),
    Column("school_year", Integer, nullable=False),
    Column("year_groups", Text, nullable=False),
    Column("dropped", Boolean, nullable=False),
)
topic = projection_table(
    "kanjertraining_topic",
    Column("programme", Uuid, primary_key=True),
    Column("topic", Uuid, primary_key=True),
    Column("number", Integer, nullable=False),
    Column("themes", Text, nullable=False),
    Column("day", Date),
)
lesson = projection_table(
    "kanjertraining_lesson",
    Column("lesson", Uuid, primary_key=True),
    Column("class_group", Uuid, nullable=False),
    Column("school_year", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("programme", Uuid),
    Column("topic", Uuid),
    Column("day", Date, nullable=False),
    Column("first_day", Date, nullable=False),
    Column("teacher", Uuid),
    Column("repeats", Uuid),
    Column("state", Text, nullable=False),
    Column("given_by", Uuid),
    Column("agreement", Uuid),
    Column("themes", Text, nullable=False),
    Column("reason", Text),
    Column("has_remark", Boolean, nullable=False),
    Column("changed_at", BigInteger, nullable=False),
    Index("kanjertraining_lesson_of_group__v1", "school", "school_year", "class_group"),
)
"""One row for each lesson of a group; `first_day` is where it was planned at first, `themes` are ids with spaces."""
licence = projection_table(
    "kanjertraining_licence",
    Column("licence", Uuid, primary_key=True),
    Column("person", Uuid, nullable=False),
    Column("level", Text, nullable=False),
    Column("issued_on", Date, nullable=False),
    Column("valid_until", Date, nullable=False),
    Column("at_this_school", Boolean, nullable=False),
    Column("withdrawn", Boolean, nullable=False),
)
window = projection_table(
    "kanjertraining_window",
    Column("window", Uuid, primary_key=True),
    Column("wave", Text, nullable=False),
    Column("year_groups", Text, nullable=False),
    Column("first", Date, nullable=False),
    Column("last", Date, nullable=False),
    Column("removed", Boolean, nullable=False),
)
line = projection_table(
    "kanjertraining_line",
    Column("line", Uuid, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("number", Integer, nullable=False),
    Column("retired", Boolean, nullable=False),
)


def in_text(ids: tuple[UUID, ...]) -> str:
    """Return ids as one text, in a fixed order."""
    return " ".join(sorted(each.hex for each in ids))


def ids_in(text: str) -> tuple[UUID, ...]:
    """Return the ids that stand in a text."""
    return tuple(map(UUID, text.split()))


def _drawn(event: Any) -> Entry:
    facts = {"school_year": event.school_year, "year_groups": " ".join(event.year_groups), "dropped": False}
    return Entry(facts, {topic: []})


def _renamed(entry: Entry, event: Any) -> None:
    entry.facts["year_groups"] = " ".join(event.year_groups)


def _topic_added(entry: Entry, event: Any) -> None:
    entry.lists[topic].append((event.topic_id, event.number, in_text(event.themes), event.day))


def _topic_removed(entry: Entry, event: Any) -> None:
    entry.lists[topic] = [row for row in entry.lists[topic] if row[0] != event.topic_id]


def _topic_changed(entry: Entry, event: Any) -> None:
    _topic_removed(entry, event)
    _topic_added(entry, event)


def _dropped(entry: Entry, _event: Any) -> None:
    entry.facts["dropped"] = True


class Programmes(FoldedProjection):
    """Keeps which programmes there are, with the lessons in them."""

    name = "kanjertraining.programmes"
    tables = (programme, topic)
    begins = {Programme.Drawn: _drawn}
    folds = {
        Programme.Renamed: _renamed,
        Programme.LessonAdded: _topic_added,
        Programme.LessonChanged: _topic_changed,
        Programme.LessonRemoved: _topic_removed,
        Programme.Dropped: _dropped,
    }


NOT_GIVEN = {"given_by": None, "agreement": None, "themes": "", "reason": None, "has_remark": False}


def _planned(event: Any) -> Entry:
    return Entry(
        {
            "class_group": event.group_id,
            "school_year": event.school_year,
            "kind": event.kind,
            "programme": event.programme_id,
            "topic": event.topic_id,
            "day": event.day,
            "first_day": event.day,
            "teacher": event.teacher_id,
            "repeats": event.repeats,
            "state": PLANNED,
            "changed_at": to_milliseconds(event.recorded_at),
            **NOT_GIVEN,
        },
        {},
    )


def _changed(entry: Entry, event: Any, state: str, **facts: Any) -> None:
    entry.facts.update(NOT_GIVEN | facts, state=state, changed_at=to_milliseconds(event.recorded_at))


def _moved(entry: Entry, event: Any) -> None:
    _changed(entry, event, PLANNED, day=event.day, teacher=event.teacher_id)


def _given(entry: Entry, event: Any) -> None:
    _changed(
        entry,
        event,
        GIVEN,
        day=event.day,
        given_by=event.given_by,
        agreement=event.agreement_id,
        themes=in_text(event.themes),
        has_remark=event.remark is not None,
    )


def _skipped(entry: Entry, event: Any) -> None:
    _changed(entry, event, SKIPPED, reason=event.reason, has_remark=event.note is not None)


def _taken_back(entry: Entry, event: Any) -> None:
    _changed(entry, event, PLANNED)


def _withdrawn(entry: Entry, event: Any) -> None:
    _changed(entry, event, WITHDRAWN)


class Lessons(FoldedProjection):
    """Keeps which lessons each group has in a school year, and what became of them."""

    name = "kanjertraining.lessons"
    tables = (lesson,)
    begins = {Lesson.Planned: _planned}
    folds = {
        Lesson.Moved: _moved,
        Lesson.Given: _given,
        Lesson.Skipped: _skipped,
        Lesson.TakenBack: _taken_back,
        Lesson.Withdrawn: _withdrawn,
    }


LICENCE_FACTS = ("level", "issued_on", "valid_until", "at_this_school")


def _licence_recorded(event: Any) -> Entry:
    facts = {name: getattr(event, name) for name in LICENCE_FACTS}
    return Entry({"person": event.person_id, "withdrawn": False, **facts}, {})


def _licence_changed(entry: Entry, event: Any) -> None:
    entry.facts.update({name: getattr(event, name) for name in LICENCE_FACTS})


def _licence_withdrawn(entry: Entry, _event: Any) -> None:
    entry.facts["withdrawn"] = True


class Licences(FoldedProjection):
    """Keeps who has which licence, from when to when."""

    name = "kanjertraining.licences"
    tables = (licence,)
    begins = {Licence.Recorded: _licence_recorded}
    folds = {Licence.Changed: _licence_changed, Licence.Withdrawn: _licence_withdrawn}


def _window_facts(event: Any) -> dict[str, Any]:
    groups = " ".join(event.year_groups)
    return {"wave": event.wave, "year_groups": groups, "first": event.first, "last": event.last, "removed": False}


def _window_changed(entry: Entry, event: Any) -> None:
    entry.facts.update(_window_facts(event))


def _window_removed(entry: Entry, _event: Any) -> None:
    entry.facts["removed"] = True


class Windows(FoldedProjection):
    """Keeps when the KanVAS lists are filled in."""

    name = "kanjertraining.windows"
    tables = (window,)
    begins = {Window.Opened: lambda event: Entry(_window_facts(event), {})}
    folds = {Window.Changed: _window_changed, Window.Removed: _window_removed}


def _reworded(entry: Entry, event: Any) -> None:
    entry.facts["number"] = event.number


def _retired(entry: Entry, _event: Any) -> None:
    entry.facts["retired"] = True


class Lines(FoldedProjection):
    """Keeps the order of the agreements and the themes of a school."""

    name = "kanjertraining.lines"
    tables = (line,)
    begins = {Line.Worded: lambda event: Entry({"kind": event.kind, "number": event.number, "retired": False}, {})}
    folds = {Line.Reworded: _reworded, Line.Retired: _retired}
