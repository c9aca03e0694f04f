"""Suspicions about staff in the review: who handles one reads a sentence, anybody else a number."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from sqlalchemy import not_, or_, select
from sqlalchemy.engine import Connection

from events.staff_matter import StaffMatter
from intranet.incidents.readable import Reader
from intranet.staff_matters.projections import named as people_named
from intranet.staff_matters.projections import register
from intranet.staff_matters.readable import handled_matters, reported_matters

from ..reach import Reach, hides, names_people, weighs
from ..sentences import Telling, describes


@hides
def hidden(school: UUID) -> Any:
    """Return the matters that are not for the viewer: nobody but who handles them knows that they are there."""
    mine = or_(handled_matters(_viewer(school)), reported_matters(_viewer(school)))
    return select(register.c.matter).where(register.c.school == school, not_(mine))


@names_people
def named(school: UUID) -> Any:
    """Return who are named in the matters that the viewer handles."""
    # An alias: the condition has clauses of its own about who is named.
    people = people_named.alias()
    readable = select(register.c.matter).where(handled_matters(_viewer(school)))
    return select(people.c.matter.label("stream"), people.c.person).where(
        people.c.school == school, people.c.matter.in_(readable)
    )


@weighs("staff_matters.matter")
def reach(connection: Connection, school: UUID, matters: frozenset[UUID]) -> Mapping[UUID, Reach]:
    """Weigh each matter for the viewer, by the rule of its own page; there is nothing between all and nothing."""
    query = select(register.c.matter).where(handled_matters(_viewer(school)), register.c.matter.in_(matters))
    handled = set(connection.scalars(query))
    return {each: Reach.OPEN if each in handled else Reach.HIDDEN for each in matters}


def _viewer(school: UUID) -> Reader:
    return Reader(current_user.person_id, current_user.duties, school)


@describes(StaffMatter.Reported, label=_l("Melding over een medewerker"), icon="flag", tone="warn")
def reported(_event: Any, told: Telling) -> str:
    return _("%(who)s deed een melding over een medewerker.", who=told.who)


@describes(StaffMatter.NoteAdded, label=_l("Melding aangevuld"), icon="notebook-pen")
def noted(_event: Any, told: Telling) -> str:
    return _("%(who)s vulde een melding over een medewerker aan.", who=told.who)


@describes(StaffMatter.NoteWithdrawn, label=_l("Notitie ingetrokken"), icon="undo-2", tone="warn")
def note_withdrawn(_event: Any, told: Telling) -> str:
    return _("%(who)s trok een notitie bij een melding over een medewerker in.", who=told.who)


@describes(StaffMatter.NotePutBack, label=_l("Notitie teruggezet"), icon="notebook-pen")
def note_put_back(_event: Any, told: Telling) -> str:
    return _("%(who)s zette een notitie bij een melding over een medewerker terug.", who=told.who)


@describes(StaffMatter.StaffNamed, label=_l("Medewerker erbij genoemd"), icon="user-x", tone="warn")
def staff_named(event: Any, told: Telling) -> str:
    people = ", ".join(told.person(each) for each in event.people)
    return _("%(who)s zei dat een melding ook over %(people)s gaat.", who=told.who, people=people)


@describes(StaffMatter.ReceiptConfirmed, label=_l("Ontvangst bevestigd"), icon="circle-check", tone="ok")
def received(_event: Any, told: Telling) -> str:
    return _("%(who)s bevestigde de ontvangst van een melding over een medewerker.", who=told.who)


@describes(StaffMatter.InspectorConsulted, label=_l("Vertrouwensinspecteur gesproken"), icon="phone", tone="info")
def consulted(_event: Any, told: Telling) -> str:
    return _("%(who)s legde overleg met de vertrouwensinspecteur vast.", who=told.who)


@describes(StaffMatter.SuspicionJudged, label=_l("Vermoeden beoordeeld"), icon="scale", tone="warn")
def judged(_event: Any, told: Telling) -> str:
    return _("%(who)s legde het besluit van het bestuur over een vermoeden vast.", who=told.who)


@describes(StaffMatter.PeopleInformed, label=_l("Betrokkene geïnformeerd"), icon="message-circle")
def informed(_event: Any, told: Telling) -> str:
    return _("%(who)s legde vast dat een betrokkene is geïnformeerd.", who=told.who)


@describes(StaffMatter.PoliceReportFiled, label=_l("Aangifte gedaan"), icon="shield-alert", tone="warn")
def filed(_event: Any, told: Telling) -> str:
    return _("%(who)s legde een aangifte bij de politie vast.", who=told.who)


@describes(StaffMatter.MeasureTaken, label=_l("Maatregel voor medewerker"), icon="shield-check")
def measure(_event: Any, told: Telling) -> str:
    return _("%(who)s legde een maatregel voor een medewerker vast.", who=told.who)


@describes(StaffMatter.ClosingAsked, label=_l("Afsluiten gevraagd"), icon="users")
def closing_asked(_event: Any, told: Telling) -> str:
    return _("%(who)s vroeg een ander om een melding mee af te sluiten.", who=told.who)


@describes(StaffMatter.Closed, label=_l("Melding afgesloten"), icon="circle-check", tone="ok")
def closed(_event: Any, told: Telling) -> str:
    return _("%(who)s sloot een melding over een medewerker af.", who=told.who)


@describes(StaffMatter.Reopened, label=_l("Melding weer geopend"), icon="rotate-ccw", tone="warn")
def reopened(_event: Any, told: Telling) -> str:
    return _("%(who)s opende een melding over een medewerker weer.", who=told.who)
