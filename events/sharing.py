"""Sharing a record with one colleague: until a day, with the reason, taken back at any time."""

from collections.abc import Collection
from datetime import date, timedelta
from uuid import UUID

from events.log.aggregate import Aggregate, Personal, event
from events.log.errors import Refused

LONGEST_SHARE = timedelta(days=92)


def _(sentence: str) -> str:
    """Mark a sentence for the catalogs; it is translated where it is shown."""
    return sentence


class Sharing(Aggregate):
    """The part of a record that lets a colleague read it for a time. Only a person shares: no warning ever does."""

    def _shared_with_nobody(self) -> None:
        """Begin: called where the record itself begins."""
        self.shared_with: dict[UUID, date] = {}

    @property
    def concerned(self) -> Collection[UUID]:
        """Who are in the record themselves, in whatever part."""
        raise NotImplementedError

    def share(self, person_id: UUID, *, until: date, reason: str, today: date) -> None:
        """Let a colleague read it up to and with a day; sharing again moves that day.

        Raises `Refused` without a reason, for who is in it, for a day that has been, and for longer than three months.
        """
        if person_id in self.concerned:
            raise Refused(_("Deel dit niet met iemand over wie het gaat of die erbij was."))
        if until < today:
            raise Refused(_("Die dag is al geweest. Kies tot wanneer je collega dit mag lezen."))
        if until - today > LONGEST_SHARE:
            raise Refused(_("Kies een dag binnen drie maanden. Daarna kun je het opnieuw delen."))
        if self.shared_with.get(person_id) == until:
            raise Refused(_("Je collega mag dit al lezen tot die dag."))
        if not reason.strip():
            raise Refused(_("Schrijf kort op waarom je collega dit moet lezen."))
        self._share(person_id=person_id, until=until, reason=reason.strip())

    class Shared(Aggregate.Event):
        """A colleague may read it up to and with a day, with the reason."""

        person_id: UUID
        until: date
        reason: Personal

    @event(Shared)
    def _share(self, *, person_id: UUID, until: date, reason: Personal) -> None:
        self.shared_with = {**self.shared_with, person_id: until}

    def withdraw_share(self, person_id: UUID) -> None:
        """Let a colleague read it no longer. Raises `Refused` when it was not shared with them."""
        if person_id not in self.shared_with:
            raise Refused(_("Dit is niet met deze collega gedeeld."))
        self._withdraw_share(person_id=person_id)

    @event("ShareWithdrawn")
    def _withdraw_share(self, *, person_id: UUID) -> None:
        """It was taken back that a colleague may read it."""
        self.shared_with = {person: until for person, until in self.shared_with.items() if person != person_id}
