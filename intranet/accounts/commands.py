"""What people do with accounts. One function, one intention, one transaction."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from sqlalchemy import select

from events.log import clock
from events.log.context import current_acting
from events.log.errors import UnknownSchool
from intranet.accounts import agenda_addresses, credentials, invitations, passwords, second_factor, sessions
from intranet.accounts.events import Account
from intranet.accounts.projections import membership
from intranet.accounts.security_log import note, warn
from intranet.api import Refused, acting, current_actor, log
from intranet.people.colleagues import refuse_no_colleague


class LinkGone(Refused):
    """A link was used, withdrawn, or is older than a week."""


@contextmanager
def at_board(board: UUID) -> Iterator[None]:
    """Act in the log of the board as whoever acts now, with the form they sent."""
    try:
        now = current_acting()
    except UnknownSchool:
        now = None
    with acting(school=board, actor=now and now.actor, command_key=now and now.command_key):
        yield


def invite(board: UUID, *, person_id: UUID, works_at: UUID, address: str) -> tuple[UUID, str]:
    """Make an account for somebody; returns its id and the secret of the link to hand over.

    Raises `Refused` for who does not work at that school.
    """
    with at_board(board), log.unit_of_work() as work:
        account = _open(work, board, person_id, works_at, address)
        token = invitations.make(work, account=account.id, board=board)
    note("account.invited", account=account.id)
    return account.id, token


def open_account(board: UUID, *, person_id: UUID, works_at: UUID, address: str, password: str | None = None) -> UUID:
    """Make an account that is in use at once: for the first person of a new school, and for the practice school.

    Raises `Refused` for who does not work at that school.
    """
    password_hash = passwords.hashed(password) if password else None
    with at_board(board), log.unit_of_work() as work:
        account = _open(work, board, person_id, works_at, address)
        account.activate()
        log.save(account)
        credentials.set_password_hash(work, account.id, password_hash)
    return account.id


def _open(work: Any, board: UUID, person_id: UUID, works_at: UUID, address: str) -> Account:
    with acting(school=works_at):
        refuse_no_colleague(person_id)
    has_one = select(membership.c.account).where(
        membership.c.school == board, membership.c.works_at == works_at, membership.c.person == person_id
    )
    if work.execute(has_one).first() is not None:
        raise Refused("Deze collega heeft al een account.")
    account = Account(person_id=person_id, works_at=works_at, address=address.strip())
    log.save(account)
    if not credentials.create(work, account=account.id, board=board, address=address):
        raise Refused("Er is al een account met dit e-mailadres.")
    return account


def add_membership(board: UUID, account_id: UUID, *, works_at: UUID, person_id: UUID) -> None:
    """Let an account in at another school of the board. Raises `Refused` for who does not work at that school."""
    with acting(school=works_at):
        refuse_no_colleague(person_id)
    with at_board(board), log.unit_of_work():
        account = log.get(Account, account_id)
        account.add_membership(works_at=works_at, person_id=person_id)
        log.save(account)


def give_link(board: UUID, account_id: UUID, *, given_by: UUID) -> str:
    """Return the secret of a link to choose a new password; the old password works until it is used."""
    with at_board(board), log.unit_of_work() as work:
        account = log.get(Account, account_id)
        account.give_link(given_by=given_by, happened_at=clock.now())
        log.save(account)
        token = invitations.make(work, account=account_id, board=board)
    warn("account.link_given", account=account_id, by=given_by)
    return token


def choose_password(token: str, password: str) -> Account:
    """Use up a link: the password becomes that of its account, and every session of it ends. Raises `LinkGone`."""
    link = invitations.find(token)
    if link is None:
        raise LinkGone("Deze link werkt niet meer. Vraag je directeur of de beheerder om een nieuwe.")
    password_hash = passwords.hashed(password)
    with acting(school=link.board):
        person_id = log.get(Account, link.account).person_id
    with acting(school=link.board, actor=person_id), log.unit_of_work() as work:
        if not invitations.use(work, token):
            raise LinkGone("Deze link is net gebruikt. Vraag om een nieuwe als jij dat niet was.")
        account = log.get(Account, link.account)
        if account.status == "active":
            account.change_password(by_way_of="link")
        else:
            account.activate()
        log.save(account)
        _replace_password(work, account.id, password_hash)
    note("password.chosen", account=account.id, by_way_of="link")
    return account


def change_password(board: UUID, account_id: UUID, password: str, *, session_row: Any) -> str:
    """Change one's own password; ends every other session and returns the new id of this one."""
    password_hash = passwords.hashed(password)
    with at_board(board), log.unit_of_work() as work:
        account = log.get(Account, account_id)
        account.change_password(by_way_of="own")
        log.save(account)
        token = sessions.renew(work, session_row)
        _replace_password(work, account_id, password_hash, keep=sessions.hash_of(token))
    note("password.chosen", account=account_id, by_way_of="own")
    return token


