"""The practice school: the people whom somebody who tries out the product can be, with one click."""

from uuid import UUID

from flask import current_app
from sqlalchemy import select

from events.frozen import frozen
from intranet.accounts.known_people import duties_of, duty_names
from intranet.accounts.projections import account
from intranet.api import db
from intranet.people.duties import DUTIES
from intranet.people.projections import group_teacher
from intranet.people.roster import roster


@frozen
class Part:
    """Somebody one can be: account, name, what they do and which groups they teach."""

    account: UUID
    name: str
    duties: list[str]
    groups: list[str]
    rank: int


_ORDER = ("executive_director", "head_teacher", "care_coordinator", "confidential_adviser", "teacher")
"""Whom a newcomer wants to be first; the others follow in the order of the duty register."""


def people_one_can_be() -> list[Part]:
    """Return everybody with a working account, in the practice school only."""
    if not current_app.config["DEMO"]:
        return []
    rows = db.session.execute(select(account).where(account.c.status == "active")).all()
    parts = [part for row in rows if (part := _part(row)) is not None]
    return sorted(parts, key=lambda part: (part.rank, part.groups, part.name))


def _part(row) -> Part | None:
    duties = duties_of(row.works_at, row.person)
    name = roster(row.works_at).get(row.person)
    if name is None or not duties:
        return None
    order = (*_ORDER, *(duty for duty in DUTIES if duty not in _ORDER))
    rank = min((order.index(duty) for duty in duties if duty in order), default=len(order))
    return Part(row.account, name.full, duty_names(duties), _groups(row.works_at, row.person), rank)


def _groups(school_id: UUID, person_id: UUID) -> list[str]:
    taught = select(group_teacher.c.class_group).where(
        group_teacher.c.school == school_id, group_teacher.c.person == person_id
    )
    groups = roster(school_id).groups
    return sorted(groups[each].name for each in db.session.scalars(taught) if each in groups)
