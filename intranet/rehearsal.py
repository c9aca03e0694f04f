"""Opens the pages of every day once before there are workers, so that they share what the first time leaves behind."""

from types import SimpleNamespace
from uuid import UUID

from flask import Flask, g
from sqlalchemy import Row, select

from events.log.context import only_reading
from intranet.access import STAFF
from intranet.accounts.projections import account
from intranet.accounts.signed_in import SignedIn
from intranet.database import db
from intranet.people.roster import Roster, called_otherwise

FIRST_PAGE = "/login"
DAILY_PAGES = ("/", "/incidents/", "/incidents/new")
NOBODY = UUID(int=0)


class MadeUpTeacher(SignedIn):
    """A teacher of a school who does not exist: whatever page they open, there is nothing of theirs on it."""

    name = ""
    duties = frozenset({STAFF, "teacher"})

    def __init__(self, of: Row[tuple[UUID, UUID]]):
        board, school = of
        super().__init__(
            "",
            SimpleNamespace(
                id_hash=b"", account=NOBODY, board=board, school=school, works_at=school, person=NOBODY,
                person_here=NOBODY, second_factor=True, proved_at=None, second_factor_at=None,
            ),
        )  # fmt: skip


def rehearse(app: Flask) -> None:
    """Open the page of signing in, and what a teacher opens every day where there is a school.

    Python writes into code what it learns while it runs, and memory that a process writes is its own from then on:
    what is learned before the fork, the workers share. Nothing is recorded, nobody's record or name is read, and the
    process that does this ends when the workers are there (`intranet/server.py`).
    """
    with only_reading(), app.test_request_context(FIRST_PAGE):
        app.full_dispatch_request()
        somewhere = select(account.c.school, account.c.works_at).where(account.c.status == "active").limit(1)
        found = db.session.execute(somewhere).first()
    for page in DAILY_PAGES if found else ():
        nobody = called_otherwise(found.works_at, Roster({}, {}, (None, "")))
        with only_reading(), nobody, app.test_request_context(page):
            g._login_user = MadeUpTeacher(found)  # where Flask-Login keeps it
            app.full_dispatch_request()
    _let_go(app)


def _let_go(app: Flask) -> None:
    """Close what is open, because it is not for the workers.

    SQLite remembers per process which locks it holds, and a fork copies what it remembers but not the locks. A worker
    that believes it holds them is overlooked by whoever closes the database last, and writes in a journal that is gone.
    """
    log = app.extensions["geborgen.log"]
    for engine in (log.read_engine, log.write_engine, log.key_store.engine):
        engine.dispose()
