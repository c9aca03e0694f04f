"""Reading iCal: what a school's calendar holds, and what somebody could send instead."""

import time
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from intranet.calendar.ical_file import MAX_BYTES, parse
from intranet.uploads import UnreadableFile

TODAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def in_app(app):
    with app.app_context():
        yield


def event(*lines):
    return "".join(f"{line}\r\n" for line in ("BEGIN:VEVENT", "UID:1", *lines, "END:VEVENT"))


def days(first, after=None, title="Herfstvakantie"):
    end = [f"DTEND;VALUE=DATE:{after}"] if after else []
    return event(f"DTSTART;VALUE=DATE:{first}", *end, f"SUMMARY:{title}")


def calendar(*events):
    return ("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:school\r\n" + "".join(events) + "END:VCALENDAR\r\n").encode()


def found(*events):
    return [(each.title, each.first, each.last, each.kind) for each in parse(calendar(*events), TODAY).found]


def test_whole_days_are_found_with_the_last_day_included():
    assert found(days("20261017", "20261026"), days("20261106", title="Studiedag team")) == [
        ("Herfstvakantie", date(2026, 10, 17), date(2026, 10, 25), "holiday"),
        ("Studiedag team", date(2026, 11, 6), date(2026, 11, 6), "study_day"),
    ]


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Kerstvakantie", "holiday"),
        ("Lesvrije dag", "study_day"),
        ("Tweede Pinksterdag", "other"),
        ("Alle kinderen vrij", "other"),
        ("Sinterklaas", None),
        ("Vrijdag: schoolreis", None),
    ],
)
def test_the_kind_is_read_from_the_name(title, kind):
    assert found(days("20261106", title=title))[0][3] == kind


def test_midnights_a_duration_and_folded_lines_are_understood():
    assert found(
        event("DTSTART:20261017T000000", "DTEND:20261026T000000", "SUMMARY:Herfst\r\n vakantie"),
        event("DTSTART;VALUE=DATE:20261221", "DURATION:P14D", "SUMMARY:Kerst\\, vakantie"),
    ) == [
        ("Herfstvakantie", date(2026, 10, 17), date(2026, 10, 25), "holiday"),
        ("Kerst, vakantie", date(2026, 12, 21), date(2027, 1, 3), "holiday"),
    ]


def test_what_is_no_whole_day_repeats_is_old_or_broken_is_counted():
    read = parse(
        calendar(
            days("20261017"),
            event("DTSTART:20261017T190000Z", "DTEND:20261017T200000Z", "SUMMARY:Ouderavond"),
            event("DTSTART;VALUE=DATE:20261017", "RRULE:FREQ=SECONDLY", "SUMMARY:Steeds"),
            days("20231017", "20231026"),
            event("DTSTART;VALUE=DATE:2026101", "SUMMARY:Kapot"),
            event("SUMMARY:Zonder datum"),
            event("DTSTART;VALUE=DATE:00010101", "DTEND;VALUE=DATE:99991231", "SUMMARY:Altijd"),
            event("DTSTART;VALUE=DATE:20261017", "DTSTART;VALUE=DATE:20261018", "SUMMARY:Twee keer"),
        ),
        TODAY,
    )
    assert len(read.found) == 1
    assert (read.timed, read.repeating, read.old, read.broken) == (1, 1, 1, 4)


def test_the_same_line_twice_is_one_and_a_title_says_something():
    same = days("20261017", "20261026", "  Herfst \u202e vakantie ")
    assert found(same, same) == [("Herfst vakantie", date(2026, 10, 17), date(2026, 10, 25), "holiday")]
    assert found(event("DTSTART;VALUE=DATE:20261017"))[0][0] == "Vrij"


HOSTILE = {
    "empty": b"",
    "no calendar": b"<html>agenda</html>",
    "not ended": calendar(days("20261017"))[:-20],
    "two calendars": calendar(days("20261017")) * 2,
    "nul": calendar("\0" * 50),
    "no text": b"BEGIN:VCALENDAR\xff\xfe" + b"\xff" * 50,
    "nested": b"BEGIN:VCALENDAR\r\n" * 1900,
    "nested events": b"BEGIN:VCALENDAR\r\n" + b"BEGIN:VEVENT\r\n" * 1900,
    "too many events": calendar(days("20261017") * 2100),
    "too many days": calendar(*(days("20261017", title=f"Vrij {number}") for number in range(250))),
    "one long line": calendar("SUMMARY:" + "a" * 900_000),
    "pieces": calendar(event("CATEGORIES:" + "a," * 400_000)),
    "parameters": calendar("SUMMARY" + ";A=b" * 200_000 + ":x\r\n"),
    "folds": calendar("SUMMARY:" + "a\r\n " * 100_000 + "\r\n"),
    "dates": calendar(event("RDATE:" + "20261019T000000," * 60_000)),
    "rule": calendar(event("RRULE:" + "FREQ=DAILY;" * 80_000)),
    "big": calendar("X-A:" + "a" * MAX_BYTES + "\r\n"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_with_a_sentence_and_quickly(name):
    begun = time.process_time()
    with pytest.raises(UnreadableFile, match=r"^[A-Z].*\.$"):
        parse(HOSTILE[name], TODAY)
    assert time.process_time() - begun < 2


def test_zones_that_repeat_cost_nothing():
    zone = (
        "BEGIN:STANDARD\r\nDTSTART:16010101T000000\r\nRRULE:FREQ=SECONDLY\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\n"
    )
    zones = "BEGIN:VTIMEZONE\r\nTZID:Mars\r\n" + (zone + "END:STANDARD\r\n") * 400 + "END:VTIMEZONE\r\n"
    begun = time.process_time()
    assert found(zones, event("DTSTART;TZID=Mars:20261017T000000", "SUMMARY:Vrij"))
    assert time.process_time() - begun < 2


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_a_damaged_file_is_read_or_refused(data):
    content = bytearray(
        calendar(days("20261017", "20261026"), event("DTSTART:20261017T190000Z", "DURATION:PT1H", "RRULE:FREQ=DAILY"))
    )
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(content) - 1))
        content[at : at + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=4))
    try:
        read = parse(bytes(content), TODAY)
    except UnreadableFile:
        return
    assert all(each.first <= each.last for each in read.found)
