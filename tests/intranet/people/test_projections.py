"""The tables of people: what they keep after each command, and that a rebuild gives the same rows."""

from datetime import date

import pytest

from events.log.errors import NotFound
from intranet.people import commands, register
from intranet.people.projections import PROJECTIONS, TABLES, duty, group, person
from intranet.schools import commands as schools
from tests.intranet.people import edexml_files as files

DAY = date(2026, 11, 24)


@pytest.fixture
def place(place_on_both):
    return place_on_both


def busy(place):
    """Do everything once that a table follows."""
    place.import_file(files.small_school())
    with place.inside():
        six = schools.form_group("8b", ["8"])
        pupil = commands.register_person(kind="pupil", given_name="Bo", family_name="Visser", group_id=six, on=DAY)
        parent = commands.register_person(kind="parent", given_name="Ad", family_name="Visser")
        staff = commands.register_person(kind="staff", given_name="Kim", family_name="Post")
        commands.link_parent(parent, pupil, custody=True)
        commands.link_parent(parent, pupil, custody=False)
        commands.assign_duty(staff, "emergency_responder", since=DAY)
        commands.assign_duty(staff, "teacher", since=DAY, until=date(2027, 7, 31))
        commands.end_duty(staff, "emergency_responder", since=DAY, until=date(2026, 12, 1))
        schools.add_teacher(six, staff)
        commands.rename_person(pupil, given_name="Bo", infix="de", family_name="Visser")
        schools.change_group(six, name="8c", year_groups=["7", "8"])
        other = schools.form_group("Leeg")
        schools.close_group(other, on=DAY)
        commands.let_go(staff, on=date(2027, 1, 8))
        commands.take_back(staff, on=date(2027, 1, 9))
    place.import_file(files.small_school(staff=files.teacher("M2", "Sam", "Bakker", groups=["G12"])))
    return pupil, parent, staff, six


def test_a_rebuild_gives_the_rows_that_the_saves_gave(place, rows):
    busy(place)
    live = {table.name: rows(table) for table in TABLES}
    assert all(live.values())
    with place.app.app_context():
        place.log.rebuild(PROJECTIONS[0], place.school)
    assert {table.name: rows(table) for table in TABLES} == live


def test_a_duty_row_ends_with_the_duty_and_with_leaving(place, rows):
    _pupil, _parent, staff, _six = busy(place)
    held = {row["duty"]: row["until"] for row in rows(duty) if row["person"] == staff}
    assert held == {"emergency_responder": date(2026, 12, 1), "teacher": date(2027, 1, 8)}


def test_questions_to_the_tables(place):
    pupil, parent, staff, six = busy(place)
    with place.app.app_context():
        assert register.parents_of(place.school, pupil) == [(parent, False)]
        assert register.children_of(place.school, parent) == [(pupil, False)]
        assert register.groups_taught_by(place.school, staff) == frozenset()
        assert register.duties_of(place.school, staff, date(2026, 11, 30)) == {
            "staff",
            "teacher",
            "emergency_responder",
        }
        assert register.duties_of(place.school, staff, date(2026, 12, 2)) == {"staff", "teacher"}
        assert register.duties_of(place.school, pupil, DAY) == frozenset()
        assert register.duties_of(place.elsewhere, staff, DAY) == frozenset()
    assert place.roster()[pupil].group == "8c"


def test_who_left_holds_nothing_that_day(place):
    with place.inside():
        staff = commands.register_person(kind="staff", given_name="Kim")
        commands.assign_duty(staff, "care_coordinator", since=DAY)
        commands.let_go(staff, on=date(2026, 11, 25))
        assert register.duties_of(place.school, staff, date(2026, 11, 25)) == frozenset()


def test_another_school_cannot_reach_a_person_or_group(place):
    pupil, _parent, _staff, six = busy(place)
    with place.inside(place.elsewhere):
        for reach in (
            lambda: commands.rename_person(pupil, given_name="X", infix=None, family_name=None),
            lambda: commands.assign_duty(pupil, "teacher"),
            lambda: schools.close_group(six, on=DAY),
            lambda: commands.register_person(kind="pupil", given_name="X", group_id=six),
            lambda: commands.move_to_group(pupil, None),
        ):
            with pytest.raises(NotFound):
                reach()


def test_tables_hold_ids_codes_and_dates_only(place, rows):
    busy(place)
    assert {column.name for column in person.columns} == {
        "school", "person", "kind", "class_group", "year_group", "source", "since", "left_on", "named_at"
    }  # fmt: skip
    assert {type(value).__name__ for row in rows(group) for value in row.values()} <= {
        "UUID",
        "str",
        "int",
        "date",
        "NoneType",
    }
    assert {row["year_groups"] for row in rows(group)} == {"6", "1 2", "7 8", ""}
