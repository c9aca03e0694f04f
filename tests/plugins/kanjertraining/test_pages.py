"""The lessons of Kanjertraining on pages: recorded, moved, shown to who plans, on paper and in calendars."""

import re
from datetime import date

import icalendar

from events.case import SIGNS
from events.involvement import Involvement
from intranet.calendar.commands import add_free_days
from intranet.cases.commands import open_case
from intranet.people.commands import let_go
from plugins.kanjertraining import commands, reading, school_commands
from tests.plugins.kanjertraining.conftest import DAY, TODAY
from tests.plugins.kanjertraining.looking import SECRETS, K, group_page, rows, words_of

UNDO = re.compile(r'<form class="[^"]* undo" method="post" action="([^"]*)">.*?</form>', re.S)


def test_a_teacher_records_what_was_given_and_colleagues_do_not_read_what_stood_out(planned):
    first = rows(planned)[0]
    page = f"{K}/lessons/{first.lesson}"
    given = {
        "day": "2026-09-01",
        "given_by": planned.people["fatima"].hex,
        "remark": "Mooi gesprek.",
        "themes": [SECRETS.hex],
    }
    assert planned.client("fatima").post(f"{page}/give", given, shown=page).status_code == 303
    for who, reads in (("fatima", True), ("esther", True), ("hanneke", True), ("marijke", True), ("bas", False)):
        assert ("Mooi gesprek." in words_of(planned.client(who).get(page))) == reads, who
    assert "Geheimen waarover je moet praten" in words_of(planned.client("bas").get(page))
    assert "gehad" in words_of(planned.client("bas").get(f"{K}/"))


def test_only_the_own_group_is_recorded_moved_or_skipped(planned):
    first = rows(planned)[0]
    page, bas = f"{K}/lessons/{first.lesson}", planned.client("bas")
    for path in ("move", "skip", "repeat"):
        assert bas.get(f"{page}/{path}").status_code == 404
    for path in ("give", "move", "week", "skip", "repeat", "take-back", "withdraw"):
        assert bas.post(f"{page}/{path}", {}, shown=f"{group_page(planned, '7b')}/lessons/new").status_code == 404
    assert bas.get(f"{group_page(planned)}/plan").status_code == 404
    assert "Verplaats" not in words_of(bas.get(page))
    assert "data-lesson" not in bas.get(group_page(planned)).text


def test_nobody_but_a_colleague_gives_a_lesson(planned):
    first = rows(planned)[0]
    page = f"{K}/lessons/{first.lesson}"
    for person in ("noor", "sem"):
        given = {"day": "2026-09-01", "given_by": planned.people[person].hex}
        assert planned.client("fatima").post(f"{page}/give", given, shown=page).status_code == 422
        moved = {"day": "2026-12-01", "teacher": planned.people[person].hex}
        assert planned.client("fatima").post(f"{page}/move", moved).status_code == 422


def test_a_move_says_where_it_went_and_who_lacks_a_licence_and_stops_nothing(planned):
    first = rows(planned)[0]
    page, esther = f"{K}/lessons/{first.lesson}", planned.client("esther")
    moved = {"day": "2026-12-01", "teacher": planned.people["fatima"].hex}
    after = words_of(esther.client.get(esther.post(f"{page}/move", moved).location))
    assert "Verplaatst naar dinsdag 1 december." in after
    assert "Fatima Tester heeft dan geen geldige licentie op naam van deze school." in after
    planned.do(
        "esther", school_commands.record_licence, person_id=planned.people["fatima"], level="a",
        issued_on=date(2026, 1, 1), valid_until=date(2027, 12, 1), at_this_school=True, evidence=None,
    )  # fmt: skip
    moved["day"] = "2026-12-08"
    after = words_of(esther.client.get(esther.post(f"{page}/move", moved).location))
    assert "8 december" in after
    assert "licentie" not in after.replace("Mijn licentie", "")


def test_a_lesson_is_dropped_on_a_week(planned):
    first, fatima = rows(planned)[0], planned.client("fatima")
    path = f"{K}/lessons/{first.lesson}/week"
    assert fatima.post(path, {"week": "2026-11-30"}, shown=group_page(planned)).status_code == 303
    assert planned.do("fatima", reading.lesson_row, first.lesson).day == date(2026, 12, 1)
    refused = fatima.post(path, {"week": "2026-10-19"}, shown=group_page(planned))
    assert "In deze week is er geen school." in words_of(refused, 409)
    assert "Kies een dag." in words_of(fatima.post(path, {"week": ""}, shown=group_page(planned)), 422)


