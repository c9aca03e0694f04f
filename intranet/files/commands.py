"""What somebody can do with a file in a dossier. One function, one intention, one save."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import select

from events.log.blobs import drop_blobs, put_blob
from intranet.api import current_school, log, today
from intranet.files.events import StoredFile
from intranet.files.projections import stored
from intranet.files.receiving import Received


def add_files(files: Iterable[Received], *, record_id: UUID, shows: str, added_by: UUID) -> list[UUID]:
    """Seal files into the dossier of a record, all or none, and return their ids."""
    with log.unit_of_work():
        added = [
            StoredFile.add(
                dossier_id=record_id,
                kind=file.kind,
                pages=[put_blob(log, record_id, page) for page in file.pages],
                original=put_blob(log, record_id, file.original),
                original_type=file.original_type,
                shows=shows,
                added_by=added_by,
            )
            for file in files
        ]
        log.save(*added)
    return [each.id for each in added]


def describe_file(file_id: UUID, shows: str) -> None:
    """Say in other words what can be seen."""
    file = log.get(StoredFile, file_id)
    file.describe(shows)
    log.save(file)


def remove_file(file_id: UUID, reason: str) -> None:
    """Take a file away; it can be put back for a month."""
    file = log.get(StoredFile, file_id)
    file.remove(reason, today())
    log.save(file)


def put_file_back(file_id: UUID) -> None:
    """Undo that a file was taken away."""
    file = log.get(StoredFile, file_id)
    file.put_back(today())
    log.save(file)


def open_original(file_id: UUID, reason: str) -> None:
    """Record that what was sent is taken out, and why."""
    file = log.get(StoredFile, file_id)
    file.open_original(reason)
    log.save(file)


def destroy_file(file_id: UUID) -> None:
    """Destroy a file that was taken away a month ago, in the transaction of the event that says so."""
    file = log.get(StoredFile, file_id)
    file.destroy(today())
    with log.unit_of_work() as unit:
        drop_blobs(unit, [each.blob for each in (*file.pages, file.original)])
        log.save(file)


def destroy_removed_files() -> int:
    """Destroy every file of the acting school of which the month is over; return how many."""
    over = (
        stored.c.school == current_school(),
        stored.c.removed_until < today(),
        stored.c.destroyed.is_(False),
    )
    with log.read() as connection:
        files = connection.scalars(select(stored.c.file).where(*over)).all()
    for file in files:
        destroy_file(file)
    return len(files)
