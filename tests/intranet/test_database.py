"""The request's session reads one snapshot, lets go of it for whoever writes, and sees what was written."""

from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.engine import make_url

from events.log.context import acting
from events.log.tables import event
from intranet.database import db
from intranet.schools.commands import form_group
from tests.intranet.incidents.small_school import SmallSchool

PAGES = 1000
"""So many pages SQLite lets its journal grow before it moves them into the database."""
PAGE_BYTES = 4096


@pytest.fixture
def small_school(app: Flask) -> SmallSchool:
    return SmallSchool(app)


def write(small_school: SmallSchool) -> None:
    """Record something in the request that goes on."""
    with acting(school=small_school.school):
        form_group("8b", ("8",))


def events() -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(event)) or 0


def test_what_was_written_is_on_the_page_that_follows(small_school: SmallSchool) -> None:
    with small_school.app.test_request_context():
        before = events()
        write(small_school)
        assert events() == before + 1


def test_no_snapshot_stays_open_while_something_is_written(small_school: SmallSchool) -> None:
    log = small_school.app.extensions["geborgen.log"]
    open_ones: list[bool] = []
    with small_school.app.test_request_context():
        events()
        sa.event.listen(log.write_engine, "commit", lambda _connection: open_ones.append(db.session().in_transaction()))
        write(small_school)
    assert open_ones == [False]


@pytest.mark.slow
def test_the_journal_does_not_grow_with_what_is_written(small_school: SmallSchool) -> None:
    browser, most = small_school.client("fatima"), 0
    shown = browser.shown()
    journal = Path(f"{make_url(small_school.app.config['DATABASE_URL']).database}-wal")
    for number in range(100):
        form = {
            **shown,
            "once": f"report-{number}",
            "kinds": ["quarrel"],
            "people": [small_school.people["noor"].hex],
            "moment": "just_now",
            "account": "Ze trokken allebei aan de bal. " * 250,
        }
        assert browser.client.post("/incidents/new", data=form).status_code == 303
        most = max(most, journal.stat().st_size)
    assert most < 1.2 * PAGES * PAGE_BYTES
