"""The first page: how far each group is, and which lessons somebody can record now."""

from datetime import timedelta
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from intranet.api import Roster, SchoolYear, current_school, may, own_groups, roster, school_calendar, today

from . import reading, words, year_page
from .coverage import Coverage, coverage
from .events import PLANNED

SOON = timedelta(days=7)


def page(year: SchoolYear) -> dict[str, Any]:
    """Gather the first page: the own groups first, all others in their own order."""
    people, mine = roster(current_school()), own_groups()
    groups = [group for group in people.groups.values() if group.open]
    groups.sort(key=lambda group: group.group_id not in mine)
    rows, themes = reading.lessons(year.begins), reading.themes()
    topics = reading.topics_of({row.programme for row in rows if row.programme})
    found = coverage([group.group_id for group in groups], rows, today())
    items = [_item(each, people, year, themes, topics, each.group_id in mine) for each in found]
    return {
        "year": year,
        "years": year_page.year_links(year, "kanjertraining.overview"),
        "mine": [item for item in items if item["mine"]],
        "others": [item for item in items if not item["mine"]],
        "may_record": may("kanjertraining.record"),
        "any_lessons": bool(rows),
        "may_plan": may("kanjertraining.plan"),
    }


def _item(each: Coverage, people: Roster, year: SchoolYear, themes: Any, topics: Any, mine: bool) -> dict[str, Any]:
    coming = each.next_row
    return {
        "name": words.group_label(each.group_id, people),
        "href": url_for("kanjertraining.group", group_id=each.group_id, year=year.begins),
        "coverage": each,
        "themes": [(text, theme in each.themes) for theme, text in themes.items()],
        "next": words.lesson_title(coming, topics) if coming else None,
        "next_day": words.day_label(coming.day) if coming else None,
        "next_href": url_for("kanjertraining.lesson", lesson_id=coming.lesson) if coming else None,
        "late": ngettext("%(num)d nog vast te leggen", "%(num)d nog vast te leggen", each.late) if each.late else None,
        "mine": mine,
    }


def waiting_page() -> dict[str, Any]:
    """Gather what can be recorded now: lessons of the own groups until next week, or of all for who keeps the plan."""
    people, mine = roster(current_school()), own_groups()
    of_all = may("kanjertraining.record", ())
    rows = [
        row
        for row in reading.lessons(SchoolYear.of(today()).begins)
        if row.state == PLANNED and row.day <= today() + SOON and (of_all or row.class_group in mine)
    ]
    lessons = year_page.shown(rows, people, school_calendar(), {})
    groups = [people.groups[each] for each in people.groups if each in mine or of_all]
    return {
        "items": [_waiting(each, people) for each in lessons],
        "groups": [(group.name, group.group_id) for group in groups if group.open],
    }


def _waiting(each: year_page.Shown, people: Roster) -> dict[str, Any]:
    group = _("groep %(name)s", name=words.group_label(each.row.class_group, people))
    return {
        "label": each.title,
        "href": each.href,
        "note": f"{each.day} · {group}",
        "icon": words.KIND_ICONS[each.row.kind],
        "tone": "warn" if each.late else "info",
        "badge": each.badge,
    }
