"""The lists of patterns as files: whom it concerns, measures, warnings, and how each group registers."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from intranet.api import (
    Column,
    ListToExport,
    Roster,
    SchoolYear,
    Sheet,
    current_school,
    exported_list,
    from_milliseconds,
    log,
    record_readings,
    roster,
)

from . import commands, counting, measuring, naming, quality, quiet, reading, ruling, words
from .big5 import Pattern
from .events import Measure
from .measure_list import Wish, applied

PUPILS = exported_list("patterns.pupils", _l("Wie er vaker bij waren"))
MEASURES = exported_list("patterns.measures", _l("Maatregelen"))
WARNINGS = exported_list("patterns.warnings", _l("Waarschuwingen"))
QUIET = exported_list("patterns.quiet_weeks", _l("Rustige weken"))
GROUPS = exported_list("patterns.groups", _l("Hoe groepen vastleggen"))


def pupils_to_export(pattern: Pattern) -> ListToExport:
    """Return who was in it more than once, to export; with names it is recorded of whom first."""
    chosen = ", ".join(words.filter_words(pattern.question, pattern.people).values()) or _("geen")
    return ListToExport(
        PUPILS,
        lambda names: _pupils(pattern, names),
        pattern.question.parameters,
        [(_("Schooljaar"), str(pattern.question.year)), (_("Filters"), chosen)],
        url_for("patterns.pupils", **pattern.question.parameters),
    )


def _pupils(pattern: Pattern, names: bool) -> Sheet:
    times, shown = counting.times_of_pupils(pattern.found, reading.pupils()), naming.more_than_once(pattern)
    if names:
        record_readings("people.person", shown, "overview")
    columns = [Column(_("Groep"), width=9), Column(_("Keren"), "number", 9), Column(_("Rollen"), width=40)]
    rows = [
        [
            *([pattern.people[person].full] if names else []),
            pattern.people[person].group,
            times[person],
            naming.roles_in_words(person, pattern),
        ]
        for person in shown
    ]
    return Sheet([*([Column(_("Leerling"), width=28)] if names else []), *columns], rows)


def measures_to_export() -> ListToExport:
    """Return all measures, to export. What was agreed is the list: it stands there as it was written."""
    asked = Wish.of_request()
    chosen = ", ".join(each["label"] for each in applied(asked)) or _("geen")
    as_written = (_("Let op"), _("De afspraak staat er zoals iemand hem schreef."))
    return ListToExport(
        MEASURES,
        lambda names: _measures(asked, names),
        asked.parameters,
        [(_("Filters"), chosen), as_written],
        url_for("patterns.measures", **asked.parameters),
    )


def _measures(asked: Wish, names: bool) -> Sheet:
    columns = [
        Column(_("Wat is afgesproken"), width=60),
        Column(_("Waarover"), width=36),
        Column(_("Afgesproken op"), "moment", 17),
        Column(_("Kijk op"), "day", 12),
        Column(_("Werkt het?"), width=20),
        Column(_("Afgerond"), width=9),
    ]
    rows, people = [row for row in measuring.seen() if asked.holds(row)], roster(current_school())
    found = log.get_each(Measure, [row.measure for row in rows])
    told = [_measure(row, found[row.measure], people, names) for row in rows]
    return Sheet([*columns, *([Column(_("Wie erop let"), width=28)] if names else [])], told)


def _measure(row: Any, measure: Measure, people: Roster, names: bool) -> list[Any]:
    return [
        measure.text,
        measuring.about(row, measure, people) or None,
        from_milliseconds(row.proposed_at),
        None if row.done else row.evaluate_on,
        str(words.OUTCOME_LABELS[row.outcome]) if row.outcome else None,
        str(_("ja") if row.done else _("nee")),
        *([measuring.name_of(people, row.owner)] if names else []),
    ]


def warnings_to_export() -> ListToExport:
    """Return every warning that one may know of, to export: about whom it is stands in none, opening it is recorded."""
    return ListToExport(WARNINGS, lambda _names: _warnings(), {}, [], url_for("patterns.rules"), has_names=False)


def _warnings() -> Sheet:
    columns = [
        Column(_("Gewaarschuwd op"), "moment", 17),
        Column(_("Waarover"), width=28),
        Column(_("Keren"), "number", 9),
        Column(_("Laatste keer"), "day", 12),
        Column(_("Afgehandeld"), width=12),
        Column(_("Regel"), width=60),
    ]
    people, rules = roster(current_school()), ruling.followed()
    rows = [_warning(row, rules, people) for row in reading.warnings() if row.rule in rules]
    return Sheet(columns, rows)


def _warning(row: Any, rules: Mapping[UUID, Any], people: Roster) -> list[Any]:
    return [
        from_milliseconds(row.raised_at),
        ruling.about_in_words(row, people),
        row.happenings,
        row.day,
        str(_("ja") if row.handled else _("nee")),
        words.rule_in_words(commands.threshold_of(rules[row.rule])),
    ]


def quiet_weeks_to_export() -> ListToExport:
    """Return which weeks were decided to be quiet, to export."""
    said = (_("Zo lees je dit"), _("Rustig zegt niet dat het veilig is. Het zegt dat iemand keek."))
    return ListToExport(QUIET, _quiet_weeks, {}, [said], url_for("patterns.quiet_weeks"))


def _quiet_weeks(names: bool) -> Sheet:
    columns = [
        Column(_("Week vanaf"), "day", 12),
        Column(_("Waarover"), width=20),
        Column(_("Gekeken"), width=40),
        Column(_("Besloten op"), "moment", 17),
    ]
    people = roster(current_school())
    rows = [
        [
            row.monday,
            quiet.group_in_words(row.class_group, people),
            quiet.looked(row),
            from_milliseconds(row.decided_at),
            *([measuring.name_of(people, row.decided_by)] if names else []),
        ]
        for row in quiet.of_last_weeks()
    ]
    return Sheet([*columns, *([Column(_("Besloten door"), width=28)] if names else [])], rows)


def groups_to_export(year: SchoolYear) -> ListToExport:
    """Return how each group registers, to export, in the order of the school: counts are no ranking."""
    return ListToExport(
        GROUPS,
        lambda _names: _groups(year),
        {},
        [
            (_("Schooljaar"), str(year)),
            (_("Zo lees je dit"), _("Weinig vastgelegd is geen goed rapport, veel geen slecht.")),
        ],
        url_for("patterns.data"),
        has_names=False,
    )


def _groups(year: SchoolYear) -> Sheet:
    columns = [
        Column(_("Groep"), width=9),
        Column(_("Vastgelegd"), "number", 12),
        Column(_("Schooldagen sinds de laatste keer"), "number", 16),
        Column(_("Rustige week, besloten"), "day", 14),
    ]
    people, decided = roster(current_school()), quality.decided_lately()
    rows = [
        [
            words.group_label(each.group, people),
            each.count,
            each.quiet_days,
            quality.last_of(each.group, decided),
        ]
        for each in quality.registered(year)
    ]
    return Sheet(columns, rows)
