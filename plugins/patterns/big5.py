"""The page of the Big 5: numbers and charts of one question, each bar leading to the question it asks next."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from flask import request, url_for
from flask_babel import format_date, ngettext
from flask_babel import gettext as _

from intranet.api import (
    Roster,
    SchoolCalendar,
    SchoolYear,
    current_school,
    incident_words,
    number,
    record_url,
    roster,
    school_calendar,
    today,
)

from . import counting, reading, words
from .counting import NOT_SAID, Happening, Question
from .events import BOTH, INCIDENT, SIGNAL, SOURCES

MOST_LISTED = 25
RECORDS = {INCIDENT: "incidents.incident", SIGNAL: "signals.signal"}
"""What the log calls them, by which their pages are found."""


@dataclass(frozen=True)
class Pattern:
    """A question with what it finds, and what is needed to count it."""

    question: Question
    found: list[Happening]
    calendar: SchoolCalendar
    people: Roster
    until: date
    well: list[Happening]
    """What was seen to go well in the same days and group: counted apart."""

    @property
    def school_days(self) -> int:
        """How many school days of the year, or of the chosen month, there have been."""
        if self.question.month is None:
            return self.calendar.count(self.question.year.first, self.until)
        return sum(each.school_days for each in self.months if each.first.month == self.question.month)

    @property
    def months(self) -> list[counting.Month]:
        """The months of the year up to today."""
        return counting.per_month(self.found, self.calendar, self.question.year, self.until)

    @property
    def sentence(self) -> str:
        """What is looked at, in one sentence."""
        return words.sentence(self.question, self.found, self.people)

    def href(self, **filters: Any) -> str:
        """Return the address of the same question with more or fewer filters."""
        return url_for("patterns.big5", **self.question.narrowed(**filters).parameters)


def asked_question() -> Question:
    """Read the address, or the form that repeats it; what is not understood is left out."""
    asked, now = request.values, SchoolYear.of(today())
    year = _number(asked.get("year"), now.begins - 30, now.begins)
    source = asked.get("source")
    source = source if source in SOURCES else INCIDENT
    # A signal says no place and no part of the day.
    placed = asked if source == INCIDENT else {}
    return Question(
        SchoolYear(year) if year else now,
        month=_number(asked.get("month"), 1, 12),
        kind=_code(asked.get("kind"), words.kinds_of(source)),
        place=_code(placed.get("place"), [each.code for each in incident_words.PLACES]),
        moment=_code(placed.get("moment"), [each.code for each in incident_words.MOMENTS]),
        weekday=_number(asked.get("weekday"), 1, 7),
        group=_id(asked.get("group")),
        source=source,
    )


def question_of(pattern: Mapping[str, str], year: SchoolYear) -> Question:
    """Return the question that a measure was made for, asked of a school year."""
    return Question(
        year,
        month=_number(pattern.get("month"), 1, 12),
        kind=pattern.get("kind"),
        place=pattern.get("place"),
        moment=pattern.get("moment"),
        weekday=_number(pattern.get("weekday"), 1, 7),
        group=_id(pattern.get("group")),
        source=pattern.get("source", INCIDENT),
    )


def _number(text: str | None, least: int, most: int) -> int | None:
    value = int(text) if text and text.isascii() and text.isdigit() and len(text) < 6 else None
    return value if value is not None and least <= value <= most else None


def _code(text: str | None, known: Collection[str]) -> str | None:
    return text if text == NOT_SAID or text in known else None


def _id(text: str | None) -> UUID | None:
    try:
        return UUID(hex=text) if text and len(text) == 32 else None
    except ValueError:
        return None


def pattern_of(question: Question) -> Pattern:
    """Find what a question asks for, as far as the person who is signed in may count it."""
    year, until = question.year, min(question.year.last, today())
    everything = reading.happenings(year.first, until, source=question.source, closed=reading.counts_closed())
    people, well = roster(current_school()), question.going_well(everything)
    return Pattern(question, question.of(everything), school_calendar(), people, until, well)


def page(pattern: Pattern) -> dict[str, Any]:
    """Gather the page, without its charts."""
    question, found = pattern.question, pattern.found
    return {
        "pattern": pattern,
        "sentence": pattern.sentence,
        "years": _years(question),
        "sources": _sources(question),
        "applied": applied(pattern),
        "numbers": numbers(pattern),
        "listed": listed(pattern),
        "about_these": words.about_these(question.source),
        "reads_all": reading.reads_all(question.source),
        "has_holidays": pattern.calendar.has_holidays(question.year),
        "is_narrow": len(question.chosen) >= 2 and bool(found),
    }


def _years(question: Question) -> list[dict[str, Any]]:
    now = SchoolYear.of(today())
    shown = sorted({now, now.previous, now.previous.previous, question.year})
    return [
        {
            "label": str(year),
            "href": url_for("patterns.big5", **{**question.parameters, "year": year.begins}),
            "current": year == question.year,
        }
        for year in shown
    ]


def _sources(question: Question) -> list[dict[str, Any]]:
    return [
        {
            "label": words.source_label(source),
            "href": url_for("patterns.big5", **_counting(question, source).parameters),
            "current": source == question.source,
        }
        for source in SOURCES
    ]


def _counting(question: Question, source: str) -> Question:
    """Return the same question of another source, without the filters that it does not know."""
    kind = question.kind if question.kind in words.kinds_of(source) else None
    placed = {} if source == INCIDENT else {"place": None, "moment": None}
    return question.narrowed(source=source, kind=kind, **placed)


def applied(pattern: Pattern) -> list[dict[str, Any]]:
    """Return the chosen filters as chips, each with the address without it."""
    chosen = words.filter_words(pattern.question, pattern.people)
    return [{"label": said, "href": pattern.href(**{name: None})} for name, said in chosen.items()]


def numbers(pattern: Pattern) -> list[dict[str, Any]]:
    """Return what stands on top: how many, how many a school day, and that a hundred pupils; each source by itself."""
    source = pattern.question.source
    if source == INCIDENT:
        return [_how_many(pattern, INCIDENT), *_rates(pattern)]
    if source == SIGNAL:
        return [_how_many(pattern, SIGNAL), _rates(pattern)[0], _going_well(pattern)]
    return [_how_many(pattern, INCIDENT), _how_many(pattern, SIGNAL), _going_well(pattern)]


def _how_many(pattern: Pattern, source: str) -> dict[str, Any]:
    first, count = pattern.question.year.first, sum(each.source == source for each in pattern.found)
    note = _("Van %(first)s tot en met %(last)s", first=_day(first), last=_day(pattern.until))
    if pattern.question.source == BOTH and source == SIGNAL:
        note = _("Zonder signalen die een incident werden")
    return {
        "number": number(count),
        "label": words.source_label(source),
        "note": note,
        "icon": "list-checks" if source == INCIDENT else "message-circle",
        "tone": "info",
    }


def _going_well(pattern: Pattern) -> dict[str, Any]:
    return {
        "number": number(len(pattern.well)),
        "label": _("Gaat goed"),
        "note": _("Apart geteld: dit is geen probleem"),
        "icon": "thumbs-up",
        "tone": "ok",
    }


def _rates(pattern: Pattern) -> list[dict[str, Any]]:
    count, days, pupils = len(pattern.found), pattern.school_days, reading.pupils_now()
    per_day = count / days if days else None
    return [
        {
            "number": number(per_day, 2),
            "label": _("Per schooldag"),
            "note": ngettext("%(num)d schooldag", "%(num)d schooldagen", days),
            "icon": "calendar-days",
            "tone": "quiet",
        },
        {
            "number": number(100 * per_day / pupils if per_day is not None and pupils else None, 2),
            "label": _("Per 100 leerlingen per schooldag"),
            "note": ngettext("%(num)d leerling", "%(num)d leerlingen", pupils),
            "icon": "users",
            "tone": "quiet",
        },
    ]


def _day(day: date) -> str:
    return format_date(day, "d MMMM")


def listed(pattern: Pattern) -> list[dict[str, Any]] | None:
    """Return links to what was found, when it is narrow enough to read and the person may read every one."""
    source = pattern.question.source
    if not reading.reads_all(source) or not pattern.question.chosen or not 0 < len(pattern.found) <= MOST_LISTED:
        return None
    return [_link(each, pattern.people) for each in sorted(pattern.found, key=lambda each: each.at, reverse=True)]


def _link(happening: Happening, people: Roster) -> dict[str, Any]:
    codes = [code for code in words.kinds_of(happening.source) if code in happening.kinds]
    where = [words.place_label(happening.place)] if happening.place else []
    where += [_("groep %(name)s", name=words.group_label(happening.group, people))] if happening.group else []
    return {
        "label": ", ".join(words.kind_label(code) for code in codes),
        "note": " · ".join([format_date(happening.at, "EEEE d MMMM y"), *where]),
        "href": href_of(happening),
        "icon": words.kind_icon(codes[0]) if codes else "clipboard-list",
    }


def href_of(happening: Happening) -> str | None:
    """Return the address of what happened."""
    return record_url(RECORDS[happening.source], happening.id)
