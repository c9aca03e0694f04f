"""The pages of measures: what the school does about a pattern or a record, and what the figures say since then."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from flask import request, url_for
from flask_babel import format_date, ngettext
from flask_babel import gettext as _

from intranet.api import (
    Bar,
    BarChart,
    NotFound,
    SchoolCalendar,
    SchoolYear,
    current_actor,
    current_school,
    from_milliseconds,
    log,
    may,
    may_read_record,
    record_url,
    roster,
    school_calendar,
    school_zone,
    today,
)

from . import reading, words
from .big5 import question_of
from .counting import Question
from .events import INCIDENT, RECORDS, Measure
from .measure_list import Wish, applied, filters

AS_LONG_AS = timedelta(days=365)


OWNED = "patterns.owned"
"""Looking at a measure that one sees to oneself."""


def may_see(row: Any) -> bool:
    """Tell whether who is signed in may read a measure: whoever reads patterns, and who sees to it."""
    return may("patterns.read") or (row.owner == current_actor() and may(OWNED, {"owner"}))


def may_evaluate(row: Any) -> bool:
    """Tell whether who is signed in says whether a measure works."""
    return not row.done and (may("patterns.measures") or (row.owner == current_actor() and may(OWNED, {"owner"})))


def seen() -> list[Any]:
    """Return the measures that who is signed in may read, those that are looked at first on top."""
    return [row for row in reading.measures() if may_see(row)]


def list_page() -> dict[str, Any]:
    """Return the measures for the wish in the address, with filters that say how many there would be."""
    people, asked, rows = roster(current_school()), Wish.of_request(), seen()
    found = [row for row in rows if asked.holds(row)]
    measures = log.get_each(Measure, [row.measure for row in found])
    return {
        "measures": [_item(row, measures[row.measure], people) for row in found],
        "any": bool(rows),
        "filters": filters(asked, rows),
        "applied": applied(asked),
        "summary": ngettext("%(num)d maatregel", "%(num)d maatregelen", len(found)),
        "export_url": url_for("patterns.export_measures", **asked.parameters),
    }


def _item(row: Any, measure: Measure, people: Any) -> dict[str, Any]:
    late = not row.done and row.evaluate_on <= today()
    when = _("Afgerond") if row.done else _("Kijk op %(day)s", day=format_date(row.evaluate_on, "d MMMM y"))
    badge = None
    if row.outcome:
        badge = (str(words.OUTCOME_LABELS[row.outcome]), words.OUTCOME_TONES[row.outcome])
    elif late:
        badge = (_("Nu kijken"), "warn")
    return {
        "label": measure.text,
        "note": " · ".join(filter(None, [about(row, measure, people), when, name_of(people, row.owner)])),
        "href": url_for("patterns.measure", measure_id=row.measure),
        "icon": "circle-check" if row.done else "calendar-clock",
        "tone": "warn" if late else "ok" if row.done else "info",
        "badge": badge,
    }


def name_of(people: Any, person: UUID | None) -> str:
    """Return somebody by name, also one who is no longer known."""
    return people[person].full if person in people else _("iemand die niet meer bekend is")


def question_of_measure(measure: Measure, year: SchoolYear) -> Question:
    """Return the question a measure was made for, asked of a school year."""
    return question_of({each.filter: each.choice for each in measure.pattern}, year)


def pattern_in_words(question: Question, people: Any) -> str:
    """Return what a measure is about."""
    source = [] if question.source == INCIDENT else [words.source_label(question.source)]
    return ", ".join([*source, *words.filter_words(question, people).values()])


def about(row: Any, measure: Measure, people: Any) -> str:
    """Return what a measure is about: its pattern, and the record it came from as far as the reader may know of it."""
    question = question_of_measure(measure, SchoolYear.of(today()))
    source = record_label(row.record_kind) if may_read_record(row.record_kind, row.record) else ""
    return ", ".join(filter(None, [source, pattern_in_words(question, people)]))


def record_label(kind: str) -> str:
    """Return from what kind of record a measure came."""
    return str(words.FROM_LABELS[kind])


def of_record(kind: str, record_id: UUID) -> list[dict[str, Any]]:
    """Return the measures that came from a record, for its own page; of who may not read measures none."""
    people = roster(current_school())
    rows = [row for row in reading.measures_of_record(record_id) if row.record_kind == kind and may_see(row)]
    found = log.get_each(Measure, [row.measure for row in rows])
    return [_item(row, found[row.measure], people) for row in rows]


def asked_record() -> tuple[str, UUID] | None:
    """Return the record that the address says a measure comes from, None for a pattern.

    Raises `NotFound` for a record that who is signed in may not read.
    """
    kind = request.values.get("from")
    if kind is None:
        return None
    try:
        record_id = UUID(hex=request.values.get("record", ""))
    except ValueError:
        raise NotFound("That is no record.") from None
    if kind not in RECORDS or not may_read_record(kind, record_id):
        raise NotFound("There is no such record to read.")
    return kind, record_id


def one_measure(measure_id: UUID) -> Any:
    """Return the row of a measure that who is signed in may read. Raises `NotFound` for any other."""
    row = next((each for each in reading.measures() if each.measure == measure_id), None)
    if row is None or not may_see(row):
        raise NotFound("There is no such measure.")
    return row


def measure_page(measure_id: UUID) -> dict[str, Any]:
    """Return one measure: its words, where it came from, its figures before and since, and every evaluation."""
    row, measure = one_measure(measure_id), log.get(Measure, measure_id)
    people, begun = roster(current_school()), from_milliseconds(row.proposed_at).astimezone(school_zone()).date()
    question = question_of_measure(measure, SchoolYear.of(today()))
    return {
        "measure": measure,
        "row": row,
        "about": about(row, measure, people),
        "pattern_href": url_for("patterns.big5", **question.parameters)
        if measure.pattern and may("patterns.read")
        else None,
        "record": _record(row),
        "may_evaluate": may_evaluate(row),
        "may_withdraw": not row.outcome and not row.done and may("patterns.measures"),
        "owner": name_of(people, row.owner),
        "begun": begun,
        # Who only sees to a measure sees no figures of the school.
        "chart": before_and_since(question, begun) if measure.pattern and may("patterns.read") else None,
        "story": _story(measure_id, people),
    }


def _record(row: Any) -> tuple[str, str] | None:
    """Return the record that a measure came from with its address; None for who may not know that there is one."""
    if not may_read_record(row.record_kind, row.record):
        return None
    address = record_url(row.record_kind, row.record)
    return (record_label(row.record_kind), address) if address else None


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
        elif isinstance(event, Measure.Evaluated):
            item |= {
                "title": words.OUTCOME_LABELS[event.outcome],
                "line": event.conclusion,
                "icon": "scale",
                "tone": words.OUTCOME_TONES[event.outcome],
            }
        items.append(item)
    return items[::-1]
