"""What Kanjertraining puts on pages of the core: what waits, cards on the home page, search, time lines."""

from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from flask import render_template, url_for
from flask_babel import format_date, ngettext
from flask_babel import gettext as _

from intranet.api import (
    DueDate,
    HomeCard,
    Roster,
    SchoolYear,
    SearchResult,
    Subject,
    TimelineEntry,
    current_actor,
    current_school,
    may,
    own_groups,
    roster,
    school_calendar,
    school_zone,
    today,
)

from . import coordinating, licensing, reading, words, year_page
from .events import GIVEN, PLANNED, SKIPPED
from .school_events import AGREEMENT

MOST_FOUND, LATEST = 20, 30
SCHOOL_BEGINS = time(8, 30)
LICENCE = "kanjertraining.licence"
WINDOW_AHEAD = timedelta(days=14)


def due_dates() -> list[DueDate]:
    """Lessons of the own groups, licences to see to a month before they end, and KanVAS windows that need some."""
    return [*_own_lessons(), *_own_licence(), *_licences_to_see_to(), *_windows_that_need_licences()]


def _own_lessons() -> list[DueDate]:
    mine = own_groups()
    if not mine or not may("kanjertraining.record", {"own_group"}):
        return []
    people, year = roster(current_school()), SchoolYear.of(today())
    rows = [row for row in reading.lessons(year.begins) if row.state == PLANNED and row.class_group in mine]
    topics = reading.topics_of({row.programme for row in rows if row.programme})
    return [
        DueDate(
            row.day,
            words.KIND_SHORT[row.kind],
            url_for("kanjertraining.lesson", lesson_id=row.lesson),
            _note(row, people, topics),
            words.KIND_ICONS[row.kind],
            "kanjertraining.lesson",
        )
        for row in rows
    ]


def _note(row: Any, people: Roster, topics: Any) -> str:
    group = _("groep %(name)s", name=words.group_label(row.class_group, people))
    title = words.lesson_title(row, topics)
    return group if title == words.KIND_SHORT[row.kind] else f"{group} · {title}"


def _own_licence() -> list[DueDate]:
    me = current_actor()
    best = licensing.best_of(reading.licences(me), today()) if me else None
    if best is None or not may("kanjertraining.see"):
        return []
    label, href = _("Je Kanjerlicentie loopt af"), url_for("kanjertraining.my_licences")
    return [_licence(best, label, href)]


def _licences_to_see_to() -> list[DueDate]:
    if not may("kanjertraining.licences"):
        return []
    people, found = roster(current_school()), []
    for person, rows in reading.licences_by_person().items():
        best = licensing.best_of(rows, today())
        if best is None or person == current_actor() or person not in people or not people[person].here:
            continue
        href = url_for("kanjertraining.change_licence", licence_id=best.licence)
        label = _("Kanjerlicentie van %(name)s loopt af", name=people[person].full)
        found.append(_licence(best, label, href))
    return found


def _windows_that_need_licences() -> list[DueDate]:
    """Return the windows to come for which somebody has no licence: how many do, because a note may leave the house."""
    if not may("kanjertraining.licences"):
        return []
    people, held = roster(current_school()), reading.licences_by_person()
    label = _("Regel licenties voor KanVAS")
    return [
        DueDate(row.first - WINDOW_AHEAD, label, _front_page(), _lacking(count), "graduation-cap", LICENCE)
        for row in reading.windows()
        if row.last >= today() and (count := len(coordinating.lacking_in(row, people, held)))
    ]


def _lacking(count: int) -> str:
    return str(ngettext("Er mist %(num)d licentie.", "Er missen %(num)d licenties.", count))


def _front_page() -> str:
    """Return the address at which whoever keeps licences sees who has one."""
    return url_for(f"kanjertraining.{'coordinator' if may('kanjertraining.plan') else 'licences'}")


