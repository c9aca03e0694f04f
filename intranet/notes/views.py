"""Pages that take a note back and put it back, the same for every kind of record that has notes."""

from typing import Any
from uuid import UUID

from flask import Blueprint, abort, redirect
from flask_babel import gettext as _

from events.notes import Noted
from intranet.api import log, requires
from intranet.forms import ButtonForm
from intranet.notes import commands
from intranet.notes.records import NotesOf
from intranet.undoing import say_undoable


class NotePages:
    """What is done with the notes of one kind of record."""

    def __init__(self, of: NotesOf):
        self.of = of

    def mount(self, pages: Blueprint) -> None:
        """Put these pages in the blueprint of the kind of record."""
        one = f"/<uuid:{self.of.argument}>/notes/<int:note>"
        for path, view in (("withdraw", self.withdraw_note), ("put-back", self.put_note_back)):
            guarded = requires(self.of.permission)(self._of_record(view))
            pages.add_url_rule(f"{one}/{path}", endpoint=view.__name__, view_func=guarded, methods=("POST",))

    def _of_record(self, view: Any) -> Any:
        def of_record(note: int, **where: UUID) -> Any:
            record_id = where[self.of.argument]
            self._require(record_id, note)
            return view(record_id, note)

        return of_record

    def withdraw_note(self, record_id: UUID, note: int) -> Any:
        """Take it back: it is shown no longer, and stays in the log."""
        if ButtonForm().submitted():
            commands.withdraw_note(record_id, note)
            say_undoable(_("De notitie is ingetrokken."), self.of.url("put_note_back", record_id, note))
        return redirect(self.of.home(record_id), 303)

    def put_note_back(self, record_id: UUID, note: int) -> Any:
        """Undo that it was withdrawn."""
        if ButtonForm().submitted():
            commands.put_note_back(record_id, note)
            say_undoable(_("De notitie staat er weer."), self.of.url("withdraw_note", record_id, note))
        return redirect(self.of.home(record_id), 303)

    def _require(self, record_id: UUID, note: int) -> None:
        """Go on with a note that who is signed in may withdraw; for any other there is no page (404)."""
        standing = self.of.opened(record_id)
        if note not in log.get(Noted, record_id).notes:
            abort(404)
        written = next(iter(log.events.get(record_id, gt=note - 1, lte=note)))
        if not standing.may_withdraw_note(written.actor_id):
            abort(404)
