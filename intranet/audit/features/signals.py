"""Signals in the review: that something was done with one, without a word of it; who is named in it sees nothing."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from flask_babel import format_datetime, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from sqlalchemy import case, or_, select
from sqlalchemy.engine import Connection

from events.signal import Signal
from intranet.incidents.readable import Reader
from intranet.signals.kinds import PARTNER_LABELS, TITLES, choice_of
from intranet.signals.projections import about, register
from intranet.signals.readable import listed_signals, readable_signals, standings_then

from ..period import at_school
from ..reach import Reach, hides, names_people, tells_about, tells_grounds, weighs
from ..sentences import Telling, began_closed, describes


@hides
def hidden(school: UUID) -> Any:
    """Return the signals about the viewer: who is named in one does not come to know that it is there."""
    return select(about.c.signal).where(about.c.school == school, about.c.person == current_user.person_id)


@names_people
def named(school: UUID) -> Any:
    """Return who are named in the signals that the viewer may read."""
    # An alias: the condition has clauses of its own about whom it is.
    people = about.alias()
    readable = select(register.c.signal).where(readable_signals(_viewer(school)))
    return select(people.c.signal.label("stream"), people.c.person).where(
        people.c.school == school, people.c.signal.in_(readable)
    )


def facts(school: UUID) -> Any:
    """Return the signals of which the viewer may know what happened."""
    viewer = _viewer(school)
    mine = or_(readable_signals(viewer), listed_signals(viewer))
    return select(register.c.signal).where(register.c.school == school, mine)


@weighs("signals.signal", facts)
def reach(connection: Connection, school: UUID, signals: frozenset[UUID]) -> Mapping[UUID, Reach]:
    """Weigh each signal for the viewer, by the rule of its own page."""
    viewer = _viewer(school)
    readable = case((readable_signals(viewer), Reach.OPEN), (listed_signals(viewer), Reach.FACTS), else_=Reach.CLOSED)
    query = select(register.c.signal, readable.label("reach")).where(
        register.c.school == school, register.c.signal.in_(signals)
    )
    about_me = set(connection.scalars(hidden(school)))
    return {
        row.signal: Reach.HIDDEN if row.signal in about_me else Reach(row.reach) for row in connection.execute(query)
    }


@tells_grounds("signals.signal")
def grounds(signal: UUID, readers: Iterable[Reader]) -> Mapping[UUID, str]:
    """Say on which ground each could read it; its writer has what they wrote."""
    every = standings_then(signal, readers).items()
    return {each: standing.ground for each, standing in every if standing.may_read or standing.has_receipt}


@tells_about("signals.signal")
def what_about(connection: Connection, school: UUID, signals: frozenset[UUID]) -> Mapping[UUID, str]:
    """Say what signals are about: what was noticed, and when."""
    query = select(register.c.signal, register.c.kind, register.c.positive, register.c.happened_at)
    rows = connection.execute(query.where(register.c.school == school, register.c.signal.in_(signals)))
    return {row.signal: _about(row) for row in rows}


def _about(row: Any) -> str:
    moment = format_datetime(at_school(row.happened_at), "EEE d MMM HH:mm", rebase=False)
    return _("Over: %(what)s, %(moment)s.", what=_what(row.kind, row.positive), moment=moment)


def _what(kind: str, positive: bool) -> str:
    return str(TITLES[choice_of(kind, positive).code]).lower()


def _viewer(school: UUID) -> Reader:
    return Reader(current_user.person_id, current_user.duties, school)


def _many(count: int, who: str) -> str:
    return ngettext("%(who)s legde %(num)d signaal vast.", "%(who)s legde %(num)d signalen vast.", count, who=who)


@describes(Signal.Recorded, label=_l("Signaal vastgelegd"), icon="eye", tone="info", many=_many, closed=began_closed)
def recorded(event: Any, told: Telling) -> str:
    return _("%(who)s legde een signaal vast: %(what)s.", who=told.who, what=_what(event.kind, event.positive))


@describes(Signal.TalkHeld, label=_l("Gepraat over een signaal"), icon="message-circle")
def talked(event: Any, told: Telling) -> str:
    partner = str(PARTNER_LABELS.get(event.partner, event.partner)).lower()
    return _("%(who)s praatte over een signaal, %(partner)s.", who=told.who, partner=partner)


@describes(Signal.TakenToSupportTeam, label=_l("Signaal naar ondersteuningsteam"), icon="users")
def taken_to_support_team(_event: Any, told: Telling) -> str:
    return _("%(who)s bracht een signaal naar het ondersteuningsteam.", who=told.who)


@describes(Signal.Escalated, label=_l("Signaal bij de directeur"), icon="flag", tone="warn")
def escalated(_event: Any, told: Telling) -> str:
    return _("%(who)s legde een signaal voor aan de directeur.", who=told.who)


@describes(Signal.BecameIncident, label=_l("Signaal werd incident"), icon="clipboard-list", tone="warn")
def became_incident(_event: Any, told: Telling) -> str:
    return _("%(who)s maakte van een signaal een incident.", who=told.who)


@describes(Signal.Closed, label=_l("Signaal afgesloten"), icon="circle-check", tone="ok")
def closed(_event: Any, told: Telling) -> str:
    return _("%(who)s sloot een signaal af.", who=told.who)


@describes(Signal.Reopened, label=_l("Signaal weer geopend"), icon="rotate-ccw", tone="warn")
def reopened(_event: Any, told: Telling) -> str:
    return _("%(who)s opende een signaal weer.", who=told.who)
