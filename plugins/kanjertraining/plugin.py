"""Kanjertraining: each group its lessons in a year, who may give them, and what was given; nothing about one pupil."""

from typing import Any

from flask import Blueprint
from flask_babel import lazy_gettext as _l

from intranet.api import (
    DemoSchool,
    DemoStory,
    DueDate,
    EventDescription,
    HomeCard,
    Manifest,
    MenuItem,
    Permission,
    PersonalField,
    PlanAssertion,
    Projection,
    QuickAction,
    RetentionTerm,
    SearchResult,
    Subject,
    TimelineEntry,
    Told,
    hookimpl,
)

from . import card, demo, promising, telling
from . import views as _views  # noqa: F401 - its pages stand on the blueprint
from .pages import pages
from .projections import Lessons, Licences, Lines, Programmes, Windows

COORDINATOR = "kanjertraining.coordinator"

manifest = Manifest(
    name="kanjertraining",
    title=_l("Kanjertraining"),
    description=_l("Elke groep een jaarplan met kanjerlessen, en zien wie ze mag geven en wat er is gegeven."),
    icon="graduation-cap",
    permissions=(
        Permission(
            name="kanjertraining.see",
            title=_l("de planning van alle groepen bekijken"),
            holders=("staff",),
        ),
        Permission(
            name="kanjertraining.record",
            title=_l("een les vastleggen, verplaatsen of overslaan"),
            holders=("teacher:own_group", COORDINATOR, "head_teacher"),
        ),
        Permission(
            name="kanjertraining.notes",
            title=_l("lezen wat opviel in een les"),
            holders=("teacher:own_group", COORDINATOR, "care_coordinator", "head_teacher"),
        ),
        Permission(
            name="kanjertraining.plan",
            title=_l("programma’s, jaarplannen, KanVAS en afspraken beheren"),
            holders=(COORDINATOR, "head_teacher"),
        ),
        Permission(
            name="kanjertraining.licences",
            title=_l("licenties bekijken en vastleggen"),
            holders=(COORDINATOR, "head_teacher", "executive_director"),
        ),
    ),
    due_kinds={
        "kanjertraining.lesson": _l("Kanjerles"),
        "kanjertraining.licence": _l("Kanjerlicentie"),
    },
    duties={COORDINATOR: _l("Kanjercoördinator")},
    event_labels={
        "kanjertraining.programme.Drawn": _l("Programma gemaakt"),
        "kanjertraining.programme.Renamed": _l("Programma aangepast"),
        "kanjertraining.programme.LessonAdded": _l("Les in programma gezet"),
        "kanjertraining.programme.LessonChanged": _l("Les in programma aangepast"),
        "kanjertraining.programme.LessonRemoved": _l("Les uit programma gehaald"),
        "kanjertraining.programme.Dropped": _l("Programma weggehaald"),
        "kanjertraining.lesson.Planned": _l("Kanjerles gepland"),
        "kanjertraining.lesson.Moved": _l("Kanjerles verplaatst"),
        "kanjertraining.lesson.Given": _l("Kanjerles gegeven"),
        "kanjertraining.lesson.Skipped": _l("Kanjerles ging niet door"),
        "kanjertraining.lesson.TakenBack": _l("Kanjerles teruggezet"),
        "kanjertraining.lesson.Withdrawn": _l("Kanjerles uit planning gehaald"),
        "kanjertraining.licence.Recorded": _l("Kanjerlicentie vastgelegd"),
        "kanjertraining.licence.Changed": _l("Kanjerlicentie aangepast"),
        "kanjertraining.licence.Withdrawn": _l("Kanjerlicentie telt niet meer"),
        "kanjertraining.window.Opened": _l("KanVAS gepland"),
        "kanjertraining.window.Changed": _l("KanVAS verzet"),
        "kanjertraining.window.Removed": _l("KanVAS uit planning gehaald"),
        "kanjertraining.line.Worded": _l("Afspraak of thema toegevoegd"),
        "kanjertraining.line.Reworded": _l("Afspraak of thema aangepast"),
        "kanjertraining.line.Retired": _l("Afspraak of thema weggehaald"),
    },
)


@hookimpl
def register_blueprints() -> list[Blueprint]:
    """Pages under /kanjertraining."""
    return [pages]


