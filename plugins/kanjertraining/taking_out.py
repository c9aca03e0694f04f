"""The lists of Kanjertraining as files: the lessons of a year, the programmes, the licences and the agreements."""

from typing import Any
from uuid import UUID

from flask import request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from intranet.api import (
    Column,
    ListToExport,
    Roster,
    SchoolYear,
    Sheet,
    current_school,
    export_page,
    exported_list,
    requires,
    roster,
    today,
)

from . import coordinating, licensing, reading, words, year_page
from .pages import pages
from .school_events import AGREEMENT, THEME

LESSONS = exported_list("kanjertraining.lessons", _l("Kanjerlessen"))
PROGRAMMES = exported_list("kanjertraining.programmes", _l("Programma’s"))
LICENCES = exported_list("kanjertraining.licences", _l("Kanjerlicenties"))
LINES = exported_list("kanjertraining.agreements", _l("Kanjerafspraken en thema’s"))


@pages.route("/lessons/export", methods=["GET", "POST"])
@requires("kanjertraining.see")
def export_lessons() -> Any:
    """The lessons of a school year as a file: of one group, or of all in the order of the school."""
    people, year = roster(current_school()), year_page.asked_year()
    group = next((each for each in people.groups if each.hex == request.args.get("group")), None)
    asked = {"year": str(year.begins), **({"group": group.hex} if group else {})}
    described = [(_("Schooljaar"), str(year))]
    if group:
        described.append((_("Groep"), words.group_label(group, people)))
    back = url_for(".group", group_id=group, year=year.begins) if group else url_for(".overview", year=year.begins)
    return export_page(
        ListToExport(LESSONS, lambda names: _lessons(people, year, group, names), asked, described, back)
    )


def _lessons(people: Roster, year: SchoolYear, group: UUID | None, names: bool) -> Sheet:
    columns = [
        Column(_("Groep"), width=9),
        Column(_("Dag"), "day", 12),
        Column(_("Les"), width=40),
        Column(_("Soort"), width=24),
        Column(_("Stand"), width=16),
    ]
    rows = reading.lessons(year.begins, group)
    topics = reading.topics_of({row.programme for row in rows if row.programme})
    order = {each: number for number, each in enumerate(people.groups)}
    rows.sort(key=lambda row: (order.get(row.class_group, len(order)), row.day))
    told = [
        [
            words.group_label(row.class_group, people),
            row.day,
            words.lesson_title(row, topics),
            str(words.KIND_SHORT[row.kind]),
            str(words.STATE_LABELS[row.state]),
            *([words.person_label(row.given_by or row.teacher, people) or None] if names else []),
        ]
        for row in rows
    ]
    return Sheet([*columns, *([Column(_("Wie"), width=28)] if names else [])], told)


@pages.route("/programmes/export", methods=["GET", "POST"])
@requires("kanjertraining.see")
def export_programmes() -> Any:
    """The lessons in the programmes of a school year as a file; there is nobody in it."""
    year = year_page.asked_year()
    return export_page(
        ListToExport(
            PROGRAMMES,
            lambda _names: _programmes(year),
            {"year": str(year.begins)},
            [(_("Schooljaar"), str(year))],
            url_for(".programmes", year=year.begins),
            has_names=False,
        )
    )


def _programmes(year: SchoolYear) -> Sheet:
    columns = [
        Column(_("Programma"), width=28),
        Column(_("Voor wie"), width=16),
        Column(_("Nummer"), "number", 9),
        Column(_("Les"), width=40),
        Column(_("Thema’s"), width=40),
    ]
    themes, rows = reading.themes(), reading.programmes(year.begins)
    named = reading.named_programmes(rows)
    return Sheet(
        columns,
        [
            [
                named[row.programme].title,
                words.groups_in_words(row.year_groups),
                topic.number,
                topic.title,
                ", ".join(themes[each] for each in topic.themes if each in themes) or None,
            ]
            for row in rows
            if row.programme in named
            for _topic_id, topic in named[row.programme].in_order()
        ],
    )


@pages.route("/licences/export", methods=["GET", "POST"])
@requires("kanjertraining.licences")
def export_licences() -> Any:
    """How everybody who teaches or has a licence stands, as a file."""
    return export_page(ListToExport(LICENCES, _licences, {}, [], url_for(".licences")))


def _licences(names: bool) -> Sheet:
    columns = [
        Column(_("Licentie"), width=14),
        Column(_("Gehaald op"), "day", 12),
        Column(_("Geldig tot en met"), "day", 12),
        Column(_("Nu"), width=28),
    ]
    naming = [Column(_("Wie"), width=28)] if names else []
    rows = [
        [*([name.full] if names else []), *_licence(rows)] for name, rows in coordinating.with_licence_or_teaching()
    ]
    return Sheet([*naming, *columns], rows)


def _licence(rows: list[Any]) -> list[Any]:
    best, standing = licensing.best_of(rows, today()), str(words.STANDING_LABELS[licensing.standing(rows, today())])
    return [str(words.LEVEL_LABELS[best.level]), best.issued_on, best.valid_until, standing] if best else [
        None, None, None, standing,
    ]  # fmt: skip


@pages.route("/agreements/export", methods=["GET", "POST"])
@requires("kanjertraining.see")
def export_agreements() -> Any:
    """The agreements and themes of the school as a file; there is nobody in it."""
    return export_page(
        ListToExport(LINES, lambda _names: _agreements(), {}, [], url_for(".agreements"), has_names=False)
    )


def _agreements() -> Sheet:
    columns = [Column(_("Soort"), width=14), Column(_("Nummer"), "number", 9), Column(_("Tekst"), width=60)]
    of_plan = [[str(_("thema")), None, str(label)] for label in words.SHIPPED_THEMES.values()]
    return Sheet(
        columns,
        [
            *([str(_("afspraak")), number, text] for _line, number, text in reading.lines(AGREEMENT)),
            *of_plan,
            *([str(_("thema")), number, text] for _line, number, text in reading.lines(THEME)),
        ],
    )
