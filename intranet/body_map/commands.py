"""What somebody can do with the body map. One function, one intention, one save."""

from datetime import date
from uuid import UUID

from flask_babel import gettext as _

from events.sharing import Sharing
from intranet.api import Refused, current_actor, log, today
from intranet.body_map.events import BodyMark


def note_mark(
    *,
    record_id: UUID,
    person_id: UUID | None,
    place: str,
    kind: str,
    size: str | None,
    words: str,
    seen_on: date,
) -> UUID:
    """Note what was seen and where; return the id of the mark. Raises `Refused` for who is not in the record."""
    if person_id is not None and person_id not in log.get(Sharing, record_id).concerned:
        raise Refused(_("Kies om welk kind het gaat."))
    by = current_actor()
    if by is None:
        raise RuntimeError("A mark is noted by somebody who saw it.")
    mark = BodyMark.note(
        dossier_id=record_id,
        person_id=person_id,
        place=place,
        kind=kind,
        size=size,
        words=words,
        seen_on=seen_on,
        today=today(),
        noted_by=by,
    )
    log.save(mark)
    return mark.id


def withdraw_mark(mark_id: UUID, reason: str) -> None:
    """Take a mark back."""
    mark = log.get(BodyMark, mark_id)
    mark.withdraw(reason)
    log.save(mark)
