"""Commands and the register against both databases: from open to closed and open again, and what others may know."""

from datetime import timedelta
from functools import partial

import pytest

from events.involvement import Involvement
from events.log.errors import Refused
from intranet.cases import commands
from intranet.cases.projections import Register
from intranet.follow_up.commands import inform_parents, keep_follow_up, promise_follow_up
from intranet.people.commands import let_go
from intranet.people.today import today
from intranet.sharing.commands import share_record, withdraw_share
from intranet.signals import commands as signals
from intranet.signals.projections import Register as Signals


def row(school, case_id):
    return next(each for each in school.rows(Register()) if each[0].startswith("cases_register") and case_id in each)


def test_each_command_brings_the_case_further(school_on_both):
    school = school_on_both
    signal, incident = school.tell("henk", bullying=True), school.report()
    case = school.open(gathering=[("signals.signal", signal)])
    day, people = school.do("hanneke", today), school.people
    later = day + timedelta(days=28)

    def do(command, *words, **more):
        return school.do("hanneke", partial(command, case, *words, **more))

    do(commands.gather, "incidents.incident", incident)
    do(commands.take_out, signal, "Ging over een ander kind.")
    do(commands.add_participant, people["bas"])
    do(commands.hand_over, people["marijke"], "Ik ben er even niet.")
    do(commands.remove_participant, people["bas"])
    do(commands.involve, school.parts(nova="follower"))
    do(commands.change_involvement, people["nova"], "follower", "witness")
    do(commands.withdraw_involvement, people["nova"], "witness", "Was er niet bij.")
    do(commands.weigh, True, "Ze durft niet naar school.")
    do(commands.make_plan, goal="Noor speelt weer mee.", evaluate_on=later)
    do(commands.extend, evaluate_on=later + timedelta(days=7), reason="Er was vakantie.")
    promised = do(promise_follow_up, kind="contact_moment", owner=people["hanneke"], due_on=day, repeats=5)
    do(keep_follow_up, promised, outcome="Gaat goed.", on=day, again=False)
    do(inform_parents, person_id=people["noor"], by=people["hanneke"], on=day, how="phone")
    do(commands.hear, voice="pupil", view="well", words="Leuk.", on=day, person_id=people["noor"])
    do(commands.evaluate, outcome="well", conclusion="Het gaat goed.", on=day, next_on=None)
    assert not do(commands.close_case, conclusion="Het is over.")
    assert school.do("marijke", commands.close_case, case, conclusion="Het is over.")
    live = school.case(case)
    assert (live.closed, live.closings, live.gathered) == (True, 1, {incident: "incidents.incident"})
    do(commands.reopen_case, reason="Het begint opnieuw.", evaluate_on=later)
    shown = row(school, case)
    assert people["marijke"] in shown
    assert later in shown
    rows = school.rows(Register())
    school.rebuild(Register())
    assert school.rows(Register()) == rows


def test_nothing_was_done_or_said_tomorrow(small_school):
    school, people = small_school, small_school.people
    case, day = school.open(), school.do("hanneke", today)
    tomorrow = day + timedelta(days=1)
    promised = school.do(
        "hanneke", promise_follow_up, case, kind="supervision", owner=people["hanneke"], due_on=tomorrow
    )
    school.do("hanneke", commands.make_plan, case, goal="Rust.", evaluate_on=tomorrow)
    said = {"voice": "pupil", "view": "well", "words": "Goed.", "person_id": people["noor"]}
    school.do("hanneke", commands.hear, case, **said, on=day)
    for command, *record, facts in (
        (keep_follow_up, case, promised, {"outcome": "Gedaan."}),
        (inform_parents, case, {"person_id": people["noor"], "by": people["hanneke"], "how": "phone"}),
        (commands.hear, case, said),
        (commands.evaluate, case, {"outcome": "well", "conclusion": "Goed."}),
    ):
        with pytest.raises(Refused, match="Die dag moet nog komen"):
            school.do("hanneke", partial(command, *record, **facts, on=tomorrow))


