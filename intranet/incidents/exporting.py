"""The list of incidents as it can be exported: what one sees on the list, never the words of a record."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from intranet.api import Column, ListToExport, Sheet, db, exported_list
from intranet.follow_up.closings import NEVER, closing_columns, closings_of
from intranet.incidents import list_page, listing, showing, story
from intranet.incidents.kinds import SEVERITY_LABELS, moment_label, place_of
from intranet.incidents.projections import register
from intranet.incidents.readable import Reader
from intranet.people.roster import Roster, roster

CHUNK = 500
LIST = exported_list("incidents.list", _l("Incidenten"))


def incidents_to_export(someone: Reader, wish: listing.Wish, back: str) -> ListToExport:
    """Return the list for a wish, to export."""
    people = roster(someone.school)
    return ListToExport(
        LIST,
        lambda names: _sheet(someone, wish, people, names),
        {"period": wish.period, **wish.parameters},
        [
            (_("Periode"), list_page.PERIOD_LABELS[wish.period]()),
            (_("Filters"), list_page.filters_in_words(wish, people)),
        ],
        back,
    )


def _sheet(someone: Reader, wish: listing.Wish, people: Roster, names: bool) -> Sheet:
    columns = [
        Column(_("Wanneer"), "moment", 17),
        Column(_("Wat"), width=32),
        Column(_("Waar"), width=16),
        Column(_("Deel van de dag"), width=16),
        Column(_("Groep"), width=9),
        Column(_("Ernst"), width=9),
        Column(_("Aantal mensen"), "number", 9),
        Column(_("Vastgelegd op"), "moment", 17),
        *closing_columns(),
    ]
    if names:
        columns += [Column(_("Wie erbij waren"), width=48), Column(_("Vastgelegd door"), width=24)]
    found = _every(someone, wish)
    closings = closings_of(someone.school, [each.row.incident for each in found])
    return Sheet(columns, [_row(each, people, names, closings.get(each.row.incident, NEVER)) for each in found])


def _every(someone: Reader, wish: listing.Wish) -> list[listing.Found]:
    query = select(register).where(*listing.conditions(someone, wish).values())
    rows = db.session.execute(query.order_by(register.c.happened_at.desc(), register.c.incident.desc())).all()
    chunks = (rows[start : start + CHUNK] for start in range(0, len(rows), CHUNK))
    return [found for chunk in chunks for found in listing.with_parts(someone.school, chunk)]


def _row(found: listing.Found, people: Roster, names: bool, closings: tuple[Any, Any, Any]) -> list[Any]:
    row = found.row
    facts: list[Any] = [listing.moment_of(row.happened_at), showing.title_of(found), *[None] * 5]
    if not found.closed:
        facts[2:] = [
            str(place_of(row.place).label) if row.place else None,
            str(moment_label(row.moment)) if row.moment else None,
            story.group_in_words(row.class_group, people) if row.class_group else None,
            str(SEVERITY_LABELS.get(row.severity, row.severity)) if row.severity else None,
            len({person for person, _role in found.parts}),
        ]
    facts += [listing.moment_of(row.recorded_at), *(NEVER if found.closed else closings)]
    if names:
        facts += [None, None] if found.closed else [_parts(found, people), story.who(people, row.reporter)]
    return facts


def _parts(found: listing.Found, people: Roster) -> str:
    return ", ".join(f"{story.who(people, person)} ({story.role_in_words(role)})" for person, role in found.parts)
