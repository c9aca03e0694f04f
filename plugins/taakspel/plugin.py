"""Taakspel: teams keep their cards by working together; planned, played on the board, and looked back on."""

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
    NoticeKind,
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

from . import around_today, demo, telling, today_of
from .group_commands import AGREED
from .group_projections import AroundGames
from .projections import Divisions, Games
from .views import pages

manifest = Manifest(
    name="taakspel",
    title=_l("Taakspel"),
    description=_l("Spelen in teams op het bord: kaarten houden, complimenten geven, samen winnen."),
    icon="trophy",
    permissions=(
        Permission(name="taakspel.see", title=_l("teams en spellen zien"), holders=("staff",)),
        Permission(
            name="taakspel.play",
            title=_l("teams maken, spelen en terugkijken"),
            holders=("teacher", "teaching_assistant", "care_coordinator", "head_teacher"),
        ),
        Permission(
            name="taakspel.consult",
            title=_l("klassenconsultaties vastleggen en lezen"),
            holders=("teacher:own_group", "care_coordinator", "head_teacher"),
        ),
    ),
    event_labels={
        "taakspel.division.Made": _l("Teams gemaakt"),
        "taakspel.division.Changed": _l("Teams veranderd"),
        "taakspel.game.Planned": _l("Spel afgesproken"),
        "taakspel.game.Started": _l("Spel begonnen"),
        "taakspel.game.CardTaken": _l("Kaart weggenomen"),
        "taakspel.game.ComplimentGiven": _l("Compliment gegeven"),
        "taakspel.game.Undone": _l("Tik hersteld"),
        "taakspel.game.Ended": _l("Spel gestopt"),
        "taakspel.game.Evaluated": _l("Teruggekeken op een spel"),
        "taakspel.game.CalledOff": _l("Spel ging niet door"),
        "taakspel.observation.Planned": _l("Observatie gepland"),
        "taakspel.observation.Made": _l("Groep geobserveerd"),
        "taakspel.observation.Dropped": _l("Observatie telt niet mee"),
        "taakspel.consultation.Held": _l("Klassenconsultatie gehouden"),
        "taakspel.consultation.LookedBack": _l("Teruggekeken op afspraken"),
        "taakspel.week.Agreed": _l("Weekbeloning afgesproken"),
        "taakspel.week.Changed": _l("Weekbeloning veranderd"),
        "taakspel.week.Given": _l("Weekbeloning gegeven"),
    },
    notices=(
        NoticeKind(
            AGREED, _l("Er zijn afspraken gemaakt na een bezoek aan je klas"), "taakspel.consult", "message-circle"
        ),
    ),
    due_kinds={
        "taakspel.observation": _l("Taakspel: observatie"),
        "taakspel.agreement": _l("Taakspel: terugkijken"),
        "taakspel.reward": _l("Taakspel: weekbeloning"),
    },
)


@hookimpl
def register_blueprints() -> list[Blueprint]:
    """Pages under /taakspel."""
    return [pages]


@hookimpl
def register_projections() -> list[Projection]:
    """The teams of groups, their games, and what happens around those."""
    return [Divisions(), Games(), AroundGames()]


@hookimpl
def menu_items() -> list[MenuItem]:
    """One link."""
    return [MenuItem(_l("Taakspel"), "taakspel.groups", "trophy", "taakspel.see", 40)]


@hookimpl
def quick_actions() -> list[QuickAction]:
    """To the groups, one's own first: from there a game is two taps away."""
    return [QuickAction(_l("Taakspel"), "taakspel.groups", "trophy", "taakspel.play", 40)]


@hookimpl
def home_cards() -> list[HomeCard]:
    """What one's own groups play now, and what they played this week."""
    return today_of.cards()


@hookimpl
def due_dates() -> list[DueDate]:
    """Games to stop or look back on, observations to make, agreements to look back on, rewards to give."""
    return [*today_of.waiting(), *around_today.waiting()]


@hookimpl
def search(words: str) -> list[SearchResult]:
    """The pages of groups by name."""
    return today_of.found(words)


@hookimpl
def timeline(subject: Subject) -> list[TimelineEntry]:
    """What a group played, and what was seen and agreed; of a person nothing is kept."""
    return [*today_of.played_by(subject), *around_today.seen_of(subject)]


@hookimpl
def plan_assertions() -> list[PlanAssertion]:
    """That groups play three times a week (P5.2), with how many did in the last weeks."""
    return around_today.promises()


@hookimpl
def describe_event(event: Any, told: Told) -> EventDescription | None:
    """Each event as a sentence for the review."""
    return telling.describe(event, told)


@hookimpl
def personal_data() -> list[PersonalField]:
    """The texts: what a group takes along to the next game, and what was agreed after a visit."""
    to_next = _l("onthouden wat de groep de volgende keer helpt")
    agreed = _l("afspraken na een bezoek aan de klas nakomen")
    return [
        PersonalField("taakspel.game.Evaluated", "note", _l("de groep"), to_next),
        PersonalField("taakspel.consultation.Held", "agreements", _l("de groep en wie die lesgeeft"), agreed),
    ]


@hookimpl
def retention() -> list[RetentionTerm]:
    """How long it is kept."""
    year = _l("het einde van het schooljaar")
    source = _l("eigen keuze; geen wettelijke termijn (niet nagegaan)")
    return [
        RetentionTerm("taakspel.game", _l("Spel"), 2, year, source),
        RetentionTerm("taakspel.division", _l("Teams van een groep"), 2, year, source),
        RetentionTerm("taakspel.observation", _l("Observatie van een groep"), 2, year, source),
        RetentionTerm("taakspel.consultation", _l("Klassenconsultatie"), 2, year, source),
        RetentionTerm("taakspel.week", _l("Weekbeloning"), 2, year, source),
    ]


@hookimpl
def demo_history(school: DemoSchool) -> list[DemoStory]:
    """Groups that learn to play, and go on."""
    return demo.history(school)