def _licence(row: Any, label: str, href: str) -> DueDate:
    day = row.valid_until - licensing.NEAR
    return DueDate(day, label, href, _until(row), "graduation-cap", LICENCE)


def _until(row: Any) -> str:
    return str(_("geldig tot en met %(day)s", day=format_date(row.valid_until, "d MMMM y")))


def home_cards() -> list[HomeCard]:
    """What the coordinator should know: licences that end within 90 days, and who lacks one in a KanVAS window."""
    if not may("kanjertraining.licences"):
        return []
    people, held = roster(current_school()), reading.licences_by_person()
    ending = coordinating.ending(people, held)
    windows = [
        coordinating.window_item(row, people, held)
        for row in reading.windows()
        if row.first - WINDOW_AHEAD <= today() <= row.last
    ]
    windows = [each for each in windows if each["lacking"]]
    if not ending and not windows:
        return []
    body = render_template("kanjertraining/card.html", ending=ending[:5], windows=windows)
    title, more = _("Kanjerlicenties"), _("Alles")
    return [HomeCard(title, body, "graduation-cap", more, _front_page(), "kanjertraining.licences", 60)]


def search(words_typed: str) -> list[SearchResult]:
    """Find lessons of this year's programmes and agreements by their words."""
    if not may("kanjertraining.see"):
        return []
    typed, found = words_typed.casefold(), []
    rows = reading.programmes(SchoolYear.of(today()).begins)
    for programme in reading.named_programmes(rows).values():
        href = url_for("kanjertraining.programme", programme_id=programme.id)
        for _id, topic in programme.in_order():
            if typed in topic.title.casefold():
                found.append(SearchResult(topic.title, href, _("Kanjertraining"), programme.title, "book-open"))
    href = url_for("kanjertraining.agreements")
    for _id, _number, text in reading.lines(AGREEMENT):
        if typed in text.casefold():
            found.append(SearchResult(text, href, _("Kanjertraining"), _("kanjerafspraak"), "list-checks"))
    return found[:MOST_FOUND]


def timeline(subject: Subject) -> list[TimelineEntry]:
    """What a group did this school year and the one before, and for a colleague since when they have a licence."""
    if not may("kanjertraining.see"):
        return []
    return _of_group(subject.id) if subject.kind == "group" else _of_person(subject.id)


def _of_group(group_id: UUID) -> list[TimelineEntry]:
    year = SchoolYear.of(today())
    rows = [*reading.lessons(year.previous.begins, group_id), *reading.lessons(year.begins, group_id)]
    done = [row for row in rows if row.state in (GIVEN, SKIPPED)][-LATEST:]
    shown = year_page.shown(done, roster(current_school()), school_calendar(), {})
    return [
        TimelineEntry(
            datetime.combine(each.row.day, SCHOOL_BEGINS, school_zone()),
            _("%(kind)s: %(title)s", kind=words.KIND_SHORT[each.row.kind], title=each.title),
            str(words.REASON_LABELS[each.row.reason]) if each.row.reason else "",
            words.STATE_ICONS[each.row.state],
            words.STATE_TONES[each.row.state],
            each.href,
        )
        for each in done_first(shown)
    ]


def done_first(shown: list[year_page.Shown]) -> list[year_page.Shown]:
    """Return lessons with the latest day first."""
    return sorted(shown, key=lambda each: each.row.day, reverse=True)


def _of_person(person: UUID) -> list[TimelineEntry]:
    if person != current_actor() and not may("kanjertraining.licences"):
        return []
    return [
        TimelineEntry(
            datetime.combine(row.issued_on, SCHOOL_BEGINS, school_zone()),
            str(words.LEVEL_LABELS[row.level]),
            _until(row),
            "graduation-cap",
            "ok" if licensing.counts_on(row, today()) else "quiet",
            url_for("kanjertraining.my_licences") if person == current_actor() else None,
        )
        for row in reading.licences(person)
    ]
