"""The practice school as tests open it: loaded once for all of them, copied for each that opens it."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import copytree
from uuid import UUID

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from intranet.demo.cast import STAFF
from intranet.testing import close, open_product

MEMBERS = {member.key: member for member in STAFF}
LOADED = "practice-school-loaded"


@contextmanager
def practice_school(factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """Open a copy of the practice school, on SQLite, in a folder of its own; its forms need no token."""
    loaded = _loaded_once(factory)
    folder = factory.mktemp("practice") / "instance"
    copytree(loaded / "instance", folder)
    with _opened(folder, UUID((loaded / "school").read_text())) as app:
        yield app


@contextmanager
def practice_school_of_today(folder: Path) -> Iterator[Flask]:
    """Load the practice school in a folder, as it is on the day that the clock says: for what is no test."""
    with _opened(folder, _load(folder)) as app:
        yield app


@contextmanager
def _opened(folder: Path, school: UUID) -> Iterator[Flask]:
    app = open_product(folder, DEMO=True, WTF_CSRF_ENABLED=False)
    try:
        app.config["PRACTICE_SCHOOL"] = school
        yield app
    finally:
        close(app)


def _loaded_once(factory: pytest.TempPathFactory) -> Path:
    """Return where it was loaded in this run of the tests, by whichever process of the run came first."""
    here = factory.getbasetemp()
    run = here.parent if "PYTEST_XDIST_WORKER" in os.environ else here
    loaded = run / LOADED
    with (run / f"{LOADED}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not loaded.exists():
            # Only what was loaded to the end gets the name: the next process then loads it again, and fails too.
            unfinished = factory.mktemp("loading")
            (unfinished / "school").write_text(str(_load(unfinished / "instance")))
            unfinished.rename(loaded)
    return loaded


def _load(folder: Path) -> UUID:
    from intranet.demo.loading import load

    app = open_product(folder, DEMO=True)
    _wait_for_no_disk(app)
    try:
        with app.app_context():
            school = load(lambda *_: None)
        assert school.broken == ()
        return school.school
    finally:
        close(app)


def _wait_for_no_disk(app: Flask) -> None:
    """Save a third of the loading: who copies this school has no use for it after a power cut. Copies are durable."""
    log = app.extensions["geborgen.log"]
    for engine in (log.write_engine, log.key_store.engine):
        sa.event.listen(engine, "checkout", lambda raw, *_: raw.execute("PRAGMA synchronous=OFF"))


def signed_in(practice: Flask, key: str) -> FlaskClient:
    """Sign in as somebody, as the practice school's login page lets one do."""
    from intranet.accounts.practice import people_one_can_be

    member = MEMBERS[key]
    with practice.test_request_context():
        mine = next(part for part in people_one_can_be() if part.name == f"{member.given} {member.family}")
    client = practice.test_client()
    assert client.post("/login/as", data={"account": mine.account.hex}).status_code == 303
    return client


def school_id(practice: Flask) -> UUID:
    """Return the id of the practice school."""
    return practice.config["PRACTICE_SCHOOL"]
