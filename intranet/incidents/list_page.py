"""The page of the list of incidents: its rows, its filters with counts, and what was chosen in words."""

from dataclasses import replace
from typing import Any

from flask import request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from intranet.incidents import listing, showing, story
from intranet.incidents.kinds import KINDS, PLACES, SEVERITY_LABELS, kind_of, place_of
from intranet.incidents.moments import lateness
from intranet.incidents.readable import Reader
from intranet.people.roster import Roster, roster

PERIOD_LABELS = {
    listing.WEEK: lambda: _("Afgelopen 7 dagen"),
    listing.MONTH: lambda: _("Afgelopen 30 dagen"),
    listing.THIS_YEAR: lambda: _("Dit schooljaar"),
    listing.PREVIOUS_YEAR: lambda: _("Vorig schooljaar"),
    listing.EVER: lambda: _("Alle jaren"),
}
STATE_LABELS = {listing.OPEN: lambda: _("Loopt nog"), listing.CLOSED: lambda: _("Afgesloten")}


def page(
    someone: Reader, wish: listing.Wish, found: list[listing.Found], after: listing.Cursor | None
) -> dict[str, Any]:
    """Return what the list shows: rows, filters with counts, the way to the next page."""
    people, counted = roster(someone.school), listing.counts(someone, wish)
    older = after and url_for("incidents.incidents", **wish.parameters, after=str(after))
    return {
        "rows": [list_row(each, people) for each in found],
        "filters": _filters(wish, counted, people),
        "applied": _applied(wish, people),
        "summary": ngettext("%(num)d incident", "%(num)d incidenten", counted.all),
        "older": older,
        "export_url": url_for("incidents.export", **wish.parameters),
        "newest": url_for("incidents.incidents", **wish.parameters) if request.args.get("after") else None,
        "nothing_yet": not found and not listing.ever_any(someone),
    }


def list_row(found: listing.Found, people: Roster) -> list[Any]:
    """Return one incident as cells of the list."""
    row = found.row
    happened = listing.moment_of(row.happened_at)
    late = lateness(happened, listing.moment_of(row.recorded_at)) or ""
    badge = showing.severity_badge(row.severity)
    return [
        {
            "text": showing.title_of(found),
            "href": url_for("incidents.incident", incident_id=row.incident),
            "note": showing.people_line(found, people) or None,
        },
        {"text": showing.happened_in_words(found), "note": late.replace(" ", "\N{NO-BREAK SPACE}")},
        showing.where_in_words(found, people),
        {"badge": badge} if badge else None,
    ]


def _filters(wish: listing.Wish, counts: listing.Counts, people: Roster) -> list[dict[str, Any]]:
    def option(value: str, label: str, chosen: Any, number: int | None = None) -> dict[str, Any]:
        return {"value": value, "label": label, "count": number, "current": value == chosen}

    groups = [each for each in people.groups.values() if each.group_id in counts.group or each.group_id == wish.group]
    chosen_group = wish.group and wish.group.hex
    return [
        {
            "name": "period",
            "label": _("Periode"),
            "no_all": True,
            "options": [option(code, label(), wish.period) for code, label in PERIOD_LABELS.items()],
        },
        {
            "name": "kind",
            "label": _("Wat"),
            "options": [
                option(kind.code, str(kind.label), wish.kind, counts.kind.get(kind.code, 0))
                for kind in KINDS
                if kind.code in counts.kind or kind.code == wish.kind
            ],
        },
        {
            "name": "place",
            "label": _("Waar"),
            "options": [
                option(place.code, str(place.label), wish.place, counts.place.get(place.code, 0))
                for place in PLACES
                if place.code in counts.place or place.code == wish.place
            ],
        },
        {
            "name": "group",
            "label": _("Groep"),
            "options": [
                option(each.group_id.hex, each.name, chosen_group, counts.group.get(each.group_id, 0))
                for each in groups
            ],
        },
        {
            "name": "severity",
            "label": _("Ernst"),
            "options": [
                option("none", _("Nog niet bepaald"), wish.severity),
                *(option(str(level), str(label), wish.severity) for level, label in SEVERITY_LABELS.items()),
            ],
        },
        {
            "name": "state",
            "label": _("Opvolging"),
            "options": [option(state, label(), wish.state) for state, label in STATE_LABELS.items()],
        },
        {
            "name": "mine",
            "label": _("Van wie"),
            "all": _("Iedereen"),
            "options": [option("1", _("Door mij vastgelegd"), "1" if wish.mine else None)],
        },
    ]


def _applied(wish: listing.Wish, people: Roster) -> list[dict[str, str]]:
    labels = {
        "kind": wish.kind and str(kind_of(wish.kind).label),
        "place": wish.place and str(place_of(wish.place).label),
        "group": wish.group and _("groep %(group)s", group=story.group_in_words(wish.group, people)),
        "person": wish.person and _("met %(person)s", person=story.who(people, wish.person)),
        "period": None if wish.period == listing.THIS_YEAR else PERIOD_LABELS[wish.period](),
        "severity": wish.severity and _severity_in_words(wish.severity),
        "state": wish.state and STATE_LABELS[wish.state]().lower(),
        "mine": _("door mij vastgelegd") if wish.mine else None,
    }
    return [
        {"label": label, "href": url_for("incidents.incidents", **wish.without(name))}
        for name, label in labels.items()
        if label
    ]


def filters_in_words(wish: listing.Wish, people: Roster) -> str:
    """Return what a list was narrowed to, for whoever opens it later; the period stands apart."""
    return ", ".join(each["label"] for each in _applied(replace(wish, period=listing.THIS_YEAR), people)) or _("geen")


def _severity_in_words(chosen: str) -> str:
    return _("ernst nog niet bepaald") if chosen == listing.UNWEIGHED else str(SEVERITY_LABELS[int(chosen)]).lower()
