"""The pages of rules and warnings: what a rule would have done, what it did, and whom a warning is about."""

from collections import Counter
from typing import Any
from uuid import UUID

from flask import url_for
from flask_babel import format_date, ngettext
from flask_babel import gettext as _

from intranet.api import (
    Bar,
    BarChart,
    NotFound,
    Roster,
    SchoolYear,
    current_school,
    log,
    number,
    roster,
    school_calendar,
    today,
)

from . import commands, reading, words
from .big5 import href_of
from .events import INCIDENT, SIGNAL, Rule
from .what_if import Replayed, Threshold, replay

MANY_A_WEEK = 2.0


def tried(threshold: Threshold) -> dict[str, Any]:
    """Return what a rule would have done last school year; in a first year, what it would have done so far."""
    now = SchoolYear.of(today())
    year, until = now.previous, now.previous.last
    happenings = reading.happenings(year.first, until, source=threshold.source, closed=reading.EVERY)
    if not happenings:
        year, until = now, today()
        happenings = reading.happenings(year.first, until, source=threshold.source, closed=reading.EVERY)
    done = replay(threshold, happenings, school_calendar(), reading.pupils(), year.first, until)
    return {
        "year": year,
        "rule": words.rule_in_words(threshold),
        "numbers": _numbers(done),
        "sentences": _sentences(done, threshold),
        "chart": _chart(done, year),
        "considered": _considered(done.considered, threshold.source),
    }


def _considered(count: int, source: str) -> str:
    if source == INCIDENT:
        return ngettext(
            "Geteld over %(num)d incident, in de volgorde waarin het is vastgelegd.",
            "Geteld over %(num)d incidenten, in de volgorde waarin ze zijn vastgelegd.",
            count,
        )
    if source == SIGNAL:
        return ngettext(
            "Geteld over %(num)d signaal, in de volgorde waarin het is vastgelegd.",
            "Geteld over %(num)d signalen, in de volgorde waarin ze zijn vastgelegd.",
            count,
        )
    return ngettext(
        "Geteld over %(num)d incident of signaal, in de volgorde waarin het is vastgelegd.",
        "Geteld over %(num)d incidenten en signalen, in de volgorde waarin ze zijn vastgelegd.",
        count,
    )


def _numbers(done: Replayed) -> list[dict[str, Any]]:
    warned, followed = len(done.outcomes), len(done.followed)
    return [
        {
            "number": number(warned),
            "label": ngettext("keer gewaarschuwd", "keer gewaarschuwd", warned),
            "note": _per_week(done.per_week),
            "icon": "bell",
            "tone": "warn" if done.per_week > MANY_A_WEEK else "info",
        },
        {
            "number": number(followed),
            "label": _("keer gebeurde er daarna nog iets"),
            "note": _("Hier was tijd om iets te doen."),
            "icon": "history",
            "tone": "ok",
        },
        {
            "number": number(done.quiet),
            "label": _("keer gebeurde er daarna niets meer"),
            "note": _("Opgelost, of voor niets gewaarschuwd."),
            "icon": "circle-check",
            "tone": "quiet",
        },
    ]


def _per_week(often: float) -> str:
    if 0 < often < 0.1:
        return _("minder dan 1 keer in 10 schoolweken")
    return _("%(number)s keer per schoolweek", number=number(often, 1))


def _sentences(done: Replayed, threshold: Threshold) -> list[str]:
    """Return what the figures come down to: how early, how much noise, what would have been missed."""
    found = []
    if done.days_ahead is not None:
        found.append(
            _(
                "De waarschuwing kwam gemiddeld %(days)s schooldagen voor de laatste keer.",
                days=number(done.days_ahead, 1),
            )
        )
    if done.before_serious:
        found.append(
            ngettext(
                "%(num)d keer kwam de waarschuwing voor een ernstig incident.",
                "%(num)d keer kwam de waarschuwing voor een ernstig incident.",
                len(done.before_serious),
            )
        )
    if done.missed:
        found.append(
            ngettext(
                "%(num)d ernstig incident kwam zonder waarschuwing vooraf.",
                "%(num)d ernstige incidenten kwamen zonder waarschuwing vooraf.",
                done.missed,
            )
        )
    if done.per_week > MANY_A_WEEK:
        found.append(_("Dat is veel. Wie zo vaak een waarschuwing krijgt, kijkt op den duur niet meer."))
    elif not done.outcomes:
        found.append(_("Deze regel had niet gewaarschuwd. Kies minder keren of meer schooldagen."))
    return found


def _chart(done: Replayed, year: SchoolYear) -> BarChart:
    counted = Counter(each.warning.day.month for each in done.outcomes)
    bars = [
        Bar(format_date(first, "MMMM y"), counted[first.month], short=format_date(first, "MMM").rstrip("."))
        for first in year.months
    ]
    return BarChart(_("Waarschuwingen per maand"), None, bars, _("Maand"), _("Waarschuwingen"))


