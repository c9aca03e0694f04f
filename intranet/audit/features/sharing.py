"""Sharing in the review: with whom a record was shared until when, and that it was taken back; never why."""

from typing import Any

from flask_babel import format_date
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from events.case import Case
from events.incident import Incident
from events.signal import Signal

from ..sentences import Telling, describes

WHAT = {
    each: what
    for kind, what in ((Incident, _l("een incident")), (Signal, _l("een signaal")), (Case, _l("een zaak")))
    for each in (kind.Shared, kind.ShareWithdrawn)
}


@describes(Incident.Shared, label=_l("Incident gedeeld"), icon="user-plus", tone="info")
@describes(Signal.Shared, label=_l("Signaal gedeeld"), icon="user-plus", tone="info")
@describes(Case.Shared, label=_l("Zaak gedeeld"), icon="user-plus", tone="info")
def was_shared(event: Any, told: Telling) -> str:
    return _(
        "%(who)s deelde %(what)s met %(person)s, tot en met %(day)s.",
        who=told.who,
        what=WHAT[type(event)],
        person=told.person(event.person_id),
        day=format_date(event.until, "d MMMM y"),
    )


@describes(Incident.ShareWithdrawn, label=_l("Incident niet meer gedeeld"), icon="user-x", tone="warn")
@describes(Signal.ShareWithdrawn, label=_l("Signaal niet meer gedeeld"), icon="user-x", tone="warn")
@describes(Case.ShareWithdrawn, label=_l("Zaak niet meer gedeeld"), icon="user-x", tone="warn")
def withdrawn(event: Any, told: Telling) -> str:
    return _(
        "%(who)s deelt %(what)s niet meer met %(person)s.",
        who=told.who,
        what=WHAT[type(event)],
        person=told.person(event.person_id),
    )
