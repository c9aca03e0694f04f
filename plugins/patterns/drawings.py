"""The charts of one question: each bar leads to the question it asks next."""

from collections.abc import Callable, Mapping
from typing import Any

from flask_babel import format_date, ngettext
from flask_babel import gettext as _

from intranet.api import Bar, BarChart, Shade, ShadeTable, incident_words

from . import counting, reading, words
from .big5 import Pattern
from .counting import NOT_SAID, Happening
from .events import BOTH, INCIDENT

OF_INCIDENTS = ("place", "moment")
"""What no signal says."""
ABOUT_EQUAL = 1.25
"""A month that differs less than this from the one before is called about equal: children are no decimals."""


def drawn(pattern: Pattern) -> dict[str, Any]:
    """Return all that is drawn on the page."""
    every = charts(pattern)
    return {
        "month": next((chart for name, _look, chart in every if name == "month"), None),
        "charts": [(look, chart) for name, look, chart in every if name != "month"],
        "heat": heat(pattern),
        "times": distribution_chart(pattern),
    }


def charts(pattern: Pattern) -> list[tuple[str, str, BarChart]]:
    """Return each chart whose answer is still open: what it is by, how it is drawn, and the chart."""
    open_ones = [
        ("month", "columns", month_chart),
        ("kind", "rows", kind_chart),
        ("place", "rows", place_chart),
        ("moment", "rows", moment_chart),
        ("weekday", "columns", weekday_chart),
        ("group", "rows", group_chart),
    ]
    said = [each for each in open_ones if pattern.question.source == INCIDENT or each[0] not in OF_INCIDENTS]
    return [(name, look, make(pattern)) for name, look, make in said if getattr(pattern.question, name) is None]


def _unit(pattern: Pattern) -> str:
    return words.source_label(pattern.question.source)


def _apart(pattern: Pattern, belongs: Callable[[Happening], bool]) -> str | None:
    """Return how many of each source a bar has, where both are counted: an incident and a signal are not one number."""
    if pattern.question.source != BOTH:
        return None
    return words.apart(each for each in pattern.found if belongs(each))


def month_chart(pattern: Pattern) -> BarChart:
    """How many a school day, each month: months with a holiday can be compared with others."""
    bars = [
        Bar(
            format_date(each.first, "MMMM y"),
            each.per_day,
            pattern.href(month=each.first.month) if each.count else None,
            format_date(each.first, "MMM").rstrip("."),
            _month_note(pattern, each),
        )
        for each in pattern.months
    ]
    return BarChart(
        _("Per schooldag, per maand"), _month_message(pattern.months), bars, _("Maand"), _("Per schooldag"), digits=2
    )


def _month_note(pattern: Pattern, month: counting.Month) -> str:
    said = _("%(count)d op %(days)s", count=month.count, days=_school_days(month.school_days))
    apart = _apart(pattern, lambda each: each.day.month == month.first.month)
    return f"{said}: {apart}" if apart else said


def _school_days(count: int) -> str:
    return ngettext("%(num)d schooldag", "%(num)d schooldagen", count)


def _month_message(months: list[counting.Month]) -> str | None:
    counted = [each for each in months if each.per_day is not None]
    if len(counted) < 2 or sum(each.count for each in counted[-2:]) < counting.FEW:
        return None
    last, before = counted[-1], counted[-2]
    names = {"month": format_date(last.first, "MMMM"), "before": format_date(before.first, "MMMM")}
    more, less = (last.per_day or 0.0), (before.per_day or 0.0)
    if max(more, less) < ABOUT_EQUAL * min(more, less):
        return _("In %(month)s is er per dag ongeveer evenveel vastgelegd als in %(before)s.", **names)
    if more > less:
        return _("In %(month)s is er per dag meer vastgelegd dan in %(before)s.", **names)
    return _("In %(month)s is er per dag minder vastgelegd dan in %(before)s.", **names)


def kind_chart(pattern: Pattern) -> BarChart:
    """What happened, the most recorded first."""
    bars = [
        Bar(
            words.kind_label(code),
            count,
            pattern.href(kind=code),
            note=_apart(pattern, lambda each, code=code: code in each.kinds),
        )
        for code, count in _most_first(counting.by_kind(pattern.found))
    ]
    return BarChart(_("Wat"), _most(bars, len(pattern.found)), bars, _("Wat"), _unit(pattern))


def place_chart(pattern: Pattern) -> BarChart:
    """Where it happened, the most recorded first."""
    counted = counting.by(pattern.found, lambda each: each.place or NOT_SAID)
    bars = [Bar(words.place_label(code), count, pattern.href(place=code)) for code, count in _most_first(counted)]
    return BarChart(_("Waar"), _most(bars, len(pattern.found)), bars, _("Waar"), _unit(pattern))


