"""What happens to an account: who was let in and by whom, what they prove themselves with, and when that ends."""

from datetime import datetime, timedelta
from uuid import UUID

from events.log.aggregate import Aggregate, Code, Personal, event
from events.log.errors import Refused

BOTH_KEYS_DAYS = 7


class SwitchedOff(Refused):
    """A disabled account gets nothing until somebody enables it."""


class BothKeysInOneHand(Refused):
    """Who gives a new password does not also take away the second factor: together they open every dossier."""


class Account(Aggregate):
    """A person's way in, kept in the log of the board because one person can work at several schools.

    `person_id` is the person's id in the log of the school `works_at`.
    """

    log_name = "accounts.account"

    @event("Invited")
    def __init__(self, *, person_id: UUID, works_at: UUID, address: Personal):
        self.person_id = person_id
        self.address = address
        self.status = "invited"
        self.person_at = {works_at: person_id}
        self.has_second_factor = False
        self.link_given: tuple[UUID, datetime] | None = None
        self.factor_taken: tuple[UUID, datetime] | None = None

    @event("Activated")
    def _activate(self) -> None:
        """The person chose a password and can come in."""
        self.status = "active"

    def activate(self) -> None:
        """Let the person in with the password they chose. Raises `SwitchedOff`."""
        self._refuse_when_disabled()
        self._activate()

    @event("PasswordChanged")
    def _change_password(self, *, by_way_of: Code) -> None:
        """The person chose another password; `by_way_of` is `own` (with the old password) or `link`."""

    def change_password(self, *, by_way_of: str) -> None:
        """Record that another password was chosen. Raises `SwitchedOff`."""
        self._refuse_when_disabled()
        self._change_password(by_way_of=by_way_of)

    @event("LinkGiven")
    def _give_link(self, *, given_by: UUID, happened_at: datetime) -> None:
        self.link_given = (given_by, happened_at)

    def give_link(self, *, given_by: UUID, happened_at: datetime) -> None:
        """Give a link to choose a (new) password. Raises `SwitchedOff`, `BothKeysInOneHand`."""
        self._refuse_when_disabled()
        _refuse_both_keys(self.factor_taken, given_by, happened_at)
        self._give_link(given_by=given_by, happened_at=happened_at)

    @event("SecondFactorAdded")
    def _add_second_factor(self, *, kind: Code) -> None:
        """The person comes in with a code of their phone from now on; `kind` is `totp`."""
        self.has_second_factor = True

    def add_second_factor(self, *, kind: str) -> None:
        """Ask for a second step from now on. Raises `SwitchedOff`."""
        self._refuse_when_disabled()
        self._add_second_factor(kind=kind)

    @event("SecondFactorRemoved")
    def _remove_second_factor(self, *, removed_by: UUID, happened_at: datetime) -> None:
        self.has_second_factor = False
        self.factor_taken = (removed_by, happened_at)

    def remove_second_factor(self, *, removed_by: UUID, happened_at: datetime) -> None:
        """Take the second factor away, as when a phone is lost. Raises `BothKeysInOneHand`."""
        if not self.has_second_factor:
            raise Refused("Dit account heeft geen tweede stap.")
        if removed_by not in self.person_at.values():
            _refuse_both_keys(self.link_given, removed_by, happened_at)
        self._remove_second_factor(removed_by=removed_by, happened_at=happened_at)

    @event("Disabled")
    def _disable(self, *, reason: Code) -> None:
        """Nobody comes in with this account from now on; `reason` is a code of `DISABLED_BECAUSE`."""
        self.status = "disabled"

    def disable(self, *, reason: str) -> None:
        """Let nobody in with this account any more. Raises `SwitchedOff` when that was so already."""
        self._refuse_when_disabled()
        self._disable(reason=reason)

    @event("Enabled")
    def _enable(self) -> None:
        self.status = "invited"

    def enable(self) -> None:
        """Let the person in again, with a new link and a new password."""
        if self.status != "disabled":
            raise Refused("Dit account staat al aan.")
        self._enable()

    @event("MembershipAdded")
    def _add_membership(self, *, works_at: UUID, person_id: UUID) -> None:
        self.person_at[works_at] = person_id

    def add_membership(self, *, works_at: UUID, person_id: UUID) -> None:
        """Let the same account in at another school of the board, where the person is known as `person_id`."""
        self._refuse_when_disabled()
        if works_at in self.person_at:
            raise Refused("Dit account werkt al bij deze school.")
        self._add_membership(works_at=works_at, person_id=person_id)

    @event("AgendaAddressMade")
    def _make_agenda_address(self, *, works_at: UUID) -> None:
        """A calendar program may fetch the days of what waits for the person at a school; an older address ends."""

    def make_agenda_address(self, *, works_at: UUID) -> None:
        """Give a calendar program an address. Raises `SwitchedOff`."""
        self._refuse_when_disabled()
        self._make_agenda_address(works_at=works_at)

    @event("AgendaAddressWithdrawn")
    def withdraw_agenda_address(self, *, works_at: UUID) -> None:
        """No calendar program fetches anything any more."""

    def _refuse_when_disabled(self) -> None:
        if self.status == "disabled":
            raise SwitchedOff("Dit account staat uit. Zet het eerst weer aan.")


DISABLED_BECAUSE = ("left_school", "lost_device", "suspicion", "other")


def _refuse_both_keys(other_key: tuple[UUID, datetime] | None, person: UUID, now: datetime) -> None:
    if other_key is None:
        return
    taken_by, taken_at = other_key
    if taken_by == person and now - taken_at < timedelta(days=BOTH_KEYS_DAYS):
        raise BothKeysInOneHand(
            "Je gaf net een nieuw wachtwoord of haalde de tweede stap weg. Vraag een collega om het andere te doen."
        )
