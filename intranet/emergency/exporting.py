"""Emergency access as a file: when it was taken, how long, and what was thought of it."""

from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from intranet.api import Column, ListToExport, Sheet, current_school, db, exported_list, from_milliseconds, roster
from intranet.incidents.story import who
from intranet.people.roster import Roster

from . import showing

LIST = exported_list("emergency.access", _l("Noodtoegang"))


def access_to_export() -> ListToExport:
    """Return all emergency access of this school, to export; never the reason, that is words about a child."""
    return ListToExport(LIST, _sheet, {}, [], url_for("emergency.reviews"))


def _sheet(names: bool) -> Sheet:
    columns = [Column(_("Vanaf"), "moment", 17), Column(_("Tot"), "moment", 17), Column(_("Oordeel"), width=24)]
    naming = [Column(_("Wie"), width=28), Column(_("Over wie"), width=28)] if names else []
    people = roster(current_school())
    rows = [_row(row, people, names) for row in db.session.execute(showing.every_access())]
    return Sheet([*columns, *naming], rows)


def _row(row: Any, people: Roster, names: bool) -> list[Any]:
    facts: list[Any] = [
        from_milliseconds(row.opened_at),
        from_milliseconds(row.until),
        showing.verdict(row.justified)[0],
    ]
    return [*facts, *([who(people, row.person), who(people, row.pupil)] if names else [])]