def moment_chart(pattern: Pattern) -> BarChart:
    """At what part of the day, in the order of the day."""
    counted = counting.by(pattern.found, lambda each: each.moment or NOT_SAID)
    bars = [
        Bar(words.moment_label(code), counted[code], pattern.href(moment=code) if counted[code] else None)
        for code in _moments(counted)
    ]
    return BarChart(_("Wanneer op de dag"), _most(bars, len(pattern.found)), bars, _("Wanneer"), _unit(pattern))


def _moments(counted: Mapping[str, int]) -> list[str]:
    known = [each.code for each in incident_words.MOMENTS]
    return [*known, *([NOT_SAID] if counted.get(NOT_SAID) else [])]


def weekday_chart(pattern: Pattern) -> BarChart:
    """On which weekday, in the order of the week."""
    counted = counting.by(pattern.found, lambda each: each.day.isoweekday())
    shown = sorted(set(range(1, 6)) | set(counted))
    bars = [
        Bar(
            words.weekday_label(day),
            counted[day],
            pattern.href(weekday=day) if counted[day] else None,
            words.weekday_label(day)[:2],
            _apart(pattern, lambda each, day=day: each.day.isoweekday() == day),
        )
        for day in shown
    ]
    return BarChart(_("Welke dag"), None, bars, _("Dag"), _unit(pattern))


def group_chart(pattern: Pattern) -> BarChart:
    """In which group, in the order of their names: a number of records says nothing about a group (facts 13.12)."""
    counted = counting.by(pattern.found, lambda each: each.group)
    known = [group for group in pattern.people.groups if counted[group] or pattern.people.groups[group].open]
    bars = [
        Bar(
            words.group_label(group, pattern.people),
            counted[group],
            pattern.href(group=group) if counted[group] else None,
            note=_apart(pattern, lambda each, group=group: each.group == group),
        )
        for group in known
    ]
    if counted[None]:
        bars.append(Bar(_("Geen groep"), counted[None], note=_apart(pattern, lambda each: each.group is None)))
    message = _("Op naam, niet op aantal. Een groep waar meer is vastgelegd, is niet onveiliger.")
    return BarChart(_("Welke groep"), message, bars, _("Groep"), _unit(pattern))


def heat(pattern: Pattern) -> ShadeTable | None:
    """Place against part of the day, where both are still open."""
    if pattern.question.source != INCIDENT or pattern.question.place or pattern.question.moment or not pattern.found:
        return None
    counted = counting.by_place_and_moment(pattern.found)
    moments = _moments(counting.by(pattern.found, lambda each: each.moment or NOT_SAID))
    places = [place for place, _count in _most_first(counting.by(pattern.found, lambda each: each.place or NOT_SAID))]
    rows = [
        (
            words.place_label(place),
            [Shade(counted[place, moment], pattern.href(place=place, moment=moment)) for moment in moments],
        )
        for place in places
    ]
    (place, moment), most = counted.most_common(1)[0]
    message = None
    if most >= counting.FEW:
        message = _(
            "%(place)s, %(moment)s valt op: %(count)d keer.",
            place=words.place_label(place),
            moment=words.moment_label(moment).lower(),
            count=most,
        )
    return ShadeTable(
        "heat", _("Plek en tijd samen"), message, _("Waar"), [words.moment_label(each) for each in moments], rows
    )


def distribution_chart(pattern: Pattern) -> BarChart:
    """How many pupils were in one record, in two to five, and in six or more; never which."""
    times = counting.times_of_pupils(pattern.found, reading.pupils())
    labels = {
        counting.ONE: _("1 keer erbij"),
        counting.SOME: _("2 tot 5 keer erbij"),
        counting.MANY: _("6 keer of vaker erbij"),
    }
    bars = [Bar(labels[step], count) for step, count in counting.distribution(times).items()]
    message = _("In welke rol dan ook. Namen staan hier niet.")
    return BarChart(_("Hoe vaak leerlingen erbij zijn"), message, bars, _("Hoe vaak"), _("Leerlingen"))


def _most_first(counted: Mapping[Any, int]) -> list[tuple[Any, int]]:
    return sorted(counted.items(), key=lambda pair: (-pair[1], str(pair[0])))


def _most(bars: list[Bar], total: int) -> str | None:
    """Return what stands out; shares only of enough, because "half" of four is two (facts 2.3)."""
    known = sorted((bar for bar in bars if bar.value), key=lambda bar: -(bar.value or 0))
    if not known or (len(known) > 1 and known[0].value == known[1].value):
        return None
    label, most = known[0].label, known[0].value or 0
    if most < counting.FEW or total < 4 * counting.FEW:
        return _("%(label)s het vaakst.", label=label)
    if 2 * most >= total:
        return _("%(label)s: de helft of meer.", label=label)
    return _("%(label)s het vaakst: %(share)d procent.", label=label, share=round(100 * most / total))
