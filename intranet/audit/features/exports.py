"""Exports in the review: who took which list out of the program, as what, and whether with names."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from intranet.exports.events import Export
from intranet.exports.forms import FORMAT_LABELS
from intranet.exports.sheet import list_title

from ..sentences import Telling, describes


@describes(Export.Made, label=_l("Export gemaakt"), icon="download", tone="warn")
def made(event: Any, told: Telling) -> str:
    return _(
        "%(who)s maakte een bestand: %(what)s, als %(format)s, %(rows)s, %(names)s.",
        who=told.who,
        what=list_title(event.what),
        format=FORMAT_LABELS.get(event.format, event.format),
        rows=ngettext("%(num)d regel", "%(num)d regels", event.rows),
        names=_("met namen") if event.with_names else _("zonder namen"),
    )
