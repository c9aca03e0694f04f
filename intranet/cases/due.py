"""What waits for somebody because of cases: promises that are theirs or have climbed, and looking back."""

from collections.abc import Iterator
from datetime import date

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy import and_, select

from intranet.api import DueDate, db
from intranet.cases.followed import CASES
from intranet.cases.projections import register
from intranet.cases.readable import readable_cases
from intranet.follow_up.due import promises_due
from intranet.follow_up.projections import promise
from intranet.incidents.readable import Reader

_joined = promise.join(register, and_(register.c.school == promise.c.school, register.c.case == promise.c.record))


def due_dates(someone: Reader, today: date) -> Iterator[DueDate]:
    """Return what waits for somebody because of cases that they may read."""
    readable = readable_cases(someone)
    yield from promises_due(someone, today, CASES, _joined, readable)
    mine = (readable, register.c.leader == someone.person_id, register.c.closed.is_(False))
    for row in db.session.execute(select(register).where(*mine, register.c.evaluate_on.is_not(None))):
        address = url_for("cases.evaluation", case_id=row.case)
        yield DueDate(row.evaluate_on, _("Terugkijken in een pestzaak"), address, "", "book-open", "looking_back")
