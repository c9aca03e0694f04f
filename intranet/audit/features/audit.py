"""The review's own events: who looked, and what was gone through."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask_babel import format_date
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import or_, select
from sqlalchemy.engine import Connection

from ..events import Reading, Review
from ..grounds import SEARCH
from ..projections import LIST, reading
from ..reach import Reach, hidden_records, hides, weighs
from ..sentences import Telling, describes

PERSON = "people.person"
RECORDS = {
    "incidents.incident": _l("incident"),
    "signals.signal": _l("signaal"),
    "cases.case": _l("zaak"),
    "staff_matters.matter": _l("melding over een medewerker"),
    "audit.readings": _l("leeslijst"),
    "emergency.access": _l("noodtoegang"),
    PERSON: _l("persoon"),
    "accounts.account": _l("account"),
    "schools.school": _l("school"),
    "schools.board": _l("bestuur"),
    "audit.review": _l("nagekeken periode"),
    "audit.reading": _l("inzage"),
}


@hides
def hidden_readings(school: UUID) -> Any:
    """Return the readings of records that are hidden themselves."""
    mine = select(reading.c.reading).where(reading.c.school == school)
    return mine.where(or_(*(reading.c.record.in_(each) for each in hidden_records(school, besides=hidden_readings))))


@weighs("audit.reading")
def reach(connection: Connection, school: UUID, readings: frozenset[UUID]) -> Mapping[UUID, Reach]:
    """A reading may be known like the record that was read."""
    found = set(connection.scalars(hidden_readings(school).where(reading.c.reading.in_(readings))))
    return {each: Reach.HIDDEN if each in found else Reach.OPEN for each in readings}


def _many_opened(count: int, who: str) -> str:
    return _(
        "%(who)s las %(num)d keer in vertrouwelijke dossiers of in de leeslijst, of zocht een kind op naam.",
        who=who,
        num=count,
    )


@describes(Reading.Opened, label=_l("Dossier gelezen"), icon="eye", many=_many_opened)
def opened(event: Any, told: Telling) -> str:
    if event.record_kind == LIST:
        return _("%(who)s bekeek de lijst van wie dossiers las.", who=told.who)
    if event.ground == SEARCH:
        return (
            _("%(who)s zocht een kind op naam.", who=told.who)
            if event.record_kind == PERSON
            else _("%(who)s vond met zoeken een vertrouwelijk dossier.", who=told.who)
        )
    return _("%(who)s opende een vertrouwelijk dossier.", who=told.who)


@describes(Review.PeriodReviewed, label=_l("Periode nagekeken"), icon="calendar-check", tone="ok")
def reviewed(event: Any, told: Telling) -> str:
    return _(
        "%(who)s keek het logboek na van %(first)s tot en met %(last)s.",
        who=told.who,
        first=format_date(event.first_day, "d MMMM y"),
        last=format_date(event.last_day, "d MMMM y"),
    )


@describes(Review.Withdrawn, label=_l("Nakijken teruggenomen"), icon="undo-2")
def withdrawn(_event: Any, told: Telling) -> str:
    return _("%(who)s nam terug dat een periode is nagekeken.", who=told.who)
