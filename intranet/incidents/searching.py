"""Incidents that words find: by what was written, who was in it, and what kind it was."""

from collections.abc import Collection
from uuid import UUID

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy import select

from events.incident import Incident
from intranet.api import SearchResult, db
from intranet.audit.grounds import SEARCH
from intranet.audit.readings import record_readings
from intranet.incidents import listing, showing
from intranet.incidents.kinds import KINDS
from intranet.incidents.opening import KIND
from intranet.incidents.projections import involved, kinds, register
from intranet.incidents.readable import Reader, readable_incidents, reader
from intranet.people.roster import fold
from intranet.search.asked import MOST, Asked, Word


def found(asked: Asked) -> list[SearchResult]:
    """Return the incidents that somebody may read and that hold every word, the latest first.

    That a word is in a confidential one says something of it: that it was found is recorded as a reading.
    """
    someone = reader()
    order = (register.c.happened_at.desc(), register.c.incident.desc())
    may_read = db.session.scalars(select(register.c.incident).where(readable_incidents(someone)).order_by(*order)).all()
    matching = asked.matching(Incident, may_read, lambda word: _meant(word, someone))[: MOST + 1]
    rows = db.session.execute(
        select(register).where(register.c.school == someone.school, register.c.incident.in_(matching)).order_by(*order)
    ).all()
    shown = listing.with_parts(someone.school, rows)
    record_readings(KIND, [each.row.incident for each in shown if each.closed], SEARCH)
    return [_result(each, asked) for each in shown]


def _meant(word: Word, someone: Reader) -> Collection[UUID]:
    called = [kind.code for kind in KINDS if any(part.startswith(word.text) for part in fold(str(kind.label)).split())]
    of_kind = select(kinds.c.incident).where(kinds.c.school == someone.school, kinds.c.kind.in_(called))
    with_person = select(involved.c.incident).where(
        involved.c.school == someone.school, involved.c.person.in_(word.people)
    )
    meant: set[UUID] = set()
    if called:
        meant.update(db.session.scalars(of_kind))
    if word.people:
        meant.update(db.session.scalars(with_person))
    return meant


def _result(found: listing.Found, asked: Asked) -> SearchResult:
    where = showing.where_in_words(found, asked.people)
    line = " · ".join(part for part in (showing.happened_in_words(found), where) if part)
    people = showing.people_line(found, asked.people)
    title = showing.title_of(found)
    return SearchResult(
        f"{title}: {people}" if people else title,
        url_for("incidents.incident", incident_id=found.row.incident),
        _("Incidenten"),
        line,
        showing.icon_of(found),
        None if found.closed else asked.excerpt(Incident, found.row.incident),
    )
