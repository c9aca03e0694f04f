"""Board, school and class groups in the review."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from intranet.api import acting, log
from intranet.need_to_know.kinds import RELATIONS, title_of
from intranet.people.duties import duty_title
from intranet.plugin_manager import installed
from intranet.schools.events import Board, ClassGroup, School

from ..sentences import Telling, describes


def _many_formed(count: int, who: str) -> str:
    return ngettext("%(who)s maakte %(num)d groep.", "%(who)s maakte %(num)d groepen.", count, who=who)


def _many_joined(count: int, who: str) -> str:
    return ngettext(
        "%(who)s koppelde %(num)d leerkracht aan een groep.",
        "%(who)s koppelde %(num)d leerkrachten aan een groep.",
        count,
        who=who,
    )


@describes(Board.Founded, label=_l("Bestuur begonnen"), icon="flag")
def founded(_event: Any, told: Telling) -> str:
    return _("%(who)s begon het logboek van het bestuur.", who=told.who)


@describes(Board.Renamed, label=_l("Naam van bestuur veranderd"), icon="pencil")
def board_renamed(_event: Any, told: Telling) -> str:
    return _("%(who)s veranderde de naam van het bestuur.", who=told.who)


@describes(School.Opened, label=_l("School begonnen"), icon="school")
def opened(_event: Any, told: Telling) -> str:
    return _("%(who)s begon het logboek van de school.", who=told.who)


@describes(School.Renamed, label=_l("Naam van school veranderd"), icon="pencil")
def school_renamed(_event: Any, told: Telling) -> str:
    return _("%(who)s veranderde de naam van de school.", who=told.who)


@describes(School.CaseTermChanged, label=_l("Instelling veranderd"), icon="settings")
def case_term_changed(event: Any, told: Telling) -> str:
    return _("%(who)s koos na hoeveel weken een zaak wordt bekeken: %(weeks)d.", who=told.who, weeks=event.weeks)


@describes(School.ClimbingChanged, label=_l("Instelling veranderd"), icon="settings")
def climbing_changed(event: Any, told: Telling) -> str:
    return _(
        "%(who)s koos wanneer een afspraak die te laat is verder gaat: naar de coördinator na %(coordinator)d, "
        "naar de directeur na %(director)d schooldagen.",
        who=told.who,
        coordinator=event.coordinator,
        director=event.director,
    )


@describes(School.NeedToKnowChanged, label=_l("Wie mag wat lezen veranderd"), icon="lock", tone="warn")
def need_to_know_changed(event: Any, told: Telling) -> str:
    what = str(title_of(event.permission)).lower()
    rule = duty_title(event.duty), str(RELATIONS.get(event.relation, event.relation))
    if event.given:
        return _(
            "%(who)s gaf %(duty)s meer te lezen: %(what)s, %(which)s.",
            who=told.who,
            what=what,
            duty=rule[0],
            which=rule[1],
        )
    return _(
        "%(who)s gaf %(duty)s minder te lezen: %(what)s, %(which)s.",
        who=told.who,
        what=what,
        duty=rule[0],
        which=rule[1],
    )


@describes(School.SettingsChanged, label=_l("Instelling veranderd"), icon="settings")
def settings_changed(_event: Any, told: Telling) -> str:
    return _("%(who)s veranderde de gegevens van de school.", who=told.who)


@describes(School.RosterImported, label=_l("Lijst ingelezen"), icon="upload", tone="info")
def imported(event: Any, told: Telling) -> str:
    return _(
        "%(who)s las een lijst in: %(new)d nieuw, %(moved)d naar een andere groep, %(left)d van school.",
        who=told.who,
        new=event.registered,
        moved=event.moved,
        left=event.left,
    )


def _title(plugin: str) -> str:
    known = installed().by_name.get(plugin)
    return plugin if known is None else str(known.manifest.title)


def _reason(event: Any) -> str:
    """Return why somebody switched a plugin: the one thing that is read out, because it says nothing about a person."""
    with acting(school=event.school_id):
        version = event.originator_version
        read = next(iter(log.events.get(event.originator_id, gt=version - 1, lte=version)))
    return str(read.reason)


@describes(School.PluginEnabled, label=_l("Onderdeel aangezet"), icon="puzzle", tone="info")
def plugin_enabled(event: Any, told: Telling) -> str:
    return _(
        "%(who)s zette %(plugin)s aan: “%(reason)s”",
        who=told.who,
        plugin=_title(event.plugin),
        reason=_reason(event),
    )


@describes(School.PluginDisabled, label=_l("Onderdeel uitgezet"), icon="puzzle", tone="warn")
def plugin_disabled(event: Any, told: Telling) -> str:
    return _(
        "%(who)s zette %(plugin)s uit: “%(reason)s”",
        who=told.who,
        plugin=_title(event.plugin),
        reason=_reason(event),
    )


@describes(School.PluginSettingsChanged, label=_l("Instellingen van onderdeel"), icon="settings")
def plugin_set(event: Any, told: Telling) -> str:
    return _("%(who)s veranderde de instellingen van %(plugin)s.", who=told.who, plugin=_title(event.plugin))


@describes(ClassGroup.Formed, label=_l("Groep gemaakt"), icon="users", many=_many_formed)
def formed(_event: Any, told: Telling) -> str:
    return _("%(who)s maakte een groep.", who=told.who)


@describes(ClassGroup.Renamed, label=_l("Naam van groep veranderd"), icon="pencil")
def group_renamed(_event: Any, told: Telling) -> str:
    return _("%(who)s veranderde de naam van een groep.", who=told.who)


@describes(ClassGroup.YearGroupsChanged, label=_l("Leerjaren veranderd"), icon="pencil")
def year_groups_changed(_event: Any, told: Telling) -> str:
    return _("%(who)s veranderde de leerjaren van een groep.", who=told.who)


@describes(ClassGroup.SourcesMatched, label=_l("Groep gekoppeld aan de administratie"), icon="link")
def sources_matched(_event: Any, told: Telling) -> str:
    return _("%(who)s koppelde een groep aan de administratie.", who=told.who)


@describes(ClassGroup.TeacherJoined, label=_l("Leerkracht bij groep"), icon="user-plus", many=_many_joined)
def joined(event: Any, told: Telling) -> str:
    return _("%(who)s koppelde %(person)s aan een groep.", who=told.who, person=told.person(event.person_id))


@describes(ClassGroup.TeacherLeft, label=_l("Leerkracht weg bij groep"), icon="user-x")
def left(event: Any, told: Telling) -> str:
    return _("%(who)s koppelde %(person)s los van een groep.", who=told.who, person=told.person(event.person_id))


@describes(ClassGroup.Closed, label=_l("Groep beëindigd"), icon="calendar-check")
def closed(_event: Any, told: Telling) -> str:
    return _("%(who)s beëindigde een groep.", who=told.who)


@describes(ClassGroup.Reopened, label=_l("Groep weer geopend"), icon="undo-2")
def reopened(_event: Any, told: Telling) -> str:
    return _("%(who)s opende een groep weer.", who=told.who)
