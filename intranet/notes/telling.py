"""Notes as items of the time line of any kind of record: one that was withdrawn is told without a word of it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_login import current_user

from events.notes import Noted
from intranet.incidents.moments import moment_in_words
from intranet.people.mentions import to_html

Item = dict[str, Any]


def told(event: Any) -> Item | None:
    """Tell an event about a note; None for another."""
    if isinstance(event, Noted.NoteAdded):
        line = to_html(event.text, current_user)
        return {"title": _("Aangevuld"), "line": line, "icon": "notebook-pen", "tone": "ok"}
    if isinstance(event, Noted.NoteWithdrawn):
        return {"title": _("Notitie ingetrokken"), "icon": "undo-2", "tone": "warn"}
    if isinstance(event, Noted.NotePutBack):
        return {"title": _("Notitie teruggezet"), "icon": "notebook-pen", "tone": "ok"}
    return None


def as_they_stand(items: Iterable[Item], record: Noted) -> list[Item]:
    """Return the items of a whole record with its notes as they stand now, each with its event in `event`."""
    found = list(items)
    written: dict[int, datetime] = {
        each["event"].originator_version: each["at"] for each in found if isinstance(each["event"], Noted.NoteAdded)
    }
    return [_as_it_stands(each, record, written) for each in found]


def _as_it_stands(item: Item, record: Noted, written: dict[int, datetime]) -> Item:
    event = item["event"]
    if event.originator_version in record.withdrawn_notes:
        return {**item, "line": None, "quiet": True, "tone": "quiet", "badge": (_("Ingetrokken"), "quiet")}
    if isinstance(event, Noted.NoteWithdrawn | Noted.NotePutBack):
        return {**item, "line": _("De notitie van %(moment)s.", moment=moment_in_words(written[event.note]))}
    return item
