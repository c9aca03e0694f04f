"""Who could read a record on a day: by the duties and the table of then, not those of now; and only for who reviews."""

from datetime import UTC, datetime

import pytest
from flask import Flask

from events.log.clock import told_at
from intranet.access import ANY
from tests.intranet.incidents.small_school import SmallSchool

JANUARY, FEBRUARY, MARCH, APRIL = (datetime(2026, month, 3, 11, 0, tzinfo=UTC) for month in (1, 2, 3, 4))
ON = "?op=2026-{:02}-04"


@pytest.fixture
def small_school(app: Flask) -> SmallSchool:
    """The school, begun before what it records."""
    with told_at(JANUARY):
        return SmallSchool(app)


@pytest.fixture
def closed(small_school):
    """An incident of February; in March Fatima is bullying coordinator and the table gives her duty everything."""
    from intranet.need_to_know.commands import change_cell
    from intranet.people.commands import assign_duty, end_duty

    with told_at(FEBRUARY):
        incident = small_school.report(by="hanneke", confidential=True, happened_at=FEBRUARY)
    with told_at(MARCH):
        small_school.do("marijke", assign_duty, small_school.people["fatima"], "bullying_coordinator")
        change = ("incidents.read_confidential", "bullying_coordinator")
        small_school.do("marijke", change_cell, *change, [ANY], "Zij begeleidt deze kinderen.")
    with told_at(APRIL):
        small_school.do("marijke", change_cell, *change, [], "Dat was te ruim.")
        small_school.do(
            "marijke", end_duty, small_school.people["fatima"], "bullying_coordinator", since=MARCH.date(),
            until=APRIL.date(),
        )  # fmt: skip
    return incident


def names(school, incident, when, who="marijke"):
    answer = school.client(who).get(f"/audit/records/{incident}/readable{when}")
    assert answer.status_code == 200
    text = answer.text[answer.text.index("<main") :]
    return {name for name in ("Fatima", "Hanneke", "Marijke", "Esther") if f"{name} Tester</th>" in text}


def test_it_answers_by_the_duties_and_the_table_of_then(small_school, closed):
    assert names(small_school, closed, ON.format(2)) == {"Hanneke", "Marijke"}
    assert names(small_school, closed, ON.format(3)) == {"Hanneke", "Marijke", "Fatima", "Esther"}
    assert names(small_school, closed, ON.format(4)) == {"Hanneke", "Marijke"}
    assert names(small_school, closed, "") == {"Hanneke", "Marijke"}


def test_before_it_was_recorded_nobody_could(small_school, closed):
    page = small_school.client("marijke").get(f"/audit/records/{closed}/readable?op=2026-01-20")
    assert "Toen bestond dit dossier nog niet" in page.text


def test_who_opened_it_until_then_stands_below(small_school, closed):
    with told_at(MARCH):
        assert small_school.client("marijke").get(f"/incidents/{closed}").status_code == 200
    page = small_school.client("marijke").get(f"/audit/records/{closed}/readable{ON.format(2)}").text
    assert "Tot dat moment is niet vastgelegd" in page
    page = small_school.client("marijke").get(f"/audit/records/{closed}/readable{ON.format(4)}").text
    assert "Marijke Tester" in page[page.index("Wie dit opende") :]


def test_only_who_reviews_asks_it_and_never_of_what_is_hidden(small_school, closed):
    matter = small_school.report(by="hanneke", kinds=["staff_transgression"])
    assert small_school.client("hanneke").get(f"/audit/records/{closed}/readable").status_code == 404
    assert small_school.client("marijke").get(f"/audit/records/{matter}/readable").status_code == 404
    assert (
        small_school.client("marijke").get(f"/audit/records/{small_school.people['noor']}/readable").status_code == 404
    )
