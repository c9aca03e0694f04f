"""The list of cases as it can be exported: what one sees on the list, never the words of a case."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from intranet.api import Column, ListToExport, Sheet, exported_list
from intranet.cases import list_page, listing
from intranet.cases.kinds import ROLE_LABELS, TITLES
from intranet.follow_up.closings import NEVER, closing_columns, closings_of
from intranet.incidents.listing import moment_of
from intranet.incidents.readable import Reader
from intranet.incidents.story import group_in_words, who
from intranet.people.roster import Roster, roster

LIST = exported_list("cases.list", _l("Zaken"))


def cases_to_export(someone: Reader, wish: listing.Wish, back: str) -> ListToExport:
    """Return the list for a wish, to export."""
    people = roster(someone.school)
    chosen = ", ".join(each["label"] for each in list_page.applied(wish, people))
    return ListToExport(
        LIST,
        lambda names: _sheet(someone, wish, people, names),
        {"state": wish.state, **wish.parameters},
        [(_("Stand"), list_page.STATE_LABELS[wish.state]()), (_("Filters"), chosen or _("geen"))],
        back,
    )


def _sheet(someone: Reader, wish: listing.Wish, people: Roster, names: bool) -> Sheet:
    columns = [
        Column(_("Geopend op"), "moment", 17),
        Column(_("Wat"), width=14),
        Column(_("Groep"), width=9),
        Column(_("Stand"), width=26),
        Column(_("Terugkijken op"), "day", 14),
        Column(_("Keren teruggekeken"), "number", 9),
        Column(_("Aantal mensen"), "number", 9),
        *closing_columns(),
    ]
    if names:
        columns += [Column(_("Wie erin betrokken zijn"), width=60), Column(_("Wie de zaak leidt"), width=24)]
    found = listing.every(someone, wish)
    closings = closings_of(someone.school, [each.row.case for each in found])
    return Sheet(columns, [_row(each, people, names, closings.get(each.row.case, NEVER)) for each in found])


def _row(found: listing.Found, people: Roster, names: bool, closings: tuple[Any, Any, Any]) -> list[Any]:
    row = found.row
    facts: list[Any] = [
        moment_of(row.opened_at),
        str(TITLES.get(row.kind, row.kind)),
        group_in_words(row.class_group, people) if row.class_group else None,
        list_page.state_badge(row)[0],
        None if row.closed else row.evaluate_on,
        row.evaluations,
        len({person for person, _role in found.parts}),
        *closings,
    ]
    if names:
        # A serious case is opened only with a recorded reading: a name in a file would go round that.
        parts = None if row.serious else ", ".join(f"{who(people, each)} ({_role(role)})" for each, role in found.parts)
        facts += [parts, who(people, row.leader)]
    return facts


def _role(role: str) -> str:
    return str(ROLE_LABELS.get(role, role))
