"""The rules of a law in the review: when they counted, what was reported, and what was evaluated."""

from typing import Any

from flask_babel import format_date
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from intranet.api import SchoolYear
from intranet.law.events import Application, Evaluation, Notice
from intranet.law.rule_sets import RULE_SETS

from ..sentences import Telling, describes


@describes(Application.SwitchedOn, label=_l("Wet aangezet"), icon="scale")
def switched_on(event: Any, told: Telling) -> str:
    title = RULE_SETS[event.rule_set].title if event.rule_set in RULE_SETS else event.rule_set
    return _(
        "%(who)s liet de regels van %(law)s gelden vanaf %(since)s.",
        who=told.who,
        law=title,
        since=format_date(event.since, "d MMMM y"),
    )


@describes(Application.SwitchedOff, label=_l("Wet uitgezet"), icon="scale")
def switched_off(_event: Any, told: Telling) -> str:
    return _("%(who)s liet de regels van een wet niet meer gelden.", who=told.who)


@describes(Notice.Sent, label=_l("Gemeld bij de inspectie"), icon="flag", tone="warn")
def sent(event: Any, told: Telling) -> str:
    return _(
        "%(who)s meldde op %(day)s een incident bij de inspectie.",
        who=told.who,
        day=format_date(event.sent_on, "d MMMM y"),
    )


@describes(Notice.Withdrawn, label=_l("Melding teruggenomen"), icon="undo-2")
def withdrawn(_event: Any, told: Telling) -> str:
    return _("%(who)s nam terug dat een incident is gemeld bij de inspectie.", who=told.who)


@describes(Evaluation.Recorded, label=_l("Veiligheidsbeleid geëvalueerd"), icon="file-check", tone="ok")
def evaluated(event: Any, told: Telling) -> str:
    return _(
        "%(who)s legde de evaluatie van schooljaar %(year)s vast.", who=told.who, year=str(SchoolYear(event.begins))
    )
