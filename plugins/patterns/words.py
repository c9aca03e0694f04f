"""Patterns in words: what a filter is called, and the one sentence that a question comes down to."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from flask_babel import format_date, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from intranet.api import Roster, incident_words

from .counting import NOT_SAID, Question
from .events import GROUP, PLACE, PUPIL_ANY, PUPIL_PERPETRATOR, PUPIL_VICTIM
from .what_if import Threshold

FILTER_LABELS = {
    "month": _l("Maand"),
    "kind": _l("Wat"),
    "place": _l("Waar"),
    "moment": _l("Deel van de dag"),
    "weekday": _l("Dag"),
    "group": _l("Groep"),
}
WHO_LABELS = {
    PUPIL_VICTIM: _l("dezelfde leerling is slachtoffer"),
    PUPIL_PERPETRATOR: _l("dezelfde leerling is vermoedelijke dader"),
    PUPIL_ANY: _l("dezelfde leerling is erbij, in welke rol dan ook"),
    GROUP: _l("het is in dezelfde groep"),
    PLACE: _l("het is op dezelfde plek"),
}
OUTCOME_LABELS = {
    "works": _l("Het werkt"),
    "partly": _l("Het werkt een beetje"),
    "does_not": _l("Het werkt niet"),
    "unclear": _l("Nog niet te zeggen"),
}
OUTCOME_TONES = {"works": "ok", "partly": "info", "does_not": "warn", "unclear": "quiet"}
MONDAY = date(2026, 11, 23)


def place_label(code: str) -> str:
    """Return a place in words."""
    return _("Niet ingevuld") if code == NOT_SAID else str(incident_words.place_of(code).label)


def moment_label(code: str) -> str:
    """Return a part of the day in words."""
    return _("Niet ingevuld") if code == NOT_SAID else str(incident_words.moment_label(code))


def kind_label(code: str) -> str:
    """Return a kind in words."""
    return str(incident_words.kind_of(code).label)


def weekday_label(number: int) -> str:
    """Return a weekday; 1 is Monday."""
    return format_date(MONDAY + timedelta(days=number - 1), "EEEE")


def group_label(group_id: UUID | None, people: Roster) -> str:
    """Return a group by name."""
    if group_id is None:
        return _("Geen groep")
    found = people.groups.get(group_id)
    return found.name if found else _("een groep die er niet meer is")


def month_label(number: int) -> str:
    """Return a month in words."""
    return format_date(date(2026, number, 1), "MMMM")


def filter_words(question: Question, people: Roster) -> dict[str, str]:
    """Return each chosen filter in words, by its name."""
    words: dict[str, Any] = {
        "month": question.month and month_label(question.month),
        "kind": question.kind and kind_label(question.kind),
        "place": question.place and place_label(question.place),
        "moment": question.moment and moment_label(question.moment),
        "weekday": question.weekday and weekday_label(question.weekday),
        "group": question.group and _("groep %(name)s", name=group_label(question.group, people)),
    }
    return {name: str(said) for name, said in words.items() if said}


def sentence(question: Question, count: int, days: int, people: Roster) -> str:
    """Return the one sentence that describes what is looked at: what, where, when, who, how often."""
    words = filter_words(question, people)
    parts = [
        words.get("kind", _("Alle incidenten")),
        words.get("place", "").lower(),
        words.get("moment", "").lower(),
        _("op %(day)s", day=words["weekday"]) if "weekday" in words else "",
        words.get("group", ""),
        _("in %(month)s", month=words["month"]) if "month" in words else "",
        _("schooljaar %(year)s", year=question.year),
    ]
    times = ngettext("%(num)d keer", "%(num)d keer", count)
    on_days = ngettext("op %(num)d dag", "op %(num)d dagen", days)
    return ", ".join(part for part in parts if part) + f": {times}, {on_days}."


def rule_in_words(threshold: Threshold) -> str:
    """Return a rule as a sentence."""
    kinds = ", ".join(kind_label(each).lower() for each in sorted(threshold.kinds)) or _("wat er ook gebeurt")
    return _(
        "Waarschuw als %(who)s: %(times)d keer in %(days)s (%(kinds)s).",
        who=WHO_LABELS[threshold.who],
        times=threshold.times,
        days=ngettext("%(num)d schooldag", "%(num)d schooldagen", threshold.days),
        kinds=kinds,
    )
