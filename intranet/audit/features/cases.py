"""Cases in the review: that something was done in one, without a word of it; who is named in it sees nothing."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from flask_babel import format_date, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from sqlalchemy import case, select
from sqlalchemy.engine import Connection

from events.case import Case
from intranet.cases.kinds import KIND_LABELS, OUTCOME_LABELS, ROLE_LABELS, VOICE_LABELS
from intranet.cases.projections import involved, register
from intranet.cases.readable import readable_cases, standings_then
from intranet.incidents.readable import ABOUT, Reader

from ..reach import Reach, hides, names_people, tells_about, tells_grounds, weighs
from ..sentences import Telling, began_closed, describes


@hides
def hidden(school: UUID) -> Any:
    """Return the cases in which the viewer is said to do it: they do not come to know that it is there."""
    mine = (involved.c.person == current_user.person_id, involved.c.role == ABOUT)
    return select(involved.c.case).where(involved.c.school == school, *mine)


@names_people
def named(school: UUID) -> Any:
    """Return who are named in the cases that the viewer may read."""
    people = involved.alias()
    readable = select(register.c.case).where(readable_cases(_viewer(school)))
    return select(people.c.case.label("stream"), people.c.person).where(
        people.c.school == school, people.c.case.in_(readable)
    )


def facts(school: UUID) -> Any:
    """Return the cases of which the viewer may know what happened."""
    return select(register.c.case).where(register.c.school == school, readable_cases(_viewer(school)))


@weighs("cases.case", facts)
def reach(connection: Connection, school: UUID, cases: frozenset[UUID]) -> Mapping[UUID, Reach]:
    """Weigh each case for the viewer, by the rule of its own page."""
    readable = case((readable_cases(_viewer(school)), Reach.OPEN), else_=Reach.CLOSED)
    query = select(register.c.case, readable.label("reach")).where(
        register.c.school == school, register.c.case.in_(cases)
    )
    about_me = set(connection.scalars(hidden(school)))
    return {row.case: Reach.HIDDEN if row.case in about_me else Reach(row.reach) for row in connection.execute(query)}


@tells_grounds("cases.case")
def grounds(case_id: UUID, readers: Iterable[Reader]) -> Mapping[UUID, str]:
    """Say on which ground each could read it."""
    return {each: standing.ground for each, standing in standings_then(case_id, readers).items() if standing.may_read}


@tells_about("cases.case")
def what_about(connection: Connection, school: UUID, cases: frozenset[UUID]) -> Mapping[UUID, str]:
    """Say what cases are about."""
    query = select(register.c.case, register.c.kind)
    rows = connection.execute(query.where(register.c.school == school, register.c.case.in_(cases)))
    return {row.case: _("Over: %(what)s.", what=_what(row.kind)) for row in rows}


def _viewer(school: UUID) -> Reader:
    return Reader(current_user.person_id, current_user.duties, school)


def _what(kind: str) -> str:
    return str(KIND_LABELS.get(kind, kind)).lower()


@describes(Case.Opened, label=_l("Zaak geopend"), icon="book-open", tone="info", closed=began_closed)
def opened(event: Any, told: Telling) -> str:
    people = len({part.person_id for part in event.involved})
    many = ngettext("%(num)d persoon", "%(num)d mensen", people)
    return _("%(who)s opende een zaak: %(what)s, met %(people)s.", who=told.who, what=_what(event.kind), people=many)


@describes(Case.RecordGathered, label=_l("Bij een zaak gevoegd"), icon="link")
def gathered(event: Any, told: Telling) -> str:
    if event.record_kind == "signals.signal":
        return _("%(who)s voegde een signaal bij een zaak.", who=told.who)
    return _("%(who)s voegde een incident bij een zaak.", who=told.who)


@describes(Case.RecordTakenOut, label=_l("Uit een zaak gehaald"), icon="x", tone="warn")
def taken_out(_event: Any, told: Telling) -> str:
    return _("%(who)s haalde iets uit een zaak.", who=told.who)


@describes(Case.LeaderChanged, label=_l("Zaak overgedragen"), icon="users", tone="warn")
def handed_over(event: Any, told: Telling) -> str:
    return _("%(who)s droeg een zaak over aan %(person)s.", who=told.who, person=told.person(event.leader))


@describes(Case.ParticipantAdded, label=_l("Doet mee aan een zaak"), icon="user-plus", tone="info")
def joined(event: Any, told: Telling) -> str:
    return _("%(who)s liet %(person)s meedoen aan een zaak.", who=told.who, person=told.person(event.person_id))


@describes(Case.ParticipantRemoved, label=_l("Doet niet meer mee aan een zaak"), icon="user-x", tone="warn")
def left(event: Any, told: Telling) -> str:
    return _(
        "%(who)s liet %(person)s niet meer meedoen aan een zaak.", who=told.who, person=told.person(event.person_id)
    )


@describes(Case.SeriousnessWeighed, label=_l("Ernst van een zaak bepaald"), icon="scale", tone="info")
def weighed(event: Any, told: Telling) -> str:
    if event.serious:
        return _("%(who)s legde vast dat een zaak ernstig is.", who=told.who)
    return _("%(who)s legde vast dat een zaak niet meer ernstig is.", who=told.who)


@describes(Case.InvolvementAdded, label=_l("Persoon toegevoegd"), icon="user-plus")
def involved_added(event: Any, told: Telling) -> str:
    person, role = told.person(event.person_id), ROLE_LABELS.get(event.role, event.role)
    return _("%(who)s voegde %(person)s toe aan een zaak: %(role)s.", who=told.who, person=person, role=role)


@describes(Case.InvolvementChanged, label=_l("Rol veranderd"), icon="users")
def involved_changed(event: Any, told: Telling) -> str:
    return _(
        "%(who)s veranderde de rol van %(person)s: van %(was)s naar %(role)s.",
        who=told.who,
        person=told.person(event.person_id),
        was=ROLE_LABELS.get(event.was, event.was),
        role=ROLE_LABELS.get(event.role, event.role),
    )


@describes(Case.InvolvementWithdrawn, label=_l("Persoon weggehaald"), icon="user-x", tone="warn")
def involved_withdrawn(event: Any, told: Telling) -> str:
    return _("%(who)s haalde %(person)s weg bij een zaak.", who=told.who, person=told.person(event.person_id))


@describes(Case.PlanMade, label=_l("Plan gemaakt"), icon="target", tone="info")
def planned(event: Any, told: Telling) -> str:
    day = format_date(event.evaluate_on, "d MMMM y")
    return _("%(who)s maakte een plan in een zaak. Terugkijken op %(day)s.", who=told.who, day=day)


@describes(Case.TermExtended, label=_l("Plan verlengd"), icon="calendar-clock", tone="warn")
def extended(event: Any, told: Telling) -> str:
    day = format_date(event.evaluate_on, "d MMMM y")
    return _("%(who)s verlengde het plan van een zaak tot %(day)s.", who=told.who, day=day)


@describes(Case.ViewHeard, label=_l("Gevraagd hoe het gaat"), icon="message-circle", tone="ok")
def heard(event: Any, told: Telling) -> str:
    voice = str(VOICE_LABELS.get(event.voice, event.voice)).lower()
    return _("%(who)s vroeg in een zaak hoe het gaat: %(voice)s.", who=told.who, voice=voice)


@describes(Case.Evaluated, label=_l("Teruggekeken in een zaak"), icon="rotate-ccw", tone="ok")
def evaluated(event: Any, told: Telling) -> str:
    outcome = str(OUTCOME_LABELS.get(event.outcome, event.outcome)).lower()
    return _("%(who)s keek terug in een zaak: %(outcome)s.", who=told.who, outcome=outcome)


@describes(Case.ClosingProposed, label=_l("Afsluiten van een zaak voorgesteld"), icon="eye", tone="warn")
def proposed(_event: Any, told: Telling) -> str:
    return _("%(who)s stelde voor een zaak af te sluiten.", who=told.who)


@describes(Case.Closed, label=_l("Zaak afgesloten"), icon="circle-check", tone="ok")
def closed(_event: Any, told: Telling) -> str:
    return _("%(who)s sloot een zaak af.", who=told.who)


@describes(Case.Reopened, label=_l("Zaak weer geopend"), icon="lock-open", tone="warn")
def reopened(_event: Any, told: Telling) -> str:
    return _("%(who)s opende een zaak weer.", who=told.who)


@describes(Case.EvaluationPlanned, label=_l("Terugkijken gepland"), icon="calendar-clock")
def evaluation_planned(event: Any, told: Telling) -> str:
    day = format_date(event.evaluate_on, "d MMMM y")
    return _("%(who)s plande in een zaak om op %(day)s terug te kijken.", who=told.who, day=day)
