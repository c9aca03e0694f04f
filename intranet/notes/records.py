"""The kinds of records that have notes: how one is opened, and whose notes somebody who opened it may withdraw."""

from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from flask import url_for
from flask_babel import gettext as _

from events.frozen import frozen
from events.notes import Noted
from intranet.forms import ButtonForm
from intranet.incidents.readable import open_incident
from intranet.notes.telling import Item
from intranet.staff_matters.readable import open_matter


@frozen
class NotesOf:
    """A kind of record with notes; `opened` gives how who is signed in stands to one, or there is no page (404)."""

    feature: str
    page: str
    argument: str
    permission: str
    opened: Callable[[UUID], Any]

    def url(self, view: str, record_id: UUID, note: int) -> str:
        """Return the address at which something is done with a note."""
        return url_for(f"{self.feature}.{view}", **{self.argument: record_id}, note=note)

    def home(self, record_id: UUID) -> str:
        """Return where the notes of a record stand."""
        return url_for(f"{self.feature}.{self.page}", **{self.argument: record_id}, _anchor="story")

    def with_buttons(self, items: Iterable[Item], record: Noted, standing: Any) -> list[Item]:
        """Return the items of a record; a note that who reads may withdraw gets a button that takes or puts it back."""
        form = ButtonForm(formdata=None)
        return [{**each, "action": self._action(each["event"], record, standing, form)} for each in items]

    def _action(self, event: Any, record: Noted, standing: Any, form: ButtonForm) -> dict[str, Any] | None:
        if not isinstance(event, Noted.NoteAdded) or not standing.may_withdraw_note(event.actor_id):
            return None
        note = event.originator_version
        if note in record.withdrawn_notes:
            view, label, icon = "put_note_back", _("Zet terug"), "undo-2"
        else:
            view, label, icon = "withdraw_note", _("Trek in"), "x"
        return {"form": form, "url": self.url(view, record.id, note), "label": label, "icon": icon}


INCIDENT = NotesOf("incidents", "incident", "incident_id", "incidents.read", open_incident)
MATTER = NotesOf("staff_matters", "matter", "matter_id", "staff_matters.see", open_matter)
