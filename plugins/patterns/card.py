"""What patterns put on other pages: warnings and measures that wait on the home page, measures on that of a record."""

from typing import Any

from flask import render_template, url_for
from flask_babel import gettext as _

from intranet.api import DueDate, RecordCard, Subject, current_actor, log, may

from . import measuring, reading, ruling
from .events import RECORDS, Measure

MOST = 5


def waiting() -> list[dict[str, Any]]:
    """Return the newest warnings that wait, for who may see them."""
    if not may("patterns.rules"):
        return []
    return ruling.waiting()[:MOST]


def mine_to_look_at() -> list[DueDate]:
    """Return the measures that the person who is signed in looks after and that are not done."""
    mine = [row for row in reading.measures() if not row.done and row.owner == current_actor()]
    return [
        DueDate(
            row.evaluate_on,
            _("Kijk of deze maatregel werkt"),
            url_for("patterns.measure", measure_id=row.measure),
            log.get(Measure, row.measure).text,
            "scale",
            "patterns.measure",
        )
        for row in mine
        if measuring.may_see(row)
    ]


def of_record(record: Subject) -> list[RecordCard]:
    """Return the card with the measures that came from a record; none for who neither reads nor proposes any."""
    if record.kind not in RECORDS:
        return []
    measures, can_propose = measuring.of_record(record.kind, record.id), may("patterns.measures")
    if not measures and not can_propose:
        return []
    address = url_for("patterns.propose", **{"from": record.kind, "record": record.id.hex}) if can_propose else None
    body = render_template("patterns/record_card.html", measures=measures, address=address)
    return [RecordCard(_("Maatregelen"), body, "flag")]
