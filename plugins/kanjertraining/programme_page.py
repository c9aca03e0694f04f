"""What the pages of programmes show: the list of a year, one programme with its lessons, and what a file holds."""

from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from intranet.api import SchoolYear, may

from . import reading, words, year_page
from .events import Programme, Topic
from .lesson_file import LessonFile


def year_of(programme: Programme) -> SchoolYear:
    """Return the school year of a programme."""
    return SchoolYear(programme.school_year)


def list_page(year: SchoolYear) -> dict[str, Any]:
    """Gather the programmes of a school year."""
    rows, counted = reading.programmes(year.begins), reading.counted_topics(year.begins)
    named = reading.named_programmes(rows)
    there = {row.year_groups for row in rows}
    copyable = [row for row in reading.programmes(year.previous.begins) if row.year_groups not in there]
    return {
        "year": year,
        "years": year_page.year_links(year, "kanjertraining.programmes"),
        "programmes": [
            _item(row, named[row.programme], counted[row.programme]) for row in rows if row.programme in named
        ],
        "may_plan": may("kanjertraining.plan"),
        "copyable": len(copyable),
    }


def _item(row: Any, programme: Programme, number: int) -> dict[str, Any]:
    lessons = ngettext("%(num)d les", "%(num)d lessen", number)
    return {
        "label": programme.title,
        "href": url_for("kanjertraining.programme", programme_id=row.programme),
        "note": f"{words.groups_in_words(row.year_groups)} · {lessons}",
        "icon": "book-open",
        "tone": "info",
    }


def page(programme: Programme) -> dict[str, Any]:
    """Gather the page of a programme."""
    themes = reading.themes()
    return {
        "programme": programme,
        "year": year_of(programme),
        "groups": words.groups_in_words(programme.year_groups),
        "topics": [topic_item(programme, topic_id, topic, themes) for topic_id, topic in programme.in_order()],
        "may_plan": may("kanjertraining.plan"),
    }


def topic_item(programme: Programme, topic_id: Any, topic: Topic, themes: dict[Any, str]) -> dict[str, Any]:
    """Return a lesson of a programme as a line: number, title, material, themes, day."""
    href = url_for("kanjertraining.change_topic", programme_id=programme.id, topic_id=topic_id)
    return {"href": href if may("kanjertraining.plan") else None, **_topic_line(topic, themes)}


def _topic_line(topic: Any, themes: dict[Any, str]) -> dict[str, Any]:
    return {
        "number": topic.number,
        "title": topic.title,
        "material": topic.material,
        "themes": [themes[each] for each in topic.themes if each in themes],
        "day": words.day_label(topic.day) if topic.day else None,
    }


def preview_page(read: LessonFile) -> dict[str, Any]:
    """Gather what stands in a file, by year groups."""
    themes = reading.themes()
    there = {row.year_groups for row in reading.programmes(read.school_year)}
    return {
        "year": SchoolYear(read.school_year),
        "programmes": [
            {
                "title": words.groups_in_words(each.year_groups),
                "topics": [_topic_line(topic, themes) for topic in each.topics],
                "again": " ".join(each.year_groups) in there,
            }
            for each in read.programmes
        ],
    }


def columns() -> list[tuple[str, str]]:
    """Return the columns of a file with what stands in them."""
    return [
        ("les", _("hoe de les heet; verplicht")),
        ("groep", _("een jaargroep zoals 5 of 5/6, of een groep van jullie school")),
        ("nummer", _("de hoeveelste les; mag leeg blijven")),
        ("datum", _("zoals 8-9-2026; mag leeg blijven")),
        ("materiaal", _("welk hoofdstuk of werkblad; mag leeg blijven")),
        ("thema", _("een thema van jullie lijst; meer met een + ertussen")),
    ]
