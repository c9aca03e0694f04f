"""Everything with a day that waits for somebody, of the core and of plugins, and what each kind is called outside."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l

from intranet.api import DueDate
from intranet.cases.due import due_dates as of_cases
from intranet.emergency.showing import reviews_due
from intranet.follow_up.due import due_dates as of_incidents
from intranet.hook_calls import contributions
from intranet.incidents.readable import Reader
from intranet.law.due import due_dates as of_law
from intranet.plugin_manager import Plugin

KINDS: dict[str, Any] = {
    "promise": _l("Afspraak"),
    "looking_back": _l("Terugkijken"),
    "review": _l("Beoordelen"),
    "notice": _l("Melden"),
    "evaluation": _l("Evalueren"),
}
"""What the core says of its own kinds where others may read along: what it is about would say too much."""


def due_dates(someone: Reader, today: date) -> Iterator[tuple[Plugin | None, DueDate]]:
    """Yield what has a day and waits for somebody who is signed in, with the plugin that says so."""
    of_core = of_incidents(someone, today), of_cases(someone, today), reviews_due(today), of_law(someone, today)
    yield from ((None, each) for dates in of_core for each in dates)
    yield from contributions("due_dates")


def kind_in_words(plugin: Plugin | None, due: DueDate) -> str:
    """Return what sort of thing waits, in words that were written before anybody recorded anything."""
    if plugin is None:
        return str(KINDS[due.kind])
    return str(plugin.manifest.due_kinds.get(due.kind, plugin.manifest.title))