def test_undo_is_offered_for_a_move_only_where_it_will_be_carried_out(planned):
    stays, closes, leaves = rows(planned)[1:4]
    esther, fatima = (planned.people[each].hex for each in ("esther", "fatima"))
    browser = planned.client("esther")
    moved = {"day": leaves.day, "teacher_id": planned.people["bas"]}
    planned.do("esther", commands.move_lesson, leaves.lesson, **moved)
    planned.do("marijke", add_free_days, title="Extra", kind="study_day", first=closes.day, last=closes.day)
    planned.do("marijke", let_go, planned.people["bas"])
    for row, path, sent, offered in (
        (stays, "week", {"week": "2026-11-30"}, True),
        (stays, "move", {"day": "2026-12-15", "teacher": esther}, True),
        (leaves, "week", {"week": "2026-11-30"}, False),
        (leaves, "move", {"day": "2026-12-15", "teacher": fatima}, False),
        (closes, "move", {"day": closes.day.isoformat(), "teacher": esther}, True),
        (closes, "week", {"week": "2026-11-30"}, False),
    ):
        now = planned.do("esther", reading.lesson_row, row.lesson)
        moved = browser.post(f"{K}/lessons/{row.lesson}/{path}", sent, shown=group_page(planned))
        page = browser.get(moved.location)
        assert "Verplaatst naar" in words_of(page)
        undo = UNDO.search(page.text)
        assert bool(undo) == offered, (path, sent)
        if undo:
            back = dict(re.findall(r'name="(day|teacher)" value="([^"]*)"', undo[0]))
            assert browser.post(undo[1], back).status_code == 303
            again = planned.do("esther", reading.lesson_row, row.lesson)
            assert (again.day, again.teacher) == (now.day, now.teacher)


def test_conflicts_are_shown_when_the_calendar_changes(planned):
    later = next(row for row in rows(planned) if row.day > date(2026, 9, 1))
    planned.do("marijke", add_free_days, title="Extra", kind="study_day", first=later.day, last=later.day)
    page = words_of(planned.client("fatima").get(group_page(planned)))
    assert "1 les past niet in de kalender." in page
    assert "Op deze dag is er geen school." in page


def test_the_calendar_file_has_days_and_no_words(planned):
    fatima = planned.client("fatima")
    answer = fatima.get(f"{group_page(planned)}/lessons.ics")
    assert answer.content_type.startswith("text/calendar")
    events = icalendar.Calendar.from_ical(answer.data).walk("VEVENT")
    assert [event["DTSTART"].dt for event in events] == [row.day for row in rows(planned)]
    assert {str(event["SUMMARY"]) for event in events} == {"Kanjerles 6a"}
    again = icalendar.Calendar.from_ical(fatima.get(f"{group_page(planned)}/lessons.ics").data).walk("VEVENT")
    assert [event["UID"] for event in events] == [event["UID"] for event in again]
    for word in ("Samen", "Tester", "Noor"):
        assert word not in answer.text


def test_the_sheet_for_paper_names_no_pupil(planned):
    page = words_of(planned.client("fatima").get(f"{group_page(planned)}/print"))
    assert "Samen beginnen" in page
    assert "Noor" not in page


def test_an_open_case_proposes_extra_lessons_to_who_plans_and_plans_nothing(planned):
    parts = [Involvement(planned.people["noor"], "victim"), Involvement(planned.people["sem"], "alleged_perpetrator")]
    of_6a = {"kind": "bullying", "signs": SIGNS, "concern": "Elke dag op het plein.", "involved": parts}
    before, wanted = len(rows(planned)), "Misschien helpen nu extra lessen."
    assert wanted not in words_of(planned.client("esther").get(group_page(planned)))
    planned.do("hanneke", open_case, **of_6a, leader=planned.people["hanneke"])
    for page in (group_page(planned), f"{K}/coordinator"):
        assert wanted in words_of(planned.client("esther").get(page))
    assert wanted not in words_of(planned.client("fatima").get(group_page(planned)))
    assert wanted not in words_of(planned.client("esther").get(group_page(planned, "7b")))
    assert len(rows(planned)) == before
    extra = {"kind": "curative", "day": TODAY + DAY, "teacher_id": planned.people["fatima"]}
    planned.do("esther", commands.plan_lesson, planned.groups["6a"], **extra)
    assert wanted not in words_of(planned.client("esther").get(group_page(planned)))


