"""The page of the list of cases: its rows, its filters with counts, and what was chosen in words."""

from typing import Any

from flask import request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from events.case_plan import VICTIM
from intranet.api import today
from intranet.cases import listing
from intranet.cases.kinds import TITLES
from intranet.incidents import listing as moments
from intranet.incidents.moments import day_in_words
from intranet.incidents.readable import Reader
from intranet.incidents.story import group_in_words, who
from intranet.people.roster import Roster, roster
from intranet.people.today import school_zone

STATE_LABELS = {
    listing.OPEN: lambda: _("Loopt nog"),
    listing.CLOSED: lambda: _("Afgesloten"),
    listing.ALL: lambda: _("Alle zaken"),
}
MINE_LABELS = {
    listing.LED: lambda: _("Door mij geleid"),
    listing.TAKING_PART: lambda: _("Waaraan ik meedoe"),
}


def page(someone: Reader, wish: listing.Wish) -> dict[str, Any]:
    """Return what the list shows: rows, filters with counts, the way to the next page."""
    found, after = listing.page_of(someone, wish, moments.Cursor.read(request.args.get("after")))
    people = roster(someone.school)
    return {
        "rows": [_row(each, people) for each in found],
        "filters": _filters(wish, listing.counts(someone, wish), people),
        "applied": applied(wish, people),
        "summary": ngettext("%(num)d zaak", "%(num)d zaken", listing.count(someone, wish)),
        "export_url": url_for("cases.export", **wish.parameters),
        "older": after and url_for("cases.cases", **wish.parameters, after=str(after)),
        "newest": url_for("cases.cases", **wish.parameters) if request.args.get("after") else None,
        "nothing_yet": not found and not listing.ever_any(someone),
    }


def title_of(row: Any, people: Roster) -> str:
    """Return what a case is called."""
    title = str(TITLES.get(row.kind, row.kind))
    if row.class_group is None:
        return title
    return _("%(case)s, groep %(group)s", case=title, group=group_in_words(row.class_group, people))


def people_line(found: listing.Found, people: Roster) -> str:
    """Return for whom the case is, and how many others are in it."""
    victims = dict.fromkeys(person for person, role in found.parts if role == VICTIM)
    names = ", ".join(people[each].short if each in people else _("iemand") for each in victims)
    others = len({person for person, _role in found.parts} - victims.keys())
    return (
        ngettext(
            "Voor %(names)s, met nog %(num)d ander", "Voor %(names)s, met nog %(num)d anderen", others, names=names
        )
        if others
        else _("Voor %(names)s", names=names)
    )


def state_badge(row: Any) -> tuple[str, str]:
    """Return where a case is, as a badge."""
    if row.closed:
        return _("Afgesloten"), "quiet"
    if row.evaluate_on is None:
        return (_("Nog geen plan"), "warn") if not row.evaluations else (_("Af te sluiten"), "info")
    day = day_in_words(row.evaluate_on)
    if row.evaluate_on <= today():
        return _("Terugkijken: %(day)s", day=day), "warn"
    return _("Terugkijken op %(day)s", day=day), "info"


def _row(found: listing.Found, people: Roster) -> list[Any]:
    row = found.row
    return [
        {
            "text": title_of(row, people),
            "href": url_for("cases.case", case_id=row.case),
            "note": people_line(found, people),
        },
        day_in_words(moments.moment_of(row.opened_at).astimezone(school_zone()).date()),
        who(people, row.leader),
        {"badge": state_badge(row)},
    ]


def _filters(wish: listing.Wish, counts: dict[str, dict[Any, int]], people: Roster) -> list[dict[str, Any]]:
    def option(value: str, label: str, chosen: Any, number: int) -> dict[str, Any]:
        return {"value": value, "label": label, "count": number, "current": value == chosen}

    chosen_group = wish.group and wish.group.hex
    return [
        {
            "name": "state",
            "label": _("Stand"),
            "no_all": True,
            "options": [
                option(code, label(), wish.state, counts["state"][code]) for code, label in STATE_LABELS.items()
            ],
        },
        {
            "name": "due",
            "label": _("Terugkijken"),
            "options": [option("1", _("Nu aan de beurt"), "1" if wish.due else None, counts["due"]["1"])],
        },
        {
            "name": "mine",
            "label": _("Van wie"),
            "all": _("Iedereen"),
            "options": [option(code, label(), wish.mine, counts["mine"][code]) for code, label in MINE_LABELS.items()],
        },
        {
            "name": "group",
            "label": _("Groep"),
            "options": [
                option(each.group_id.hex, each.name, chosen_group, counts["group"].get(each.group_id, 0))
                for each in people.groups.values()
                if each.open
            ],
        },
    ]


def applied(wish: listing.Wish, people: Roster) -> list[dict[str, str]]:
    """Return the chosen filters, each with the address without it."""
    labels = {
        "state": None if wish.state == listing.OPEN else STATE_LABELS[wish.state](),
        "due": _("terugkijken nu aan de beurt") if wish.due else None,
        "mine": wish.mine and MINE_LABELS[wish.mine](),
        "group": wish.group and _("groep %(group)s", group=group_in_words(wish.group, people)),
        "person": wish.person and _("met %(person)s", person=who(people, wish.person)),
    }
    return [
        {"label": label, "href": url_for("cases.cases", **wish.without(name))}
        for name, label in labels.items()
        if label
    ]
