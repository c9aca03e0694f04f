"""What patterns put on the home page: warnings that wait, and measures to look at."""

from typing import Any

from flask import url_for
from flask_babel import gettext as _

from intranet.api import DueDate, current_actor, log, may

from . import reading, ruling
from .events import Measure

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
        if may("patterns.read")
    ]
