"""Patterns as a file: all numbers of a question for the team, or those of a year for outside, without small numbers."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from flask import request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from intranet.api import BarChart, Column, ListToExport, Sheet, exported_list

from . import counting, drawings, words
from .big5 import Pattern, asked_question
from .counting import Question

TEAM = exported_list("patterns.numbers", _l("Patronen"))
OUTSIDE = exported_list("patterns.outside", _l("Patronen voor buiten het team"))
FOR_OUTSIDE = ("month", "kind", "place", "moment")
"""What may be told outside: no groups and no pupils, however many there are."""


def is_for_outside() -> bool:
    """Tell whether the address asks for what may leave the team: for the MR, parents or a newsletter."""
    return request.args.get("outside") == "1"


def question_to_take_out() -> Question:
    """Return the question of the address; outside only a whole year, or two files together would tell too much."""
    asked = asked_question()
    return Question(asked.year) if is_for_outside() else asked


def to_export(pattern: Pattern) -> ListToExport:
    """Return the numbers of a pattern for the team, to export."""
    charts = [*drawings.charts(pattern), ("pupils", "rows", drawings.distribution_chart(pattern))]
    chosen = ", ".join(words.filter_words(pattern.question, pattern.people).values()) or _("geen")
    described = [(_("Geteld"), words.source_label(pattern.question.source)), (_("Filters"), chosen)]
    return _list(TEAM, pattern, charts, described, drawings.heat(pattern), pattern.sentence)


def to_export_outside(pattern: Pattern) -> ListToExport:
    """Return the numbers of a year that may leave the team, to export."""
    charts = [
        (name, look, _without_small(chart, _counts(name, chart, pattern)))
        for name, look, chart in drawings.charts(pattern)
        if name in FOR_OUTSIDE
    ]
    promise = (_("Kleine aantallen"), _("een streepje is minder dan 5, of zou dat verraden"))
    return _list(OUTSIDE, pattern, charts, [promise])


def _list(
    what: str,
    pattern: Pattern,
    charts: list[tuple[str, str, BarChart]],
    described: list[tuple[str, str]],
    heat: Any = None,
    sentence: str | None = None,
) -> ListToExport:
    paper = {
        "month": next((chart for name, _look, chart in charts if name == "month"), None),
        "charts": [(look, chart) for name, look, chart in charts if name != "month"],
        "heat": heat,
        "sentence": sentence,
    }
    return ListToExport(
        what,
        lambda _names: _sheet([chart for _name, _look, chart in charts]),
        pattern.question.parameters,
        [(_("Schooljaar"), str(pattern.question.year)), *described],
        url_for("patterns.big5", **pattern.question.parameters),
        has_names=False,
        paper=("patterns/paper.html", paper),
    )


def _counts(name: str, chart: BarChart, pattern: Pattern) -> list[int]:
    """Return what each bar was counted from: an average of few is few."""
    if name == "month":
        return [each.count for each in pattern.months]
    return [int(bar.value or 0) for bar in chart.bars]


def _without_small(chart: BarChart, counts: Sequence[int]) -> BarChart:
    out = counting.left_out(counts)
    bars = [
        replace(bar, value=None, note=None, href=None) if small else replace(bar, href=None)
        for bar, small in zip(chart.bars, out, strict=True)
    ]
    return replace(chart, bars=bars, message=None)


def _sheet(charts: Sequence[BarChart]) -> Sheet:
    columns = [
        Column(_("Vraag"), width=28),
        Column(_("Antwoord"), width=36),
        Column(_("Aantal"), "number", 12),
        Column(_("Toelichting"), width=32),
    ]
    rows = [
        [str(chart.title), str(bar.label), bar.value, None if bar.note is None else str(bar.note)]
        for chart in charts
        for bar in chart.bars
    ]
    return Sheet(columns, rows)
