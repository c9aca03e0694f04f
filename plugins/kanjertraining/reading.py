"""Questions to the tables of Kanjertraining, always about the school acted in, and the words that go with the rows."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import select

from intranet.api import current_school, log

from .events import GIVEN, PLANNED, SKIPPED, Programme, Topic
from .projections import lesson, licence, line, programme, topic, window
from .school_events import THEME, Licence, Line
from .words import SHIPPED_THEMES


def programmes(school_year: int) -> list[Any]:
    """Return the rows of the programmes of a school year that are in use."""
    mine = programme.c.school == current_school(), programme.c.school_year == school_year, ~programme.c.dropped
    query = select(programme).where(*mine).order_by(programme.c.year_groups, programme.c.programme)
    return _all(query)


def named_programmes(rows: Iterable[Any]) -> dict[UUID, Programme]:
    """Return the programmes of these rows with their words, by id."""
    return log.get_each(Programme, [row.programme for row in rows])


def topics_of(programme_ids: Iterable[UUID]) -> dict[UUID, Topic]:
    """Return the lessons in these programmes with their words, by id; also of programmes that are out of use."""
    found = log.get_each(Programme, set(programme_ids))
    return {topic_id: each for record in found.values() for topic_id, each in record.topics.items()}


def counted_topics(school_year: int) -> Counter[UUID]:
    """Return how many lessons each programme of a school year has."""
    same = (programme.c.school == topic.c.school) & (programme.c.programme == topic.c.programme)
    mine = topic.c.school == current_school(), programme.c.school_year == school_year
    return Counter(row.programme for row in _all(select(topic.c.programme).join(programme, same).where(*mine)))


def lessons(school_year: int, group_id: UUID | None = None) -> list[Any]:
    """Return the rows of the lessons of a school year that were not withdrawn, of one group or of all, by day."""
    wanted = [lesson.c.school == current_school(), lesson.c.school_year == school_year]
    wanted.append(lesson.c.state.in_((PLANNED, GIVEN, SKIPPED)))
    if group_id is not None:
        wanted.append(lesson.c.class_group == group_id)
    return _all(select(lesson).where(*wanted).order_by(lesson.c.day, lesson.c.lesson))


def lesson_row(lesson_id: UUID) -> Any:
    """Return the row of a lesson of this school, None when there is none."""
    query = select(lesson).where(lesson.c.school == current_school(), lesson.c.lesson == lesson_id)
    return next(iter(_all(query)), None)


def repeats_of(lesson_id: UUID) -> list[Any]:
    """Return the lessons that repeat one, by day."""
    query = select(lesson).where(lesson.c.school == current_school(), lesson.c.repeats == lesson_id)
    return _all(query.order_by(lesson.c.day, lesson.c.lesson))


def licences(person: UUID | None = None) -> list[Any]:
    """Return the rows of the licences that were not withdrawn, of one person or of all, the last to end first."""
    wanted = [licence.c.school == current_school(), ~licence.c.withdrawn]
    if person is not None:
        wanted.append(licence.c.person == person)
    return _all(select(licence).where(*wanted).order_by(licence.c.valid_until.desc(), licence.c.licence))


def withdrawn_licences(person: UUID | None = None) -> list[tuple[Any, Licence]]:
    """Return the licences that count no more, of one person or of all, each with its row, the last withdrawn first."""
    wanted = [licence.c.school == current_school(), licence.c.withdrawn]
    if person is not None:
        wanted.append(licence.c.person == person)
    rows = _all(select(licence).where(*wanted).order_by(licence.c.licence))
    records = log.get_each(Licence, [row.licence for row in rows])
    found = [(row, records[row.licence]) for row in rows if row.licence in records]
    return sorted(found, key=lambda each: each[1].modified_on, reverse=True)


def licences_by_person() -> dict[UUID, list[Any]]:
    """Return the licences of each person that has any."""
    found: dict[UUID, list[Any]] = defaultdict(list)
    for row in licences():
        found[row.person].append(row)
    return found


def windows() -> list[Any]:
    """Return the KanVAS windows that were not removed, the earliest first."""
    mine = window.c.school == current_school(), ~window.c.removed
    return _all(select(window).where(*mine).order_by(window.c.first, window.c.window))


def lines(kind: str) -> list[tuple[UUID, int, str]]:
    """Return the id, the number and the words of each agreement or theme in use, in their order."""
    mine = line.c.school == current_school(), line.c.kind == kind, ~line.c.retired
    query = select(line.c.line, line.c.number).where(*mine).order_by(line.c.number, line.c.line)
    rows = _all(query)
    words = log.get_each(Line, [row.line for row in rows])
    return [(row.line, row.number, words[row.line].text) for row in rows if row.line in words]


def worded(line_id: UUID | None) -> str | None:
    """Return the words of an agreement, also of one that is used no more."""
    found = {} if line_id is None else log.get_each(Line, [line_id])
    return found[line_id].text if line_id in found else None


def themes() -> dict[UUID, str]:
    """Return the themes that each group should have in a school year: those of the plan, then the school's own."""
    own = {line_id: text for line_id, _number, text in lines(THEME)}
    return {**{each: str(label) for each, label in SHIPPED_THEMES.items()}, **own}


def _all(query: Any) -> list[Any]:
    # Not the session of the page: a command asks after what it has just recorded.
    with log.read() as connection:
        return list(connection.execute(query))
