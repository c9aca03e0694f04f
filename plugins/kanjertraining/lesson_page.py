"""What the pages of one lesson show: where it stands, what stood out, what is suggested to fill in."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from flask import url_for
from flask_babel import gettext as _

from intranet.api import Roster, current_actor, current_school, log, roster, school_calendar, today

from . import reading, words, year_page
from .events import CURATIVE, GIVEN, PLANNED, SKIPPED, WITHDRAWN, Lesson
from .projections import ids_in


def head(row: Any) -> dict[str, Any]:
    """Gather what each page of a lesson begins with."""
    people = roster(current_school())
    shown = year_page.shown([row], people, school_calendar(), reading.licences_by_person())[0]
    return {
        "row": row,
        "shown": shown,
        "group_name": words.group_label(row.class_group, people),
        "group_href": url_for("kanjertraining.group", group_id=row.class_group, year=row.school_year),
        "lesson_href": shown.href,
    }


def page(row: Any) -> dict[str, Any]:
    """Gather the page of a lesson."""
    people, found = roster(current_school()), head(row)
    sees_words = year_page.may_in("kanjertraining.notes", row.class_group)
    topic = reading.topics_of([row.programme]).get(row.topic) if row.programme else None
    return found | {
        "facts": _facts(row, people, topic, sees_words),
        "remark": log.get(Lesson, row.lesson).remark if sees_words and row.has_remark else None,
        "repeats": [_repeat(each) for each in reading.repeats_of(row.lesson)],
        "repeated": url_for("kanjertraining.lesson", lesson_id=row.repeats) if row.repeats else None,
        "may_record": year_page.may_in("kanjertraining.record", row.class_group) and row.state != WITHDRAWN,
        "has_come": row.day <= today(),
        "planned": row.state == PLANNED,
        "given": row.state == GIVEN,
        "skipped": row.state == SKIPPED,
    }


def _facts(row: Any, people: Roster, topic: Any, sees_words: bool) -> list[tuple[str, Any]]:
    themes = reading.themes()
    facts: list[tuple[str, Any]] = [(_("Groep"), words.group_label(row.class_group, people))]
    # That a group needs more than the usual is for who works with it.
    if sees_words and row.kind == CURATIVE:
        facts.append((_("Soort"), words.KIND_LABELS[row.kind]))
    facts.append((_("Materiaal"), topic.material if topic else None))
    if row.state == GIVEN:
        facts += [
            (_("Gegeven door"), words.person_label(row.given_by, people)),
            (_("Kanjerafspraak"), reading.worded(row.agreement)),
            (_("Thema’s"), [themes[each] for each in ids_in(row.themes) if each in themes]),
        ]
    else:
        facts += [
            (_("Wie"), words.person_label(row.teacher, people)),
            (_("Waarom niet"), words.REASON_LABELS[row.reason] if row.reason else None),
            (_("Thema’s"), [themes[each] for each in topic.themes if each in themes] if topic else None),
        ]
    if row.first_day != row.day:
        facts.append((_("Eerst gepland op"), words.day_label(row.first_day)))
    return facts


def _repeat(row: Any) -> dict[str, Any]:
    return {
        "label": _("Herhaling op %(day)s", day=words.day_label(row.day)),
        "href": url_for("kanjertraining.lesson", lesson_id=row.lesson),
        "icon": "rotate-ccw",
        "badge": (words.STATE_LABELS[row.state], words.STATE_TONES[row.state]),
    }


def suggested(row: Any) -> dict[str, Any]:
    """Return what is filled in beforehand when a lesson is recorded as given: facts that are known, no opinion."""
    topic = reading.topics_of([row.programme]).get(row.topic) if row.programme else None
    themes = [theme.hex for theme in topic.themes] if topic else []
    by: UUID | None = row.teacher or current_actor()
    return {"day": min(row.day, today()), "given_by": by.hex if by else None, "themes": themes}


def where(row: Any) -> dict[str, Any]:
    """Return where a lesson is planned now."""
    return {"day": row.day, "teacher": row.teacher.hex if row.teacher else ""}


def can_go_back(row: Any, day: date) -> bool:
    """Tell whether a lesson that moved to a day can be put where it was: planned, by who is here, on a school day."""
    teachers = [None, *(name.person_id for name in roster(current_school()).present("staff"))]
    same_or_open = row.day == day or school_calendar().is_school_day(row.day)
    return row.state == PLANNED and row.teacher in teachers and same_or_open


def again(row: Any) -> dict[str, Any]:
    """Return when a lesson could be repeated: a week later, on a school day."""
    calendar, by = school_calendar(), row.given_by or row.teacher
    return {"day": calendar.after(today() + timedelta(days=6), 1), "teacher": by.hex if by else ""}
