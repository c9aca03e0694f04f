"""What people do with programmes and lessons. One function for each intention."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from flask_babel import format_date
from flask_babel import gettext as _

from intranet.api import (
    Refused,
    SchoolYear,
    current_school,
    log,
    refuse_no_colleague,
    roster,
    school_calendar,
    today,
)

from . import planning, reading
from .events import GIVEN, PLANNED, PREVENTIVE, SKIPPED, Lesson, Programme, Topic
from .words import FREE_LABELS


def draw_programme(*, title: str, school_year: int, year_groups: Sequence[str]) -> UUID:
    """Begin a programme without lessons, and return its id."""
    programme = Programme.draw(title=title, school_year=school_year, year_groups=tuple(year_groups))
    log.save(programme)
    return programme.id


def change_programme(programme_id: UUID, *, title: str, year_groups: Sequence[str]) -> None:
    """Call a programme otherwise, or make it for other year groups."""
    programme = log.get(Programme, programme_id)
    programme.rename(title=title, year_groups=tuple(year_groups))
    log.save(programme)


def drop_programme(programme_id: UUID) -> None:
    """Plan with a programme no more."""
    programme = log.get(Programme, programme_id)
    programme.drop()
    log.save(programme)


def add_topic(programme_id: UUID, topic: Topic) -> UUID:
    """Add a lesson to a programme, and return its id."""
    _refuse_free_day(topic.day)
    programme, topic_id = log.get(Programme, programme_id), uuid4()
    programme.add(topic_id, topic)
    log.save(programme)
    return topic_id


def change_topic(programme_id: UUID, topic_id: UUID, topic: Topic) -> None:
    """Change a lesson of a programme."""
    _refuse_free_day(topic.day)
    programme = log.get(Programme, programme_id)
    programme.change(topic_id, topic)
    log.save(programme)


def remove_topic(programme_id: UUID, topic_id: UUID) -> None:
    """Take a lesson out of a programme."""
    programme = log.get(Programme, programme_id)
    programme.remove(topic_id)
    log.save(programme)


def copy_programmes(to: SchoolYear) -> int:
    """Copy the programmes of the year before that this year lacks, and return how many.

    A day moves to the same week of this year. Raises `Refused` when there is nothing to copy.
    """
    there = {row.year_groups for row in reading.programmes(to.begins)}
    rows = [row for row in reading.programmes(to.previous.begins) if row.year_groups not in there]
    if not rows:
        raise Refused(_("Er is geen programma van vorig jaar dat hier nog mist."))
    calendar, copies = school_calendar(), []
    for old in reading.named_programmes(rows).values():
        copy = Programme.draw(title=old.title, school_year=to.begins, year_groups=old.year_groups, copied_from=old.id)
        for _id, topic in old.in_order():
            day = planning.same_week(topic.day, calendar, to) if topic.day else None
            copy.add(uuid4(), topic._replace(day=day))
        copies.append(copy)
    log.save(*copies)
    return len(copies)


def make_plan(
    group_id: UUID, source: UUID, *, school_year: int, weekday: int, first: date, pace: str, teacher_id: UUID | None
) -> int:
    """Plan the lessons of a programme for a group, and return how many.

    What was given or skipped stays; what was planned before makes room. A lesson for which the programme says a day is
    planned on that day. Raises `Refused` for a group that is gone, and when there are fewer weeks than lessons.
    """
    _refuse_gone(group_id)
    _refuse_teacher(teacher_id)
    programme, year = log.get(Programme, source), SchoolYear(school_year)
    if programme.dropped or programme.school_year != school_year:
        raise Refused(_("Dit programma is niet van dit schooljaar."))
    done = {row.topic for row in reading.lessons(school_year, group_id) if row.state in (GIVEN, SKIPPED)}
    left = [(topic_id, topic) for topic_id, topic in programme.in_order() if topic_id not in done]
    free = iter(_spread(sum(topic.day is None for _id, topic in left), year, weekday, first, pace))
    days = [(topic_id, topic.day or next(free)) for topic_id, topic in left]
    return _plan_all(group_id, school_year, days, programme.id, teacher_id)


def copy_plan(group_id: UUID, like: UUID, *, school_year: int, teacher_id: UUID | None) -> int:
    """Plan for a group what another group had the year before, in the same weeks, and return how many."""
    _refuse_gone(group_id)
    _refuse_teacher(teacher_id)
    year, calendar = SchoolYear(school_year), school_calendar()
    rows = [row for row in reading.lessons(year.previous.begins, like) if row.kind == PREVENTIVE and not row.repeats]
    days = [(row.topic, row.programme, planning.same_week(row.first_day, calendar, year)) for row in rows]
    if not days or any(day is None for _topic, _programme, day in days):
        raise Refused(_("Van vorig jaar is er geen planning om over te nemen."))
    done = {row.topic for row in reading.lessons(school_year, group_id) if row.state in (GIVEN, SKIPPED)}
    with log.unit_of_work():
        _make_room(group_id, school_year)
        lessons = [
            Lesson.plan(group_id=group_id, day=day, programme_id=programme, topic_id=topic, teacher_id=teacher_id)
            for topic, programme, day in days
            if topic not in done and day is not None
        ]
        log.save(*lessons)
    return len(lessons)


def _spread(number: int, year: SchoolYear, weekday: int, first: date, pace: str) -> list[date]:
    days = planning.days_for_lessons(school_calendar(), year, weekday, max(first, year.first))
    try:
        return planning.spread(number, days, pace) if number else []
    except planning.TooManyLessons as too_many:
        raise Refused(
            _(
                "Er is plaats voor %(weeks)s lessen en er zijn er %(lessons)s. Begin eerder of kies een ander tempo.",
                weeks=too_many.weeks,
                lessons=number,
            )
        ) from None


def _plan_all(
    group_id: UUID, school_year: int, days: list[tuple[UUID, date]], programme_id: UUID, teacher_id: UUID | None
) -> int:
    if not days:
        raise Refused(_("In dit programma staan geen lessen die nog gepland moeten worden."))
    with log.unit_of_work():
        _make_room(group_id, school_year)
        lessons = [
            Lesson.plan(group_id=group_id, day=day, programme_id=programme_id, topic_id=topic, teacher_id=teacher_id)
            for topic, day in days
        ]
        log.save(*lessons)
    return len(lessons)


def _make_room(group_id: UUID, school_year: int) -> None:
    waiting = [
        row.lesson
        for row in reading.lessons(school_year, group_id)
        if row.state == PLANNED and row.kind == PREVENTIVE and row.repeats is None
    ]
    lessons = list(log.get_each(Lesson, waiting).values())
    for lesson in lessons:
        lesson.withdraw()
    if lessons:
        log.save(*lessons)


def plan_lesson(
    group_id: UUID, *, kind: str, day: date, teacher_id: UUID | None, topic: tuple[UUID, UUID] | None = None
) -> UUID:
    """Plan one more lesson for a group, and return its id; `topic` is a programme with one of its lessons."""
    _refuse_gone(group_id)
    _refuse_free_day(day)
    _refuse_teacher(teacher_id)
    programme_id, topic_id = topic or (None, None)
    lesson = Lesson.plan(
        group_id=group_id, day=day, kind=kind, programme_id=programme_id, topic_id=topic_id, teacher_id=teacher_id
    )
    log.save(lesson)
    return lesson.id


def repeat_lesson(lesson_id: UUID, *, day: date, teacher_id: UUID | None) -> UUID:
    """Plan a lesson that was given once more, and return the id of the repeat."""
    lesson = log.get(Lesson, lesson_id)
    if lesson.state != GIVEN:
        raise Refused(_("Je herhaalt een les die al gegeven is."))
    _refuse_gone(lesson.group_id)
    _refuse_free_day(day)
    _refuse_teacher(teacher_id)
    again = Lesson.plan(
        group_id=lesson.group_id,
        day=day,
        kind=lesson.kind,
        programme_id=lesson.programme_id,
        topic_id=lesson.topic_id,
        teacher_id=teacher_id,
        repeats=lesson_id,
    )
    log.save(again)
    return again.id


def move_lesson(lesson_id: UUID, *, day: date, teacher_id: UUID | None) -> None:
    """Plan a lesson on another day or with somebody else."""
    lesson = log.get(Lesson, lesson_id)
    _refuse_gone(lesson.group_id)
    if day != lesson.day:
        _refuse_free_day(day)
    if teacher_id != lesson.teacher_id:
        _refuse_teacher(teacher_id)
    lesson.move(day=day, teacher_id=teacher_id)
    log.save(lesson)


def move_to_week(lesson_id: UUID, monday: date) -> date:
    """Plan a lesson in another week, on its own weekday or as near to it as there is school; returns the day."""
    lesson = log.get(Lesson, lesson_id)
    day = planning.in_week(monday, lesson.day.isoweekday(), school_calendar())
    if day is None:
        raise Refused(_("In deze week is er geen school. De les bleef staan waar die stond."))
    move_lesson(lesson_id, day=day, teacher_id=lesson.teacher_id)
    return day


def give_lesson(lesson_id: UUID, *, given_by: UUID, **facts: Any) -> None:
    """Record that a lesson was given: by whom, when, with which themes and agreement, and what stood out."""
    refuse_no_colleague(given_by)
    lesson = log.get(Lesson, lesson_id)
    lesson.give(today=today(), given_by=given_by, **facts)
    log.save(lesson)


def skip_lesson(lesson_id: UUID, *, reason: str, note: str | None) -> None:
    """Record that a lesson was not given, and why."""
    lesson = log.get(Lesson, lesson_id)
    lesson.skip(reason=reason, note=note)
    log.save(lesson)


def take_back(lesson_id: UUID) -> None:
    """Say that a lesson was not given or skipped after all."""
    lesson = log.get(Lesson, lesson_id)
    lesson.take_back()
    log.save(lesson)


def withdraw_lesson(lesson_id: UUID) -> None:
    """Take a lesson out of the planning."""
    lesson = log.get(Lesson, lesson_id)
    lesson.withdraw()
    log.save(lesson)


def _refuse_gone(group_id: UUID) -> None:
    group = roster(current_school()).groups.get(group_id)
    if group is None or not group.open:
        raise Refused(_("Deze groep is er niet meer. Er is niets gepland."))


def _refuse_teacher(teacher_id: UUID | None) -> None:
    if teacher_id is not None:
        refuse_no_colleague(teacher_id)


def _refuse_free_day(day: date | None) -> None:
    calendar = school_calendar()
    if day is None or calendar.is_school_day(day):
        return
    kind = calendar.free_kind(day)
    said = format_date(day, "EEEE d MMMM")
    if kind is None:
        raise Refused(_("Op %(day)s is er geen school. Kies een andere dag.", day=said))
    raise Refused(_("Op %(day)s is er geen school: %(why)s. Kies een andere dag.", day=said, why=FREE_LABELS[kind]))
