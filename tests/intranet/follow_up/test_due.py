"""A broken promise climbs: to the coordinator after three school days, to the head after six."""

import re
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

import pytest

from events.log.clock import told_at
from intranet.api import school_calendar
from intranet.testing import STAFF
from tests.intranet.follow_up.conftest import told
from tests.intranet.incidents.small_school import SmallSchool

MONDAY = date(2026, 11, 23)


def waiting(school: SmallSchool, who: str, day: date) -> list[tuple[str, str]]:
    from intranet.follow_up.due import due_dates
    from intranet.incidents.readable import Reader

    with school.app.test_request_context(), told_at(datetime.combine(day, time(12), UTC)):
        from events.log.context import acting

        with acting(school=school.school):
            someone = Reader(school.people[who], {*STAFF[who], "staff"}, school.school)
            return [(each.day.isoformat(), str(each.note)) for each in due_dates(someone, day)]


@pytest.fixture
def incident(small_school: SmallSchool) -> UUID:
    from intranet.follow_up.commands import promise_follow_up

    with told_at(datetime.combine(MONDAY - timedelta(days=3), time(12), UTC)):
        incident = told(small_school)
        small_school.do(
            "hanneke",
            promise_follow_up,
            incident,
            kind="victim_talk",
            owner=small_school.people["fatima"],
            due_on=MONDAY,
        )
    return incident


def test_on_time_it_waits_for_its_owner_only(small_school, incident):
    assert waiting(small_school, "fatima", MONDAY) == [("2026-11-23", "")]
    assert waiting(small_school, "hanneke", MONDAY) == []


def test_it_climbs_by_school_days_and_weekends_do_not_count(small_school, incident):
    wednesday, thursday = MONDAY + timedelta(days=2), MONDAY + timedelta(days=3)
    assert waiting(small_school, "hanneke", wednesday) == []
    assert waiting(small_school, "hanneke", thursday) == [("2026-11-23", "3 schooldagen te laat bij Fatima Tester")]
    assert waiting(small_school, "marijke", thursday) == []
    sunday, next_tuesday = MONDAY + timedelta(days=6), MONDAY + timedelta(days=8)
    assert waiting(small_school, "marijke", sunday) == []
    assert waiting(small_school, "marijke", next_tuesday) == [("2026-11-23", "6 schooldagen te laat bij Fatima Tester")]


def test_a_holiday_does_not_count_either(small_school, incident):
    from intranet.calendar.commands import add_free_days

    small_school.do(
        "marijke",
        add_free_days,
        title="Vrij",
        kind="holiday",
        first=MONDAY + timedelta(days=1),
        last=MONDAY + timedelta(days=4),
    )
    assert waiting(small_school, "hanneke", MONDAY + timedelta(days=7)) == []


def test_what_was_due_in_a_weekend_is_late_from_monday(small_school):
    from intranet.follow_up.climbing import school_days_late
    from intranet.follow_up.commands import promise_follow_up

    saturday = MONDAY - timedelta(days=2)
    with told_at(datetime.combine(MONDAY - timedelta(days=3), time(12), UTC)):
        given = {"kind": "victim_talk", "owner": small_school.people["fatima"], "due_on": saturday}
        small_school.do("hanneke", promise_follow_up, told(small_school), **given)
    assert waiting(small_school, "hanneke", MONDAY + timedelta(days=1)) == []
    assert waiting(small_school, "hanneke", MONDAY + timedelta(days=2)) == [
        ("2026-11-21", "3 schooldagen te laat bij Fatima Tester")
    ]
    calendar = small_school.do("hanneke", school_calendar)
    assert school_days_late(saturday, saturday + timedelta(days=1), calendar) == 0


def test_who_is_told_can_open_it_and_reads_no_kind_where_reading_is_recorded(app):
    """The board reads what is serious and promises nothing: its way leads to the record. Others go to the promise."""
    from intranet.follow_up.commands import promise_follow_up
    from intranet.incidents.commands import assess_severity

    with told_at(datetime.combine(MONDAY - timedelta(days=3), time(12), UTC)):
        small_school = SmallSchool(app)
        given = {"kind": "police_report", "owner": small_school.people["hanneke"], "due_on": MONDAY}
        serious, closed = told(small_school), told(small_school, by="hanneke", confidential=True)
        small_school.do("hanneke", assess_severity, serious, 4)
        for incident in (serious, closed):
            small_school.do("hanneke", promise_follow_up, incident, **given)
    much_later = MONDAY + timedelta(days=10)
    with told_at(datetime.combine(much_later, time(12), UTC)):
        assert small_school.app.test_cli_runner().invoke(args=["intranet", "climb"]).output == "4 told.\n"
        labels = {}
        for who in ("yvonne", "marijke"):
            client = small_school.client(who)
            page, notices = client.get("/").text, client.get("/notices/").text
            labels[who] = [page.count(label) for label in ("Aangifte bij de politie", ">Afspraak<")]
            ways = re.findall(r'href="(/incidents/[^"]*/follow-up/[^"]*)"', page)
            opened = [
                client.post(each, {}, shown="/notices/").location
                for each in re.findall(r'action="(/notices/[0-9]+)"', notices)
            ]
            assert ways
            assert set(ways) <= set(opened)
            assert {client.get(each).status_code for each in opened} == {200}
    assert labels == {"yvonne": [1, 0], "marijke": [1, 1]}


def test_who_may_not_read_the_incident_hears_nothing(small_school, incident):
    assert waiting(small_school, "henk", MONDAY + timedelta(days=20)) == []
    assert waiting(small_school, "bas", MONDAY + timedelta(days=20)) == []


def test_a_school_chooses_after_how_many_school_days(small_school, incident):
    head = small_school.client("marijke")
    page = head.get("/school").text
    assert 'value="3"' in page
    assert 'value="6"' in page
    assert head.post("/school/climbing", {"coordinator": "1", "director": "2"}, shown="/school").status_code == 303
    tuesday, wednesday = MONDAY + timedelta(days=1), MONDAY + timedelta(days=2)
    assert waiting(small_school, "hanneke", tuesday) == [("2026-11-23", "1 schooldag te laat bij Fatima Tester")]
    assert waiting(small_school, "marijke", tuesday) == []
    assert waiting(small_school, "marijke", wednesday) == [("2026-11-23", "2 schooldagen te laat bij Fatima Tester")]


@pytest.mark.parametrize(
    ("coordinator", "director", "sentence"),
    [
        ("5", "4", "De coördinator komt eerst. Kies hier evenveel dagen of meer."),
        ("0", "4", "Kies 1 tot en met 40 schooldagen."),
        ("3", "41", "Kies 1 tot en met 40 schooldagen."),
        ("drie", "", "Kies 1 tot en met 40 schooldagen."),
    ],
)
def test_numbers_that_cannot_be_come_back_with_a_sentence(small_school, coordinator, director, sentence):
    head = small_school.client("marijke")
    answer = head.post("/school/climbing", {"coordinator": coordinator, "director": director}, shown="/school")
    assert answer.status_code == 422
    assert sentence in answer.text
    assert f'value="{coordinator}"' in answer.text
