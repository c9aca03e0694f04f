"""Erasing in the review: who decided it and how much, never about whom."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from events.log.erasure import REPEATED, Erasure

from ..sentences import Telling, describes


@describes(Erasure.CarriedOut, label=_l("Gewist"), icon="trash-2", tone="warn")  # type: ignore[attr-defined]
def carried_out(event: Any, told: Telling) -> str:
    many = ngettext("%(num)d persoon of dossier", "%(num)d personen of dossiers", len(event.owners))
    if event.ground == REPEATED or event.decider is None:
        return _("Wat eerder is gewist, is na een terugzetting opnieuw gewist: %(many)s.", many=many)
    return _(
        "%(who)s liet de woorden van %(many)s wissen. Dat ze er waren, blijft staan.",
        who=told.person(event.decider),
        many=many,
    )
