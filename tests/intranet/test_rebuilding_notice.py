"""A page whose tables stopped says so, and tells who looks after the school what to do; the others say nothing."""

import pytest
import sqlalchemy as sa
from flask import Flask

from events.log.tables import projection
from tests.intranet.incidents.small_school import SmallSchool

NOTICE = "wordt opnieuw opgebouwd"
COMMAND = "flask intranet upgrade"


@pytest.fixture
def small_school(app: Flask) -> SmallSchool:
    return SmallSchool(app)


def stop(school: SmallSchool, feature: str) -> None:
    with school.app.extensions["geborgen.log"].write_engine.begin() as connection:
        mine = projection.c.school == school.school, projection.c.name.startswith(f"{feature}.")
        assert connection.execute(projection.update().where(*mine).values(error="ValueError")).rowcount == 1


def test_nothing_is_said_when_all_is_well(small_school: SmallSchool) -> None:
    browser = small_school.client("marijke")
    for page in ("/", "/incidents/", "/people/", "/audit/", "/school"):
        assert NOTICE not in browser.get(page).text, page


def test_the_pages_of_a_stopped_table_say_so(small_school: SmallSchool) -> None:
    stop(small_school, "incidents")
    teacher, head = small_school.client("fatima"), small_school.client("marijke")
    assert [page for page in ("/", "/incidents/", "/people/") if NOTICE in teacher.get(page).text] == [
        "/",
        "/incidents/",
    ]
    assert COMMAND not in teacher.get("/incidents/").text
    audit = head.get("/audit/").text
    assert NOTICE not in audit
    assert COMMAND in audit
    assert "incidents.register@1 (ValueError)" in audit


def test_a_page_is_quiet_again_after_the_repair(small_school: SmallSchool) -> None:
    stop(small_school, "incidents")
    log = small_school.app.extensions["geborgen.log"]
    log.bring_up_to_date()
    assert NOTICE not in small_school.client("fatima").get("/incidents/").text
    with log.read_engine.connect() as connection:
        assert connection.scalar(sa.select(sa.func.count()).where(projection.c.error.is_not(None))) == 0
