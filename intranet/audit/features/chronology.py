"""Chronologies in the review: who gave which to whom, and how much stood in it; never the reason itself."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from intranet.chronology.events import HandedOut
from intranet.chronology.levels import LEVELS, RECIPIENTS

from ..sentences import Telling, describes


@describes(HandedOut.Made, label=_l("Tijdlijn gegeven"), icon="file-text", tone="warn")  # type: ignore[attr-defined]
def made(event: Any, told: Telling) -> str:
    return _(
        "%(who)s gaf een tijdlijn van %(lines)s. Soort: %(level)s. Ontvanger: %(recipient)s.",
        who=told.who,
        level=str(LEVELS.get(event.level, event.level)),
        recipient=str(RECIPIENTS.get(event.recipient, event.recipient)),
        lines=ngettext("%(num)d regel", "%(num)d regels", event.lines),
    )
