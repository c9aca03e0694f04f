"""A school with a few people in it, and a way to give operator's commands."""

import os
from collections.abc import Callable
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa
from click.testing import Result
from flask import Flask

from intranet.api import acting
from intranet.people.commands import register_person
from intranet.schools.commands import found_board, open_school

Operate = Callable[..., Result]


def grow(app: Flask, school: UUID, number: int = 1) -> None:
    """Let something more happen at a school."""
    with app.app_context(), acting(school=school):
        for each in range(number):
            register_person(kind="staff", given_name=f"Collega{each}")


def size(app: Flask, school: UUID) -> int:
    """Return how many events a school has."""
    with app.app_context():
        return app.extensions["geborgen.log"].head(school).size


def names(app: Flask, school: UUID) -> list[str]:
    """Return the given names at a school as the log can still read them."""
    with app.app_context():
        facts = app.extensions["geborgen.log"].history(school, readable=True)
        return [str(fact.given_name) for fact in facts if hasattr(fact, "given_name")]


def tamper(app) -> None:
    """Change an event as somebody with the database in hand would."""
    with app.extensions["geborgen.log"].write_engine.begin() as connection:
        if connection.dialect.name == "sqlite":
            connection.execute(sa.text("DROP TRIGGER event_no_update"))
        else:
            connection.execute(sa.text("SET LOCAL session_replication_role = replica"))
            connection.execute(sa.text("GRANT UPDATE ON event TO CURRENT_USER"))
        connection.execute(sa.text("UPDATE event SET recorded_at = recorded_at + 1 WHERE position = 2"))


def wrong(operate: Operate) -> list[str]:
    """Return what `check` finds wrong, but for what the tests' own PostgreSQL leaves out to be fast."""
    said = operate("check").output.splitlines()
    return [line for line in said if line.startswith("WRONG") and "a power cut loses records" not in line]


@pytest.fixture
def operate(app_on_both: Flask) -> Operate:
    """Run `flask intranet ...` on the app of this test, on both databases."""
    runner = app_on_both.test_cli_runner()
    return lambda *words, **options: runner.invoke(args=["intranet", *map(str, words)], **options)


@pytest.fixture
def a_school(app_on_both: Flask) -> UUID:
    """A school of a board, with four events in its log."""
    with app_on_both.app_context():
        board = found_board("Stichting De Proef")
        school = open_school(board, "IBS De Proef", school_id=uuid4())
    grow(app_on_both, school, 3)
    return school


@pytest.fixture
def programs_of_this_server(request, monkeypatch):
    """pg_dump must be as new as the server that the tests started."""
    if request.node.callspec.params.get("database_url") == "postgresql":
        binaries = request.getfixturevalue("postgres").binaries
        monkeypatch.setenv("PATH", f"{binaries}{os.pathsep}{os.environ['PATH']}")
