"""One line of a chronology: a thing that happened, with its place in the log."""

from datetime import datetime
from typing import Any
from uuid import UUID

from events.frozen import frozen

Part = tuple[UUID, str | None]


@frozen
class Line:
    """One thing that happened. `record` is the record it stands in; `about` is the one person whom it is about.

    `words` is what somebody wrote or what goes with it; `parts` are who were in it; `roles` are the parts that its
    title tells of `about`. A line of a plugin has no place in the log that we know.
    """

    sort: str
    at: datetime
    recorded_at: datetime | None
    title: Any
    words: Any = None
    position: int | None = None
    record: UUID | None = None
    event: str = ""
    where: str = ""
    href: str | None = None
    icon: str = "circle-check"
    tone: str = "quiet"
    badge: Any = None
    changes: tuple[tuple[Any, Any, Any], ...] = ()
    parts: tuple[Part, ...] = ()
    about: UUID | None = None
    roles: frozenset[str] = frozenset()
    actor: str | None = None
