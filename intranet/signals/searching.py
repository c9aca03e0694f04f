"""Signals that words find: by what was written, about whom it is, and what was noticed."""

from collections.abc import Collection
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy import select

from events.signal import Signal
from intranet.api import SearchResult, db
from intranet.audit.grounds import SEARCH
from intranet.audit.readings import record_readings
from intranet.incidents.readable import Reader, reader
from intranet.people.roster import fold
from intranet.search.asked import MOST, Asked, Word
from intranet.signals import listing, showing
from intranet.signals.kinds import TITLES
from intranet.signals.opening import KIND
from intranet.signals.projections import about, register
from intranet.signals.readable import readable_signals


def found(asked: Asked) -> list[SearchResult]:
    """Return the signals that somebody may read and that hold every word, the latest first.

    That a word is in one about home says something of it: that it was found is recorded as a reading.
    """
    someone = reader()
    order = (register.c.happened_at.desc(), register.c.signal.desc())
    may_read = db.session.scalars(select(register.c.signal).where(readable_signals(someone)).order_by(*order)).all()
    matching = asked.matching(Signal, may_read, lambda word: _meant(word, someone))[: MOST + 1]
    rows = db.session.execute(
        select(register).where(register.c.school == someone.school, register.c.signal.in_(matching)).order_by(*order)
    ).all()
    record_readings(KIND, [row.signal for row in rows if row.home_signs], SEARCH)
    return [_result(each, asked) for each in listing.with_people(someone.school, rows)]


def _meant(word: Word, someone: Reader) -> Collection[UUID]:
    called = [code for code, label in TITLES.items() if fold(str(label)).startswith(word.text)]
    noticed = select(register.c.signal).where(register.c.school == someone.school, listing.noticed.in_(called))
    with_person = select(about.c.signal).where(about.c.school == someone.school, about.c.person.in_(word.people))
    meant: set[UUID] = set()
    if called:
        meant.update(db.session.scalars(noticed))
    if word.people:
        meant.update(db.session.scalars(with_person))
    return meant


def _result(found: listing.Found, asked: Asked) -> SearchResult:
    item = showing.item_of(found, asked.people)
    words = None if found.row.home_signs else asked.excerpt(Signal, found.row.signal)
    return SearchResult(item["label"], item["href"], _("Signalen"), item["note"], item["icon"], words)
