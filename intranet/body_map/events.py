"""What can happen to a mark on the body map: somebody noted what they saw and where, or took that back."""

from datetime import date
from uuid import UUID

from events.log.aggregate import Aggregate, Personal, event
from events.log.errors import Refused
from intranet.body_map.places import KINDS, PLACES, SIZES


def _(sentence: str) -> str:
    """Mark a sentence for the catalogs; it is translated where it is shown."""
    return sentence


class BodyMark(Aggregate):
    """Something seen on a child's body. Place, kind and size are words of fixed lists, and personal all the same."""

    log_name = "body_map.mark"

    @classmethod
    def note(
        cls,
        *,
        dossier_id: UUID,
        person_id: UUID | None,
        place: str,
        kind: str,
        size: str | None,
        words: str,
        seen_on: date,
        today: date,
        noted_by: UUID,
    ) -> "BodyMark":
        """Return a new mark. Raises `Refused` for a place, kind or size of no list, and for a day to come."""
        if place not in PLACES:
            raise Refused(_("Kies de plek op het lichaam."))
        if kind not in KINDS or (size and size not in SIZES):
            raise Refused(_("Kies wat je zag."))
        if seen_on > today:
            raise Refused(_("Die dag moet nog komen."))
        return cls(
            dossier_id=dossier_id,
            person_id=person_id,
            place=place,
            kind=kind,
            size=size or None,
            words=words.strip() or None,
            seen_on=seen_on,
            noted_by=noted_by,
        )

    @event("Noted")
    def __init__(
        self,
        *,
        dossier_id: UUID,
        person_id: UUID | None,
        place: Personal,
        kind: Personal,
        size: Personal | None,
        words: Personal | None,
        seen_on: date,
        noted_by: UUID,
    ):
        self.dossier_id = dossier_id
        self.person_id = person_id
        self.place = place
        self.kind = kind
        self.size = size
        self.words = words
        self.seen_on = seen_on
        self.noted_by = noted_by
        self.withdrawn: str | None = None

    def withdraw(self, reason: str) -> None:
        """Take it back; it stays in the history. Raises `Refused` without a reason, or when it was taken back."""
        if self.withdrawn is not None:
            raise Refused(_("Deze plek is al weggehaald."))
        if not reason.strip():
            raise Refused(_("Schrijf kort op waarom je dit weghaalt."))
        self._withdraw(dossier_id=self.dossier_id, reason=reason.strip())

    @event("Withdrawn")
    def _withdraw(self, *, dossier_id: UUID, reason: Personal) -> None:
        self.withdrawn = reason
