"""The small school, that began in March 2026, and what its pages say."""

import re
from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask

from events.log.clock import told_at
from intranet.as_of.leaving_out import without_forms
from tests.intranet.incidents.small_school import SmallSchool

MAIN = re.compile(r"<main.*?</main>", re.DOTALL)
TAGS = re.compile(r"<[^>]*>")


def at(text: str) -> datetime:
    """Return a moment in UTC: `at("03-12 13:00")` is 14:00 at school."""
    return datetime.fromisoformat(f"2026-{text}").replace(tzinfo=UTC)


def words(page: str) -> str:
    """Return what somebody reads in the middle of a page, but for what is only there in the past."""
    main = re.sub(r'<div class="past-forms">.*?</main>', "</main>", MAIN.search(page)[0], flags=re.DOTALL)
    return " ".join(TAGS.sub(" ", main).split())


def without_links_to_forms(app: Flask, page: str) -> str:
    """Return a page of today as the past shows it."""
    with app.test_request_context():
        return without_forms(page)


@pytest.fixture
def place(app: Flask) -> SmallSchool:
    """The school on SQLite."""
    return made(app)


@pytest.fixture
def place_on_both(app_on_both: Flask) -> SmallSchool:
    """The school on SQLite, and again on PostgreSQL."""
    return made(app_on_both)


def made(app: Flask) -> SmallSchool:
    from intranet.people.commands import assign_duty

    with told_at(at("03-02 08:00")):
        school = SmallSchool(app)
        school.do("marijke", assign_duty, school.people["henk"], "dpo")
    return school


def told(school: SmallSchool, when: str, by: str, command: Any, /, *args: Any, **facts: Any) -> Any:
    """Let somebody do something at a moment of this year."""
    with told_at(at(when)):
        return school.do(by, command, *args, **facts)
