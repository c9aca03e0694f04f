"""What is recorded, what is counted from it, and what warns by itself, on both databases."""

from datetime import UTC, datetime, time

import pytest

from events.involvement import Involvement
from events.log.clock import told_at
from events.log.context import acting
from intranet import hook_calls
from intranet.database import log
from intranet.incidents import commands as incidents
from plugins.patterns import commands, reading
from plugins.patterns.measure_projections import Measures
from plugins.patterns.projections import Happenings, Rules
from tests.plugins.patterns.conftest import DAY, TUESDAY, report
from tests.school_days import today


@pytest.fixture
def school(school_on_both):
    return school_on_both


def counted(school, **options):
    span = TUESDAY - 30 * DAY, TUESDAY + 30 * DAY
    return school.do("hanneke", reading.happenings, *span, closed=reading.EVERY, **options)


def warnings(school):
    return [row.person for row in school.do("hanneke", reading.warnings)]


def test_an_incident_counts_as_it_stands_now(school):
    noor, sem = school.people["noor"], school.people["sem"]
    incident = report(school, involved=[Involvement(noor, "victim"), Involvement(sem, "witness")])
    (found,) = counted(school)
    assert (found.day, found.delay, found.place, found.moment) == (TUESDAY, 2, "playground", "big_break")
    assert (found.group, found.severity) == (school.groups["6a"], None)
    assert set(found.parts) == {(noor, "victim"), (sem, "witness")}
    school.do("hanneke", incidents.assess_severity, incident, 3, "Er was pijn.")
    school.do("hanneke", incidents.change_involvement, incident, sem, "witness", "defender")
    school.do("hanneke", incidents.withdraw_involvement, incident, noor, "victim", "Was er niet.")
    school.do("hanneke", incidents.add_involvements, incident, [Involvement(school.people["nova"], "follower")])
    school.do(
        "hanneke", incidents.correct_incident, incident, reason="Het was in de gang.", kinds=["theft", "threat"],
        happened_at=found.at - DAY, account="Anders.", place="hallway", moment=None, group_id=None,
        unknown_persons=False,
    )  # fmt: skip
    (found,) = counted(school)
    assert (found.day, found.place, found.moment, found.group) == (TUESDAY - DAY, "hallway", None, None)
    assert (found.kinds, found.severity) == ({"theft", "threat"}, 3)
    assert set(found.parts) == {(sem, "defender"), (school.people["nova"], "follower")}


def test_what_is_about_staff_never_counts_and_what_is_closed_only_for_who_may_read_it(school):
    report(school, kinds=["staff_transgression"])
    closed = report(school, confidential=True)
    corrected = report(school)
    facts = {"happened_at": counted(school)[0].at, "account": "Anders.", "place": None, "moment": None}
    school.do(
        "hanneke", incidents.correct_incident, corrected, reason="Het was een collega.",
        kinds=["staff_transgression"], group_id=None, unknown_persons=False, **facts,
    )  # fmt: skip
    assert [each.id for each in counted(school)] == [closed]
    span = TUESDAY - DAY, TUESDAY + DAY
    assert school.do("hanneke", reading.happenings, *span, closed=()) == []
    school.do("hanneke", incidents.change_confidentiality, closed, False, "Het kan open.")
    assert [each.id for each in school.do("hanneke", reading.happenings, *span, closed=())] == [closed]


def test_another_school_counts_its_own(school):
    report(school)
    other = school.next_door(enabled=["patterns"])
    assert counted(other) == []


def test_a_rule_that_is_on_warns_by_itself_once(school):
    noor = school.people["noor"]
    report(school, day=TUESDAY - 7 * DAY)
    rule = school.do("hanneke", commands.switch_on_rule, who="pupil_victim", kinds=["quarrel"], times=3, days=10)
    report(school, day=TUESDAY - DAY)
    report(school, day=TUESDAY - DAY, kinds=["theft"])
    assert warnings(school) == []
    report(school)
    assert warnings(school) == [noor]
    report(school)
    assert warnings(school) == [noor]
    (given,) = [fact for fact in school.facts("patterns.rule") if type(fact).__name__ == "Warned"]
    assert given.actor_id is None
    assert (given.person_id, len(given.happenings), given.day) == (noor, 3, TUESDAY)
    school.do("hanneke", commands.switch_off_rule, rule, "Te veel.")
    report(school, day=TUESDAY - 41 * DAY)
    report(school, day=TUESDAY - 41 * DAY)
    report(school, day=TUESDAY - 40 * DAY)
    assert len(warnings(school)) == 1