def followed() -> dict[UUID, Any]:
    """Return the rules by id of which who is signed in may know the warnings: those over what they may read."""
    return {row.rule: row for row in reading.rules() if reading.reads_all(row.source)}


def waiting() -> list[dict[str, Any]]:
    """Return the warnings that wait and that who is signed in may know of, the newest first."""
    people, known = roster(current_school()), followed()
    return [warning_item(row, people) for row in reading.warnings(open_only=True) if row.rule in known]


def list_page() -> dict[str, Any]:
    """Return the rules, and the warnings that wait."""
    given = Counter(row.rule for row in reading.warnings())
    return {"rules": [_rule_item(row, given[row.rule]) for row in followed().values()], "waiting": waiting()}


def _rule_item(row: Any, given: int) -> dict[str, Any]:
    return {
        "label": words.rule_in_words(commands.threshold_of(row)),
        "note": ngettext("%(num)d keer gewaarschuwd", "%(num)d keer gewaarschuwd", given),
        "href": url_for("patterns.rule", rule_id=row.rule),
        "icon": "bell",
        "tone": "info" if row.running else "quiet",
        "badge": (_("Aan"), "ok") if row.running else (_("Uit"), "quiet"),
    }


def warning_item(row: Any, people: Roster) -> dict[str, Any]:
    """Return a warning as a link, without the name of whom it is about: that stands one click deeper, and is logged."""
    return {
        "label": about_in_words(row, people),
        "note": _("%(count)d keer, het laatst op %(day)s", count=row.happenings, day=format_date(row.day, "d MMMM")),
        "href": url_for("patterns.warning", warning_id=row.warning),
        "icon": "bell",
        "tone": "quiet" if row.handled else "warn",
    }


def about_in_words(row: Any, people: Roster) -> str:
    """Return what a warning is about, without names of people."""
    if row.class_group:
        return _("Groep %(name)s", name=words.group_label(row.class_group, people))
    if row.place:
        return words.place_label(row.place)
    name = people.get(row.person)
    if name is None or not name.group:
        return _("Een leerling")
    return _("Een leerling van groep %(group)s", group=name.group)


def rule_page(rule_id: UUID) -> dict[str, Any]:
    """Return one rule with the warnings it gave."""
    row = followed().get(rule_id)
    if row is None:
        raise NotFound("There is no such rule.")
    people = roster(current_school())
    return {
        "row": row,
        "sentence": words.rule_in_words(commands.threshold_of(row)),
        "story": _story(rule_id, people),
        "given": [warning_item(each, people) for each in reading.warnings(of_rule=rule_id)],
    }


def _story(rule_id: UUID, people: Roster) -> list[dict[str, Any]]:
    """Return when a rule was switched on and off, by whom, and why."""
    items = []
    for event in log.events.get(rule_id):
        switched = {
            Rule.SwitchedOn: (_("Aangezet"), "ok"),
            Rule.SwitchedOff: (_("Uitgezet"), "quiet"),
            Rule.SwitchedBackOn: (_("Weer aangezet"), "ok"),
        }.get(type(event))
        if switched is not None:
            title, tone = switched
            item = {"at": event.recorded_at, "title": title, "tone": tone, "icon": "bell"}
            items.append({**item, "line": getattr(event, "reason", None), "actor": _who(event.actor_id, people)})
    return items[::-1]


def _who(person: UUID | None, people: Roster) -> str:
    return people[person].full if person in people else _("iemand die niet meer bekend is")


def warning_page(row: Any, *, named: bool) -> dict[str, Any]:
    """Return a warning with what it counted, and by name whom it is about; showing that is recorded by the view."""
    people, rule = roster(current_school()), log.get(Rule, row.rule)
    counted = next(
        (each.happenings for each in log.events.get(row.rule) if getattr(each, "warning_id", None) == row.warning), ()
    )
    name = people.get(row.person) if row.person and named else None
    threshold = Threshold(rule.who, rule.times, rule.days, frozenset(rule.kinds), rule.source)
    return {
        "row": row,
        "title": name.full if name else about_in_words(row, people),
        "person_id": row.person if name else None,
        "rule": words.rule_in_words(threshold),
        "rule_href": url_for("patterns.rule", rule_id=row.rule),
        "counted": [_counted(each) for each in map(reading.one_happening, counted) if each is not None],
        "note": _note(row),
    }


def _counted(happening: Any) -> dict[str, Any]:
    return {
        "label": ", ".join(sorted(words.kind_label(code) for code in happening.kinds)),
        "note": " · ".join(
            [
                format_date(happening.at, "EEEE d MMMM"),
                *([words.place_label(happening.place)] if happening.place else []),
            ]
        ),
        "href": href_of(happening),
        "icon": "clipboard-list" if happening.source == INCIDENT else "message-circle",
    }


def _note(row: Any) -> str | None:
    handled = (each for each in log.events.get(row.rule) if isinstance(each, Rule.Handled))
    return next((each.note for each in handled if each.warning_id == row.warning), None)
