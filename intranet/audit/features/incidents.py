"""Incidents in the review: what happened, without a word of what was written, and without people where it is closed."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from flask_babel import format_datetime, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from sqlalchemy import and_, case, not_, or_, select
from sqlalchemy.engine import Connection

from events.incident import Incident
from intranet.incidents.kinds import ROLE_LABELS, SEVERITY_LABELS, kind_of, place_of
from intranet.incidents.projections import involved, kinds, register
from intranet.incidents.readable import Reader, readable_incidents, standings_then

from ..period import at_school
from ..reach import Reach, hides, names_people, tells_about, tells_grounds, weighs
from ..sentences import Telling, began_closed, describes


@hides
def hidden(school: UUID) -> Any:
    """Return the incidents about colleagues that are not for the viewer: they go to the board (WPO art. 4a)."""
    mine = readable_incidents(_viewer(school))
    return select(register.c.incident).where(register.c.school == school, register.c.staff_matter, not_(mine))


@names_people
def named(school: UUID) -> Any:
    """Return who are named in the incidents that the viewer may read."""
    # An alias: the condition has clauses of its own about who was involved.
    parts = involved.alias()
    readable = select(register.c.incident).where(readable_incidents(_viewer(school)))
    return select(parts.c.incident.label("stream"), parts.c.person).where(
        parts.c.school == school, parts.c.incident.in_(readable)
    )


def facts(school: UUID) -> Any:
    """Return the incidents of which the viewer may know what happened."""
    open_to_all = and_(not_(register.c.confidential), not_(register.c.staff_matter))
    mine = readable_incidents(_viewer(school))
    return select(register.c.incident).where(register.c.school == school, or_(mine, open_to_all))


@weighs("incidents.incident", facts)
def reach(connection: Connection, school: UUID, incidents: frozenset[UUID]) -> Mapping[UUID, Reach]:
    """Weigh each incident for the viewer, by the rule of its own page."""
    readable = case((readable_incidents(_viewer(school)), 1), else_=0).label("readable")
    query = select(register.c.incident, register.c.confidential, register.c.staff_matter, readable)
    rows = connection.execute(query.where(register.c.school == school, register.c.incident.in_(incidents)))
    return {row.incident: _reach_of(row) for row in rows}


@tells_grounds("incidents.incident")
def grounds(incident: UUID, readers: Iterable[Reader]) -> Mapping[UUID, str]:
    """Say on which ground each could read it."""
    return {each: standing.ground for each, standing in standings_then(incident, readers).items() if standing.may_read}


@tells_about("incidents.incident")
def about(connection: Connection, school: UUID, incidents: frozenset[UUID]) -> Mapping[UUID, str]:
    """Say what incidents are about: which kinds, where and when."""
    mine = register.c.school == school, register.c.incident.in_(incidents)
    rows = connection.execute(select(register.c.incident, register.c.place, register.c.happened_at).where(*mine)).all()
    of_mine = select(kinds.c.incident, kinds.c.kind).where(kinds.c.school == school, kinds.c.incident.in_(incidents))
    codes: dict[UUID, list[str]] = {}
    for row in connection.execute(of_mine):
        codes.setdefault(row.incident, []).append(row.kind)
    return {row.incident: _about(row, codes.get(row.incident, [])) for row in rows}


def _about(row: Any, codes: list[str]) -> str:
    moment = format_datetime(at_school(row.happened_at), "EEE d MMM HH:mm", rebase=False)
    return _("Over: %(what)s, %(moment)s.", what=_what(codes, row.place), moment=moment)


def _what(codes: Iterable[str], place: str | None) -> str:
    what = ", ".join(str(kind_of(code).label).lower() for code in codes)
    if place is None:
        return what
    return _("%(what)s (%(place)s)", what=what, place=str(place_of(place).label).lower())


def _viewer(school: UUID) -> Reader:
    return Reader(current_user.person_id, current_user.duties, school)


def _reach_of(row: Any) -> Reach:
    if row.readable:
        return Reach.OPEN
    if row.staff_matter:
        return Reach.HIDDEN
    return Reach.CLOSED if row.confidential else Reach.FACTS


def _many(count: int, who: str) -> str:
    return ngettext("%(who)s legde %(num)d incident vast.", "%(who)s legde %(num)d incidenten vast.", count, who=who)


@describes(
    Incident.Reported, label=_l("Vastgelegd"), icon="clipboard-list", tone="info", many=_many, closed=began_closed
)
def reported(event: Any, told: Telling) -> str:
    what = _what(event.kinds, event.place)
    people = _people(event, told)
    if people:
        return _("%(who)s legde een incident vast: %(what)s, met %(people)s.", who=told.who, what=what, people=people)
    return _("%(who)s legde een incident vast: %(what)s.", who=told.who, what=what)


def _people(event: Any, told: Telling) -> str:
    people = list(dict.fromkeys(part.person_id for part in event.involved))
    if not people:
        return ""
    if told.reach is not Reach.OPEN or len(people) > 3:
        return ngettext("%(num)d persoon", "%(num)d mensen", len(people))
    *others, last = [told.person(person) for person in people]
    return _("%(others)s en %(last)s", others=", ".join(others), last=last) if others else last


@describes(Incident.Corrected, label=_l("Verbeterd"), icon="pencil", tone="warn")
def corrected(_event: Any, told: Telling) -> str:
    return _("%(who)s verbeterde een incident. Wat er eerst stond, blijft bewaard.", who=told.who)


@describes(Incident.InvolvementAdded, label=_l("Persoon toegevoegd"), icon="user-plus")
def involved_added(event: Any, told: Telling) -> str:
    return _(
        "%(who)s voegde %(person)s toe aan een incident, als %(role)s.",
        who=told.who,
        person=told.person(event.person_id),
        role=ROLE_LABELS.get(event.role, event.role),
    )


@describes(Incident.InvolvementChanged, label=_l("Rol veranderd"), icon="users")
def involved_changed(event: Any, told: Telling) -> str:
    return _(
        "%(who)s veranderde de rol van %(person)s: van %(was)s naar %(role)s.",
        who=told.who,
        person=told.person(event.person_id),
        was=ROLE_LABELS.get(event.was, event.was),
        role=ROLE_LABELS.get(event.role, event.role),
    )


@describes(Incident.InvolvementWithdrawn, label=_l("Persoon weggehaald"), icon="user-x", tone="warn")
def involved_withdrawn(event: Any, told: Telling) -> str:
    return _("%(who)s haalde %(person)s weg bij een incident.", who=told.who, person=told.person(event.person_id))


@describes(Incident.SeverityAssessed, label=_l("Ernst bepaald"), icon="scale", tone="info")
def assessed(event: Any, told: Telling) -> str:
    return _(
        "%(who)s bepaalde de ernst van een incident: %(level)s.",
        who=told.who,
        level=str(SEVERITY_LABELS.get(event.level, event.level)).lower(),
    )


@describes(Incident.NoteAdded, label=_l("Aangevuld"), icon="notebook-pen")
def noted(_event: Any, told: Telling) -> str:
    return _("%(who)s vulde een incident aan.", who=told.who)


@describes(Incident.NoteWithdrawn, label=_l("Notitie ingetrokken"), icon="undo-2", tone="warn")
def note_withdrawn(_event: Any, told: Telling) -> str:
    return _("%(who)s trok een notitie bij een incident in.", who=told.who)


@describes(Incident.NotePutBack, label=_l("Notitie teruggezet"), icon="notebook-pen")
def note_put_back(_event: Any, told: Telling) -> str:
    return _("%(who)s zette een notitie bij een incident terug.", who=told.who)


@describes(Incident.ConfidentialityChanged, label=_l("Vertrouwelijk gemaakt of geopend"), icon="lock", tone="warn")
def shielded(event: Any, told: Telling) -> str:
    if event.confidential:
        return _("%(who)s maakte een incident vertrouwelijk.", who=told.who)
    return _("%(who)s haalde vertrouwelijk van een incident af.", who=told.who)


@describes(Incident.GrewFromSignal, label=_l("Kwam uit een signaal"), icon="eye")
def grew(_event: Any, told: Telling) -> str:
    return _("Dit incident van %(who)s kwam uit een signaal.", who=told.who)
