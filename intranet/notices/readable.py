"""Which notices somebody may know of: a record they may not read gives none, asked at showing and at sending."""

from collections.abc import Callable, Collection
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, false, or_, select

from events.case import Case
from events.incident import Incident
from events.log import clock
from events.log.mapper import to_milliseconds
from events.signal import Signal
from events.staff_matter import StaffMatter
from intranet.access import allowed
from intranet.cases.projections import register as cases
from intranet.cases.readable import readable_cases
from intranet.database import db
from intranet.emergency.events import EmergencyAccess
from intranet.emergency.standing import REVIEW
from intranet.follow_up.events import levels_of
from intranet.incidents.projections import register as incidents
from intranet.incidents.readable import Reader, readable_incidents
from intranet.notices.kinds import plugin_kinds
from intranet.notices.projections import AUDIENCES, notice
from intranet.notices.seen import KEPT, notice_seen
from intranet.plugin_manager import installed
from intranet.signals.projections import register as signals
from intranet.signals.readable import listed_signals
from intranet.staff_matters.projections import register as matters
from intranet.staff_matters.readable import handled_matters

READABLE: dict[str, tuple[Any, Callable[[Reader], ColumnElement[bool]]]] = {
    Incident.log_name: (incidents.c.incident, readable_incidents),
    Signal.log_name: (signals.c.signal, listed_signals),
    Case.log_name: (cases.c.case, readable_cases),
    StaffMatter.log_name: (matters.c.matter, handled_matters),
}
"""For each kind of record the id in its register, and the condition on that register."""


def for_whom(someone: Reader) -> list[str]:
    """Return under which names notices reach somebody: their own, and what their duties are, allow or look after."""
    return [
        someone.person_id.hex,
        *sorted(someone.duties),
        *(permission for permission in AUDIENCES if allowed(permission, someone.duties)),
        *levels_of(someone.duties),
    ]


def addressed(someone: Reader) -> ColumnElement[bool]:
    """Return the condition on the notices that are for somebody, whether they may still read of what or not."""
    return and_(
        notice.c.school == someone.school,
        notice.c.whom.in_(for_whom(someone)),
        notice.c.at >= to_milliseconds(clock.now() - KEPT),
        or_(notice.c.actor.is_(None), notice.c.actor != someone.person_id),
    )


def unseen(someone: Reader) -> ColumnElement[bool]:
    """Return the condition on the notices that somebody has not seen yet."""
    return ~exists().where(
        notice_seen.c.school == notice.c.school,
        notice_seen.c.person == someone.person_id,
        notice_seen.c.position == notice.c.position,
    )


def kinds_waiting(someone: Reader) -> set[str]:
    """Return of which kinds of records a notice waits for somebody, whether they may still read it or not.

    For who asks often: what somebody may read need then be asked only of those.
    """
    waiting = addressed(someone), unseen(someone)
    return set(db.session.scalars(select(notice.c.record_kind).where(*waiting).distinct()))


def records_noticed(someone: Reader, *kinds: str) -> dict[str, set[str]]:
    """Return for each of these kinds of notices of which kinds of records there is one for somebody.

    Seen or not, and whether they may still read the record or not.
    """
    there_are = select(notice.c.kind, notice.c.record_kind).where(addressed(someone), notice.c.kind.in_(kinds))
    found: dict[str, set[str]] = {kind: set() for kind in kinds}
    for row in db.session.execute(there_are.distinct()):
        found[row.kind].add(row.record_kind)
    return found


def new_notices(someone: Reader, of: Collection[str] = READABLE) -> ColumnElement[bool]:
    """Return the condition on the notices that are for somebody, about what they may read, and not seen yet."""
    return and_(shown_notices(someone, of), unseen(someone))


def shown_notices(someone: Reader, of: Collection[str] = READABLE) -> ColumnElement[bool]:
    """Return the condition on the notices that somebody may know of, seen or not; `of` names kinds of records."""
    return and_(addressed(someone), or_(*_ways(someone, of)))


def _ways(someone: Reader, of: Collection[str]) -> list[ColumnElement[bool]]:
    ways = [
        and_(
            notice.c.record_kind == kind,
            exists(select(record).where(record.table.c.school == someone.school, record == notice.c.record, reads)),
        )
        for kind, record, reads in (
            (kind, record, may(someone)) for kind, (record, may) in READABLE.items() if kind in of
        )
    ]
    if allowed(REVIEW, someone.duties):
        ways.append(notice.c.record_kind == EmergencyAccess.log_name)
    on = installed().enabled_for(someone.school)
    of_plugins = [
        kind.code
        for kind in plugin_kinds().values()
        if kind.code.partition(".")[0] in on and allowed(kind.permission, someone.duties)
    ]
    ways.append(notice.c.kind.in_(of_plugins) if of_plugins else false())
    return ways
