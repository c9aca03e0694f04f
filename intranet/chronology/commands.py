"""Recording that a chronology is handed out; it is saved before the file leaves."""

from typing import Any
from uuid import UUID

from intranet.api import log
from intranet.chronology.events import HandedOut


def note_handed_out(**facts: Any) -> UUID:
    """Record that a chronology leaves as a file and return the id of the record."""
    made = HandedOut(**facts)
    log.save(made)
    return made.id
