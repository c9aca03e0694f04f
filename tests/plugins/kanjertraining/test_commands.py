"""What is recorded and what the tables say of it, on both databases: plans, lessons, files, licences, words."""

from datetime import date
from uuid import uuid4

import pytest

from intranet.api import Refused, SchoolYear, UnreadableFile
from intranet.people.commands import move_to_group
from intranet.schools.commands import close_group
from plugins.kanjertraining import commands, lesson_file, reading, school_commands
from plugins.kanjertraining.coverage import coverage
from plugins.kanjertraining.events import Topic
from plugins.kanjertraining.projections import Lessons, Licences, Lines, Programmes, Windows
from plugins.kanjertraining.words import SHIPPED_THEMES
from tests.plugins.kanjertraining.conftest import AUTUMN, DAY, STUDY_DAY, TODAY, YEAR, plan, programme

SECRETS = next(iter(SHIPPED_THEMES))
GIVEN = {"agreement_id": None, "themes": (), "remark": None}


@pytest.fixture
def school(school_on_both):
    return school_on_both


def lessons(school, group="6a", year=YEAR):
    return school.do("esther", reading.lessons, year, school.groups[group])


def give(school, row, **facts):
    usual = {"day": row.day, "given_by": school.people["fatima"], **GIVEN}
    school.do("fatima", commands.give_lesson, row.lesson, **{**usual, **facts})


def test_a_year_plan_goes_around_the_holidays_and_says_who_gives_it(school):
    assert plan(school, programme(school), pace="weekly", first=date(2026, 10, 6)) == 4
    rows = lessons(school)
    assert [row.day for row in rows] == [date(2026, 10, 6), date(2026, 10, 13), date(2026, 10, 27), date(2026, 11, 3)]
    assert {row.teacher for row in rows} == {school.people["fatima"]}
    topics = school.do("esther", reading.topics_of, {row.programme for row in rows})
    assert [topics[row.topic].title for row in rows][0] == "Samen beginnen"


def test_a_plan_made_again_keeps_what_was_given_or_skipped(school):
    source = programme(school)
    plan(school, source)
    first, second, *_rest = lessons(school)
    give(school, first)
    school.do("fatima", commands.skip_lesson, second.lesson, reason="absent", note=None)
    assert plan(school, source, weekday=4) == 2
    states = [(row.state, row.day.isoweekday()) for row in lessons(school)]
    assert sorted(states) == [("given", 2), ("planned", 4), ("planned", 4), ("skipped", 2)]
    for row in lessons(school):
        if row.state == "planned":
            give(school, row, day=TODAY)
    with pytest.raises(Refused, match="geen lessen die nog"):
        plan(school, source)


def test_more_lessons_than_weeks_and_a_programme_of_another_year_are_sentences(school):
    with pytest.raises(Refused, match=r"plaats voor \d+ lessen en er zijn er 45"):
        plan(school, programme(school, [f"Les {number}" for number in range(45)]))
    with pytest.raises(Refused, match="niet van dit schooljaar"):
        plan(school, programme(school, year=YEAR - 1))
    assert lessons(school) == []


def test_a_lesson_for_a_group_that_is_gone_is_a_sentence(school):
    source = programme(school)
    plan(school, source, "7b")
    row = lessons(school, "7b")[0]
    school.do("marijke", move_to_group, school.people["nova"], school.groups["6a"], year_group="6", on=TODAY)
    school.do("marijke", close_group, school.groups["7b"], on=TODAY)
    for do in (
        lambda: plan(school, source, "7b"),
        lambda: school.do("esther", commands.move_lesson, row.lesson, day=TODAY, teacher_id=None),
        lambda: school.do(
            "esther", commands.plan_lesson, school.groups["7b"], kind="parents", day=TODAY, teacher_id=None
        ),
        lambda: school.do("esther", commands.plan_lesson, uuid4(), kind="parents", day=TODAY, teacher_id=None),
    ):
        with pytest.raises(Refused, match="groep is er niet meer"):
            do()


