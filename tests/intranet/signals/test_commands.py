"""Commands and the register against both databases: what is done with a signal, and how far that brings it."""

from datetime import timedelta
from functools import partial
from uuid import uuid4

import pytest

from events.log import clock
from events.log.errors import Refused
from intranet.people.today import today
from intranet.sharing.commands import share_record, withdraw_share
from intranet.signals import commands
from intranet.signals.projections import Register


def test_each_command_brings_the_signal_further(school_on_both):
    school = school_on_both
    signal = school.tell("henk", bullying=True, source="playground_patrol", on_behalf_of="Daan")
    row = school.row(signal)
    assert (row.kind, row.positive, row.source, row.state) == ("concern", False, "playground_patrol", "new")
    assert (row.reporter, row.bullying, row.home_signs) == (school.people["henk"], True, False)
    day = school.do("hanneke", today)
    steps = (
        ((commands.record_talk, "pupil", "Ze mist haar vriendin."), "busy"),
        ((partial(share_record, until=day, reason="Hij ziet haar veel."), school.people["bas"]), "busy"),
        ((commands.escalate_signal, "Het duurt te lang."), "busy"),
        ((commands.take_to_support_team, "Wie kan helpen?"), "support_team"),
        ((commands.close_signal, "Het gaat weer goed."), "closed"),
        ((commands.reopen_signal, "Het begint opnieuw."), "support_team"),
        ((withdraw_share, school.people["bas"]), "support_team"),
    )
    for (command, *words), state in steps:
        school.do("hanneke", command, signal, *words)
        assert school.row(signal).state == state, command
    assert school.row(signal).escalated
    live = school.rows(Register())
    school.rebuild(Register())
    assert school.rows(Register()) == live


def test_what_goes_well_waits_for_nobody_until_something_is_done_with_it(school_on_both):
    signal = school_on_both.tell(kind="observation", positive=True)
    assert school_on_both.row(signal).state == "kept"
    school_on_both.do("hanneke", commands.record_talk, signal, "pupil", "Complimentje gegeven.")
    assert school_on_both.row(signal).state == "busy"


def test_a_signal_and_its_incident_name_each_other_and_keep_who_said_it(school_on_both):
    from events.incident import Incident
    from events.involvement import Involvement
    from intranet.api import log

    school = school_on_both
    signal = school.tell("henk")
    facts = {"kinds": ["threat"], "happened_at": clock.now() - timedelta(hours=1), "account": "Ze werd bedreigd."}
    involved = [Involvement(school.people["noor"], "victim")]
    incident = school.do("hanneke", commands.make_incident, signal, **facts, involved=involved)
    assert school.row(signal).incident == incident
    assert school.row(signal).state == "incident"
    assert school.row(signal).reporter == school.people["henk"]
    assert school.signal(signal).incident_id == incident
    assert school.do("hanneke", lambda: log.get(Incident, incident)).signals == (signal,)


def test_when_the_incident_is_refused_the_signal_stays_as_it_was(school_on_both):
    signal, before = school_on_both.tell(), school_on_both.size()
    with pytest.raises(Refused):
        school_on_both.do(
            "hanneke", commands.make_incident, signal, kinds=[], happened_at=clock.now(), account="Ze werd bedreigd."
        )
    assert school_on_both.size() == before
    assert school_on_both.row(signal).state == "new"


def test_nobody_records_a_signal_about_themselves(small_school):
    with pytest.raises(Refused, match="Dit gaat ook over jou"):
        small_school.tell("fatima", people=[small_school.people["fatima"]])


def test_only_people_and_groups_of_this_school_are_in_a_signal(small_school):
    from events.involvement import Involvement

    school, next_door = small_school, small_school.next_door()
    signal, before = school.tell(), school.size()
    become = partial(
        school.do, "hanneke", commands.make_incident, signal, kinds=["threat"], account="Ze werd bedreigd.",
        happened_at=clock.now() - timedelta(hours=1),
    )  # fmt: skip
    for stranger in (next_door.people["noor"], uuid4()):
        with pytest.raises(Refused, match="Iemand die je koos hoort niet bij deze school"):
            school.tell(people=iter([school.people["noor"], stranger]))
        with pytest.raises(Refused, match="Iemand die je koos hoort niet bij deze school"):
            become(involved=iter([Involvement(stranger, "victim")]))
    with pytest.raises(Refused, match="De groep die je koos hoort niet bij deze school"):
        school.tell(group_id=next_door.groups["6a"])
    with pytest.raises(Refused, match="De groep die je koos hoort niet bij deze school"):
        become(unknown_persons=True, group_id=next_door.groups["6a"])
    assert school.size() == before


def test_no_table_holds_a_word(small_school):
    signal = small_school.tell(account="MERKTEKEN", source="parent", on_behalf_of="MERKTEKEN")
    small_school.do("hanneke", commands.record_talk, signal, "parents", "MERKTEKEN")
    assert "MERKTEKEN" not in repr(small_school.rows(Register()))
