"""Who gives a lesson or holds a licence works here, whatever asks for it."""

from uuid import uuid4

import pytest

from intranet.api import Refused
from intranet.people.commands import let_go
from plugins.kanjertraining import commands, reading, school_commands
from tests.plugins.kanjertraining.conftest import DAY, TODAY, YEAR, plan, programme

GIVEN = {"agreement_id": None, "themes": (), "remark": None}


def lessons(school):
    return school.do("esther", reading.lessons, YEAR, school.groups["6a"])


def test_who_gives_a_lesson_or_holds_a_licence_works_here(school):
    source, group = programme(school), school.groups["6a"]
    plan(school, source)
    first, second, *_ = lessons(school)
    given = {**GIVEN, "day": first.day, "given_by": school.people["fatima"]}
    school.do("fatima", commands.give_lesson, first.lesson, **given)
    facts = {"level": "a", "issued_on": TODAY, "valid_until": TODAY + DAY, "at_this_school": True, "evidence": None}
    planned = {"school_year": YEAR, "weekday": 2, "first": TODAY, "pace": "evenly"}
    for person in (school.people["noor"], uuid4()):
        for command, arguments, named in (
            (commands.make_plan, (group, source), {**planned, "teacher_id": person}),
            (commands.copy_plan, (group, group), {"school_year": YEAR, "teacher_id": person}),
            (commands.plan_lesson, (group,), {"kind": "parents", "day": TODAY, "teacher_id": person}),
            (commands.repeat_lesson, (first.lesson,), {"day": TODAY, "teacher_id": person}),
            (commands.move_lesson, (second.lesson,), {"day": TODAY, "teacher_id": person}),
            (commands.give_lesson, (second.lesson,), {**GIVEN, "day": TODAY, "given_by": person}),
            (school_commands.record_licence, (), {**facts, "person_id": person}),
        ):
            with pytest.raises(Refused, match="werkt hier niet, of niet meer"):
                school.do("esther", command, *arguments, **named)


def test_a_lesson_of_who_left_is_moved_without_choosing_another_teacher(school):
    plan(school, programme(school), teacher_id=school.people["bas"])
    lesson = lessons(school)[0].lesson
    school.do("marijke", let_go, school.people["bas"])
    school.do("esther", commands.move_lesson, lesson, day=TODAY, teacher_id=school.people["bas"])
    assert {row.lesson: row.day for row in lessons(school)}[lesson] == TODAY
