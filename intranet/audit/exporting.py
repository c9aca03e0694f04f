"""The lists of the review as files: the log in sentences, who read along, and which periods were gone through."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from flask import Blueprint, g, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy.engine import Connection

from intranet.api import (
    FAILS,
    HOLDS,
    WEAK,
    Column,
    ListToExport,
    Sheet,
    db,
    export_page,
    exported_list,
    from_milliseconds,
    requires,
)
from intranet.exports.making import MOST_ROWS
from intranet.hook_calls import contributions

from . import controls, grounds, readers, reviews
from .audited import audited, is_board, names
from .choosing import PERIODS, Wish, choice, wish
from .entries import Choice, Entry, every_row
from .features.audit import RECORDS
from .lines import told
from .projections import LIST
from .readings import record_reading
from .sentences import Names, is_kind, role_label

LOG = exported_list("audit.log", _l("Logboek"))
READINGS = exported_list("audit.readings", _l("Wie las mee"))
PROMISES = exported_list("audit.assertions", _l("Beloften uit het veiligheidsplan"))
REVIEWS = exported_list("audit.reviews", _l("Nagekeken periodes"))
CHUNK = 500
STATE_LABELS = {FAILS: _l("Klopt nu niet"), WEAK: _l("Vraagt aandacht"), HOLDS: _l("Klopt")}


def mount(pages: Blueprint) -> None:
    """Put these pages in the blueprint of the review."""
    for path, view in (
        ("/export", export),
        ("/readings/export", export_readings),
        ("/reviews/export", export_reviews),
        ("/assertions/export", export_assertions),
    ):
        pages.add_url_rule(path, view_func=view, methods=["GET", "POST"])


@requires("audit.read")
def export() -> Any:
    """The chosen part of the log as a file: numbers, both clocks and sentences, never the words of a record."""
    school, asked = audited(), wish()
    chosen = choice(db.session.connection(), school, asked)
    said = ", ".join(str(each["label"]) for each in controls.applied(asked, names()))
    return export_page(
        ListToExport(
            LOG,
            lambda shown: _log(db.session.connection(), chosen, names(shown=shown)),
            _codes(asked),
            [(_("Filters"), said or _("geen"))],
            url_for(".audit", **asked.parameters),
        )
    )


def _codes(asked: Wish) -> dict[str, str]:
    """Return what was chosen for the log: an address may hold anything, so only what has a meaning."""
    known = {
        "kind": is_kind(asked.kind),
        "actor": asked.actor or asked.by_system,
        "person": asked.person,
        "period": asked.period in PERIODS,
        "from": asked.first,
        "until": asked.last,
        "rows": asked.rows,
        "of": is_board(),
    }
    return {name: value for name, value in asked.parameters.items() if known[name]}


def _log(connection: Connection, chosen: Choice, people: Names) -> Sheet:
    columns = [
        Column(_("Nummer"), "number", 10),
        Column(_("Vastgelegd op"), "moment", 17),
        Column(_("Soort"), width=28),
        Column(_("Wat er gebeurde"), width=80),
        Column(_("Klopt"), width=8),
    ]
    return Sheet(columns, list(_log_rows(connection, chosen, people)))


def _log_rows(connection: Connection, chosen: Choice, people: Names) -> Iterator[list[Any]]:
    """Yield the lines, the newest first; one more than a file can have, so that the page that makes it refuses."""
    older, made = None, 0
    while made <= MOST_ROWS:
        entries, older = every_row(connection, chosen, older, CHUNK)
        for entry, label, sentence in told(connection, chosen.school, entries, people):
            made += 1
            yield _log_row(entry, label, sentence)
        if older is None:
            return


def _log_row(entry: Entry, label: Any, sentence: str) -> list[Any]:
    return [
        entry.row.position,
        from_milliseconds(entry.row.recorded_at),
        None if label is None else str(label),
        sentence,
        str(_("ja") if entry.fits and entry.event is not None else _("nee")),
    ]


@requires("audit.read")
def export_readings() -> Any:
    """Who opened which confidential record, as a file; taking it out is a recorded reading too."""
    asked = wish()
    applied = readers.applied(g.school.id, asked)
    return export_page(
        ListToExport(
            READINGS,
            lambda shown: _readings(g.school.id, asked, shown),
            {name: value for name, value in _codes(asked).items() if name in readers.ASKED},
            [(_("Filters"), ", ".join(each["label"] for each in applied) or _("geen"))],
            url_for(".readings", **readers.kept(asked)),
        )
    )


def _readings(school: UUID, asked: Wish, shown: bool) -> Sheet:
    record_reading(LIST, school, "audit")
    people = Names(school)
    columns = [
        Column(_("Wanneer"), "moment", 17),
        Column(_("Wat"), width=24),
        Column(_("Kenmerk"), width=10),
        Column(_("In welke rol"), width=24),
        Column(_("Waarom het mocht"), width=32),
    ]
    connection = db.session.connection()
    found = connection.execute(readers.every_reading(school, asked).limit(MOST_ROWS + 1)).all()
    why = grounds.of_readings(connection, school, found)
    rows = [
        [
            from_milliseconds(row.read_at),
            str(RECORDS.get(row.record_kind, row.record_kind)),
            row.record.hex[:6],
            str(role_label(row.role)),
            str(why[row.record, row.ground]),
            *([people.who(row.reader)] if shown else []),
        ]
        for row in found
    ]
    return Sheet([*columns, *([Column(_("Wie las"), width=32)] if shown else [])], rows)


@requires("audit.read")
def export_assertions() -> Any:
    """What the log shows of each sentence of the plan, as a file: numbers and days, nobody."""
    return export_page(
        ListToExport(PROMISES, lambda _shown: _assertions(), {}, [], url_for(".assertions"), has_names=False)
    )


def _assertions() -> Sheet:
    columns = [
        Column(_("Belofte"), width=60),
        Column(_("Stand"), width=16),
        Column(_("Wat het logboek laat zien"), width=60),
        Column(_("Plan"), width=8),
    ]
    rows = [
        [str(each.sentence), str(STATE_LABELS[each.state]), str(each.evidence), each.paragraph or None]
        for _plugin, each in contributions("plan_assertions")
    ]
    return Sheet(columns, rows)


@requires("audit.read")
def export_reviews() -> Any:
    """Which periods were gone through, as a file."""
    return export_page(ListToExport(REVIEWS, _reviews, {}, [], url_for(".reviewed")))


def _reviews(shown: bool) -> Sheet:
    people = Names(g.school.id)
    columns = [
        Column(_("Eerste dag"), "day", 12),
        Column(_("Laatste dag"), "day", 12),
        Column(_("Nagekeken op"), "moment", 17),
        Column(_("Vanaf nummer"), "number", 10),
        Column(_("Tot en met nummer"), "number", 10),
    ]
    rows = [
        [
            row.first_day,
            row.last_day,
            from_milliseconds(row.reviewed_at),
            row.position_from,
            row.position_until,
            *([people.who(row.reviewer)] if shown else []),
        ]
        for row in reviews.reviews(db.session.connection(), g.school.id)
    ]
    return Sheet([*columns, *([Column(_("Nagekeken door"), width=32)] if shown else [])], rows)