def test_a_day_without_school_is_a_sentence_that_says_why(school):
    plan(school, programme(school))
    row = lessons(school)[0]
    for day, why in ((AUTUMN[0] + 2 * DAY, "vakantie"), (STUDY_DAY, "studiedag"), (date(2026, 11, 28), "geen school")):
        with pytest.raises(Refused, match=why):
            school.do("fatima", commands.move_lesson, row.lesson, day=day, teacher_id=None)
    with pytest.raises(Refused, match="geen school"):
        school.do("fatima", commands.move_to_week, row.lesson, date(2026, 10, 19))
    assert school.do("fatima", commands.move_to_week, row.lesson, date(2026, 11, 30)) == date(2026, 12, 1)
    moved = school.do("fatima", reading.lesson_row, row.lesson)
    assert (moved.day, moved.first_day, moved.teacher) == (date(2026, 12, 1), row.day, row.teacher)


def test_what_became_of_lessons_is_counted_for_each_group(school):
    plan(school, programme(school, themes=(SECRETS,)))
    first, second, third, _fourth = lessons(school)
    give(school, first, themes=(SECRETS,), remark="Mooi gesprek.")
    school.do("fatima", commands.skip_lesson, second.lesson, reason="other", note="Brandoefening.")
    again = school.do("fatima", commands.repeat_lesson, first.lesson, day=TODAY, teacher_id=None)
    give(school, school.do("fatima", reading.lesson_row, again))
    parents = school.do("fatima", commands.plan_lesson, school.groups["6a"], kind="parents", day=TODAY, teacher_id=None)
    give(school, school.do("fatima", reading.lesson_row, parents))
    (found,) = coverage([school.groups["6a"]], lessons(school), TODAY)
    assert (found.total, found.given, found.skipped, found.late) == (4, 1, 1, 2)
    assert (found.repeated, found.parents, found.themes) == (1, 1, {SECRETS})
    assert found.next_row.lesson == third.lesson
    with pytest.raises(Refused, match="al gegeven is"):
        school.do("fatima", commands.repeat_lesson, third.lesson, day=TODAY, teacher_id=None)


def test_programmes_of_last_year_are_copied_once_with_their_days(school):
    old = programme(school, year=YEAR - 1)
    school.do("esther", commands.add_topic, old, Topic(9, "Op een dag", None, (SECRETS,), date(2025, 9, 9)))
    assert school.do("esther", commands.copy_programmes, SchoolYear(YEAR)) == 1
    (row,) = school.do("esther", reading.programmes, YEAR)
    copy = school.do("esther", reading.named_programmes, [row])[row.programme]
    assert [topic.title for _id, topic in copy.in_order()][-1] == "Op een dag"
    assert copy.in_order()[-1][1].day == date(2026, 9, 8)
    with pytest.raises(Refused, match="geen programma van vorig jaar"):
        school.do("esther", commands.copy_programmes, SchoolYear(YEAR))


def test_a_plan_of_last_year_is_copied_to_the_same_weeks(school):
    source = programme(school, year=YEAR - 1)
    plan(school, source, school_year=YEAR - 1, first=date(YEAR - 1, 9, 2))
    count = school.do(
        "esther", commands.copy_plan, school.groups["7b"], school.groups["6a"], school_year=YEAR, teacher_id=None
    )
    before, after = lessons(school, year=YEAR - 1), lessons(school, "7b")
    assert count == len(before) == 4
    assert [row.topic for row in after] == [row.topic for row in before]
    assert [row.day.isocalendar().week for row in after] == [row.day.isocalendar().week for row in before]
    with pytest.raises(Refused, match="geen planning"):
        school.do("esther", commands.copy_plan, school.groups["7b"], uuid4(), school_year=YEAR, teacher_id=None)


FILE = """les;groep;datum;thema;nummer;kleur
Samen;6;;Geheimen waarover je moet praten;;x
Te vroeg;6;20-10-2026;;;
Studiedag;6;2026-11-06;;;
Geen dag;6;32-1-2027;;;
Ander jaar;6;1-9-2027;;;
Onbekend;9x;;;;
Weg;7b;;;;
Thema;6;;Iets anders;;
;6;;;;
Nul;6;;;0;
Samen buiten;6a;1-12-2026;;4;
Combi;5/6;;;;
"""


