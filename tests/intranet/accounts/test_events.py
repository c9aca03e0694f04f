"""The rules of an account, without a database."""

from copy import copy
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from intranet.accounts.events import Account, BothKeysInOneHand, SwitchedOff
from intranet.api import Refused

NOW = datetime(2026, 11, 24, tzinfo=UTC)


@pytest.fixture
def account() -> Account:
    return Account(person_id=uuid4(), works_at=uuid4(), address="tess@school.example")


def _told(account: Account) -> list[str]:
    return [type(event).__name__ for event in account.pending_events]


def test_from_invitation_to_use(account: Account) -> None:
    assert account.status == "invited"
    account.activate()
    account.add_second_factor(kind="totp")
    account.change_password(by_way_of="own")
    assert (account.status, account.has_second_factor) == ("active", True)
    assert _told(account) == ["Invited", "Activated", "SecondFactorAdded", "PasswordChanged"]


def test_a_disabled_account_gets_nothing(account: Account) -> None:
    account.activate()
    account.disable(reason="suspicion")
    for step in (
        account.activate,
        lambda: account.change_password(by_way_of="link"),
        lambda: account.give_link(given_by=uuid4(), happened_at=NOW),
        lambda: account.add_second_factor(kind="totp"),
        lambda: account.disable(reason="other"),
        lambda: account.add_membership(works_at=uuid4(), person_id=uuid4()),
        lambda: account.make_agenda_address(works_at=uuid4()),
    ):
        with pytest.raises(SwitchedOff):
            step()
    assert _told(account) == ["Invited", "Activated", "Disabled"]
    account.enable()
    assert account.status == "invited"
    with pytest.raises(Refused):
        account.enable()


def test_what_happened_is_read_back_whatever_the_rules_say_by_now(account: Account) -> None:
    """A history that today's rules would refuse: everything happened once more after the account was disabled."""
    account.activate()
    account.change_password(by_way_of="own")
    account.add_second_factor(kind="totp")
    account.make_agenda_address(works_at=uuid4())
    account.disable(reason="suspicion")
    happened = account.collect_events()
    read_back = None
    for version, told in enumerate([*happened, happened[-1], *happened[1:-1]], start=1):
        told = copy(told)
        vars(told)["originator_version"] = version
        read_back = told.mutate(read_back)
    assert (read_back.status, read_back.has_second_factor) == ("active", True)


def test_who_gives_a_password_does_not_take_the_factor_away_for_a_week(account: Account) -> None:
    one, other = uuid4(), uuid4()
    account.add_second_factor(kind="totp")
    account.give_link(given_by=one, happened_at=NOW)
    with pytest.raises(BothKeysInOneHand):
        account.remove_second_factor(removed_by=one, happened_at=NOW + timedelta(days=6))
    assert account.has_second_factor
    account.remove_second_factor(removed_by=other, happened_at=NOW + timedelta(days=6))
    with pytest.raises(BothKeysInOneHand):
        account.give_link(given_by=other, happened_at=NOW + timedelta(days=12))
    account.give_link(given_by=other, happened_at=NOW + timedelta(days=13))


def test_a_factor_that_is_not_there_cannot_be_taken_away(account: Account) -> None:
    with pytest.raises(Refused):
        account.remove_second_factor(removed_by=uuid4(), happened_at=NOW)


def test_an_account_is_let_in_at_a_school_once(account: Account) -> None:
    school = uuid4()
    account.add_membership(works_at=school, person_id=uuid4())
    with pytest.raises(Refused):
        account.add_membership(works_at=school, person_id=uuid4())


def test_names_in_the_log_last() -> None:
    from events.log.kinds import registry

    own = {kind.name: kind.fields for kind in registry if kind.name.startswith("accounts.account.")}
    assert own == {
        "accounts.account.Invited": ("person_id", "works_at", "address"),
        "accounts.account.Activated": (),
        "accounts.account.PasswordChanged": ("by_way_of",),
        "accounts.account.LinkGiven": ("given_by",),
        "accounts.account.SecondFactorAdded": ("kind",),
        "accounts.account.SecondFactorRemoved": ("removed_by",),
        "accounts.account.Disabled": ("reason",),
        "accounts.account.Enabled": (),
        "accounts.account.AgendaAddressMade": ("works_at",),
        "accounts.account.AgendaAddressWithdrawn": ("works_at",),
        "accounts.account.MembershipAdded": ("works_at", "person_id"),
    }
