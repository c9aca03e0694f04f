"""Who could read a record on a day: by the duties and the table of then, not those of now; and only for who reviews."""

from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy.event import listen

from events.involvement import Involvement
from events.log.clock import told_at
from events.log.context import acting
from intranet.access import ANY
from intranet.accounts.known_people import duties_by_person
from intranet.api import db
from intranet.incidents.readable import Reader, standing_then, standings_then
from intranet.people.colleagues import staff_of
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


def test_all_colleagues_are_asked_in_one_question_with_the_answer_of_each(school_on_both):
    noor, bas = school_on_both.people["noor"], school_on_both.people["bas"]
    parts = [Involvement(noor, "involved"), Involvement(bas, "alleged_perpetrator")]
    incident = school_on_both.report(by="hanneke", involved=parts, group_id=None)
    asked = []
    with school_on_both.app.test_request_context(), acting(school=school_on_both.school):
        duties, anybody = duties_by_person(school_on_both.school), staff_of(school_on_both.school)
        readers = [Reader(each.person_id, duties[each.person_id], school_on_both.school) for each in anybody]
        one_by_one = {each.person_id: standing_then(incident, each) for each in readers}
        engine = db.session.connection().engine
        listen(engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
        together = standings_then(incident, readers)
    assert len(asked) == 1
    assert {person: (each.relations, each.ground, each.may_read) for person, each in together.items()} == {
        person: (each.relations, each.ground, each.may_read) for person, each in one_by_one.items()
    }
    in_relation = {relation for each in together.values() for relation in each.relations}
    assert in_relation == {"reporter", "own_group", "named"}
