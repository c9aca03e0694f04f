"""Where measures and warnings turn up outside their own pages: in the search, and on the page of a group."""

from typing import Any

from flask import url_for
from flask_babel import format_date
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from intranet.api import (
    SearchResult,
    Subject,
    TimelineEntry,
    current_school,
    from_milliseconds,
    log,
    may,
    roster,
)

from . import measuring, quiet, reading, ruling
from .events import Measure

MOST = 20
GROUP = "group"


def measures_with(words: str) -> list[SearchResult]:
    """Return the measures in whose words, or pattern, these words stand."""
    people, wanted, found = roster(current_school()), words.casefold(), []
    for row, measure in _measures():
        about = measuring.about(row, measure, people)
        if wanted in measure.text.casefold() or wanted in about.casefold():
            address = url_for("patterns.measure", measure_id=row.measure)
            found.append(SearchResult(measure.text, address, _l("Maatregelen"), about, "flag"))
    return found[:MOST]


def of_subject(subject: Subject) -> list[TimelineEntry]:
    """Return the measures and warnings about a group, as far as one may know them.

    Of a pupil nothing: whom a warning is about is recorded when it is looked at, and a time line cannot record.
    """
    if subject.kind != GROUP:
        return []
    return [*_measures_of(subject), *_warnings_of(subject), *_quiet_weeks_of(subject)]


def _measures_of(subject: Subject) -> list[TimelineEntry]:
    return [
        TimelineEntry(
            from_milliseconds(row.proposed_at),
            _("Maatregel afgesproken"),
            measure.text,
            "flag",
            "info",
            url_for("patterns.measure", measure_id=row.measure),
        )
        for row, measure in _measures()
        if any((each.filter, each.choice) == (GROUP, subject.id.hex) for each in measure.pattern)
    ]


def _quiet_weeks_of(subject: Subject) -> list[TimelineEntry]:
    people = roster(current_school())
    return [
        TimelineEntry(
            from_milliseconds(row.decided_at),
            _("Besloten: een rustige week"),
            f"{quiet.group_in_words(row.class_group, people)}, {quiet.week_in_words(row.monday)}",
            "calendar-check",
            "quiet",
            quiet.address() if may(quiet.DECIDE) else None,
        )
        for row in quiet.readable()
        if row.class_group in (None, subject.id)
    ]


def _warnings_of(subject: Subject) -> list[TimelineEntry]:
    if not may("patterns.rules"):
        return []
    known = ruling.followed()
    return [
        TimelineEntry(
            from_milliseconds(row.raised_at),
            _("Een regel waarschuwde"),
            _("%(count)d keer, het laatst op %(day)s", count=row.happenings, day=format_date(row.day, "d MMMM")),
            "bell",
            "quiet" if row.handled else "warn",
            url_for("patterns.warning", warning_id=row.warning),
        )
        for row in reading.warnings()
        if row.rule in known and row.class_group == subject.id
    ]


def _measures() -> list[tuple[Any, Measure]]:
    rows = measuring.seen()
    found = log.get_each(Measure, [row.measure for row in rows])
    return [(row, found[row.measure]) for row in rows]
