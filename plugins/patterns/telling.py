"""The events of patterns as sentences for whoever reviews the log; never what somebody wrote."""

from typing import Any

from flask_babel import format_date
from flask_babel import gettext as _

from intranet.api import EventDescription, Told

from . import words
from .events import Measure, Rule
from .quiet_events import QuietWeek
from .what_if import Threshold


def describe(event: Any, told: Told) -> EventDescription | None:
    """Return the sentence of an event of this plugin."""
    tell = _TELL.get(type(event))
    return None if tell is None else EventDescription(tell(event, told))


def _proposed(event: Any, told: Told) -> str:
    day = format_date(event.evaluate_on, "d MMMM y")
    owner = told.person(event.owner_id)
    return _(
        "%(who)s sprak een maatregel af; %(owner)s kijkt op %(day)s of die werkt.", who=told.who, owner=owner, day=day
    )


def _evaluated(event: Any, told: Told) -> str:
    outcome = str(words.OUTCOME_LABELS.get(event.outcome, event.outcome)).lower()
    return _("%(who)s keek een maatregel na: %(outcome)s.", who=told.who, outcome=outcome)


def _measure_withdrawn(_event: Any, told: Told) -> str:
    return _("%(who)s nam een maatregel terug.", who=told.who)


def _quiet(event: Any, told: Told) -> str:
    monday = format_date(event.monday, "d MMMM y")
    if event.group_id is None:
        return _("%(who)s besloot dat de week van %(monday)s rustig was op school.", who=told.who, monday=monday)
    return _("%(who)s besloot dat de week van %(monday)s rustig was in een groep.", who=told.who, monday=monday)


def _quiet_withdrawn(_event: Any, told: Told) -> str:
    return _("%(who)s nam terug dat een week rustig was.", who=told.who)


def _switched_on(event: Any, told: Told) -> str:
    rule = words.rule_in_words(Threshold(event.who, event.times, event.days, frozenset(event.kinds)))
    return _("%(who)s zette een regel aan. %(rule)s", who=told.who, rule=rule)


def _switched_off(_event: Any, told: Told) -> str:
    return _("%(who)s zette een regel uit.", who=told.who)


def _switched_back_on(_event: Any, told: Told) -> str:
    return _("%(who)s zette een regel weer aan.", who=told.who)


def _warned(event: Any, told: Told) -> str:
    if event.person_id:
        return _("%(who)s waarschuwde over %(person)s.", who=told.who, person=told.person(event.person_id))
    if event.place:
        return _("%(who)s waarschuwde over een plek: %(place)s.", who=told.who, place=words.place_label(event.place))
    return _("%(who)s waarschuwde over een groep.", who=told.who)


def _handled(_event: Any, told: Told) -> str:
    return _("%(who)s handelde een waarschuwing af.", who=told.who)


_TELL = {
    Measure.Proposed: _proposed,
    Measure.Evaluated: _evaluated,
    Measure.Withdrawn: _measure_withdrawn,
    QuietWeek.Decided: _quiet,
    QuietWeek.Withdrawn: _quiet_withdrawn,
    Rule.SwitchedOn: _switched_on,
    Rule.SwitchedOff: _switched_off,
    Rule.SwitchedBackOn: _switched_back_on,
    Rule.Warned: _warned,
    Rule.Handled: _handled,
}
