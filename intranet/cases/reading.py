"""What other features may know of cases: how many there are, and nothing about whom."""

from uuid import UUID

from sqlalchemy import and_, exists, func, or_, select

from events.log.context import current_school
from intranet.cases.projections import involved, register
from intranet.database import db
from intranet.people.projections import person as people


def open_cases_of_group(group_id: UUID) -> int:
    """Return how many cases are open now about a class group, or about a pupil who is in it now.

    A number and no more: whoever is not allowed to read the cases learns from it that lessons are wanted, not for whom.
    """
    pupil = exists().where(
        involved.c.school == register.c.school,
        involved.c.case == register.c.case,
        people.c.school == involved.c.school,
        people.c.person == involved.c.person,
        people.c.class_group == group_id,
    )
    open_here = and_(register.c.school == current_school(), register.c.closed.is_(False))
    of_group = or_(register.c.class_group == group_id, pupil)
    return db.session.scalar(select(func.count()).select_from(register).where(open_here, of_group)) or 0
