"""Which accounts there are and where they may come in: ids, codes and dates, never a name or an address."""

from sqlalchemy import BigInteger, Boolean, Column, Text, Uuid, update

from events.log.mapper import to_milliseconds
from events.log.projection import Projection, on, projection_table
from intranet.accounts.events import Account

account = projection_table(
    "accounts_account",
    Column("account", Uuid, primary_key=True),
    Column("person", Uuid, nullable=False),
    Column("works_at", Uuid, nullable=False),
    Column("status", Text, nullable=False),
    Column("second_factor", Boolean, nullable=False),
    Column("since", BigInteger, nullable=False),
)
"""One row for each account, in the log of its board: `school` is the board, `works_at` the first school."""

membership = projection_table(
    "accounts_membership",
    Column("account", Uuid, primary_key=True),
    Column("works_at", Uuid, primary_key=True, index=True),
    Column("person", Uuid, nullable=False, index=True),
)


class Accounts(Projection):
    """Keeps the state of every account."""

    name = "accounts.account"
    tables = (account, membership)

    @on(Account.Invited)
    def invited(self, db, event):
        db.execute(
            account.insert(),
            {
                "school": event.school_id,
                "account": event.originator_id,
                "person": event.person_id,
                "works_at": event.works_at,
                "status": "invited",
                "second_factor": False,
                "since": to_milliseconds(event.recorded_at),
            },
        )
        self._add_membership(db, event)

    @on(Account.MembershipAdded)
    def membership_added(self, db, event):
        self._add_membership(db, event)

    @on(Account.Activated)
    def activated(self, db, event):
        self._set(db, event, status="active", since=to_milliseconds(event.recorded_at))

    @on(Account.Disabled)
    def disabled(self, db, event):
        self._set(db, event, status="disabled", since=to_milliseconds(event.recorded_at))

    @on(Account.Enabled)
    def enabled(self, db, event):
        self._set(db, event, status="invited", since=to_milliseconds(event.recorded_at))

    @on(Account.SecondFactorAdded)
    def second_factor_added(self, db, event):
        self._set(db, event, second_factor=True)

    @on(Account.SecondFactorRemoved)
    def second_factor_removed(self, db, event):
        self._set(db, event, second_factor=False)

    def _set(self, db, event, **values):
        mine = (account.c.school == event.school_id) & (account.c.account == event.originator_id)
        db.execute(update(account).where(mine).values(**values))

    def _add_membership(self, db, event):
        db.execute(
            membership.insert(),
            {
                "school": event.school_id,
                "account": event.originator_id,
                "works_at": event.works_at,
                "person": event.person_id,
            },
        )


PROJECTIONS = (Accounts(),)
