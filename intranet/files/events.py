"""What can happen to a file in a dossier: it is added, described, taken away, put back, and in the end destroyed."""

from collections.abc import Iterable
from datetime import date, timedelta
from uuid import UUID

from events.log.aggregate import Aggregate, Code, Personal, event
from events.log.blobs import BlobRef
from events.log.errors import Refused

PHOTO, SCAN = "photo", "scan"
KINDS = (PHOTO, SCAN)
"""A photo is one picture; a scan has a picture for each page."""

KEPT_AFTER_REMOVAL = timedelta(days=30)
"""So long a file that was taken away can be put back; then it is destroyed."""


def _(sentence: str) -> str:
    """Mark a sentence for the catalogs; it is translated where it is shown."""
    return sentence


class StoredFile(Aggregate):
    """A photo or scan that hangs on another record. `pages` is what is shown, `original` is what was sent."""

    log_name = "files.file"

    @classmethod
    def add(
        cls,
        *,
        dossier_id: UUID,
        kind: str,
        pages: Iterable[BlobRef],
        original: BlobRef,
        original_type: str,
        shows: str,
        added_by: UUID,
    ) -> "StoredFile":
        """Return a new file. Raises `Refused` without pages, or when nobody says what can be seen on it."""
        pages = tuple(pages)
        if kind not in KINDS or not pages:
            raise Refused(_("In dit bestand staat geen beeld."))
        return cls(
            dossier_id=dossier_id,
            kind=kind,
            pages=pages,
            original=original,
            original_type=original_type,
            shows=_described(shows),
            added_by=added_by,
        )

    @event("Added")
    def __init__(
        self,
        *,
        dossier_id: UUID,
        kind: Code,
        pages: tuple[BlobRef, ...],
        original: BlobRef,
        original_type: Code,
        shows: Personal,
        added_by: UUID,
    ):
        self.dossier_id = dossier_id
        self.kind = kind
        self.pages = pages
        self.original = original
        self.original_type = original_type
        self.shows = shows
        self.added_by = added_by
        self.removed_until: date | None = None
        self.destroyed = False

    def describe(self, shows: str) -> None:
        """Say in other words what can be seen on it. Raises `Refused` without words or without a change."""
        self._refuse_removed()
        if _described(shows) == self.shows:
            raise Refused(_("Je hebt niets veranderd. Er is niets vastgelegd."))
        self._describe(dossier_id=self.dossier_id, shows=_described(shows))

    @event("Described")
    def _describe(self, *, dossier_id: UUID, shows: Personal) -> None:
        self.shows = shows

    def remove(self, reason: str, today: date) -> None:
        """Take it away; until a month later it can be put back. Raises `Refused` without a reason."""
        self._refuse_removed()
        if not reason.strip():
            raise Refused(_("Schrijf kort op waarom je dit weghaalt."))
        self._remove(dossier_id=self.dossier_id, reason=reason.strip(), until=today + KEPT_AFTER_REMOVAL)

    @event("Removed")
    def _remove(self, *, dossier_id: UUID, reason: Personal, until: date) -> None:
        self.removed_until = until

    def put_back(self, today: date) -> None:
        """Undo that it was taken away. Raises `Refused` when it is there, or when the month is over."""
        if self.removed_until is None:
            raise Refused(_("Dit bestand is niet weggehaald."))
        if self.destroyed or self.removed_until < today:
            raise Refused(_("Dit bestand is vernietigd. Het kan niet meer terug."))
        self._put_back()

    @event("PutBack")
    def _put_back(self) -> None:
        self.removed_until = None

    def destroy(self, today: date) -> None:
        """Say that its bytes are gone for good. Raises `Refused` before the month is over."""
        if self.removed_until is None or self.removed_until >= today or self.destroyed:
            raise Refused(_("Dit bestand kan nog terug."))
        self._destroy(destroyed=tuple(each.blob for each in (*self.pages, self.original)))

    @event("Destroyed")
    def _destroy(self, *, destroyed: tuple[Code, ...]) -> None:
        self.destroyed = True

    def open_original(self, reason: str) -> None:
        """Record that somebody takes out what was sent. Raises `Refused` without a reason."""
        self._refuse_removed()
        if not reason.strip():
            raise Refused(_("Schrijf kort op waarom je het origineel nodig hebt."))
        self._open_original(dossier_id=self.dossier_id, reason=reason.strip())

    @event("OriginalOpened")
    def _open_original(self, *, dossier_id: UUID, reason: Personal) -> None:
        """Whoever reads the log sees who had the original, when and why."""

    def _refuse_removed(self) -> None:
        if self.removed_until is not None:
            raise Refused(_("Dit bestand is weggehaald."))


def _described(shows: str) -> str:
    if not shows.strip():
        raise Refused(_("Schrijf op wat er te zien is."))
    return shows.strip()
