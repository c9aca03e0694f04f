"""Who may read what at the practice school: one cell of the table is different, and twice the glass was broken."""

from datetime import date, datetime, time, timedelta
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import select

from events.incident import Incident
from intranet.api import acting, log, school_zone
from intranet.audit.events import Reading
from intranet.emergency import commands as emergency
from intranet.incidents.projections import involved, register
from intranet.need_to_know.commands import change_cell

if TYPE_CHECKING:
    from intranet.demo.telling import Place

BROKEN = (
    (40, "De wijkagent belt: er is thuis iets gebeurd. Ik moet weten wat wij al weten.", True),
    (2, "Het kind wil niet naar huis en Hanneke is ziek. Ik moet weten wat er speelt.", False),
)
"""How many days before the last one, why, and whether it was reviewed since."""


def plan_guarding(place: "Place", last: date) -> None:
    """Plan a change of the table a year ago, and the emergency access of lately."""
    place.plan(_at(last - timedelta(days=350), 15), lambda: _change(place))
    for days, reason, reviewed in BROKEN:
        begins = _at(last - timedelta(days=days), 14)
        place.plan(begins, partial(_break, place, begins, reason, reviewed))


def _at(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour, 10), school_zone())


def _change(place: "Place") -> None:
    with acting(school=place.school, actor=place.staff["marijke"]):
        reason = "Zij bespreekt pesten met de kinderen en ziet zo wat er al is gezien."
        change_cell("signals.read", "bullying_contact", ["bullying"], reason)


def _break(place: "Place", begins: datetime, reason: str, reviewed: bool) -> None:
    found = _closed_record(place)
    if found is None:
        return
    incident, pupil = found
    with acting(school=place.school, actor=place.staff["esther"]):
        access = emergency.open_emergency(pupil, reason)
    place.plan(begins + timedelta(minutes=3), lambda: _read(place, incident))
    if reviewed:
        place.plan(begins + timedelta(minutes=40), lambda: _end(place, access))
        place.plan(begins + timedelta(days=1), lambda: _review(place, access))


def _closed_record(place: "Place") -> tuple[UUID, UUID] | None:
    """Return a confidential incident that is not for everybody, the newest, with a pupil in it."""
    query = (
        select(register.c.incident, involved.c.person)
        .join(involved, (involved.c.school == register.c.school) & (involved.c.incident == register.c.incident))
        .where(register.c.school == place.school, register.c.confidential, register.c.staff_matter.is_(False))
        .order_by(register.c.happened_at.desc(), involved.c.person)
        .limit(1)
    )
    with log.read() as connection:
        row = connection.execute(query).first()
    return None if row is None else (row.incident, row.person)


def _read(place: "Place", incident: UUID) -> None:
    with acting(school=place.school, actor=place.staff["esther"]):
        log.save(
            Reading(record_kind=Incident.log_name, record_id=incident, ground="emergency", role="protection_officer")
        )


def _end(place: "Place", access: UUID) -> None:
    with acting(school=place.school, actor=place.staff["esther"]):
        emergency.end_emergency(access)


def _review(place: "Place", access: UUID) -> None:
    with acting(school=place.school, actor=place.staff["marijke"]):
        remark = "Dit kon niet wachten. Esther belde mij meteen daarna en las alleen wat nodig was."
        emergency.review_emergency(access, justified=True, remark=remark)
