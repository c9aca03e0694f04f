"""The pages of measures: what the school does about a pattern, and what the figures say since then."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from flask import url_for
from flask_babel import format_date
from flask_babel import gettext as _

from intranet.api import (
    Bar,
    BarChart,
    NotFound,
    SchoolCalendar,
    SchoolYear,
    current_school,
    from_milliseconds,
    log,
    roster,
    school_calendar,
    school_zone,
    today,
)

from . import reading, words
from .big5 import question_of
from .counting import Question
from .events import INCIDENT, Measure

AS_LONG_AS = timedelta(days=365)


def list_page() -> dict[str, Any]:
    """Return all measures, those that are looked at first on top."""
    people = roster(current_school())
    return {"measures": [_item(row, people) for row in reading.measures()]}


def _item(row: Any, people: Any) -> dict[str, Any]:
    measure = log.get(Measure, row.measure)
    question = question_of_measure(measure, SchoolYear.of(today()))
    late = not row.done and row.evaluate_on <= today()
    when = _("Afgerond") if row.done else _("Kijk op %(day)s", day=format_date(row.evaluate_on, "d MMMM y"))
    badge = None
    if row.outcome:
        badge = (str(words.OUTCOME_LABELS[row.outcome]), words.OUTCOME_TONES[row.outcome])
    elif late:
        badge = (_("Nu kijken"), "warn")
    return {
        "label": measure.text,
        "note": " · ".join([pattern_in_words(question, people), when, name_of(people, row.owner)]),
        "href": url_for("patterns.measure", measure_id=row.measure),
        "icon": "circle-check" if row.done else "calendar-clock",
        "tone": "warn" if late else "ok" if row.done else "info",
        "badge": badge,
    }


def name_of(people: Any, person: UUID) -> str:
    """Return somebody by name, also one who is no longer known."""
    return people[person].full if person in people else _("iemand die niet meer bekend is")


def question_of_measure(measure: Measure, year: SchoolYear) -> Question:
    """Return the question a measure was made for, asked of a school year."""
    return question_of({each.filter: each.choice for each in measure.pattern}, year)


def pattern_in_words(question: Question, people: Any) -> str:
    """Return what a measure is about."""
    source = [] if question.source == INCIDENT else [words.source_label(question.source)]
    return ", ".join([*source, *words.filter_words(question, people).values()])


def measure_page(measure_id: UUID) -> dict[str, Any]:
    """Return one measure: its words, its figures before and since, and every evaluation."""
    measure = log.get(Measure, measure_id)
    row = next((each for each in reading.measures() if each.measure == measure_id), None)
    if row is None:
        raise NotFound("There is no such measure.")
    people, begun = roster(current_school()), from_milliseconds(row.proposed_at).astimezone(school_zone()).date()
    question = question_of_measure(measure, SchoolYear.of(today()))
    return {
        "measure": measure,
        "row": row,
        "about": pattern_in_words(question, people),
        "pattern_href": url_for("patterns.big5", **question.parameters),
        "owner": name_of(people, row.owner),
        "begun": begun,
        "chart": before_and_since(question, begun),
        "story": _story(measure_id, people),
    }


def before_and_since(question: Question, begun: date) -> BarChart:
    """Compare as many days before a measure as there are since, at most a year, per school day."""
    now, calendar = today(), school_calendar()
    length = min(max(now - begun, timedelta(days=28)), AS_LONG_AS)
    everything = reading.happenings(begun - length, now, source=question.source, closed=reading.counts_closed())
    # A measure is about what, where and when in a week; the month it was seen in has gone by.
    asked = question.narrowed(month=None)
    matching = [each for each in everything if asked.narrowed(year=SchoolYear.of(each.day)).holds(each)]
    bars = [
        _stretch(_("De tijd ervoor"), matching, begun - length, begun - timedelta(days=1), calendar),
        _stretch(_("Sinds de maatregel"), matching, begun, now, calendar),
    ]
    message = _("Per schooldag. Minder vastgelegd kan ook betekenen dat er minder is opgeschreven.")
    return BarChart(_("Ervoor en erna"), message, bars, _("Wanneer"), _("Per schooldag"), digits=2)


def _stretch(label: str, matching: list[Any], first: date, last: date, calendar: SchoolCalendar) -> Bar:
    count = sum(first <= each.day <= last for each in matching)
    days = calendar.count(first, last)
    note = _("%(count)d op %(days)d schooldagen", count=count, days=days)
    return Bar(label, count / days if days else None, note=note)


def _story(measure_id: UUID, people: Any) -> list[dict[str, Any]]:
    items = []
    for event in log.events.get(measure_id):
        item = {"at": event.recorded_at, "actor": name_of(people, event.actor_id)}
        if isinstance(event, Measure.Proposed):
            item |= {"title": _("Afgesproken"), "icon": "flag", "tone": "info"}
        else:
            item |= {
                "title": words.OUTCOME_LABELS[event.outcome],
                "line": event.conclusion,
                "icon": "scale",
                "tone": words.OUTCOME_TONES[event.outcome],
            }
        items.append(item)
    return items[::-1]
