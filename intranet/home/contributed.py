"""What waits on the home page with its date, and what plugins put there: quick actions and cards."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any

from flask import url_for
from flask_babel import format_date
from flask_babel import gettext as _

from intranet.api import may
from intranet.cases.due import due_dates as of_cases
from intranet.contributions import DueDate
from intranet.emergency.showing import reviews_due
from intranet.follow_up.due import due_dates
from intranet.hook_calls import contributions
from intranet.incidents.readable import reader

SOON = timedelta(days=7)


def to_home(today: date) -> dict[str, Any]:
    """Return what the template of the home page shows of plugins, for the person who is signed in."""
    return {
        "quick_actions": [
            {"label": each.label, "icon": each.icon, "href": url_for(each.endpoint)}
            for _plugin, each in contributions("quick_actions")
            if each.permission is None or may(each.permission)
        ],
        "cards": [
            each for _plugin, each in contributions("home_cards") if each.permission is None or may(each.permission)
        ],
        "due": grouped(_due(today), today),
    }


def _due(today: date) -> Iterator[DueDate]:
    someone = reader()
    yield from due_dates(someone, today)
    yield from of_cases(someone, today)
    yield from reviews_due(today)
    yield from (each for _plugin, each in contributions("due_dates"))


def grouped(dates: Iterable[DueDate], today: date) -> list[tuple[str, list[dict[str, Any]]]]:
    """Group what waits: late, today, this week; what is later is not shown yet."""
    late, now, soon = _("Te laat"), _("Vandaag"), _("Komende 7 dagen")
    groups: dict[str, list[dict[str, Any]]] = {late: [], now: [], soon: []}
    for each in sorted(dates, key=lambda due: (due.day, str(due.label))):
        if each.day > today + SOON:
            continue
        heading = late if each.day < today else now if each.day == today else soon
        note = format_date(each.day, "EEEE d MMMM")
        groups[heading].append(
            {
                "label": each.label,
                "href": each.href,
                "icon": each.icon,
                "note": f"{note} · {each.note}" if each.note else note,
                "tone": "bad" if each.day < today else "warn" if each.day == today else "quiet",
            }
        )
    return [(heading, items) for heading, items in groups.items() if items]