def test_only_people_and_groups_of_this_school_are_in_a_case(small_school):
    school, next_door = small_school, small_school.next_door()
    case, before = school.open(), school.size()
    theirs = [Involvement(next_door.people["noor"], "witness")]
    with pytest.raises(Refused, match="Iemand die je koos hoort niet bij deze school"):
        school.open(involved=iter([*school.parts(noor="victim"), *theirs]))
    with pytest.raises(Refused, match="Iemand die je koos hoort niet bij deze school"):
        school.do("hanneke", commands.involve, case, iter(theirs))
    with pytest.raises(Refused, match="De groep die je koos hoort niet bij deze school"):
        school.open(group_id=next_door.groups["6a"])
    assert school.size() == before


def test_how_many_cases_are_open_about_a_group_is_a_number_and_no_name(school_on_both):
    from intranet.api import open_cases_of_group

    school = school_on_both

    def number(group):
        return school.do("bas", open_cases_of_group, school.groups[group])

    before = {group: number(group) for group in school.groups}
    assert set(before.values()) == {0}
    case = school.open()
    by_group = school.open(group_id=school.groups["7b"], involved=school.parts(noor="victim"))
    assert (number("6a"), number("7b")) == (2, 1)
    for each in (case, by_group):
        school.do("hanneke", commands.close_case, each, conclusion="Plagen.", nothing_needed="Het was gelijk op.")
    assert (number("6a"), number("7b")) == (0, 0)


def test_no_table_holds_a_word(small_school):
    case = small_school.open(concern="MERKTEKEN")
    later = small_school.do("hanneke", today) + timedelta(days=9)
    small_school.do("hanneke", commands.make_plan, case, goal="MERKTEKEN", evaluate_on=later)
    assert "MERKTEKEN" not in repr(small_school.rows(Register()))
    assert small_school.case(case).goal == "MERKTEKEN"


@pytest.mark.parametrize(("positive", "waits"), [(False, "new"), (True, "kept")])
def test_what_is_made_undone_lets_a_signal_wait_again(school_on_both, positive, waits):
    school = school_on_both
    signal, bas = school.tell(kind="observation", positive=positive), school.people["bas"]
    case, until = school.open(), school.do("hanneke", today)
    share = partial(share_record, until=until, reason="Hij ziet haar veel.")
    there_and_back = (
        ((share, signal, bas), (withdraw_share, signal, bas)),
        (
            (commands.gather, case, "signals.signal", signal),
            (commands.take_out, case, signal, "Het was een vergissing."),
        ),
    )
    for there, back in there_and_back:
        school.do("hanneke", *there)
        assert school.row(signal).state == "busy"
        school.do("hanneke", *back)
        assert school.row(signal).state == waits
    school.do("hanneke", signals.close_signal, signal, "Klaar.")
    school.do("hanneke", signals.reopen_signal, signal, "Het was een vergissing.")
    assert school.row(signal).state == waits
    (one, undo_one), (other, undo_other) = there_and_back
    school.do("hanneke", *one)
    school.do("hanneke", *other)
    school.do("hanneke", *undo_one)
    assert school.row(signal).state == "busy"
    school.do("hanneke", signals.close_signal, signal, "Klaar.")
    school.do("hanneke", *undo_other)
    school.do("hanneke", signals.reopen_signal, signal, "Toch niet klaar.")
    assert school.row(signal).state == waits
    school.do("hanneke", signals.record_talk, signal, "pupil", "Gepraat.")
    school.do("hanneke", *one)
    school.do("hanneke", *undo_one)
    assert school.row(signal).state == "busy"
    live = school.rows(Signals())
    school.rebuild(Signals())
    assert school.rows(Signals()) == live


def test_who_leads_it_or_takes_part_works_here(small_school):
    school = small_school
    there, case = school.next_door().people["bas"], school.open()
    school.do("marijke", let_go, school.people["bas"])
    for person in (there, school.people["bas"], school.people["sem"]):
        for command in (commands.add_participant, partial(commands.hand_over, reason="Ik ben er even niet.")):
            with pytest.raises(Refused, match="werkt hier niet, of niet meer"):
                school.do("hanneke", command, case, person)
