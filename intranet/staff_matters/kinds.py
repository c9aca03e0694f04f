"""The words about suspicions of staff, the sentence for who reported it, and whom to call, with dates."""

from datetime import date

from flask import current_app
from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from events.frozen import frozen

INFORMED_LABELS = {
    "pupil": _l("De leerling"),
    "parents": _l("De ouders"),
    "staff_member": _l("De medewerker"),
    "other": _l("Iemand anders"),
}
MEASURE_LABELS = {
    "no_contact": _l("Geen contact met de leerling"),
    "supervised": _l("Alleen werken met een collega erbij"),
    "leave": _l("Tijdelijk vrij"),
    "suspended": _l("Geschorst"),
    "other": _l("Iets anders"),
}
ADDRESSEE_LABELS = {
    "executive_director": _l("het bestuur"),
    "supervisory_board": _l("de raad van toezicht"),
}


@frozen
class State:
    """How far it is: a badge for who handles it, and a sentence for who reported it."""

    label: LazyString
    tone: str
    sentence: LazyString


SENT = State(
    _l("Nieuw"), "warn", _l("Je melding is bij %(board)s. De ontvangst is nog niet bevestigd. Is het dringend? Bel.")
)
RECEIVED = State(
    _l("Ontvangen"), "info", _l("De ontvangst is bevestigd. Je melding is nu bij %(board)s in behandeling.")
)
CLOSING_ASKED = State(_l("Afsluiten gevraagd"), "warn", RECEIVED.sentence)
CLOSED = State(_l("Afgesloten"), "quiet", _l("Je melding is behandeld en afgesloten. Vragen? Stel ze aan %(board)s."))


def state_of(row: object) -> State:
    """Return how far a matter is; `row` is of the register."""
    if row.closed:  # type: ignore[attr-defined]
        return CLOSED
    return SENT if row.received_at is None else RECEIVED  # type: ignore[attr-defined]


def state_for_board(row: object) -> State:
    """Return the same for who handles it: only they read that somebody asked to close it."""
    return CLOSING_ASKED if row.closing_asked else state_of(row)  # type: ignore[attr-defined]


@frozen
class Contact:
    """Whom to call, from a day on."""

    since: date
    phone: str
    hours: LazyString

    @property
    def href(self) -> str:
        return "tel:" + "".join(each for each in self.phone if each.isdigit() or each == "+")


# The meldpunt of the Inspectie van het Onderwijs; what changes gets a line with the day from which it counts.
INSPECTOR = (Contact(date(2020, 1, 1), "0900-111 3 111", _l("op werkdagen van 8 tot 17 uur")),)


def inspector_on(day: date) -> Contact:
    """Return how to reach the confidential inspectors on a day; the setting INSPECTOR_PHONE goes before this."""
    known = max((each for each in INSPECTOR if each.since <= day), key=lambda each: each.since)
    phone = current_app.config["INSPECTOR_PHONE"]
    return Contact(known.since, phone, known.hours) if phone else known
