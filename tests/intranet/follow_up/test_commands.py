"""What a promise is refused for, whichever form or program asks for it."""

from datetime import UTC, datetime, time, timedelta
from functools import partial

import pytest

from events.involvement import Involvement
from events.log.clock import told_at
from events.log.errors import Refused
from intranet.api import today
from intranet.follow_up import commands
from intranet.incidents.commands import add_involvements
from intranet.people.commands import let_go


def test_a_promise_is_for_a_day_to_come_by_who_may_read_it_about_who_was_in_it(small_school, incident):
    school, people = small_school, small_school.people
    day = school.do("hanneke", today)
    usual = {"kind": "victim_talk", "owner": people["fatima"], "due_on": day, "person_id": people["noor"]}
    school.do("hanneke", let_go, people["esther"])
    size = school.size()
    for changed, sentence in (
        ({"due_on": day - timedelta(days=1)}, "Kies vandaag of een dag die nog komt."),
        ({"owner": people["henk"]}, "Deze collega mag dit niet lezen."),
        ({"owner": people["esther"]}, "werkt hier niet"),
        ({"owner": people["sem"]}, "werkt hier niet"),
        ({"person_id": people["marijke"]}, "Deze persoon hoort hier niet bij."),
    ):
        with pytest.raises(Refused, match=sentence):
            school.do("hanneke", commands.promise_follow_up, incident, **{**usual, **changed})
    assert school.size() == size
    school.do("hanneke", commands.promise_follow_up, incident, **usual)


def test_a_promise_moves_to_no_day_that_has_been_and_to_nobody_who_may_not_read_it(small_school, incident):
    school, people = small_school, small_school.people
    day = school.do("hanneke", today)
    usual = {"kind": "victim_talk", "owner": people["fatima"], "due_on": day + timedelta(days=1)}
    promised = school.do("hanneke", commands.promise_follow_up, incident, **usual)

    def move(**changed):
        moved = {"owner": people["fatima"], "due_on": day, "reason": "Ik ben ziek."}
        school.do("hanneke", commands.move_follow_up, incident, promised, **{**moved, **changed})

    with pytest.raises(Refused, match="Kies vandaag of een dag die nog komt"):
        move(due_on=day - timedelta(days=1))
    with pytest.raises(Refused, match="Deze collega mag dit niet lezen"):
        move(owner=people["henk"])
    move()
    assert school.incident(incident).follow_ups[0].due_on == day


def test_who_takes_over_what_is_late_need_not_choose_another_day(small_school, incident):
    school, people = small_school, small_school.people
    day = school.do("hanneke", today)
    usual = {"kind": "victim_talk", "owner": people["fatima"], "due_on": day}
    promised = school.do("hanneke", commands.promise_follow_up, incident, **usual)
    with told_at(datetime.combine(day + timedelta(days=3), time(12), UTC)):
        handed = {"owner": people["hanneke"], "due_on": day, "reason": "Fatima is ziek."}
        school.do("marijke", commands.move_follow_up, incident, promised, **handed)
    assert school.incident(incident).follow_ups[0].owner == people["hanneke"]


def test_parents_who_know_are_those_of_a_pupil_who_was_in_it(small_school, incident):
    school, people = small_school, small_school.people
    school.do("hanneke", add_involvements, incident, [Involvement(people["bas"], "witness")])
    told = {"by": people["hanneke"], "on": school.do("hanneke", today), "how": "phone"}
    other = school.report()
    for record, somebody in ((incident, "bas"), (other, "sem"), (other, "hanneke")):
        with pytest.raises(Refused, match="Kies om welk kind het gaat"):
            school.do("hanneke", partial(commands.inform_parents, record, person_id=people[somebody], **told))
    school.do("hanneke", partial(commands.inform_parents, incident, person_id=people["noor"], **told))
