"""What plugins contribute to pages of the core: each kind as plain values, sorted and checked by the core."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from events.frozen import frozen


@frozen
class MenuItem:
    """A link in the menu, shown to whoever has `permission` (None: everybody). `count` is what waits there."""

    label: Any
    endpoint: str
    icon: str
    permission: str | None = None
    order: int = 50
    count: int | None = None


@frozen
class QuickAction:
    """Something people start from the home page in one tap, shown to whoever has `permission`."""

    label: Any
    endpoint: str
    icon: str
    permission: str | None = None
    order: int = 50


@frozen
class HomeCard:
    """A card on the home page. `body` is safe HTML that the plugin rendered from its own template."""

    title: Any
    body: str
    icon: str = "puzzle"
    action_label: Any = None
    action_href: str | None = None
    permission: str | None = None
    order: int = 50


@frozen
class RecordCard:
    """A card on the page of a record. `body` is safe HTML that the plugin rendered from its own template."""

    title: Any
    body: str
    icon: str = "puzzle"
    order: int = 50


@frozen
class DueDate:
    """Something with a date that waits for the person who is signed in; the core groups by late, today, this week.

    `kind` is a code of the manifest's `due_kinds`. What stands in somebody's own calendar, outside the building, is
    what the manifest calls that kind and never `label` or `note`; without a kind it is the title of the plugin.
    """

    day: date
    label: Any
    href: str
    note: Any = ""
    icon: str = "calendar-clock"
    kind: str = ""


@frozen
class NoticeKind:
    """A notice that a plugin gives: `code` is `<plugin>.<kind>`, `label` says what there is, without names.

    Whoever lacks `permission` gets none. An `urgent` one is mailed at once, on any day, and nobody can switch it off.
    """

    code: str
    label: Any
    permission: str
    icon: str = "bell"
    urgent: bool = False


@frozen
class SearchResult:
    """Something found by the words somebody typed, that they may open. `kind` is the heading it stands under.

    `words` is the piece of text in which it was found, as `records_found` gives it.
    """

    label: Any
    href: str
    kind: Any
    note: Any = ""
    icon: str = "search"
    words: Any = None


@frozen
class Subject:
    """What is asked about: a person (`kind` "person"), a class group ("group"), or a record by its name in the log."""

    kind: str
    id: UUID


@frozen
class TimelineEntry:
    """Something that happened to a subject; `at` is aware. Only what the person who is signed in may read."""

    at: datetime
    title: Any
    line: Any = ""
    icon: str = "circle-check"
    tone: str = "quiet"
    href: str | None = None
    recorded_at: datetime | None = None


HOLDS, WEAK, FAILS = "holds", "weak", "fails"
"""The states of a sentence of the safety plan: proved, in doubt, disproved."""


@frozen
class PlanAssertion:
    """A sentence of the safety plan with its evidence: `state` is "holds", "weak" or "fails" (green, amber, red).

    `paragraph` is where the plan says so ("P8.6"). `evidence` is one sentence with numbers and dates, never names.
    """

    sentence: Any
    state: str
    evidence: Any
    paragraph: str = ""
    href: str | None = None


@frozen
class EventDescription:
    """One event as a plain sentence for whoever reviews the log; never the words somebody wrote."""

    sentence: str


@frozen
class Told:
    """What a description may use: who did it, and `person(id)`, which gives a name only to who may know it."""

    who: str
    person: Callable[[UUID | None], str]


@frozen
class PersonalField:
    """A field of an event in which something about a person can stand (AVG art. 30: register of processing).

    `event` is the event's name in the log, `field` its field; `about` says whose and `purpose` why, in Dutch.
    """

    event: str
    field: str
    about: Any
    purpose: Any


@frozen
class RetentionTerm:
    """How long records of one kind are kept. `source` is the law or guideline; an unverified one says so."""

    record: str
    title: Any
    years: int
    counted_from: Any
    source: Any = ""
