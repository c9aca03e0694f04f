"""What plugins know to have happened to a person or a group, newest first."""

from typing import Any
from uuid import UUID

from intranet.contributions import Subject
from intranet.hook_calls import contributions
from intranet.incidents.story import lateness

PERSON, GROUP = "person", "group"
MOST = 50


def timeline(kind: str, subject: UUID) -> list[dict[str, Any]]:
    """Return the newest entries as items of the timeline component. `kind` is PERSON or GROUP."""
    entries = [entry for _plugin, entry in contributions("timeline", subject=Subject(kind, subject))]
    entries.sort(key=lambda entry: entry.at, reverse=True)
    return [
        {
            "at": entry.at,
            "title": entry.title,
            "line": entry.line,
            "icon": entry.icon,
            "tone": entry.tone,
            "href": entry.href,
            "recorded_late": None if entry.recorded_at is None else lateness(entry.at, entry.recorded_at),
        }
        for entry in entries[:MOST]
    ]
