"""On which ground somebody read, in words that tell no more of the record than who looks may know of it."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext as _l
from sqlalchemy.engine import Connection

from .reach import Reach, reaches

DUTY, SEARCH = "duty", "search"
GROUNDS = {
    DUTY: _l("hoort bij de taak"),
    "reporter": _l("eigen melding"),
    "own_group": _l("eigen groep"),
    "audit": _l("controle"),
    "serious": _l("ernstig incident"),
    "flagged": _l("zorg over thuis"),
    "shared": _l("gedeeld door een collega"),
    "leader": _l("leidt de zaak"),
    "participant": _l("doet mee in de zaak"),
    "bullying": _l("lijkt op pesten"),
    "escalated": _l("voorgelegd aan de directeur"),
    "overview": _l("overzicht van leerlingen"),
    "chronology": _l("tijdlijn"),
    SEARCH: _l("gezocht"),
    "emergency": _l("noodtoegang"),
}
OF_THE_RECORD = frozenset({"serious", "flagged", "bullying", "escalated"})
"""Those that say what a record is about. The others say what the reader is to it, and that is what a review weighs."""


def in_words(ground: str, reach: Reach) -> Any:
    """Return a ground in words. Of a record that is closed to who looks: in such a record it belongs to the duty."""
    return GROUNDS[DUTY] if ground in OF_THE_RECORD and reach < Reach.FACTS else GROUNDS.get(ground, ground)


def of_readings(connection: Connection, school: UUID, readings: Iterable[Any]) -> dict[tuple[UUID, str], Any]:
    """Return for rows of who opened what their grounds in words, by record and code."""
    readings = list(readings)
    telling = {(row.record_kind, row.record) for row in readings if row.ground in OF_THE_RECORD}
    known = reaches(connection, school, telling)
    return {(row.record, row.ground): in_words(row.ground, known.get(row.record, Reach.OPEN)) for row in readings}