def _replace_password(work: Any, account_id: UUID, password_hash: str, *, keep: bytes = b"") -> None:
    credentials.set_password_hash(work, account_id, password_hash)
    invitations.withdraw(work, account_id)
    sessions.end_all(work, account_id, besides=keep)


def add_second_factor(board: UUID, account_id: UUID, *, secret: str, step: int, session_row: Any) -> tuple[str, list]:
    """Turn the second factor on; returns the new id of this session and the recovery codes, shown once."""
    codes = second_factor.new_recovery_codes()
    with at_board(board), log.unit_of_work() as work:
        account = log.get(Account, account_id)
        if account.has_second_factor:
            raise Refused("Je hebt de tweede stap al ingesteld.")
        account.add_second_factor(kind="totp")
        log.save(account)
        credentials.set_totp(work, account_id, secret, step)
        credentials.set_recovery_codes(work, account_id, codes)
        moment = sessions.now()
        token = sessions.renew(work, session_row, second_factor_at=moment, proved_at=moment)
        sessions.end_all(work, account_id, besides=sessions.hash_of(token))
    note("second_factor.added", account=account_id)
    return token, codes


def remove_second_factor(board: UUID, account_id: UUID, *, removed_by: UUID) -> None:
    """Take the second factor away, after somebody saw who asks for it; ends every session of the account."""
    with at_board(board), log.unit_of_work() as work:
        account = log.get(Account, account_id)
        account.remove_second_factor(removed_by=removed_by, happened_at=clock.now())
        log.save(account)
        credentials.remove_second_factor(work, account_id)
        sessions.end_all(work, account_id)
    warn("second_factor.removed", account=account_id, by=removed_by)


def end_session(board: UUID, account_id: UUID, id_hash: bytes) -> bool:
    """End one session of an account; False when it was not there."""
    with acting(school=board), log.unit_of_work(lock=False) as work:
        ended = sessions.end(work, account_id, id_hash)
    if ended:
        note("session.ended", account=account_id)
    return ended


def end_other_sessions(board: UUID, account_id: UUID, *, besides: bytes) -> None:
    """End every session of an account but one."""
    with acting(school=board), log.unit_of_work(lock=False) as work:
        sessions.end_all(work, account_id, besides=besides)
    note("session.ended", account=account_id)


def disable(board: UUID, account_id: UUID, *, reason: str) -> None:
    """Let an account in no more: sessions, link, addresses and password end in the same transaction."""
    with at_board(board), log.unit_of_work() as work:
        account = log.get(Account, account_id)
        account.disable(reason=reason)
        log.save(account)
        credentials.set_password_hash(work, account_id, None)
        invitations.withdraw(work, account_id)
        agenda_addresses.withdraw_all(work, account_id)
        sessions.end_all(work, account_id)
    warn("account.disabled", account=account_id, reason=reason)


def enable(board: UUID, account_id: UUID) -> str:
    """Let an account in again; returns the secret of a link, because the old password is gone."""
    with at_board(board), log.unit_of_work() as work:
        account = log.get(Account, account_id)
        account.enable()
        log.save(account)
        token = invitations.make(work, account=account_id, board=board)
    note("account.enabled", account=account_id)
    return token


def make_agenda_address(board: UUID, account_id: UUID, school: UUID) -> str:
    """Return the secret of the address of which somebody's calendar fetches their days, which ends an older one."""
    # Without the key of the form: a second click makes one more, and the page that stays shows the one that works.
    with acting(school=board, actor=current_actor()), log.unit_of_work() as work:
        account = log.get(Account, account_id)
        account.make_agenda_address(works_at=school)
        log.save(account)
        secret = agenda_addresses.make(work, account_id=account_id, board=board, school=school)
    note("agenda.made", account=account_id)
    return secret


def withdraw_agenda_address(board: UUID, account_id: UUID, school: UUID) -> None:
    """Let the address of somebody's calendar work no longer; nothing when there is none."""
    with acting(school=board, actor=current_actor()), log.unit_of_work() as work:
        if not agenda_addresses.withdraw(work, account_id, school):
            return
        account = log.get(Account, account_id)
        account.withdraw_agenda_address(works_at=school)
        log.save(account)
    note("agenda.withdrawn", account=account_id)
