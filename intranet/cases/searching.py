"""Cases that words find: by what was written, by who is in them, and by what they are about."""

from collections.abc import Collection
from uuid import UUID

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy import select

from events.case import Case
from intranet.api import SearchResult, db
from intranet.audit.grounds import SEARCH
from intranet.audit.readings import record_readings
from intranet.cases import list_page, listing
from intranet.cases.kinds import KIND_LABELS, TITLES
from intranet.cases.opening import KIND
from intranet.cases.projections import involved, register
from intranet.cases.readable import readable_cases
from intranet.incidents.readable import Reader, reader
from intranet.people.roster import fold
from intranet.search.asked import MOST, Asked, Word


def found(asked: Asked) -> list[SearchResult]:
    """Return the cases that somebody may read and that hold every word, the newest first.

    That a word is in a serious one says something of it: that it was found is recorded as a reading.
    """
    someone = reader()
    order = (register.c.opened_at.desc(), register.c.case.desc())
    may_read = db.session.scalars(select(register.c.case).where(readable_cases(someone)).order_by(*order)).all()
    matching = asked.matching(Case, may_read, lambda word: _meant(word, someone))[: MOST + 1]
    rows = db.session.execute(
        select(register).where(register.c.school == someone.school, register.c.case.in_(matching)).order_by(*order)
    ).all()
    record_readings(KIND, [row.case for row in rows if row.serious], SEARCH)
    return [_result(each, asked) for each in listing.with_parts(someone.school, rows)]


def _meant(word: Word, someone: Reader) -> Collection[UUID]:
    labels = {code: f"{KIND_LABELS[code]} {TITLES[code]}" for code in TITLES}
    called = [code for code, label in labels.items() if any(each.startswith(word.text) for each in fold(label).split())]
    meant: set[UUID] = set()
    if called:
        of_kind = select(register.c.case).where(register.c.school == someone.school, register.c.kind.in_(called))
        meant.update(db.session.scalars(of_kind))
    if word.people:
        part = (involved.c.school == someone.school, involved.c.person.in_(word.people))
        meant.update(db.session.scalars(select(involved.c.case).where(*part)))
    return meant


def _result(found: listing.Found, asked: Asked) -> SearchResult:
    words = None if found.row.serious else asked.excerpt(Case, found.row.case)
    title, note = list_page.title_of(found.row, asked.people), list_page.people_line(found, asked.people)
    return SearchResult(title, url_for("cases.case", case_id=found.row.case), _("Zaken"), note, "book-open", words)
