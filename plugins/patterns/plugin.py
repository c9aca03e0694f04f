"""Patterns: the Big 5 over what happens, measures that follow from it, and rules that warn in time."""

from typing import Any

import click
from flask import Blueprint, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from intranet.api import (
    DemoSchool,
    DemoStory,
    DueDate,
    EventDescription,
    HomeCard,
    Incident,
    Manifest,
    MenuItem,
    Permission,
    PersonalField,
    PlanAssertion,
    Projection,
    QuickAction,
    RecordCard,
    RetentionTerm,
    SearchResult,
    Signal,
    Subject,
    TimelineEntry,
    Told,
    hookimpl,
)

from . import assertions, card, commands, demo, finding, quiet, telling, terminal
from . import measure_views as _measure_views  # noqa: F401 - its pages stand on the blueprint
from . import views as _views  # noqa: F401 - its pages stand on the blueprint
from .measure_projections import Measures, QuietWeeks
from .pages import pages
from .projections import Happenings, Rules

LOOKED_AT = (
    Incident.Reported,
    Incident.Corrected,
    Incident.InvolvementAdded,
    Incident.InvolvementChanged,
    Signal.Recorded,
)

manifest = Manifest(
    name="patterns",
    title=_l("Patronen"),
    description=_l("Zien wat er waar en wanneer gebeurt, er iets aan doen, en op tijd gewaarschuwd worden."),
    icon="chart-column",
    permissions=(
        Permission(
            name="patterns.read",
            title=_l("patronen bekijken, zonder namen"),
            holders=("care_coordinator", "bullying_coordinator", "head_teacher", "executive_director"),
            changeable=True,
        ),
        Permission(
            name="patterns.names",
            title=_l("zien welke leerlingen er vaker bij waren"),
            holders=("care_coordinator", "head_teacher"),
        ),
        Permission(
            name="patterns.measures",
            title=_l("maatregelen afspreken en nakijken"),
            holders=("care_coordinator", "bullying_coordinator", "head_teacher"),
        ),
        Permission(
            name="patterns.owned",
            title=_l("nakijken of een maatregel werkt waar je zelf op let"),
            holders=("staff:owner",),
        ),
        Permission(
            name="patterns.quiet",
            title=_l("besluiten dat een week rustig was"),
            holders=("teacher:own_group", "care_coordinator", "bullying_coordinator", "head_teacher"),
        ),
        Permission(
            name="patterns.rules",
            title=_l("regels instellen en waarschuwingen zien"),
            holders=("care_coordinator", "head_teacher"),
        ),
    ),
    event_labels={
        "patterns.measure.Proposed": _l("Maatregel afgesproken"),
        "patterns.measure.Evaluated": _l("Maatregel nagekeken"),
        "patterns.measure.Withdrawn": _l("Maatregel teruggenomen"),
        "patterns.quiet_week.Decided": _l("Rustige week besloten"),
        "patterns.quiet_week.Withdrawn": _l("Rustige week teruggenomen"),
        "patterns.rule.SwitchedOn": _l("Regel aangezet"),
        "patterns.rule.SwitchedOff": _l("Regel uitgezet"),
        "patterns.rule.SwitchedBackOn": _l("Regel weer aangezet"),
        "patterns.rule.Warned": _l("Waarschuwing gegeven"),
        "patterns.rule.Handled": _l("Waarschuwing afgehandeld"),
    },
    due_kinds={"patterns.measure": _l("Maatregel nakijken")},
    told_of=LOOKED_AT,
)


@hookimpl
def register_blueprints() -> list[Blueprint]:
    """Pages under /patterns."""
    return [pages]


@hookimpl
def register_projections() -> list[Projection]:
    """What is counted, and what follows from it."""
    return [Happenings(), Measures(), QuietWeeks(), Rules()]


@hookimpl
def register_commands() -> list[click.Command]:
    """`flask intranet patterns month`."""
    return [terminal.month]


@hookimpl
def menu_items() -> list[MenuItem]:
    """One link."""
    return [MenuItem(_l("Patronen"), "patterns.big5", "chart-column", "patterns.read", 20)]


@hookimpl
def quick_actions() -> list[QuickAction]:
    """Deciding that last week was quiet, for who teaches a group of which nobody did yet."""
    if not quiet.waits_for_a_decision():
        return []
    return [QuickAction(_l("Rustige week"), "patterns.quiet_weeks", "calendar-check", quiet.DECIDE, 60)]


@hookimpl
def record_cards(record: Subject) -> list[RecordCard]:
    """The measures that came from an incident, a signal or a case, and the way to propose one."""
    return card.of_record(record)


@hookimpl
def home_cards() -> list[HomeCard]:
    """Warnings that wait, for who may see whom they are about; no names on the card."""
    waiting = card.waiting()
    if not waiting:
        return []
    body = render_template("patterns/card.html", waiting=waiting)
    return [HomeCard(_l("Waarschuwingen"), body, "bell", _("Alles"), url_for("patterns.rules"), "patterns.rules", 10)]


@hookimpl
def due_dates() -> list[DueDate]:
    """Measures that the person who is signed in looks after, on the day they are looked at."""
    return card.mine_to_look_at()


@hookimpl
def search(words: str) -> list[SearchResult]:
    """Measures, by what they say and what they are about."""
    return finding.measures_with(words)


@hookimpl
def timeline(subject: Subject) -> list[TimelineEntry]:
    """Measures and warnings about a group."""
    return finding.of_subject(subject)


@hookimpl
def plan_assertions() -> list[PlanAssertion]:
    """That the school learns of what it records (P8.7, P8.2) and looks at what it is warned of (P6.6)."""
    return assertions.assertions()


@hookimpl
def event_recorded(event: Any) -> None:
    """Let the rules look at what was recorded."""
    commands.warn_after(event.originator_id)


@hookimpl
def describe_event(event: Any, told: Told) -> EventDescription | None:
    """Each event as a sentence for the review."""
    return telling.describe(event, told)


@hookimpl
def personal_data() -> list[PersonalField]:
    """What people write down here: about measures and warnings."""
    team, purpose = _l("het team, soms een leerling"), _l("weten wat er is afgesproken, en of het helpt")
    return [
        PersonalField("patterns.measure.Proposed", "text", team, purpose),
        PersonalField("patterns.measure.Evaluated", "conclusion", team, purpose),
        PersonalField("patterns.rule.SwitchedOff", "reason", _l("het team"), _l("weten waarom een regel uitging")),
        PersonalField("patterns.rule.Handled", "note", _l("een leerling"), _l("weten wat er daarna is gedaan")),
    ]


@hookimpl
def retention() -> list[RetentionTerm]:
    """How long it is kept."""
    year = _l("het einde van het schooljaar")
    source = _l("eigen keuze; geen wettelijke termijn (niet nagegaan)")
    return [
        RetentionTerm("patterns.measure", _l("Maatregel"), 5, year, source),
        RetentionTerm("patterns.quiet_week", _l("Rustige week"), 2, year, source),
        RetentionTerm("patterns.rule", _l("Regel met waarschuwingen"), 2, year, source),
    ]


@hookimpl
def demo_history(school: DemoSchool) -> list[DemoStory]:
    """Measures that were looked at again, and rules that warned."""
    return demo.history(school)
