"""What somebody can do with a note on any record that has them. One function, one intention, one save."""

from uuid import UUID

from events.notes import Noted
from intranet.api import log


def withdraw_note(record_id: UUID, note: int) -> None:
    """Take a note back; its words stay in the log and are shown no longer."""
    record = log.get(Noted, record_id)
    record.withdraw_note(note)
    log.save(record)


def put_note_back(record_id: UUID, note: int) -> None:
    """Undo that a note was withdrawn."""
    record = log.get(Noted, record_id)
    record.put_note_back(note)
    log.save(record)