def test_what_waits_stands_on_the_home_page_of_the_own_teacher(planned):
    later = next(row for row in rows(planned) if row.state == "planned")
    planned.do("fatima", commands.move_lesson, later.lesson, day=TODAY, teacher_id=None)
    assert "Kanjerles" in words_of(planned.client("fatima").get("/"))
    assert "groep 6a" not in words_of(planned.client("bas").get("/")).partition("Kanjerles vastleggen")[2]
    page = words_of(planned.client("fatima").get(f"{K}/record"))
    assert "nog niet vastgelegd" in page


def test_the_words_of_the_school_are_its_own(school):
    esther = school.client("esther")
    page = words_of(esther.get(f"{K}/agreements/"))
    assert "Nog geen afspraken" in page
    esther.post(f"{K}/agreements/new/agreement", {"text": "Iedereen hoort erbij", "number": "1"})
    esther.post(f"{K}/agreements/new/theme", {"text": "Samen online", "number": "1"})
    page = esther.get(f"{K}/agreements/").text
    assert "Samen online" in page
    line = re.search(r'href="(/kanjertraining/agreements/[0-9a-f-]{36})">Iedereen hoort erbij', page)[1]
    esther.post(line, {"text": "We horen er allemaal bij", "number": "1"})
    assert "We horen er allemaal bij" in words_of(school.client("bas").get(f"{K}/agreements/"))
    esther.post(f"{line}/retire", {}, shown=line)
    assert "horen" not in words_of(esther.get(f"{K}/agreements/"))
    assert esther.get(f"{K}/agreements/new/label").status_code == 404


def test_the_search_and_the_time_line_tell_of_lessons(planned):
    first = rows(planned)[0]
    give = {
        "day": first.day,
        "given_by": planned.people["fatima"],
        "agreement_id": None,
        "themes": (),
        "remark": "Stil.",
    }
    planned.do("fatima", commands.give_lesson, first.lesson, **give)
    found = planned.client("bas").post("/search", {"q": "opkomen"})
    assert "Opkomen voor jezelf" in words_of(found)
    page = words_of(planned.client("bas").get(f"/chronology/groups/{planned.groups['6a']}"))
    assert "Kanjerles: Samen beginnen" in page
    assert "Stil." not in page
    assert "Kanjerles" not in words_of(planned.client("fatima").get(f"/chronology/people/{planned.people['noor']}"))


def test_the_plan_is_proved_with_numbers(planned):
    marijke = planned.client("marijke")
    page = words_of(marijke.get("/audit/assertions"))
    assert "Groepen met een jaarplan in 2026-2027: 1 van de 2." in page
    assert "Groepen die dit thema al hadden: 0 van de 2." in page
    review = words_of(marijke.get("/audit/"))
    assert "Esther Tester maakte een programma voor groep 6." in review
    assert "Kanjertraining: Kanjerles gepland (4)" in review


def test_what_was_off_shows_everything_when_it_is_on_again(planned):
    before = planned.client("fatima").get(group_page(planned)).text.count("kanjer-chip-title")
    planned.disable("kanjertraining")
    assert planned.client("fatima").get(group_page(planned)).status_code == 404
    planned.enable("kanjertraining")
    assert planned.client("fatima").get(group_page(planned)).text.count("kanjer-chip-title") == before == 4


def test_an_address_that_makes_no_sense_shows_this_year(planned):
    fatima = planned.client("fatima")
    for year in ("x", "²²²²", "1900", "9999", "%00"):
        assert "2026-2027" in words_of(fatima.get(f"{group_page(planned)}?year={year}"))


def test_a_lesson_that_was_taken_out_of_the_planning_says_so(planned):
    first, fatima = rows(planned)[0], planned.client("fatima")
    page = f"{K}/lessons/{first.lesson}"
    assert fatima.post(f"{page}/withdraw", {}, shown=page).status_code == 303
    shown = words_of(fatima.get(page))
    assert "vervallen" in shown
    assert "Verplaats" not in shown
    assert "Samen beginnen" not in words_of(fatima.get(group_page(planned)))
    for path in ("move", "skip", "repeat"):
        assert fatima.get(f"{page}/{path}").status_code == 200
