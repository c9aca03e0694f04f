"""The events of Taakspel as sentences for whoever reviews the log: what teams did, never who was in them."""

from collections.abc import Callable
from typing import Any

from flask_babel import format_date, ngettext
from flask_babel import gettext as _

from intranet.api import EventDescription, Told

from . import choices
from .events import CARD, Division, Game
from .group_events import Consultation, Observation, Week


def describe(event: Any, told: Told) -> EventDescription | None:
    """Return the sentence of an event of this plugin."""
    tell = _TELL.get(type(event))
    return None if tell is None else EventDescription(tell(event, told.who))


def _made(event: Any, who: str) -> str:
    count = ngettext("%(num)d team", "%(num)d teams", len(event.teams))
    return _("%(who)s verdeelde een groep in %(teams)s.", who=who, teams=count)


def _planned(event: Any, who: str) -> str:
    return _(
        "%(who)s sprak een Taakspel af: %(lesson)s, %(minutes)d minuten, met als beloning: %(reward)s.",
        who=who,
        lesson=str(choices.LESSONS.get(event.lesson, event.lesson)).lower(),
        minutes=event.minutes,
        reward=str(choices.REWARDS.get(event.reward, event.reward)).lower(),
    )


def _undone(event: Any, who: str) -> str:
    what = _("een kaart") if event.kind == CARD else _("een compliment")
    return _("%(who)s nam %(what)s van team %(team)d terug.", who=who, what=what, team=event.team)


def _ended(event: Any, who: str) -> str:
    if event.left_open:
        return _("%(who)s sloot een Taakspel af dat niet was gestopt.", who=who)
    return _("%(who)s stopte een Taakspel.", who=who)


def _evaluated(event: Any, who: str) -> str:
    went = str(choices.WENT.get(event.went, event.went)).lower()
    return _("%(who)s keek terug op een Taakspel: %(went)s.", who=who, went=went)


def _observation_planned(event: Any, who: str) -> str:
    day = format_date(event.day, "d MMMM yyyy")
    return _("%(who)s plande een observatie van een groep op %(day)s.", who=who, day=day)


def _observed(event: Any, who: str) -> str:
    return _(
        "%(who)s observeerde een groep: %(on_task)d van %(looks)d keer aan het werk.",
        who=who,
        on_task=event.on_task,
        looks=event.looks,
    )


def _reward_agreed(event: Any, who: str) -> str:
    reward = str(choices.WEEK_REWARDS.get(event.reward, event.reward)).lower()
    return _("%(who)s sprak een weekbeloning af: %(reward)s.", who=who, reward=reward)


def _agreements_kept(event: Any, who: str) -> str:
    kept = str(choices.KEPT.get(event.kept, event.kept)).lower()
    return _("%(who)s keek terug op de afspraken over Taakspel: %(kept)s.", who=who, kept=kept)


_TELL: dict[type, Callable[[Any, str], str]] = {
    Division.Made: _made,
    Division.Changed: lambda _event, who: _("%(who)s veranderde de teams van een groep.", who=who),
    Game.Planned: _planned,
    Game.Started: lambda _event, who: _("%(who)s begon een Taakspel.", who=who),
    Game.CardTaken: lambda event, who: _("%(who)s nam een kaart van team %(team)d.", who=who, team=event.team),
    Game.ComplimentGiven: lambda event, who: _("%(who)s gaf team %(team)d een compliment.", who=who, team=event.team),
    Game.Undone: _undone,
    Game.Ended: _ended,
    Game.Evaluated: _evaluated,
    Game.CalledOff: lambda _event, who: _("%(who)s liet een Taakspel niet doorgaan.", who=who),
    Observation.Planned: _observation_planned,
    Observation.Made: _observed,
    Observation.Dropped: lambda _event, who: _("%(who)s liet een observatie niet meetellen.", who=who),
    Consultation.Held: lambda _event, who: _("%(who)s legde een klassenconsultatie vast.", who=who),
    Consultation.LookedBack: _agreements_kept,
    Week.Agreed: _reward_agreed,
    Week.Changed: _reward_agreed,
    Week.Given: lambda _event, who: _("%(who)s gaf een weekbeloning.", who=who),
}
