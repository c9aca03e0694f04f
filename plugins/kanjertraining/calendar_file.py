"""The lessons of a group as an iCal file: days and numbers, no names of people and no words that somebody typed."""

from collections.abc import Sequence
from datetime import UTC, timedelta
from typing import Any

from flask_babel import gettext as _

from intranet.api import GroupName, from_milliseconds

from .events import SKIPPED
from .words import KIND_SHORT


def make(group: GroupName, rows: Sequence[Any]) -> bytes:
    """Return the calendar of a group: one whole day for each lesson that goes on, with an id that stays."""
    from icalendar import Calendar  # not at the start: megabytes in every worker, for a file a group fetches once

    calendar = Calendar()
    calendar.add("PRODID", "-//Geborgen//Kanjertraining//NL")
    calendar.add("VERSION", "2.0")
    calendar.add("METHOD", "PUBLISH")
    calendar.add("NAME", _("Kanjerlessen %(group)s", group=group.name))
    calendar.add("X-WR-CALNAME", _("Kanjerlessen %(group)s", group=group.name))
    calendar.add("REFRESH-INTERVAL", timedelta(hours=12), parameters={"VALUE": "DURATION"})
    for row in rows:
        if row.state != SKIPPED:
            calendar.add_component(_event(group, row))
    return bytes(calendar.to_ical())


def _event(group: GroupName, row: Any) -> Any:
    from icalendar import Event

    event = Event()
    event.add("UID", f"{row.lesson}@kanjertraining.geborgen")
    event.add("DTSTAMP", from_milliseconds(row.changed_at).astimezone(UTC))
    event.add("DTSTART", row.day)
    event.add("DTEND", row.day + timedelta(days=1))
    event.add("SUMMARY", _("%(kind)s %(group)s", kind=KIND_SHORT[row.kind], group=group.name))
    event.add("TRANSP", "TRANSPARENT")
    return event
