"""What can happen to a signal: somebody notices something, and it is looked at until it is closed with a reason."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from events.log import clock
from events.log.aggregate import Code, Personal, event
from events.log.errors import Refused
from events.moment import refuse_impossible_time, to_the_minute
from events.sharing import Sharing

KINDS = ("observation", "concern")
"""An observation says what somebody saw, good or not; a concern says that somebody worries."""

THE_WRITER = "self"
SOURCES = (
    THE_WRITER,
    "pupil",
    "parent",
    "playground_patrol",
    "class_parent",
    "council_member",
    "parents_council",
    "colleague",
    "confidential_adviser",
    "other",
)
"""Who noticed it: the sources of the safety plan (P2.4). Whoever is not the writer has it written down for them."""

PARTNERS = ("pupil", "parents", "colleague", "other")
"""Whom one can talk with about a signal."""


def _(sentence: str) -> str:
    """Mark a sentence for the catalogs; it is translated where it is shown."""
    return sentence


class Signal(Sharing):
    """Something that somebody noticed about children, told before it is known what it means."""

    log_name = "signals.signal"

    @classmethod
    def record(
        cls,
        *,
        kind: str,
        account: str,
        happened_at: datetime,
        positive: bool = False,
        source: str = THE_WRITER,
        on_behalf_of: str | None = None,
        people: Iterable[UUID] = (),
        group_id: UUID | None = None,
        bullying: bool = False,
        home_signs: bool = False,
        now: datetime | None = None,
    ) -> "Signal":
        """Return a new signal; `happened_at` and `now` are aware, kept to the minute.

        Raises `Refused` without words, for a kind or source that does not exist, a positive concern, a name beside what
        the writer noticed, and for a time to come or more than ten years ago.
        """
        on_behalf_of = (on_behalf_of or "").strip() or None
        if kind not in KINDS or source not in SOURCES:
            raise Refused(_("Deze keuze bestaat niet meer. Kies opnieuw."))
        if not account.strip():
            raise Refused(_("Schrijf op wat je zag of hoorde."))
        if positive and (kind == "concern" or bullying or home_signs):
            raise Refused(_("Iets moois is geen zorg. Kies een van de twee."))
        if source == THE_WRITER and on_behalf_of:
            raise Refused(_("Zag je het zelf? Dan hoort er geen andere naam bij."))
        refuse_impossible_time(happened_at, now or clock.now())
        return cls(
            kind=kind,
            positive=positive,
            source=source,
            on_behalf_of=on_behalf_of,
            people=tuple(dict.fromkeys(people)),
            group_id=group_id,
            happened_at=to_the_minute(happened_at),
            account=account,
            bullying=bullying,
            home_signs=home_signs,
        )

    @event("Recorded")
    def __init__(
        self,
        *,
        kind: Code,
        positive: bool,
        source: Code,
        on_behalf_of: Personal | None,
        people: tuple[UUID, ...],
        group_id: UUID | None,
        happened_at: datetime,
        account: Personal,
        bullying: bool,
        home_signs: bool,
    ):
        self.kind = kind
        self.positive = positive
        self.source = source
        self.on_behalf_of = on_behalf_of
        self.people = people
        self.group_id = group_id
        self.happened_at = happened_at
        self.account = account
        self.bullying = bullying
        self.home_signs = home_signs
        self.closed = False
        self.escalated = False
        self.incident_id: UUID | None = None
        self._shared_with_nobody()

    def talk(self, partner: str, words: str) -> None:
        """Record that somebody talked about it. Raises `Refused` without words, or when it is closed."""
        self._refuse_closed()
        if partner not in PARTNERS:
            raise Refused(_("Kies met wie er gepraat is."))
        if not words.strip():
            raise Refused(_("Schrijf kort op wat er besproken is."))
        self._talk(partner=partner, words=words)

    @event("TalkHeld")
    def _talk(self, *, partner: Code, words: Personal) -> None:
        """The words stay in the event; the record keeps no second copy."""

    class Shared(Sharing.Shared):
        """Version 1 did not ask why."""

        class_version = 2
        reason: Personal | None  # type: ignore[assignment]

        @staticmethod
        def upcast_v1_v2(state: dict[str, Any]) -> None:
            """Leave open what was not asked."""
            state["reason"] = None

    @property
    def concerned(self) -> tuple[UUID, ...]:
        return self.people

    def share(self, person_id: UUID, *, until: date, reason: str, today: date) -> None:
        """Let a colleague read it up to and with a day. Raises `Refused` when it is closed too."""
        self._refuse_closed()
        super().share(person_id, until=until, reason=reason, today=today)

    def take_to_support_team(self, question: str) -> None:
        """Put it before the support team. Raises `Refused` without a question, or when it is closed."""
        self._refuse_closed()
        if not question.strip():
            raise Refused(_("Schrijf op wat je aan het ondersteuningsteam vraagt."))
        self._take_to_support_team(question=question)

    @event("TakenToSupportTeam")
    def _take_to_support_team(self, *, question: Personal) -> None:
        """The words stay in the event."""

    def escalate(self, reason: str) -> None:
        """Put it before the director, who reads it from then on. Raises `Refused` without a reason, or twice."""
        self._refuse_closed()
        if self.escalated:
            raise Refused(_("Dit signaal ligt al bij de directeur."))
        if not reason.strip():
            raise Refused(_("Schrijf kort op waarom de directeur dit moet weten."))
        self._escalate(reason=reason)

    @event("Escalated")
    def _escalate(self, *, reason: Personal) -> None:
        self.escalated = True

    def become_incident(self, incident_id: UUID) -> None:
        """Say which incident it became; the incident says from which signal. Raises what `refuse_incident` does."""
        self.refuse_incident()
        self._become_incident(incident_id=incident_id)

    def refuse_incident(self) -> None:
        """Raise `Refused` when it becomes no incident: it is closed, became one already, or is positive."""
        self._refuse_closed()
        if self.incident_id is not None:
            raise Refused(_("Van dit signaal is al een incident gemaakt."))
        if self.positive:
            raise Refused(_("Iets moois wordt geen incident."))

    @event("BecameIncident")
    def _become_incident(self, *, incident_id: UUID) -> None:
        self.incident_id = incident_id

    def close(self, reason: str) -> None:
        """Close it. Raises `Refused` without a reason, or when it is closed."""
        self._refuse_closed()
        if not reason.strip():
            raise Refused(_("Schrijf kort op waarom dit signaal klaar is."))
        self._close(reason=reason)

    @event("Closed")
    def _close(self, *, reason: Personal) -> None:
        self.closed = True

    def reopen(self, reason: str) -> None:
        """Open it again. Raises `Refused` without a reason, or when it is open."""
        if not self.closed:
            raise Refused(_("Dit signaal is nog open."))
        if not reason.strip():
            raise Refused(_("Schrijf kort op waarom dit signaal weer open moet."))
        self._reopen(reason=reason)

    @event("Reopened")
    def _reopen(self, *, reason: Personal) -> None:
        self.closed = False

    def _refuse_closed(self) -> None:
        if self.closed:
            raise Refused(_("Dit signaal is afgesloten. Open het eerst weer."))
