"""The practice school as tests open it: loaded in a folder of its own, with a client for each colleague."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import UUID

from flask import Flask
from flask.testing import FlaskClient

from intranet.demo.cast import STAFF
from intranet.testing import close, open_product

MEMBERS = {member.key: member for member in STAFF}


@contextmanager
def practice_school(folder: Path, **settings: Any) -> Iterator[Flask]:
    """Load the product with the practice school, on SQLite; its forms need no token."""
    from intranet.demo.loading import load

    app = open_product(folder, DEMO=True, WTF_CSRF_ENABLED=False, **settings)
    try:
        with app.app_context():
            loaded = load(lambda *_: None)
            assert loaded.broken == ()
            app.config["PRACTICE_SCHOOL"] = loaded.school
        yield app
    finally:
        close(app)


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
