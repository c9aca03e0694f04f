"""Patterns in words: what a filter is called, and the one sentence that a question comes down to."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from flask_babel import format_date, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from intranet.api import Roster, incident_words, signal_words

from .counting import NOT_SAID, Happening, Question, by
from .events import ABOUT, BOTH, GROUP, INCIDENT, PLACE, PUPIL_ANY, PUPIL_PERPETRATOR, PUPIL_VICTIM, SIGNAL
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
SOURCE_LABELS = {INCIDENT: _l("Incidenten"), SIGNAL: _l("Signalen"), BOTH: _l("Incidenten en signalen")}
NOTICED = {code: label for code, label in signal_words.TITLES.items() if code != signal_words.POSITIVE}
"""What can be noticed and is no good news, as signals call it; their marks have the codes of incidents."""
PART_LABELS = {**incident_words.ROLE_LABELS, ABOUT: _l("genoemd in een signaal")}
OUTCOME_LABELS = {
    "works": _l("Het werkt"),
    "partly": _l("Het werkt een beetje"),
    "adjust": _l("Bijstellen"),
    "does_not": _l("Het werkt niet"),
    "unclear": _l("Nog niet te zeggen"),
}
OUTCOME_TONES = {"works": "ok", "partly": "info", "adjust": "info", "does_not": "warn", "unclear": "quiet"}
FROM_LABELS = {
    "incidents.incident": _l("Uit een incident"),
    "signals.signal": _l("Uit een signaal"),
    "cases.case": _l("Uit een zaak"),
}
LOOKED_LABELS = {
    "breaks": _l("in de pauzes"),
    "class": _l("in de klas"),
    "pupils": _l("gevraagd aan leerlingen"),
    "parents": _l("gevraagd aan ouders"),
    "team": _l("besproken met collega’s"),
}
EVERYTHING = {
    INCIDENT: _l("Alle incidenten"),
    SIGNAL: _l("Alle signalen"),
    BOTH: _l("Alle incidenten en signalen"),
}
ABOUT_THESE = {
    INCIDENT: _l("Om deze incidenten gaat het"),
    SIGNAL: _l("Om deze signalen gaat het"),
    BOTH: _l("Om deze incidenten en signalen gaat het"),
}
MONDAY = date(2026, 11, 23)


def place_label(code: str) -> str:
    """Return a place in words."""
    return _("Niet ingevuld") if code == NOT_SAID else str(incident_words.place_of(code).label)


def moment_label(code: str) -> str:
    """Return a part of the day in words."""
    return _("Niet ingevuld") if code == NOT_SAID else str(incident_words.moment_label(code))


def kind_label(code: str) -> str:
    """Return a kind in words, of an incident or of a signal."""
    return str(NOTICED.get(code) or incident_words.kind_of(code).label)


def kind_icon(code: str) -> str:
    """Return the picture of a kind."""
    of_signals = {choice.code: choice.icon for choice in signal_words.CHOICES}
    return of_signals.get(code) or incident_words.kind_of(code).icon


def kinds_of(source: str) -> list[str]:
    """Return the codes of what a source tells, in the order in which people know them."""
    of_incidents = [each.code for each in incident_words.KINDS]
    of_signals = [*NOTICED, *signal_words.MARK_LABELS]
    return {INCIDENT: of_incidents, SIGNAL: of_signals}.get(source) or [*of_incidents, *NOTICED]


def about_these(source: str) -> str:
    """Return what stands above the records that a question finds."""
    return str(ABOUT_THESE[source])


def source_label(source: str) -> str:
    """Return what is counted, in words."""
    return str(SOURCE_LABELS[source])


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


def sentence(question: Question, found: Sequence[Happening], people: Roster) -> str:
    """Return the one sentence that describes what is looked at: what, where, when, who, how often."""
    words = filter_words(question, people)
    parts = [
        words.get("kind") or EVERYTHING[question.source],
        words.get("place", "").lower(),
        words.get("moment", "").lower(),
        _("op %(day)s", day=words["weekday"]) if "weekday" in words else "",
        words.get("group", ""),
        _("in %(month)s", month=words["month"]) if "month" in words else "",
        _("schooljaar %(year)s", year=question.year),
    ]
    times = apart(found) if question.source == BOTH else ngettext("%(num)d keer", "%(num)d keer", len(found))
    on_days = ngettext("op %(num)d dag", "op %(num)d dagen", len({each.day for each in found}))
    return ", ".join(str(part) for part in parts if part) + f": {times}, {on_days}."


def apart(found: Iterable[Happening]) -> str:
    """Return how many of each source there are: an incident and a signal are never one number."""
    counted = by(found, lambda each: each.source)
    incidents = ngettext("%(num)d incident", "%(num)d incidenten", counted[INCIDENT])
    signals = ngettext("%(num)d signaal", "%(num)d signalen", counted[SIGNAL])
    return f"{incidents}, {signals}"


def rule_in_words(threshold: Threshold) -> str:
    """Return a rule as a sentence."""
    kinds = ", ".join(kind_label(each).lower() for each in sorted(threshold.kinds)) or _("wat er ook gebeurt")
    said = _(
        "Waarschuw als %(who)s: %(times)d keer in %(days)s (%(kinds)s).",
        who=WHO_LABELS[threshold.who],
        times=threshold.times,
        days=ngettext("%(num)d schooldag", "%(num)d schooldagen", threshold.days),
        kinds=kinds,
    )
    counts = _("Telt: %(source)s.", source=source_label(threshold.source).lower())
    return said if threshold.source == INCIDENT else f"{said} {counts}"
