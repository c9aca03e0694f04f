"""What the pages of files show: pictures by address, what can be seen on them in words, and who added them when."""

from typing import Any
from uuid import UUID

from flask import abort
from flask_babel import format_date, ngettext
from flask_babel import gettext as _
from sqlalchemy import select

from events.log.blobs import read_blob
from intranet.api import ERASED, current_school, db, log, roster, today
from intranet.files.carriers import Record
from intranet.files.events import SCAN, StoredFile
from intranet.files.forms import ACCEPTED, AddFilesForm
from intranet.files.projections import stored
from intranet.incidents.story import who
from intranet.looked_at import present
from intranet.people.roster import Roster


def attached(record: Record) -> dict[str, Any]:
    """Return what the page of a record shows of its files."""
    return {
        "files": [_item(record, file) for file in files_of(record) if file.removed_until is None],
        "url": record.url("files", "files"),
        "may_add": record.may_add,
    }


def add_now(record: Record) -> dict[str, Any] | None:
    """Return what somebody needs who just recorded something and has a photo of it, None for who may add none."""
    if not record.may_add:
        return None
    return {
        "form": AddFilesForm(formdata=None),
        "accepted": ACCEPTED,
        "url": record.url("files", "files"),
        "body_map": record.url("body_map", "body_map"),
    }


def files_of(record: Record) -> list[StoredFile]:
    """Return the files of a record that who is signed in may see, those that were taken away too, in order."""
    query = select(stored.c.file).where(
        stored.c.school == current_school(), stored.c.record == record.id, stored.c.destroyed.is_(False)
    )
    ids = db.session.scalars(query.order_by(stored.c.position, stored.c.file)).all()
    files = log.get_each(StoredFile, ids).values()
    return [file for file in files if record.may_see(file.added_by)]


def file_of(record: Record, file_id: UUID, *, removed: bool = False) -> StoredFile:
    """Return one file of a record; also one that was taken away when that is asked (404 for any other)."""
    file = next((each for each in files_of(record) if each.id == file_id), None)
    if file is None or (file.removed_until is not None and not removed):
        abort(404)
    return file


def picture(file: StoredFile, page: int) -> bytes:
    """Return a page of a file as the JPEG that we made; for an erased one there is none (404)."""
    if not 1 <= page <= len(file.pages):
        abort(404)
    return _opened(file, file.pages[page - 1])


def original(file: StoredFile) -> bytes:
    """Return what was sent."""
    return _opened(file, file.original)


def _opened(file: StoredFile, ref: Any) -> bytes:
    with present():
        content = read_blob(log, current_school(), file.dossier_id, ref)
    if content is None:
        abort(404)
    return content


def _item(record: Record, file: StoredFile) -> dict[str, Any]:
    return {
        "id": file.id,
        "href": record.url("files", "file", file_id=file.id),
        "small": record.url("files", "small_picture", file_id=file.id, page=1, seen=record.seen_mark()),
        "shows": file.shows,
        "erased": file.shows is ERASED,
        "pages": _pages_in_words(file),
    }


def _pages_in_words(file: StoredFile) -> str | None:
    if file.kind != SCAN:
        return None
    return ngettext("Scan, %(num)d pagina", "Scan, %(num)d pagina’s", len(file.pages))


def files_page(record: Record) -> dict[str, Any]:
    """Return the files of a record, and those that can still be put back."""
    files = files_of(record)
    gone = [
        {
            **_item(record, file),
            "until": format_date(file.removed_until, "d MMMM y"),
            "url": record.url("files", "put_back", file_id=file.id),
        }
        for file in files
        if file.removed_until is not None and file.removed_until >= today() and record.may_remove(file.added_by)
    ]
    return {
        "record": record,
        "files": [_item(record, file) for file in files if file.removed_until is None],
        "gone": gone,
        "may_add": record.may_add,
    }


def file_page(record: Record, file: StoredFile) -> dict[str, Any]:
    """Return one file with all its pages and what happened to it."""
    people = roster(current_school())
    seen = record.seen_mark()
    return {
        "record": record,
        "file": file,
        "erased": file.shows is ERASED,
        "title": _("Scan") if file.kind == SCAN else _("Foto"),
        "pictures": [
            {
                "src": record.url("files", "picture", file_id=file.id, page=number, seen=seen),
                "alt": _alt(file, number),
            }
            for number in range(1, len(file.pages) + 1)
        ],
        "items": [_told(event, file, people) for event in log.events.get(file.id)],
        "may_remove": record.may_remove(file.added_by),
        "may_open_original": record.may_open_original,
        "url": lambda page: record.url("files", page, file_id=file.id),
    }


def _alt(file: StoredFile, number: int) -> str:
    if len(file.pages) == 1:
        return file.shows
    return _("%(shows)s (pagina %(number)d van %(total)d)", shows=file.shows, number=number, total=len(file.pages))


def _told(event: Any, file: StoredFile, people: Roster) -> dict[str, Any]:
    titles = {
        StoredFile.Added: (_("Toegevoegd"), "camera", "info", None),
        StoredFile.Described: (_("Anders beschreven"), "pencil", "info", "shows"),
        StoredFile.Removed: (_("Weggehaald"), "trash-2", "warn", "reason"),
        StoredFile.PutBack: (_("Teruggezet"), "undo-2", "ok", None),
        StoredFile.OriginalOpened: (_("Origineel geopend"), "lock-open", "warn", "reason"),
    }
    unknown = (_("Iets wat dit programma niet kan lezen"), "circle-question-mark", "quiet", None)
    title, icon, tone, field = titles.get(type(event), unknown)
    line = getattr(event, field) if field else None
    if isinstance(event, StoredFile.Added) and event.shows != file.shows:
        line = event.shows
    actor = who(people, event.actor_id)
    return {"at": event.recorded_at, "actor": actor, "title": title, "icon": icon, "tone": tone, "line": line}
