"""Marking a period as reviewed on its page, and what the log shows of it."""

import re
from datetime import timedelta

from sqlalchemy import select

from intranet.api import log
from intranet.audit.projections import review
from intranet.people.today import today


def day_in(school, days=0):
    with school.app.app_context():
        return (today() + timedelta(days=days)).isoformat()


def kept(school):
    with school.app.app_context(), log.read() as connection:
        return connection.execute(select(review)).all()


def mark(browser, school, **form):
    usual = {"first_day": day_in(school, -6), "last_day": day_in(school), "remark": ""}
    return browser.post("/audit/reviews", {**usual, **form})


def test_a_reviewed_period_shows_on_the_days_of_the_log(school_on_both):
    school_on_both.report()
    board = school_on_both.client("yvonne")
    assert "nagekeken</h2>" not in board.get("/audit/").text
    assert mark(board, school_on_both).status_code == 303
    page = board.get("/audit/reviews").text
    assert "Vastgelegd: deze periode is nagekeken." in page
    assert "Yvonne Tester" in page
    assert "· nagekeken</h2>" in board.get("/audit/").text
    assert "Yvonne Tester keek het logboek na van" in board.get("/audit/").text


def test_what_struck_the_reviewer_stands_with_the_period(school_on_both):
    board = school_on_both.client("yvonne")
    mark(board, school_on_both, remark="Na de vakantie werd er weinig vastgelegd.")
    for reader in (board, school_on_both.client("marijke")):
        assert "Na de vakantie werd er weinig vastgelegd." in reader.get("/audit/reviews").text
    assert not any("vakantie" in str(value) for row in kept(school_on_both) for value in row)


def test_what_is_recorded_after_the_review_stands_out(small_school):
    board = small_school.client("yvonne")
    mark(board, small_school)
    small_school.report()
    page = board.get("/audit/?kind=incidents").text
    assert "na het nakijken" in page
    assert "na het nakijken" not in board.get("/audit/?kind=people").text


def test_sent_twice_it_is_marked_once(small_school):
    board = small_school.client("yvonne")
    shown = board.shown("/audit/reviews")
    form = {**shown, "first_day": day_in(small_school), "last_day": day_in(small_school), "remark": ""}
    assert [board.client.post("/audit/reviews", data=form).status_code for _ in range(2)] == [303, 303]
    assert len(kept(small_school)) == 1


def test_days_that_make_no_period_come_back_with_what_was_written(small_school):
    board = small_school.client("yvonne")
    for wrong in (
        {"first_day": day_in(small_school), "last_day": day_in(small_school, -1)},
        {"last_day": day_in(small_school, 1)},
        {"last_day": "31-02"},
    ):
        answer = mark(board, small_school, remark="Rustige week.", **wrong)
        assert answer.status_code == 422
        assert "Rustige week." in answer.text
        assert "<title>Fout: " in answer.text
    assert kept(small_school) == []


def test_the_next_period_begins_where_the_last_one_ended(small_school):
    board = small_school.client("yvonne")
    mark(board, small_school, last_day=day_in(small_school, -2))
    filled = re.findall(r'name="(?:first|last)_day"[^>]*value="([^"]+)"', board.get("/audit/reviews").text)
    assert filled == [day_in(small_school, -1), day_in(small_school)]


def test_a_mark_is_taken_back(small_school):
    board = small_school.client("yvonne")
    mark(board, small_school)
    (row,) = kept(small_school)
    answer = board.post(f"/audit/reviews/{row.review}/withdraw", {}, shown="/audit/reviews")
    assert answer.status_code == 303
    assert kept(small_school) == []
    assert "Yvonne Tester nam terug dat een periode is nagekeken." in board.get("/audit/").text


def test_the_head_teacher_sees_reviews_and_marks_none(small_school):
    director = small_school.client("marijke")
    page = director.get("/audit/reviews").text
    assert "Ik heb een periode nagekeken" not in page
    form = {**director.shown("/audit/proof"), "first_day": day_in(small_school), "last_day": day_in(small_school)}
    assert director.client.post("/audit/reviews", data=form).status_code == 404
    assert kept(small_school) == []
