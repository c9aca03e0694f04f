"""Pages of photos and scans, under the address of the record on which they hang."""

from typing import Any
from uuid import UUID

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request
from flask_babel import gettext as _
from flask_login import current_user

from intranet.audit.readings import record_reading
from intranet.files import commands, showing
from intranet.files.carriers import Record, mount
from intranet.files.events import StoredFile
from intranet.files.forms import ACCEPTED, AddFilesForm, DescribeForm, OriginalForm, RemoveFileForm
from intranet.forms import ButtonForm
from intranet.looked_at import also_shows
from intranet.undoing import mistake, say_undoable

pages = Blueprint("files", __name__)
LOCKED = "default-src 'none'; sandbox; frame-ancestors 'none'"
"""The policy of a file that is opened by itself: it may load and run nothing."""


@also_shows
def files(record: Record) -> Any:
    """All photos and scans of a record; add some."""
    record.require(record.may_add or request.method == "GET")
    form = AddFilesForm()
    if form.submitted():
        added = commands.add_files(
            form.received,
            record_id=record.id,
            shows=form.shows.data,
            added_by=current_user.person_id,
        )
        if len(added) == 1:
            say_undoable(_("Toegevoegd."), record.url("files", "remove", file_id=added[0]), removal=mistake())
        else:
            flash(_("Allemaal toegevoegd."), "ok")
        return redirect(record.url("files", "files"), 303)
    record.before_showing()
    shown = showing.files_page(record)
    return render_template("files/files.html", form=form, accepted=ACCEPTED, button=ButtonForm(formdata=None), **shown)


def file(record: Record, file_id: UUID) -> str:
    """One photo, or all pages of a scan."""
    return _page(record, showing.file_of(record, file_id))


def _page(record: Record, shown: StoredFile, **refused: Any) -> str:
    record.before_showing()
    forms = {
        "describe_form": DescribeForm(formdata=None, data={"shows": shown.shows}),
        "remove_form": RemoveFileForm(formdata=None),
        "original_form": OriginalForm(formdata=None),
    }
    return render_template("files/file.html", **{**showing.file_page(record, shown), **forms, **refused})


def picture(record: Record, file_id: UUID, page: int) -> Response:
    """A page of a file, decrypted for this answer only."""
    content = showing.picture(showing.file_of(record, file_id), page)
    record.before_showing_picture()
    return _image(content)


def small_picture(record: Record, file_id: UUID, page: int) -> Response:
    """The same, small: made of the decrypted picture for this answer only."""
    content = showing.picture(showing.file_of(record, file_id), page)
    record.before_showing_picture()
    from intranet.files import pictures  # not at the start, as in receiving

    return _image(pictures.small(content))


def describe(record: Record, file_id: UUID) -> Any:
    """Say in other words what can be seen."""
    shown = showing.file_of(record, file_id)
    record.require(record.may_remove(shown.added_by))
    form = DescribeForm()
    if form.submitted():
        commands.describe_file(file_id, form.shows.data)
        flash(_("Vastgelegd."), "ok")
        return redirect(record.url("files", "file", file_id=file_id), 303)
    return _page(record, shown, describe_form=form)


def remove(record: Record, file_id: UUID) -> Any:
    """Take a file away; it can be put back for a month."""
    shown = showing.file_of(record, file_id)
    record.require(record.may_remove(shown.added_by))
    form = RemoveFileForm()
    if form.submitted():
        commands.remove_file(file_id, form.removal.data)
        back = record.url("files", "put_back", file_id=file_id)
        say_undoable(_("Weggehaald. Je kunt het hieronder nog terugzetten."), back)
        return redirect(record.url("files", "files", _anchor="gone"), 303)
    return _page(record, shown, remove_form=form)


def put_back(record: Record, file_id: UUID) -> Any:
    """Undo that a file was taken away."""
    shown = showing.file_of(record, file_id, removed=True)
    record.require(record.may_remove(shown.added_by))
    if ButtonForm().submitted():
        commands.put_file_back(file_id)
        say_undoable(_("Teruggezet."), record.url("files", "remove", file_id=file_id), removal=mistake())
    return redirect(record.url("files", "files"), 303)


def original(record: Record, file_id: UUID) -> Any:
    """Take out what was sent: with a reason, recorded before it leaves."""
    shown = showing.file_of(record, file_id)
    record.require(record.may_open_original)
    form = OriginalForm()
    if not form.submitted():
        return _page(record, shown, original_form=form)
    content = showing.original(shown)
    commands.open_original(file_id, form.purpose.data)
    record_reading(record.carrier.kind, record.id, record.standing.ground)
    answer = _closed(make_response(content))
    answer.mimetype = "application/octet-stream"
    answer.headers["Content-Disposition"] = f"attachment; filename=origineel.{shown.original_type}"
    return answer


def _image(content: bytes) -> Response:
    answer = _closed(make_response(content))
    answer.mimetype = "image/jpeg"
    answer.headers["Content-Disposition"] = "inline; filename=foto.jpg"
    return answer


def _closed(answer: Response) -> Response:
    answer.headers["Content-Security-Policy"] = LOCKED
    return answer


ONE = "/files/<uuid:file_id>"
mount(
    pages,
    (
        ("/files", files, ("GET", "POST")),
        (ONE, file, ("GET",)),
        (f"{ONE}/<int:page>", picture, ("GET",)),
        (f"{ONE}/<int:page>/small", small_picture, ("GET",)),
        (f"{ONE}/describe", describe, ("POST",)),
        (f"{ONE}/remove", remove, ("POST",)),
        (f"{ONE}/put-back", put_back, ("POST",)),
        (f"{ONE}/original", original, ("POST",)),
    ),
)
