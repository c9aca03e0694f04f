"""Who has which part in what happened: added, changed, and taken back with a reason."""

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING
from uuid import UUID

import msgspec

from events.log.aggregate import Code, Personal, event
from events.log.errors import Refused
from events.sharing import Sharing

ROLES = ("involved", "victim", "alleged_perpetrator", "follower", "witness", "defender")
"""The parts somebody can have; "alleged" until more is known, because a record is no verdict."""


def _(sentence: str) -> str:
    """Mark a sentence for the catalogs; it is translated where it is shown."""
    return sentence


class Involvement(msgspec.Struct, frozen=True):
    """One person's part in a record. A person may have several: a victim who also defended somebody."""

    person_id: UUID
    role: Code


class Involving(Sharing):
    """The part of a record that says who are in it. A part belongs to this record: it is never what a child is."""

    unknown_persons = False

    if TYPE_CHECKING:  # An annotation that runs would become an argument of every record.
        involved: tuple[Involvement, ...]

    @property
    def concerned(self) -> Collection[UUID]:
        """Everybody who has a part in it, whichever."""
        return {part.person_id for part in self.involved}

    def involve(self, person_id: UUID, role: str) -> None:
        """Add a person's part. Raises `Refused` for a part that is there already or does not exist."""
        refuse_unknown_parts((*self.involved, Involvement(person_id, role)))
        self._involve(person_id=person_id, role=role)

    @event("InvolvementAdded")
    def _involve(self, *, person_id: UUID, role: Code) -> None:
        self.involved = (*self.involved, Involvement(person_id, role))

    def change_role(self, person_id: UUID, was: str, role: str) -> None:
        """Give a person another part than it had. Raises `Refused` when it did not have `was` or has `role` already."""
        changed = self._without(person_id, was)
        if was == role:
            raise Refused(_("Deze persoon heeft deze rol al."))
        refuse_unknown_parts((*changed, Involvement(person_id, role)))
        self._change_role(person_id=person_id, was=was, role=role)

    @event("InvolvementChanged")
    def _change_role(self, *, person_id: UUID, was: Code, role: Code) -> None:
        changed, new = Involvement(person_id, was), Involvement(person_id, role)
        self.involved = tuple(new if part == changed else part for part in self.involved)

    def withdraw(self, person_id: UUID, role: str, reason: str) -> None:
        """Take back that somebody had a part. Raises `Refused` without a reason, or when nobody would be left."""
        left = self._without(person_id, role)
        if not reason.strip():
            raise Refused(_("Schrijf kort op waarom deze persoon er niet bij hoort."))
        if not left and not self.unknown_persons:
            raise Refused(_("Er moet iemand overblijven. Voeg eerst een ander toe."))
        self._withdraw(person_id=person_id, role=role, reason=reason)

    @event("InvolvementWithdrawn")
    def _withdraw(self, *, person_id: UUID, role: Code, reason: Personal) -> None:
        self.involved = tuple(part for part in self.involved if part != Involvement(person_id, role))

    def _without(self, person_id: UUID, role: str) -> tuple[Involvement, ...]:
        gone = Involvement(person_id, role)
        if gone not in self.involved:
            raise Refused(_("Deze persoon staat niet met deze rol in dit dossier."))
        return tuple(part for part in self.involved if part != gone)


def refuse_unknown_parts(involved: Iterable[Involvement]) -> None:
    """Refuse a part that does not exist, and the same part of the same person twice."""
    involved = tuple(involved)
    if any(part.role not in ROLES for part in involved):
        raise Refused(_("Deze rol bestaat niet. Kies een rol uit de lijst."))
    if len(set(involved)) < len(involved):
        raise Refused(_("Deze persoon heeft deze rol al."))