def read(school, content=FILE, groups=()):
    return school.do("esther", lesson_file.parse, content.encode(), SchoolYear(YEAR), groups)


def test_every_row_of_a_file_is_taken_or_gets_a_sentence(school):
    school.do("marijke", move_to_group, school.people["nova"], school.groups["6a"], year_group="6", on=TODAY)
    school.do("marijke", close_group, school.groups["7b"], on=TODAY)
    found = read(school)
    assert found.unknown == ("kleur",)
    assert [sentence.partition(":")[0] for sentence in found.wrong] == [f"Rij {number}" for number in range(3, 12)]
    for sentence, why in zip(found.wrong, (
        "vakantie", "studiedag", "geen datum", "niet in schooljaar", "kennen we niet", "niet meer", "thema",
        "hoe de les heet", "geen getal",
    ), strict=True):  # fmt: skip
        assert why in sentence
    assert not any(word in " ".join(found.wrong) for word in ("9x", "Te vroeg", "Iets anders"))
    assert {each.year_groups: [topic.title for topic in each.topics] for each in found.programmes} == {
        ("6",): ["Samen", "Samen buiten"],
        ("5", "6"): ["Combi"],
    }
    assert found.programmes[1].topics[0].themes == (SECRETS,)


def test_a_file_is_taken_over_once_and_its_days_are_kept(school):
    found = read(school, "les;datum\nSamen;\nOp een dag;1-12-2026\n", ("6",))
    upload = school.do("esther", lesson_file.uploads.keep, found)
    assert school.do("esther", lesson_file.uploads.kept, upload) == found
    assert school.do("esther", lesson_file.take_over, found, upload) == 1
    assert school.do("esther", lesson_file.uploads.kept, upload) is None
    (row,) = school.do("esther", reading.programmes, YEAR)
    plan(school, row.programme, pace="weekly")
    assert [row.day for row in lessons(school)] == [date(2026, 9, 1), date(2026, 12, 1)]


@pytest.mark.parametrize("content", ["", "naam;groep\nx;6\n", "les\n", "les\n" + "x\n" * 501, "\0" * 9])
def test_a_file_that_is_none_is_one_sentence(school, content):
    with pytest.raises(UnreadableFile):
        read(school, content)


def test_nothing_to_take_over_is_a_sentence(school):
    found = read(school, "les;groep\nSamen;zz\n")
    with pytest.raises(Refused, match="geen les die we kunnen"):
        school.do("esther", lesson_file.take_over, found, uuid4())


def test_tables_hold_no_words_and_can_be_made_again(school):
    source = programme(school)
    plan(school, source)
    first, second, *_ = lessons(school)
    give(school, first, remark="Mooi gesprek.", themes=(SECRETS,))
    school.do("fatima", commands.take_back, first.lesson)
    school.do("fatima", commands.skip_lesson, second.lesson, reason="other", note="Brandoefening.")
    (topic, *_rest) = school.do("esther", reading.topics_of, [source])
    school.do("esther", commands.change_topic, source, topic, Topic(7, "Anders", "blad", (SECRETS,), None))
    school.do("esther", commands.remove_topic, source, topic)
    licence = school.do(
        "marijke", school_commands.record_licence, person_id=school.people["fatima"], level="a", issued_on=TODAY,
        valid_until=TODAY + DAY, at_this_school=True, evidence="De kast van Henk",
    )  # fmt: skip
    school.do("marijke", school_commands.withdraw_licence, licence, "Van school gegaan.")
    window = {"wave": "autumn", "year_groups": ["6"], "first": TODAY, "last": TODAY + DAY}
    opened = school.do("esther", school_commands.open_window, **window)
    school.do("esther", school_commands.change_window, opened, **{**window, "wave": "spring"})
    line = school.do("esther", school_commands.word_line, "theme", number=1, text="Online")
    school.do("esther", school_commands.reword_line, line, number=2, text="Online en offline")
    for projection in (Programmes(), Lessons(), Licences(), Windows(), Lines()):
        live = school.rows(projection)
        assert live
        for word in ("Samen", "Mooi", "Brand", "Anders", "Henk", "gegaan", "Online"):
            assert word not in repr(live)
        school.rebuild(projection)
        assert school.rows(projection) == live
