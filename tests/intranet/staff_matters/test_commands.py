"""Commands and the register against both databases: who gets a matter, and how far the steps bring it."""

from datetime import timedelta

import pytest

from events.log import clock
from events.log.context import acting
from events.log.errors import Refused
from intranet.people.commands import end_duty
from intranet.people.register import holdings
from intranet.people.today import today
from intranet.staff_matters import commands
from intranet.staff_matters.projections import Register


def test_each_step_is_kept_and_a_rebuild_gives_the_same(school_on_both):
    school = school_on_both
    matter = school.tell()
    row = school.row(matter)
    assert (row.addressee, row.reporter, row.received_at) == ("executive_director", school.people["fatima"], None)
    day = school.do("yvonne", today)
    steps = (
        ((commands.confirm_receipt,), "received_at"),
        ((commands.consult_inspector, day, "Doe vandaag aangifte."), "consulted"),
        ((commands.judge_suspicion, True, "Het kind vertelde het zelf.", day), "reasonable"),
        ((commands.inform_people, "parents", day, "Gebeld."), "consulted"),
        ((commands.report_to_police, day, "Politie in de stad."), "filed"),
        ((commands.take_measure, "leave", day, "Thuis tot het gesprek."), "filed"),
    )
    for (command, *words), column in steps:
        school.do("yvonne", command, matter, *words)
        assert getattr(school.row(matter), column), command
    live = school.rows(Register())
    school.rebuild(Register())
    assert school.rows(Register()) == live


def test_a_named_director_makes_it_fall_through_and_so_does_naming_one_later(school_on_both):
    school = school_on_both
    assert school.row(school.tell(named=("yvonne",))).addressee == "supervisory_board"
    matter = school.tell()
    school.do("yvonne", commands.name_staff, matter, [school.people["yvonne"]])
    assert school.row(matter).addressee == "supervisory_board"
    live = school.rows(Register())
    school.rebuild(Register())
    assert school.rows(Register()) == live


def test_closing_takes_two_where_there_are_two(school_on_both):
    school = school_on_both
    matter = school.tell()
    day = school.do("yvonne", today)
    with pytest.raises(Refused, match="redelijk vermoeden"):
        school.do("yvonne", commands.close_matter, matter, "Klaar.")
    school.do("yvonne", commands.judge_suspicion, matter, False, "De inspecteur ziet het ook zo.", day)
    assert school.do("yvonne", commands.close_matter, matter, "Klaar.") is False
    assert school.row(matter).closing_asked
    with pytest.raises(Refused, match="ander dan jij"):
        school.do("yvonne", commands.close_matter, matter, "Klaar.")
    assert school.do("otto", commands.close_matter, matter, "Gezien.") is True
    assert school.row(matter).closed
    school.do("yvonne", commands.reopen_matter, matter, "Er is meer bekend.")
    assert not school.row(matter).closed


def test_where_nobody_else_can_look_the_director_closes_alone_and_the_log_says_so(small_school):
    school = small_school
    matter = school.tell(named=("bas", "otto"))
    day = school.do("yvonne", today)
    school.do("yvonne", commands.judge_suspicion, matter, False, "Zo besloten.", day)
    assert school.do("yvonne", commands.close_matter, matter, "Klaar.") is True
    assert school.facts("staff_matters.matter")[-1].four_eyes is False


def test_who_asked_closes_alone_when_the_other_is_gone_since(small_school):
    school = small_school
    matter = school.tell()
    school.do("yvonne", commands.judge_suspicion, matter, False, "Zo besloten.", school.do("yvonne", today))
    path = f"/staff-matters/{matter}"
    assert "Die persoon kan de melding dan lezen." in school.client("yvonne").get(path).text
    school.do("yvonne", commands.close_matter, matter, "Klaar.")
    assert "het tweede paar ogen." in school.client("otto").get(path).text
    assert "Een ander leest nu mee en sluit af." in school.client("yvonne").get(path).text
    otto = school.people["otto"]
    with school.app.app_context(), acting(school=school.school):
        [held] = [each for each in holdings(school.school) if each.person == otto and each.duty == "supervisory_board"]
    school.do("marijke", end_duty, otto, "supervisory_board", since=held.since)
    with clock.told_at(clock.now() + timedelta(days=1)):
        assert "Jij sluit dit alleen af." in school.client("yvonne").get(path).text
        assert school.do("yvonne", commands.close_matter, matter, "Klaar.") is True
    assert school.facts("staff_matters.matter")[-1].four_eyes is False


def test_what_was_asked_lapses_when_something_is_added(small_school):
    school = small_school
    matter = school.tell()
    school.do("yvonne", commands.judge_suspicion, matter, False, "Zo besloten.", school.do("yvonne", today))
    school.do("yvonne", commands.close_matter, matter, "Klaar.")
    school.do("fatima", commands.add_note, matter, "Er is nog iets.")
    assert not school.row(matter).closing_asked
    assert school.do("otto", commands.close_matter, matter, "Klaar.") is False


@pytest.mark.parametrize("how", ["nobody", "self", "to_come", "silent"])
def test_what_cannot_be_told(small_school, how):
    facts = {
        "nobody": {"named": ()},
        "self": {"named": ("fatima",)},
        "to_come": {"happened_on": small_school.do("fatima", today) + timedelta(days=1)},
        "silent": {"account": " "},
    }[how]
    with pytest.raises(Refused):
        small_school.tell(**facts)
