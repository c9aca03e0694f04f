"""What the coordinator does with licences, KanVAS windows, agreements and themes. One function for each intention."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from intranet.api import log, refuse_no_colleague

from .school_events import Licence, Line, Window


def record_licence(*, person_id: UUID, **facts: Any) -> UUID:
    """Record the licence of a colleague, and return its id. Raises `Refused` for who does not work here."""
    refuse_no_colleague(person_id)
    licence = Licence.record(person_id=person_id, **facts)
    log.save(licence)
    return licence.id


def change_licence(licence_id: UUID, **facts: Any) -> None:
    """Put right what was entered of a licence."""
    licence = log.get(Licence, licence_id)
    licence.change(**facts)
    log.save(licence)


def withdraw_licence(licence_id: UUID, reason: str) -> None:
    """Let a licence count no more."""
    licence = log.get(Licence, licence_id)
    licence.withdraw(reason)
    log.save(licence)


def open_window(*, wave: str, year_groups: Sequence[str], first: date, last: date) -> UUID:
    """Say when the KanVAS lists are filled in, and return the id of the window."""
    window = Window.open(wave=wave, year_groups=tuple(year_groups), first=first, last=last)
    log.save(window)
    return window.id


def change_window(window_id: UUID, *, wave: str, year_groups: Sequence[str], first: date, last: date) -> None:
    """Set other days or year groups."""
    window = log.get(Window, window_id)
    window.change(wave=wave, year_groups=tuple(year_groups), first=first, last=last)
    log.save(window)


def remove_window(window_id: UUID) -> None:
    """Take a window away."""
    window = log.get(Window, window_id)
    window.remove()
    log.save(window)


def word_line(kind: str, *, number: int, text: str) -> UUID:
    """Add an agreement or a theme, and return its id."""
    line = Line.word(kind=kind, number=number, text=text)
    log.save(line)
    return line.id


def reword_line(line_id: UUID, *, number: int, text: str) -> None:
    """Say an agreement or a theme otherwise."""
    line = log.get(Line, line_id)
    line.reword(number=number, text=text)
    log.save(line)


def retire_line(line_id: UUID) -> None:
    """Use an agreement or a theme no more."""
    line = log.get(Line, line_id)
    line.retire()
    log.save(line)
