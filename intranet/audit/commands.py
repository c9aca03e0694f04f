"""What a director does with the log: mark a period as reviewed, and take that back."""

from datetime import date
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.engine import Connection

from events.log.merkle import Frontier
from events.log.tables import event
from intranet.api import Refused, log
from intranet.people.today import today

from .events import Review
from .period import Period, positions


def review_period(first_day: date, last_day: date, remark: str | None) -> UUID:
    """Record that somebody went through the log of these days. Raises `Refused` for days that make no period."""
    if last_day < first_day:
        raise Refused(_("De laatste dag ligt voor de eerste dag. Draai ze om."))
    if last_day > today():
        raise Refused(_("Deze dag moet nog komen. Kies een dag tot en met vandaag."))
    # Inside the transaction, so that no event slips between what was counted and the mark.
    with log.unit_of_work() as work:
        first, last = positions(work.connection, work.school, Period(first_day, last_day))
        review = Review(
            first_day=first_day,
            last_day=last_day,
            position_from=first,
            position_until=last,
            root=_root_at(work.connection, work.school, last),
            remark=remark or None,
        )
        log.save(review)
    return review.id


def withdraw_review(review_id: UUID) -> None:
    """Take a mark back."""
    review = log.get(Review, review_id)
    review.withdraw()
    log.save(review)


def _root_at(connection: Connection, school: UUID, position: int) -> str:
    leaves = select(event.c.leaf).where(event.c.school == school, event.c.position <= position)
    tree = Frontier()
    tree.extend(bytes(leaf) for leaf in connection.scalars(leaves.order_by(event.c.position)))
    return tree.root().hex()
