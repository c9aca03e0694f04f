"""The list of promises as it can be exported: what one sees on the list, never the words of a promise."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from intranet.api import Column, ListToExport, Sheet, exported_list, school_calendar, today
from intranet.follow_up.climbing import school_days_late
from intranet.incidents.readable import Reader
from intranet.incidents.story import who
from intranet.people.roster import Roster, roster
from intranet.promises import list_page, listing

LIST = exported_list("promises.list", _l("Afspraken"))


def promises_to_export(someone: Reader, wish: listing.Wish, back: str) -> ListToExport:
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
        Column(_("Uiterlijk op"), "day", 14),
        Column(_("Wat"), width=34),
        Column(_("Bij wat"), width=40),
        Column(_("Stand"), width=14),
        Column(_("Schooldagen te laat"), "number", 10),
    ]
    if names:
        columns.append(Column(_("Wie doet het"), width=24))
    calendar = school_calendar()

    def row(found: listing.Found) -> list[Any]:
        late = found.row.open and found.row.due_on < today()
        facts = [
            found.row.due_on,
            list_page.kind_in_words(found, someone),
            list_page.record_in_words(found, people),
            list_page.STATE_LABELS[listing.OPEN if found.row.open else listing.DONE](),
            school_days_late(found.row.due_on, today(), calendar) if late else None,
        ]
        return [*facts, who(people, found.row.owner)] if names else facts

    return Sheet(columns, [row(found) for found in listing.every(someone, wish)])
