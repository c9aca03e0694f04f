"""A school that plays: its teams, and a game that is agreed on."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from intranet.testing import School, made_up_school
from plugins.taakspel import commands

AGREED = {
    "lesson": "arithmetic", "variant": "lesson", "phase": "introduction", "rules": ("work_quietly", "raise_hand"),
    "cards": 3, "minutes": 10, "reward": "outside",
}  # fmt: skip


@pytest.fixture
def school(tmp_path: Path) -> Iterator[School]:
    """The school on SQLite."""
    with made_up_school(tmp_path / "school", enabled=["taakspel"]) as made:
        yield made


@pytest.fixture
def school_on_both(database_url: str, keys_url: str, tmp_path: Path) -> Iterator[School]:
    """The school on each database in turn."""
    settings = {"DATABASE_URL": database_url, "KEY_STORE_URL": keys_url}
    with made_up_school(tmp_path / "school", enabled=["taakspel"], **settings) as made:
        yield made


@pytest.fixture
def group(school: School) -> UUID:
    return school.groups["6a"]


@pytest.fixture
def teams(school: School, group: UUID) -> UUID:
    members = {school.people["noor"]: 1, school.people["sem"]: 2}
    return school.do("fatima", commands.make_teams, group, names={1: "stars", 2: "moons"}, members=members)


@pytest.fixture
def game(school: School, group: UUID, teams: UUID) -> UUID:
    return school.do("fatima", commands.plan_game, group, **AGREED)


def agreed(**changed: Any) -> dict[str, Any]:
    return {**AGREED, **changed}
