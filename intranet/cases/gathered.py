"""What is gathered in a case, as far as somebody may read each record: gathering never shows it to more people."""

from datetime import datetime
from typing import Any
from uuid import UUID

from flask import url_for
from sqlalchemy import select

from events.case import Case
from events.frozen import frozen
from intranet.api import db
from intranet.incidents import listing as incidents
from intranet.incidents import showing as incident_words
from intranet.incidents.projections import register as incident_register
from intranet.incidents.readable import Reader, readable_incidents
from intranet.people.roster import Roster
from intranet.signals import listing as signals
from intranet.signals import showing as signal_words
from intranet.signals.kinds import choice_of
from intranet.signals.projections import register as signal_register
from intranet.signals.readable import readable_signals


@frozen
class Gathered:
    """A record in a case that somebody may read."""

    id: UUID
    at: datetime
    title: str
    people: str
    icon: str
    tone: str
    href: str


def records_of(case: Case, someone: Reader, people: Roster, *, ever: bool = False) -> list[Gathered]:
    """Return the gathered records that somebody may read, in the order of time; `ever` with those taken out."""
    ids = [*case.gathered, *(case.taken_out - case.gathered.keys() if ever else ())]
    if not ids:
        return []
    found = [*_incidents(ids, someone, people), *_signals(ids, someone, people)]
    return sorted(found, key=lambda each: (each.at, each.id))


def _incidents(ids: list[UUID], someone: Reader, people: Roster) -> list[Gathered]:
    query = select(incident_register).where(readable_incidents(someone), incident_register.c.incident.in_(ids))
    rows = db.session.execute(query).all()
    return [
        Gathered(
            found.row.incident,
            incidents.moment_of(found.row.happened_at),
            incident_words.title_of(found),
            incident_words.people_line(found, people),
            incident_words.icon_of(found),
            "warn",
            url_for("incidents.incident", incident_id=found.row.incident),
        )
        for found in incidents.with_parts(someone.school, rows)
    ]


def _signals(ids: list[UUID], someone: Reader, people: Roster) -> list[Gathered]:
    query = select(signal_register).where(readable_signals(someone), signal_register.c.signal.in_(ids))
    return [_signal(found, people) for found in signals.with_people(someone.school, db.session.execute(query).all())]


def _signal(found: Any, people: Roster) -> Gathered:
    choice = choice_of(found.row.kind, found.row.positive)
    return Gathered(
        found.row.signal,
        incidents.moment_of(found.row.happened_at),
        signal_words.title_of(found.row),
        signal_words.people_line(found, people),
        choice.icon,
        choice.tone,
        url_for("signals.signal", signal_id=found.row.signal),
    )
