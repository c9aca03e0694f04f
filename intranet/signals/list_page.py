"""The page of the list of signals: its rows, its filters with counts, and what was chosen in words."""

from dataclasses import replace
from typing import Any

from flask import request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from intranet.incidents import listing as moments
from intranet.incidents.list_page import PERIOD_LABELS
from intranet.incidents.moments import moment_in_words
from intranet.incidents.readable import Reader
from intranet.incidents.story import group_in_words, who
from intranet.people.roster import Roster, roster
from intranet.signals import listing, showing
from intranet.signals.kinds import STATES, TITLES


def page(someone: Reader, wish: listing.Wish) -> dict[str, Any]:
    """Return what the list shows: rows, filters with counts, the way to the next page."""
    found, after = listing.page_of(someone, wish, moments.Cursor.read(request.args.get("after")))
    people = roster(someone.school)
    return {
        "rows": [_row(each, people) for each in found],
        "filters": _filters(wish, listing.counts(someone, wish), people),
        "applied": _applied(wish, people),
        "summary": ngettext("%(num)d signaal", "%(num)d signalen", listing.count(someone, wish)),
        "older": after and url_for("signals.signals", **wish.parameters, after=str(after)),
        "export_url": url_for("signals.export", **wish.parameters),
        "newest": url_for("signals.signals", **wish.parameters) if request.args.get("after") else None,
        "nothing_yet": not found and not listing.ever_any(someone),
    }


def _row(found: listing.Found, people: Roster) -> list[Any]:
    row = found.row
    group = _("groep %(group)s", group=group_in_words(row.class_group, people)) if row.class_group else ""
    marks = " · ".join(label for label, _icon in showing.mark_badges(row))
    title = f"{showing.title_of(row)} · {marks}" if marks else showing.title_of(row)
    return [
        {
            "text": title,
            "href": url_for("signals.signal", signal_id=row.signal),
            "note": showing.people_line(found, people) or None,
        },
        moment_in_words(moments.moment_of(row.happened_at)),
        group,
        {"badge": showing.state_badge(row)},
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
            "name": "what",
            "label": _("Wat"),
            "options": [
                option(code, str(label), wish.what, counts.what.get(code, 0)) for code, label in TITLES.items()
            ],
        },
        {
            "name": "state",
            "label": _("Stand"),
            "options": [
                option(code, str(state.label), wish.state, counts.state.get(code, 0))
                for code, state in STATES.items()
                if code in counts.state or code == wish.state
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
            "name": "mine",
            "label": _("Van wie"),
            "all": _("Iedereen"),
            "options": [option("1", _("Door mij vastgelegd"), "1" if wish.mine else None)],
        },
    ]


def _applied(wish: listing.Wish, people: Roster) -> list[dict[str, str]]:
    labels = {
        "what": wish.what and str(TITLES[wish.what]),
        "state": wish.state and str(STATES[wish.state].label),
        "group": wish.group and _("groep %(group)s", group=group_in_words(wish.group, people)),
        "person": wish.person and _("over %(person)s", person=who(people, wish.person)),
        "period": None if wish.period == moments.THIS_YEAR else PERIOD_LABELS[wish.period](),
        "mine": _("door mij vastgelegd") if wish.mine else None,
    }
    return [
        {"label": label, "href": url_for("signals.signals", **wish.without(name))}
        for name, label in labels.items()
        if label
    ]


def filters_in_words(wish: listing.Wish, people: Roster) -> str:
    """Return what a list was narrowed to, for whoever opens it later; the period stands apart."""
    return ", ".join(each["label"] for each in _applied(replace(wish, period=moments.THIS_YEAR), people)) or _("geen")
