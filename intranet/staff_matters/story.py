"""What the board did with one suspicion about staff, event by event, in words."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from flask_babel import format_date
from flask_babel import gettext as _
from flask_login import current_user

from events.frozen import frozen
from events.staff_matter import StaffMatter
from intranet.api import log
from intranet.incidents.story import Item
from intranet.notes import telling as noting
from intranet.people.mentions import to_html
from intranet.staff_matters.kinds import ADDRESSEE_LABELS, INFORMED_LABELS, MEASURE_LABELS
from intranet.staff_matters.recipients import BoardNames

REPORTED = (StaffMatter.Reported, StaffMatter.NoteAdded, StaffMatter.NoteWithdrawn, StaffMatter.NotePutBack)
"""What who reported it reads of the time line, as far as they did it themselves."""


@frozen
class Story:
    """A matter as it stands, who reported it and when, what was done, and what the reporter added themselves."""

    matter: StaffMatter
    named_first: tuple[UUID, ...]
    reporter: UUID | None
    recorded_at: datetime
    received_at: datetime | None
    items: list[Item]
    own_items: list[Item]


def story_of(matter_id: UUID, names: BoardNames) -> Story:
    """Read a matter from the log and tell it, the first event first."""
    matter: Any = None
    items: list[Item] = []
    first: Any = None
    received_at = None
    for event in log.events.get(matter_id):
        matter = event.mutate(matter)
        first = first or event
        if type(event) is StaffMatter.ReceiptConfirmed:
            received_at = event.recorded_at
        told = noting.told(event) or _TELL.get(type(event), _unknown)(event, names)
        items.append({"at": event.recorded_at, "actor": names.of(event.actor_id), "event": event, **told})
    items = noting.as_they_stand(items, matter)
    own = [each for each in items if type(each["event"]) in REPORTED and each["event"].actor_id == first.actor_id]
    return Story(matter, first.named, first.actor_id, first.recorded_at, received_at, items, own)


def _words(text: Any) -> Any:
    return to_html(text, current_user) if text else None


def _on(title: str, day: date) -> str:
    return _("%(title)s, op %(day)s", title=title, day=format_date(day, "d MMMM y"))


def _unknown(_event: Any, _names: BoardNames) -> Item:
    return {"title": _("Iets wat dit programma niet kan lezen"), "icon": "circle-question-mark", "tone": "quiet"}


def _reported(event: Any, _names: BoardNames) -> Item:
    to = str(ADDRESSEE_LABELS.get(event.addressee, event.addressee))
    return {"title": _("Gemeld bij %(board)s", board=to), "icon": "flag", "tone": "info"}


def _staff_named(event: Any, names: BoardNames) -> Item:
    named = ", ".join(names.of(each) for each in event.people)
    to = str(ADDRESSEE_LABELS.get(event.addressee, event.addressee))
    line = _("Deze persoon ziet de melding vanaf dit moment niet meer. Ze is nu bij %(board)s.", board=to)
    return {"title": _("Gaat ook over %(names)s", names=named), "line": line, "icon": "user-x", "tone": "warn"}


def _received(_event: Any, _names: BoardNames) -> Item:
    return {"title": _("Ontvangst bevestigd"), "icon": "circle-check", "tone": "ok"}


def _consulted(event: Any, _names: BoardNames) -> Item:
    title = _on(_("Overleg met de vertrouwensinspecteur"), event.consulted_on)
    return {"title": title, "line": _words(event.advice), "icon": "phone", "tone": "info"}


def _judged(event: Any, _names: BoardNames) -> Item:
    said = _("Redelijk vermoeden") if event.reasonable else _("Geen redelijk vermoeden")
    return {"title": _on(said, event.judged_on), "line": _words(event.reasons), "icon": "scale", "tone": "warn"}


def _informed(event: Any, _names: BoardNames) -> Item:
    label = str(INFORMED_LABELS.get(event.who, event.who))
    title = _on(_("Geïnformeerd: %(who)s", who=label.lower()), event.informed_on)
    return {"title": title, "line": _words(event.remark), "icon": "message-circle", "tone": "info"}


def _filed(event: Any, _names: BoardNames) -> Item:
    title = _on(_("Aangifte bij de politie"), event.filed_on)
    return {"title": title, "line": _words(event.where), "icon": "shield-alert", "tone": "warn"}


def _measure(event: Any, _names: BoardNames) -> Item:
    label = str(MEASURE_LABELS.get(event.measure, event.measure))
    title = _on(_("Maatregel: %(what)s", what=label.lower()), event.since)
    return {"title": title, "line": _words(event.words), "icon": "shield-check", "tone": "info"}


def _closing_asked(event: Any, _names: BoardNames) -> Item:
    title = _("Gevraagd om samen af te sluiten")
    return {"title": title, "line": _words(event.reason), "icon": "users", "tone": "info"}


def _was_closed(event: Any, _names: BoardNames) -> Item:
    title = _("Afgesloten door twee mensen") if event.four_eyes else _("Afgesloten")
    return {"title": title, "line": _words(event.reason), "icon": "circle-check", "tone": "ok"}


def _was_reopened(event: Any, _names: BoardNames) -> Item:
    return {"title": _("Weer geopend"), "line": _words(event.reason), "icon": "rotate-ccw", "tone": "warn"}


_TELL: dict[type, Callable[[Any, BoardNames], Item]] = {
    StaffMatter.Reported: _reported,
    StaffMatter.StaffNamed: _staff_named,
    StaffMatter.ReceiptConfirmed: _received,
    StaffMatter.InspectorConsulted: _consulted,
    StaffMatter.SuspicionJudged: _judged,
    StaffMatter.PeopleInformed: _informed,
    StaffMatter.PoliceReportFiled: _filed,
    StaffMatter.MeasureTaken: _measure,
    StaffMatter.ClosingAsked: _closing_asked,
    StaffMatter.Closed: _was_closed,
    StaffMatter.Reopened: _was_reopened,
}