@hookimpl
def register_projections() -> list[Projection]:
    """What was planned and given, and who may give it."""
    return [Programmes(), Lessons(), Licences(), Windows(), Lines()]


@hookimpl
def menu_items() -> list[MenuItem]:
    """One link."""
    return [MenuItem(manifest.title, "kanjertraining.overview", "graduation-cap", "kanjertraining.see", 30)]


@hookimpl
def quick_actions() -> list[QuickAction]:
    """Recording a lesson, which a teacher does every other week."""
    return [
        QuickAction(_l("Kanjerles vastleggen"), "kanjertraining.to_record", "book-open", "kanjertraining.record", 60)
    ]


@hookimpl
def home_cards() -> list[HomeCard]:
    """Licences that end, and a KanVAS window for which somebody lacks one."""
    return card.home_cards()


@hookimpl
def due_dates() -> list[DueDate]:
    """Lessons of the own groups, and licences to see to."""
    return card.due_dates()


@hookimpl
def search(words: str) -> list[SearchResult]:
    """Lessons of the school's programmes, and its agreements."""
    return card.search(words)


@hookimpl
def timeline(subject: Subject) -> list[TimelineEntry]:
    """The lessons of a group, the licences of a colleague; nothing on the page of a pupil."""
    return card.timeline(subject)


@hookimpl
def plan_assertions() -> list[PlanAssertion]:
    """What the plan says about Kanjertraining, with its evidence."""
    return promising.assertions()


@hookimpl
def describe_event(event: Any, told: Told) -> EventDescription | None:
    """Each event as a sentence for the review."""
    return telling.describe(event, told)


@hookimpl
def personal_data() -> list[PersonalField]:
    """What people write down here: about lessons, groups and colleagues."""
    team, nobody = _l("het team, soms een groep"), _l("niemand, als de school er geen namen in zet")
    planning, lesson = _l("weten welke lessen er zijn"), _l("de volgende les beter geven")
    licence = _l("weten wie de lessen mag geven")
    return [
        PersonalField("kanjertraining.programme.Drawn", "title", nobody, planning),
        PersonalField("kanjertraining.programme.Renamed", "title", nobody, planning),
        PersonalField("kanjertraining.programme.LessonAdded", "title", nobody, planning),
        PersonalField("kanjertraining.programme.LessonAdded", "material", nobody, planning),
        PersonalField("kanjertraining.programme.LessonChanged", "title", nobody, planning),
        PersonalField("kanjertraining.programme.LessonChanged", "material", nobody, planning),
        PersonalField("kanjertraining.lesson.Given", "remark", team, lesson),
        PersonalField("kanjertraining.lesson.Skipped", "note", team, _l("weten waarom een les niet doorging")),
        PersonalField("kanjertraining.licence.Recorded", "evidence", _l("een collega"), licence),
        PersonalField("kanjertraining.licence.Changed", "evidence", _l("een collega"), licence),
        PersonalField("kanjertraining.licence.Withdrawn", "reason", _l("een collega"), licence),
        PersonalField("kanjertraining.line.Worded", "text", nobody, _l("dezelfde taal spreken in elke groep")),
        PersonalField("kanjertraining.line.Reworded", "text", nobody, _l("dezelfde taal spreken in elke groep")),
    ]


@hookimpl
def retention() -> list[RetentionTerm]:
    """How long it is kept."""
    year, choice = _l("het einde van het schooljaar"), _l("eigen keuze; geen wettelijke termijn (niet nagegaan)")
    return [
        RetentionTerm("kanjertraining.programme", _l("Programma"), 5, year, choice),
        RetentionTerm("kanjertraining.lesson", _l("Kanjerles"), 2, year, choice),
        RetentionTerm(
            "kanjertraining.licence",
            _l("Kanjerlicentie"),
            2,
            _l("het vertrek van de collega"),
            _l("als personeelsdossier (niet nagegaan)"),
        ),
        RetentionTerm("kanjertraining.window", _l("Afname van KanVAS"), 2, year, choice),
        RetentionTerm("kanjertraining.line", _l("Afspraak of thema"), 5, _l("het weghalen"), choice),
    ]


@hookimpl
def demo_history(school: DemoSchool) -> list[DemoStory]:
    """Two school years and a bit of lessons at the practice school."""
    return demo.history(school)
