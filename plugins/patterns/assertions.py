"""Sentences of the safety plan that patterns can prove: the school learns of what it records, and looks in time."""

from datetime import timedelta

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from intranet.api import (
    FAILS,
    HOLDS,
    WEAK,
    PlanAssertion,
    from_milliseconds,
    may,
    school_calendar,
    school_zone,
    today,
)

from . import reading

A_YEAR, TOO_LATE = timedelta(days=365), timedelta(days=28)
ANSWER_WITHIN = 10
"""School days in which somebody looks at what a rule warned of."""


def assertions() -> list[PlanAssertion]:
    """Return each sentence with what the log says of it."""
    return [_learning(), _evaluating(), _answering()]


def _learning() -> PlanAssertion:
    since = today() - A_YEAR
    begun = [row for row in reading.measures() if row.proposed_at >= reading.midnight(since)]
    return PlanAssertion(
        _l("Van wat we vastleggen, maken we maatregelen."),
        HOLDS if begun else FAILS,
        ngettext(
            "%(num)d maatregel in de laatste twaalf maanden.",
            "%(num)d maatregelen in de laatste twaalf maanden.",
            len(begun),
        ),
        "P8.7",
        _address("patterns.measures", "patterns.read"),
    )


def _evaluating() -> PlanAssertion:
    open_ones = [row for row in reading.measures() if not row.done]
    late = [row for row in open_ones if row.evaluate_on < today()]
    longest = max((today() - row.evaluate_on for row in late), default=timedelta())
    return PlanAssertion(
        _l("Op de afgesproken dag kijken we of een maatregel werkt."),
        HOLDS if not late else WEAK if longest <= TOO_LATE else FAILS,
        _("Lopende maatregelen: %(open)d. Te laat: %(late)d.", late=len(late), open=len(open_ones)),
        "P8.2",
        _address("patterns.measures", "patterns.read"),
    )


def _answering() -> PlanAssertion:
    waiting = reading.warnings(open_only=True)
    calendar, zone = school_calendar(), school_zone()
    raised = [from_milliseconds(row.raised_at).astimezone(zone).date() for row in waiting]
    late = [day for day in raised if calendar.count(day + timedelta(days=1), today()) > ANSWER_WITHIN]
    return PlanAssertion(
        _l("Binnen tien schooldagen kijken we naar een waarschuwing."),
        HOLDS if not late else WEAK,
        _("Waarschuwingen die wachten: %(waiting)d. Te laat: %(late)d.", late=len(late), waiting=len(waiting)),
        "P6.6",
        _address("patterns.rules", "patterns.rules"),
    )


def _address(endpoint: str, permission: str) -> str | None:
    return url_for(endpoint) if may(permission) else None
