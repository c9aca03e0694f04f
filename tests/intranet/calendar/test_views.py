"""The pages of the calendar: who may see and change it, and what is shown."""

import io
from datetime import date

import pytest

from intranet.calendar import commands

AUTUMN = {"title": "Herfstvakantie", "kind": "holiday", "first": "2026-10-17", "last": "2026-10-25"}
ICAL = (
    b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:school\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART;VALUE=DATE:20261221\r\n"
    b"DTEND;VALUE=DATE:20270102\r\nSUMMARY:Kerstvakantie <b>\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:2\r\n"
    b"DTSTART;VALUE=DATE:20261204\r\nSUMMARY:Sinterklaas\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)


@pytest.fixture
def head(place):
    return place.browser("head_teacher")


def test_free_days_are_added_shown_changed_and_removed(place, head):
    answer = head.post("/calendar/new", AUTUMN)
    assert (answer.status_code, answer.location) == (303, "/calendar/?year=2026")
    page = head.get("/calendar/?year=2026").text
    assert "Herfstvakantie" in page
    assert "17 t/m 25 oktober 2026" in page
    with place.inside():
        from intranet.calendar.reading import free_periods

        period = free_periods(date(2026, 8, 1), date(2027, 7, 31))[0].period
    path = f"/calendar/{period}"
    assert 'value="Herfstvakantie"' in head.get(path).text
    assert head.post(path, AUTUMN | {"last": "", "title": "Eén dag"}).status_code == 303
    assert "zaterdag 17 oktober 2026" in head.get("/calendar/?year=2026").text
    assert head.post(f"{path}/remove", on=path).status_code == 303
    assert "Eén dag" not in head.get("/calendar/?year=2026").text
    assert head.get(path).status_code == 404
    assert head.post(f"{path}/put-back", on="/calendar/new").status_code == 303
    page = head.get("/calendar/?year=2026").text
    assert "Eén dag" in page
    assert "Ongedaan maken" in page


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"title": ""}, "Schrijf hoe deze vrije dagen heten."),
        ({"kind": ""}, "Kies wat het is."),
        ({"last": "2026-10-16"}, "De laatste vrije dag ligt voor de eerste."),
        ({"first": "morgen"}, "Vul een datum in"),
    ],
)
def test_a_wrong_form_comes_back_with_what_was_typed(head, wrong, sentence):
    answer = head.post("/calendar/new", AUTUMN | wrong)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert 'value="2026-10-25"' in answer.text or "2026-10-16" in answer.text


def test_a_year_without_holidays_says_that_the_count_is_too_high(place, head):
    warning = "staan er nog niet in"
    assert warning in head.get("/calendar/?year=2026").text
    head.post("/calendar/new", AUTUMN)
    assert warning not in head.get("/calendar/?year=2026").text
    assert warning in head.get("/calendar/?year=2027").text


@pytest.mark.parametrize("year", ["x", "0000", "9999", "99999", "²026", ""])
def test_an_address_that_makes_no_sense_shows_this_year(head, year):
    assert head.get("/calendar/", query_string={"year": year}).status_code == 200


def test_the_school_week_is_set_from_a_day(place, head):
    assert head.post("/calendar/week", {"weekdays": [1, 2, 4], "since": "2026-08-01"}).status_code == 303
    assert "Er is les op maandag, dinsdag, donderdag." in head.get("/calendar/?year=2026").text
    assert head.post("/calendar/week", {"since": "2026-08-01"}).status_code == 422


def test_a_file_is_shown_first_and_taken_over_after_a_choice(place, head):
    shown = head.post("/calendar/import", {"file": (io.BytesIO(ICAL), "school.ics")})
    page = head.get(shown.location).text
    assert "Kerstvakantie &lt;b&gt;" in page
    assert '<option selected value="holiday">' in page
    with place.inside():
        commands.add_free_days(title="Vast", kind="other", first=date(2026, 12, 4), last=date(2026, 12, 4))
    # Meanwhile a line became known: what was chosen stays with the line it was chosen for.
    answer = head.post(shown.location, {"kind0": "study_day", "kind1": "holiday"})
    assert answer.status_code == 303
    page = head.get("/calendar/?year=2026").text
    assert "21 december 2026 t/m 1 januari 2027" in page
    assert "Sinterklaas" not in page
    assert head.get(shown.location).status_code == 303


def test_a_file_that_is_no_calendar_is_refused_at_the_field(head):
    answer = head.post("/calendar/import", {"file": (io.BytesIO(b"MZ"), "virus.ics")})
    assert answer.status_code == 422
    assert "Dit is geen iCal-bestand." in answer.text


def test_a_teacher_reads_the_calendar_and_changes_nothing(place, head):
    head.post("/calendar/new", AUTUMN)
    teacher = place.browser("teacher")
    page = teacher.get("/calendar/?year=2026").text
    assert "Herfstvakantie" in page
    assert "/calendar/new" not in page
    for path in ("/calendar/new", "/calendar/week", "/calendar/import"):
        assert teacher.get(path).status_code == 404
        assert teacher.post(path, AUTUMN, on="/calendar/").status_code == 404
