"""What can happen to an incident: it is reported, corrected, added to and weighed; never removed."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from events.follow_up import FollowedUp
from events.involvement import Involvement, refuse_unknown_parts
from events.log import clock
from events.log.aggregate import Code, Personal, event
from events.log.errors import Refused
from events.moment import refuse_impossible_time, to_the_minute
from events.notes import Noted

SEVERITIES = (1, 2, 3, 4)
"""1 slight, 2 moderate, 3 serious, 4 crisis. There is no national scale; SWPBS uses two levels."""

SERIOUS = 3


def _(sentence: str) -> str:
    """Mark a sentence for the catalogs; it is translated where it is shown."""
    return sentence


class Incident(FollowedUp, Noted):
    """Something that happened between people at school, as told by who saw or heard it."""

    log_name = "incidents.incident"

    @classmethod
    def report(
        cls,
        *,
        kinds: Iterable[str],
        happened_at: datetime,
        account: str,
        place: str | None = None,
        moment: str | None = None,
        group_id: UUID | None = None,
        involved: Iterable[Involvement] = (),
        unknown_persons: bool = False,
        confidential: bool = False,
        now: datetime | None = None,
    ) -> "Incident":
        """Return a new incident; `happened_at` and `now` are aware, kept to the minute.

        Raises `Refused` without a kind, an account, or somebody (or the statement that nobody is known), for the same
        part twice, and for a time to come or more than ten years ago.
        """
        kinds, involved = tuple(dict.fromkeys(kinds)), tuple(involved)
        _refuse_incomplete(kinds, account)
        refuse_impossible_time(happened_at, now or clock.now())
        refuse_unknown_parts(involved)
        if not involved and not unknown_persons:
            raise Refused(_("Kies wie erbij waren, of kies dat je het niet weet."))
        return cls(
            kinds=kinds,
            place=place,
            moment=moment,
            happened_at=to_the_minute(happened_at),
            group_id=group_id,
            involved=involved,
            unknown_persons=unknown_persons,
            account=account,
            confidential=confidential,
        )

    @event("Reported")
    def __init__(
        self,
        *,
        kinds: tuple[Code, ...],
        place: Code | None,
        moment: Code | None,
        happened_at: datetime,
        group_id: UUID | None,
        involved: tuple[Involvement, ...],
        unknown_persons: bool,
        account: Personal,
        confidential: bool,
    ):
        self.kinds = kinds
        self.place = place
        self.moment = moment
        self.happened_at = happened_at
        self.group_id = group_id
        self.involved = involved
        self.unknown_persons = unknown_persons
        self.account = account
        self.confidential = confidential
        self.signals: tuple[UUID, ...] = ()
        self.severity: int | None = None
        self.highest_severity: int | None = None
        self.corrections = 0
        self._shared_with_nobody()
        self._nothing_follows_yet()
        self._no_notes_yet()

    def correct(
        self,
        *,
        reason: str,
        kinds: Iterable[str],
        place: str | None,
        moment: str | None,
        happened_at: datetime,
        group_id: UUID | None,
        unknown_persons: bool,
        account: str,
        now: datetime | None = None,
    ) -> None:
        """Replace the facts by these; what was said before stays readable beside them.

        Raises `Refused` without a reason, when nothing changes, and for what `report` refuses. AVG art. 16.
        """
        kinds, happened_at = tuple(dict.fromkeys(kinds)), to_the_minute(happened_at)
        _refuse_incomplete(kinds, account)
        refuse_impossible_time(happened_at, now or clock.now())
        if not self.involved and not unknown_persons:
            raise Refused(_("Kies wie erbij waren, of kies dat je het niet weet."))
        new = (kinds, place, moment, happened_at, group_id, unknown_persons, account)
        old = (
            self.kinds, self.place, self.moment, self.happened_at, self.group_id, self.unknown_persons, self.account,
        )  # fmt: skip
        if new == old:
            raise Refused(_("Je hebt niets veranderd. Er is niets vastgelegd."))
        if not reason.strip():
            raise Refused(_("Schrijf kort op waarom je dit verbetert."))
        self._correct(
            kinds=kinds,
            place=place,
            moment=moment,
            happened_at=happened_at,
            group_id=group_id,
            unknown_persons=unknown_persons,
            account=None if account == self.account else account,
            reason=reason,
        )

    @event("Corrected")
    def _correct(
        self,
        *,
        kinds: tuple[Code, ...],
        place: Code | None,
        moment: Code | None,
        happened_at: datetime,
        group_id: UUID | None,
        unknown_persons: bool,
        account: Personal | None,
        reason: Personal,
    ) -> None:
        self.kinds = kinds
        self.place = place
        self.moment = moment
        self.happened_at = happened_at
        self.group_id = group_id
        self.unknown_persons = unknown_persons
        if account is not None:
            self.account = account
        self.corrections += 1

    def assess(self, level: int, reason: str | None = None) -> None:
        """Weigh how serious it was, 1 to 4. Raises `Refused` outside that, or when it already stands so."""
        if level not in SEVERITIES:
            raise Refused(_("Kies een ernst van 1 tot en met 4."))
        if level == self.severity:
            raise Refused(_("Deze ernst staat er al."))
        self._assess(level=level, reason=reason or None)

    @event("SeverityAssessed")
    def _assess(self, *, level: int, reason: Personal | None) -> None:
        self.severity = level
        # Whoever weighs it lower and closes it alone would go round the second pair of eyes.
        self.highest_severity = max(level, self.highest_severity or level)

    def set_confidential(self, confidential: bool, reason: str) -> None:
        """Make the record confidential, or open it up again. Raises `Refused` without a reason or a change."""
        if confidential == self.confidential:
            raise Refused(_("Dat staat al zo. Er is niets veranderd."))
        if not reason.strip():
            raise Refused(_("Schrijf kort op waarom je dit verandert."))
        self._set_confidential(confidential=confidential, reason=reason)

    @event("ConfidentialityChanged")
    def _set_confidential(self, *, confidential: bool, reason: Personal) -> None:
        self.confidential = confidential

    @event("GrewFromSignal")
    def grow_from(self, signal_id: UUID) -> None:
        """Say from which signal it grew: who said it first stays there to be read."""
        self.signals = (*self.signals, signal_id)


def _refuse_incomplete(kinds: tuple[str, ...], account: str) -> None:
    if not kinds:
        raise Refused(_("Kies wat er gebeurd is."))
    if not account.strip():
        raise Refused(_("Schrijf op wat je zag of hoorde."))
