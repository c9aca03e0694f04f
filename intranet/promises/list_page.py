"""The page of the list of promises: its rows, its filters with counts, and what was chosen in words."""

from datetime import date
from typing import Any

from flask import request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from intranet.api import SchoolCalendar, school_calendar, today
from intranet.cases import list_page as of_cases
from intranet.cases.followed import CASES
from intranet.follow_up.climbing import school_days_late
from intranet.follow_up.kinds import KIND_LABELS
from intranet.follow_up.of_incidents import INCIDENTS
from intranet.incidents import showing as of_incidents
from intranet.incidents.moments import day_in_words
from intranet.incidents.readable import Reader
from intranet.incidents.story import who
from intranet.people.roster import Roster, roster
from intranet.promises import listing

STATE_LABELS = {
    listing.OPEN: lambda: _("Staat open"),
    listing.LATE: lambda: _("Te laat"),
    listing.DONE: lambda: _("Afgerond"),
    listing.ALL: lambda: _("Alle afspraken"),
}
OF_LABELS = {
    listing.INCIDENT: lambda: _("Een incident"),
    listing.CASE: lambda: _("Een zaak"),
}


def page(someone: Reader, wish: listing.Wish) -> dict[str, Any]:
    """Return what the list shows: rows, filters with counts, the way to the next page."""
    found, after = listing.page_of(someone, wish, listing.Cursor.read(request.args.get("after")))
    people, calendar = roster(someone.school), school_calendar()
    counted = listing.counts(someone, wish)
    return {
        "rows": [_row(each, someone, people, calendar) for each in found],
        "filters": _filters(wish, counted, people),
        "applied": applied(wish, people),
        "summary": ngettext("%(num)d afspraak", "%(num)d afspraken", listing.count(someone, wish)),
        "export_url": url_for("promises.export", **wish.parameters),
        "further": after and url_for("promises.promises", **wish.parameters, after=str(after)),
        "first": url_for("promises.promises", **wish.parameters) if request.args.get("after") else None,
        "nothing_yet": not found and not listing.count(someone, listing.Wish(state=listing.ALL)),
    }


def kind_in_words(found: listing.Found, someone: Reader) -> str:
    """Return what was promised; on a closed record only to who promised it."""
    if found.closed and found.row.owner != someone.person_id:
        return _("Afspraak")
    return str(KIND_LABELS.get(found.row.kind, found.row.kind))


def record_in_words(found: listing.Found, people: Roster) -> str:
    """Return what the incident or the case is called in its own list."""
    if found.incident:
        where = of_incidents.where_in_words(found.incident, people)
        return " · ".join(part for part in (of_incidents.title_of(found.incident), where) if part)
    return of_cases.title_of(found.case.row, people) if found.case else ""


def state_badge(row: Any, calendar: SchoolCalendar, now: date) -> tuple[str, str]:
    """Return where a promise is, as a badge."""
    if not row.open:
        return _("Afgerond"), "quiet"
    if row.due_on > now:
        return _("Staat open"), "info"
    if row.due_on == now:
        return _("Vandaag"), "warn"
    late = school_days_late(row.due_on, now, calendar)
    return ngettext("%(num)d schooldag te laat", "%(num)d schooldagen te laat", late) if late else _("Te laat"), "warn"


def _row(found: listing.Found, someone: Reader, people: Roster, calendar: SchoolCalendar) -> list[Any]:
    row = found.row
    of = INCIDENTS if found.incident else CASES
    mine = row.owner == someone.person_id and row.open
    return [
        {
            "text": kind_in_words(found, someone),
            "href": of.url("promise", row.record, follow_up_id=row.follow_up) if mine else of.back(row.record),
            "note": record_in_words(found, people),
        },
        day_in_words(row.due_on).replace(" ", "\N{NO-BREAK SPACE}"),
        who(people, row.owner),
        {"badge": state_badge(row, calendar, today())},
    ]


def _filters(wish: listing.Wish, counts: listing.Counts, people: Roster) -> list[dict[str, Any]]:
    def option(value: str, label: str, chosen: str | None, number: int) -> dict[str, Any]:
        return {"value": value, "label": label, "count": number, "current": value == chosen}

    owners = sorted(
        ((who(people, owner), owner, many) for owner, many in counts.owner.items()),
        key=lambda each: (each[1] not in people, each[0]),
    )
    return [
        {
            "name": "state",
            "label": _("Stand"),
            "no_all": True,
            "options": [option(code, label(), wish.state, counts.state[code]) for code, label in STATE_LABELS.items()],
        },
        {
            "name": "of",
            "label": _("Bij wat"),
            "options": [option(code, label(), wish.of, counts.of[code]) for code, label in OF_LABELS.items()],
        },
        {
            "name": "owner",
            "label": _("Wie doet het"),
            "all": _("Iedereen"),
            "options": [option(owner.hex, name, wish.owner and wish.owner.hex, many) for name, owner, many in owners],
        },
    ]


def applied(wish: listing.Wish, people: Roster) -> list[dict[str, str]]:
    """Return the chosen filters, each with the address without it."""
    labels = {
        "state": None if wish.state == listing.OPEN else STATE_LABELS[wish.state](),
        "of": wish.of and OF_LABELS[wish.of](),
        "owner": wish.owner and _("van %(person)s", person=who(people, wish.owner)),
    }
    return [
        {"label": label, "href": url_for("promises.promises", **wish.without(name))}
        for name, label in labels.items()
        if label
    ]
