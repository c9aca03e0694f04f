"""Accounts of the board: of colleagues as the product makes them, and of a parent, whom it lets in nowhere."""

from uuid import UUID

from events.log.context import acting
from events.log.store import Log


def account_of(log: Log, board: UUID, person: UUID, school: UUID, name: str, *, parent: bool) -> UUID:
    """Open an account. That of a parent past the command: the table of access decides what they would see."""
    from intranet.accounts import credentials
    from intranet.accounts.commands import open_account
    from intranet.accounts.events import Account

    address = f"{name}@school.example"
    if not parent:
        return open_account(board, person_id=person, works_at=school, address=address)
    with acting(school=board), log.unit_of_work() as work:
        account = Account(person_id=person, works_at=school, address=address)
        account.activate()
        log.save(account)
        assert credentials.create(work, account=account.id, board=board, address=address)
    return account.id