def test_what_nobody_was_told_of_is_looked_at_with_what_comes_next(school, monkeypatch):
    noor, sem = school.people["noor"], school.people["sem"]
    report(school, involved=[Involvement(noor, "victim")])
    school.do("hanneke", commands.switch_on_rule, who="pupil", kinds=[], times=2, days=10)
    with monkeypatch.context() as patched:
        # As when the power fails after something was saved and before the plugin was told.
        patched.setattr(hook_calls, "_tell", lambda plugin, facts: None)
        report(school, involved=[Involvement(noor, "victim")])
        assert warnings(school) == []
    report(school, involved=[Involvement(sem, "victim")])
    assert warnings(school) == [noor]
    report(school, involved=[Involvement(sem, "victim")])
    assert sorted(warnings(school)) == sorted([noor, sem])


def test_what_was_recorded_before_a_rule_was_on_warns_about_nothing_by_itself(school):
    for _ in range(3):
        report(school)
    school.do("hanneke", commands.switch_on_rule, who="pupil", kinds=[], times=2, days=10)
    report(school, involved=[Involvement(school.people["sem"], "victim")])
    assert warnings(school) == []


def test_somebody_who_is_added_later_counts_from_then_on(school):
    school.do("hanneke", commands.switch_on_rule, who="pupil", kinds=[], times=2, days=5)
    nova = school.people["nova"]
    first, second = (report(school, involved=[], unknown_persons=True) for _ in range(2))
    for incident in (first, second):
        school.do("hanneke", incidents.add_involvements, incident, [Involvement(nova, "witness")])
    assert warnings(school) == [nova]


def test_a_rule_warns_about_a_group_and_a_place_too(school):
    school.do("hanneke", commands.switch_on_rule, who="group", kinds=[], times=2, days=5)
    school.do("hanneke", commands.switch_on_rule, who="place", kinds=[], times=2, days=5)
    report(school)
    report(school)
    rows = school.do("hanneke", reading.warnings)
    assert {(row.class_group, row.place) for row in rows} == {(school.groups["6a"], None), (None, "playground")}


def test_what_is_about_staff_warns_nobody(school):
    school.do("hanneke", commands.switch_on_rule, who="pupil", kinds=[], times=2, days=5)
    report(school, kinds=["staff_transgression"])
    report(school, kinds=["staff_transgression"])
    assert warnings(school) == []


def test_a_school_that_switched_the_plugin_off_is_not_warned(school):
    school.do("hanneke", commands.switch_on_rule, who="pupil", kinds=[], times=2, days=5)
    school.disable("patterns")
    report(school)
    report(school)
    assert warnings(school) == []
    assert len(counted(school)) == 2


def test_rebuilt_rows_equal_live_rows(school):
    incident = report(school)
    school.do("hanneke", incidents.assess_severity, incident, 2)
    rule = school.do("hanneke", commands.switch_on_rule, who="pupil", kinds=["quarrel"], times=2, days=5)
    report(school)
    (warning,) = school.do("hanneke", reading.warnings)
    school.do("hanneke", commands.handle_warning, rule, warning.warning, "Gesprek gehad.")
    later = today() + 60 * DAY
    pattern = {"place": "playground", "kind": "quarrel"}
    measure = school.do(
        "hanneke", commands.propose_measure, text="Twee pleinwachten.", pattern=pattern,
        owner_id=school.people["fatima"], evaluate_on=later,
    )  # fmt: skip
    school.do("hanneke", commands.evaluate_measure, measure, outcome="works", conclusion="Rustig.", next_on=later + DAY)
    assert school.do("hanneke", reading.warnings, open_only=True) == []
    for name, least in ((Happenings.name, 6), (Measures.name, 1), (Rules.name, 2)):
        projection = next(
            each for each in school.app.extensions["geborgen.log"].projector.projections if each.name == name
        )
        live = school.rows(projection)
        assert len(live) >= least
        school.rebuild(projection)
        assert school.rows(projection) == live


def test_what_is_older_in_the_same_commit_is_looked_at_too(school):
    nova, long_ago = school.people["nova"], TUESDAY - 21 * DAY
    with told_at(datetime.combine(long_ago, time(15), UTC)):
        school.do("hanneke", commands.switch_on_rule, who="pupil", kinds=[], times=2, days=5)
        older = [report(school, day=long_ago, involved=[], unknown_persons=True) for _ in range(2)]
    with school.app.app_context(), acting(school=school.school, actor=school.people["hanneke"]), log.unit_of_work():
        report(school)
        for incident in older:
            incidents.add_involvements(incident, [Involvement(nova, "witness")])
    assert warnings(school) == [nova]
