"""The rules about boards, schools and class groups, without a database."""

from datetime import date
from uuid import uuid4

import pytest

from events.log.context import acting
from events.log.errors import Refused, UnknownSchool
from intranet.schools.events import Board, ClassGroup, School

DAY = date(2026, 11, 24)


def kinds_of(record):
    return [type(event).__name__ for event in record.collect_events()]


def group():
    return ClassGroup(name="6a", year_groups=("6",), sources=())


def test_a_school_and_a_board_are_the_first_record_of_their_own_log():
    here = uuid4()
    with acting(school=here):
        assert School(board_id=uuid4(), name="IBS De Regenboog", brin="99zz").id == here
        assert Board(name="Stichting Kleuren").id == here
    with pytest.raises(UnknownSchool):
        Board(name="Stichting Kleuren")


def test_settings_that_stay_the_same_record_nothing():
    with acting(school=uuid4()):
        school = School(board_id=uuid4(), name="IBS De Regenboog", brin="99zz")
    school.collect_events()
    school.rename(name=" IBS  De Regenboog ")
    school.change_settings(brin="99zz", holiday_region=None)
    assert kinds_of(school) == []
    school.change_settings(brin="99zz", holiday_region="zuid")
    assert kinds_of(school) == ["SettingsChanged"]


def test_a_region_exists_and_a_name_is_not_empty():
    with acting(school=uuid4()):
        school = School(board_id=uuid4(), name="IBS De Regenboog", brin=None)
    with pytest.raises(Refused, match="vakantieregio"):
        school.change_settings(brin=None, holiday_region="west")
    with pytest.raises(Refused, match="Vul een naam in"):
        school.rename(name="  ")


def test_a_teacher_joins_and_leaves_once():
    made, teacher = group(), uuid4()
    for _ in range(2):
        made.add_teacher(teacher)
    for _ in range(2):
        made.remove_teacher(teacher)
    assert kinds_of(made) == ["Formed", "TeacherJoined", "TeacherLeft"]


def test_a_closed_group_has_no_teachers_and_closes_once():
    made = group()
    made.add_teacher(uuid4())
    made.close(on=DAY)
    assert made.teachers == set()
    for again in (lambda: made.close(on=DAY), lambda: made.add_teacher(uuid4())):
        with pytest.raises(Refused, match="bestaat niet meer"):
            again()
    made.reopen()
    made.add_teacher(uuid4())


def test_the_same_name_and_years_record_nothing():
    made = group()
    made.collect_events()
    made.rename(name="6a")
    made.change_year_groups(year_groups=("6",))
    assert kinds_of(made) == []
