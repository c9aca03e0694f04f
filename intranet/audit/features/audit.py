"""The review's own events: who looked, and what was gone through."""

from typing import Any

from flask_babel import format_date
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from ..events import Reading, Review
from ..sentences import Telling, describes

GROUNDS = {
    "duty": _l("hoort bij de taak"),
    "reporter": _l("eigen melding"),
    "own_group": _l("eigen groep"),
    "audit": _l("controle"),
    "serious": _l("ernstig incident"),
    "flagged": _l("zorg over thuis"),
}
RECORDS = {
    "incidents.incident": _l("incident"),
    "audit.readings": _l("leeslijst"),
    "people.person": _l("persoon"),
    "accounts.account": _l("account"),
    "schools.school": _l("school"),
    "schools.board": _l("bestuur"),
    "audit.review": _l("nagekeken periode"),
    "audit.reading": _l("inzage"),
}


def _many_opened(count: int, who: str) -> str:
    return _("%(who)s las %(num)d keer in vertrouwelijke dossiers of in de leeslijst.", who=who, num=count)


@describes(Reading.Opened, label=_l("Dossier gelezen"), icon="eye", many=_many_opened)
def opened(event: Any, told: Telling) -> str:
    if event.record_kind == "audit.readings":
        return _("%(who)s bekeek de lijst van wie dossiers las.", who=told.who)
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
