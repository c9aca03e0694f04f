"""The list of signals as it can be exported: what one sees on the list, never the words of a signal."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from intranet.api import Column, ListToExport, Sheet, db, exported_list
from intranet.incidents.list_page import PERIOD_LABELS
from intranet.incidents.listing import moment_of
from intranet.incidents.readable import Reader
from intranet.incidents.story import group_in_words, who
from intranet.people.roster import Roster, roster
from intranet.signals import list_page, listing, showing
from intranet.signals.kinds import SOURCE_LABELS
from intranet.signals.projections import register

CHUNK = 500
LIST = exported_list("signals.list", _l("Signalen"))


def signals_to_export(someone: Reader, wish: listing.Wish, back: str) -> ListToExport:
    """Return the list for a wish, to export."""
    people = roster(someone.school)
    return ListToExport(
        LIST,
        lambda names: _sheet(someone, wish, people, names),
        {"period": wish.period, **wish.parameters},
        [
            (_("Periode"), PERIOD_LABELS[wish.period]()),
            (_("Filters"), list_page.filters_in_words(wish, people)),
        ],
        back,
    )


def _sheet(someone: Reader, wish: listing.Wish, people: Roster, names: bool) -> Sheet:
    columns = [
        Column(_("Wanneer"), "moment", 17),
        Column(_("Wat"), width=18),
        Column(_("Lijkt op"), width=24),
        Column(_("Groep"), width=9),
        Column(_("Gezien door"), width=24),
        Column(_("Stand"), width=22),
        Column(_("Vastgelegd op"), "moment", 17),
    ]
    if names:
        columns += [Column(_("Over wie het gaat"), width=36), Column(_("Opgeschreven door"), width=24)]
    return Sheet(columns, [_row(each, people, names) for each in _every(someone, wish)])


def _every(someone: Reader, wish: listing.Wish) -> list[listing.Found]:
    query = select(register).where(*listing.conditions(someone, wish))
    rows = db.session.execute(query.order_by(register.c.happened_at.desc(), register.c.signal.desc())).all()
    chunks = (rows[start : start + CHUNK] for start in range(0, len(rows), CHUNK))
    return [found for chunk in chunks for found in listing.with_people(someone.school, chunk)]


def _row(found: listing.Found, people: Roster, names: bool) -> list[Any]:
    row = found.row
    facts: list[Any] = [
        moment_of(row.happened_at),
        showing.title_of(row),
        ", ".join(label for label, _icon in showing.mark_badges(row)) or None,
        group_in_words(row.class_group, people) if row.class_group else None,
        str(SOURCE_LABELS.get(row.source, row.source)),
        showing.state_badge(row)[0],
        moment_of(row.recorded_at),
    ]
    if names:
        # Opening a signal about home is a recorded reading: a name in a file would go round that.
        about = ", ".join(who(people, each) for each in found.people)
        facts += [None, None] if row.home_signs else [about, who(people, row.reporter)]
    return facts
