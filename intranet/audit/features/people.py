"""People and their duties in the review: whose place or duty changed; names only as the roster knows them today."""

from typing import Any

from flask_babel import format_date, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from intranet.people.duties import duty_title
from intranet.people.events import PARENT, PUPIL, STAFF, Person

from ..sentences import Telling, describes

KINDS = {PUPIL: _l("leerling"), STAFF: _l("medewerker"), PARENT: _l("ouder")}


def _day(day: Any) -> str:
    return str(format_date(day, "d MMMM y"))


def _many_registered(count: int, who: str) -> str:
    return ngettext(
        "%(who)s zette %(num)d persoon op de lijst.", "%(who)s zette %(num)d mensen op de lijst.", count, who=who
    )


def _many_moved(count: int, who: str) -> str:
    return ngettext(
        "%(who)s plaatste %(num)d leerling.", "%(who)s plaatste %(num)d leerlingen in een groep.", count, who=who
    )


def _many_left(count: int, who: str) -> str:
    return ngettext(
        "%(who)s legde vast dat %(num)d persoon van school is.",
        "%(who)s legde vast dat %(num)d mensen van school zijn.",
        count,
        who=who,
    )


def _many_duties(count: int, who: str) -> str:
    return ngettext("%(who)s gaf %(num)d taak aan iemand.", "%(who)s verdeelde %(num)d taken.", count, who=who)


@describes(Person.Registered, label=_l("Op de lijst gezet"), icon="user-plus", many=_many_registered)
def registered(event: Any, told: Telling) -> str:
    return _(
        "%(who)s zette %(person)s op de lijst, als %(kind)s.",
        who=told.who,
        person=told.person(event.originator_id),
        kind=KINDS.get(event.kind, event.kind),
    )


@describes(Person.Renamed, label=_l("Naam veranderd"), icon="pencil")
def renamed(event: Any, told: Telling) -> str:
    return _("%(who)s veranderde de naam van %(person)s.", who=told.who, person=told.person(event.originator_id))


@describes(Person.SourceMatched, label=_l("Gekoppeld aan de administratie"), icon="link")
def matched(event: Any, told: Telling) -> str:
    return _("%(who)s koppelde %(person)s aan de administratie.", who=told.who, person=told.person(event.originator_id))


@describes(Person.MovedToGroup, label=_l("Andere groep"), icon="arrow-right", many=_many_moved)
def moved(event: Any, told: Telling) -> str:
    person = told.person(event.originator_id)
    if event.group_id is None:
        return _("%(who)s haalde %(person)s uit de groep.", who=told.who, person=person)
    return _("%(who)s zette %(person)s in een andere groep.", who=told.who, person=person)


@describes(Person.Left, label=_l("Van school"), icon="door-open", many=_many_left)
def left(event: Any, told: Telling) -> str:
    return _(
        "%(who)s legde vast dat %(person)s van school is sinds %(day)s.",
        who=told.who,
        person=told.person(event.originator_id),
        day=_day(event.left_on),
    )


@describes(Person.Returned, label=_l("Terug op school"), icon="undo-2")
def returned(event: Any, told: Telling) -> str:
    return _("%(who)s legde vast dat %(person)s terug is.", who=told.who, person=told.person(event.originator_id))


@describes(Person.DutyAssigned, label=_l("Taak gegeven"), icon="shield", tone="info", many=_many_duties)
def assigned(event: Any, told: Telling) -> str:
    return _(
        "%(who)s gaf %(person)s een taak: %(duty)s, vanaf %(day)s.",
        who=told.who,
        person=told.person(event.originator_id),
        duty=duty_title(event.duty),
        day=_day(event.since),
    )


@describes(Person.DutyEnded, label=_l("Taak beëindigd"), icon="shield-alert", tone="info")
def ended(event: Any, told: Telling) -> str:
    return _(
        "%(who)s liet een taak van %(person)s eindigen: %(duty)s, tot en met %(day)s.",
        who=told.who,
        person=told.person(event.originator_id),
        duty=duty_title(event.duty),
        day=_day(event.until),
    )


@describes(Person.ParentLinked, label=_l("Ouder gekoppeld"), icon="link")
def parent_linked(event: Any, told: Telling) -> str:
    people = {"parent": told.person(event.originator_id), "child": told.person(event.child_id)}
    if event.custody:
        return _("%(who)s koppelde %(parent)s aan %(child)s, met gezag.", who=told.who, **people)
    return _("%(who)s koppelde %(parent)s aan %(child)s, zonder gezag.", who=told.who, **people)


@describes(Person.ParentUnlinked, label=_l("Ouder losgekoppeld"), icon="user-x")
def parent_unlinked(event: Any, told: Telling) -> str:
    return _(
        "%(who)s koppelde %(parent)s los van %(child)s.",
        who=told.who,
        parent=told.person(event.originator_id),
        child=told.person(event.child_id),
    )
