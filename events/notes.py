"""Words that are added to a record later: what became known or was done, taken back by mistake, and put back."""

from events.log.aggregate import Aggregate, Personal, event
from events.log.errors import Refused


def _(sentence: str) -> str:
    """Mark a sentence for the catalogs; it is translated where it is shown."""
    return sentence


class Noted(Aggregate):
    """The part of a record to which notes are added. One that was withdrawn stays in the log and is shown no longer.

    A note is known by its number: which event of the record it is.
    """

    def _no_notes_yet(self) -> None:
        """Begin: called where the record itself begins."""
        self.notes: frozenset[int] = frozenset()
        self.withdrawn_notes: frozenset[int] = frozenset()

    def note(self, text: str) -> int:
        """Add what became known or was done later; return the number of the note. Raises `Refused` without words."""
        self._refuse_to_note()
        if not text.strip():
            raise Refused(_("Schrijf op wat je wilt toevoegen."))
        self._note(text=text)
        return self.version

    @event("NoteAdded")
    def _note(self, *, text: Personal) -> None:
        """Somebody added words to the record; they stay in the event, the record keeps no second copy."""
        self.notes |= {self.version + 1}
        self._notes_changed()

    def withdraw_note(self, note: int) -> None:
        """Take a note back: it was a mistake, or stands in the wrong record. Raises `Refused` when it is not there."""
        self._refuse_to_note()
        if note not in self.notes:
            raise Refused(_("Deze notitie hoort hier niet bij."))
        if note in self.withdrawn_notes:
            raise Refused(_("Deze notitie is al ingetrokken."))
        self._withdraw_note(note=note)

    @event("NoteWithdrawn")
    def _withdraw_note(self, *, note: int) -> None:
        """A note was taken back; its words stay in the log and are shown no longer."""
        self.withdrawn_notes |= {note}
        self._notes_changed()

    def put_note_back(self, note: int) -> None:
        """Undo that a note was withdrawn. Raises `Refused` when it was not."""
        self._refuse_to_note()
        if note not in self.withdrawn_notes:
            raise Refused(_("Deze notitie is niet ingetrokken."))
        self._put_note_back(note=note)

    @event("NotePutBack")
    def _put_note_back(self, *, note: int) -> None:
        """A note that was withdrawn stands in the record again."""
        self.withdrawn_notes -= {note}
        self._notes_changed()

    def _refuse_to_note(self) -> None:
        """Raise `Refused` where a kind of record takes no notes now."""

    def _notes_changed(self) -> None:
        """Do what a kind of record does when something was added or taken back."""
