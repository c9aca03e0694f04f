"""A promise that is late is told once at each step: by the bell and by mail to who looks after it, without a word."""

from datetime import UTC, date, datetime, time, timedelta

from events.log.clock import told_at
from intranet.follow_up import commands
from intranet.people.commands import assign_duty
from tests.intranet.follow_up.conftest import told
from tests.intranet.incidents.small_school import SmallSchool

MONDAY = date(2026, 11, 23)
FRIDAY_BEFORE = MONDAY - timedelta(days=3)
THURSDAY, NEXT_TUESDAY = MONDAY + timedelta(days=3), MONDAY + timedelta(days=8)


def at(day):
    return told_at(datetime.combine(day, time(12), UTC))


def night(school, day):
    """Do what a server does every night."""
    runner = school.app.test_cli_runner()
    with at(day):
        return runner.invoke(args=["intranet", "climb"]).output


def bell(school, who, day):
    """Return what is new for somebody, and where it leads."""
    from intranet.incidents.readable import Reader
    from intranet.notices.showing import rows_of
    from intranet.testing import STAFF

    with school.app.test_request_context(), at(day):
        duties = {*STAFF[who], "staff"}
        rows = rows_of(Reader(school.people[who], duties, school.school), only_new=True)
        return [(row.kind, row.item) for row in rows if row.kind == "climbed"]


def promise(school, owner="fatima", due_on=MONDAY, **more):
    with at(FRIDAY_BEFORE):
        incident = told(school)
        person = school.people[owner]
        made = school.do(
            "hanneke",
            commands.promise_follow_up,
            incident,
            kind="victim_talk" if not more else "contact_moment",
            owner=person,
            due_on=due_on,
            **more,
        )
    return incident, made


def test_each_step_is_told_once(school_on_both):
    school = school_on_both
    _incident, made = promise(school)
    assert night(school, THURSDAY - timedelta(days=1)) == "0 told.\n"
    assert night(school, THURSDAY) == "1 told.\n"
    size = school.size()
    assert night(school, THURSDAY) == "0 told.\n"
    assert school.size() == size
    assert bell(school, "hanneke", THURSDAY) == bell(school, "esther", THURSDAY) == [("climbed", made)]
    assert bell(school, "marijke", THURSDAY) == bell(school, "fatima", THURSDAY) == []
    assert night(school, NEXT_TUESDAY) == "1 told.\n"
    assert night(school, NEXT_TUESDAY + timedelta(days=30)) == "0 told.\n"
    assert bell(school, "marijke", NEXT_TUESDAY) == [("climbed", made)]
    assert bell(school, "hanneke", NEXT_TUESDAY) == [("climbed", made)]


def test_a_promise_for_a_day_without_school_climbs_as_soon_as_one_for_the_day_before(small_school):
    _incident, made = promise(small_school, due_on=FRIDAY_BEFORE + timedelta(days=1))
    assert night(small_school, MONDAY + timedelta(days=1)) == "0 told.\n"
    assert night(small_school, MONDAY + timedelta(days=2)) == "1 told.\n"
    assert bell(small_school, "hanneke", MONDAY + timedelta(days=2)) == [("climbed", made)]


def test_what_was_done_or_got_another_day_is_no_longer_told(school_on_both):
    school = school_on_both
    incident, made = promise(school)
    again, repeated = promise(school, repeats=5)
    assert night(school, NEXT_TUESDAY) == "4 told.\n"
    assert len(bell(school, "hanneke", NEXT_TUESDAY)) == 2
    with at(NEXT_TUESDAY):
        moved = {"owner": school.people["fatima"], "due_on": NEXT_TUESDAY, "reason": "Ziek."}
        school.do("hanneke", commands.move_follow_up, incident, made, **moved)
        school.do("fatima", commands.keep_follow_up, again, repeated, outcome="Goed.", on=NEXT_TUESDAY, again=True)
    assert bell(school, "hanneke", NEXT_TUESDAY) == bell(school, "marijke", NEXT_TUESDAY) == []
    # A new day begins it again.
    assert night(school, NEXT_TUESDAY + timedelta(days=3)) == "1 told.\n"
    assert bell(school, "hanneke", NEXT_TUESDAY + timedelta(days=3)) == [("climbed", made)]


def test_the_tables_are_the_same_when_rebuilt(school_on_both):
    from intranet.follow_up.projections import PROJECTIONS
    from intranet.notices.projections import PROJECTIONS as NOTICES

    school = school_on_both
    promise(school)
    night(school, NEXT_TUESDAY)
    for projection in (*PROJECTIONS, *NOTICES):
        live = school.rows(projection)
        school.rebuild(projection)
        assert school.rows(projection) == live


def test_who_may_not_read_it_and_whose_it_is_hear_nothing(app_on_both):
    with at(FRIDAY_BEFORE):
        school = SmallSchool(app_on_both)
        promise(school, owner="hanneke")
        incident = school.report(by="fatima", confidential=True)
        person = school.people["hanneke"]
        school.do("marijke", commands.promise_follow_up, incident, kind="victim_talk", owner=person, due_on=MONDAY)
    assert night(school, NEXT_TUESDAY) == "4 told.\n"
    # Her own promise, and a confidential record that Esther does not read.
    assert bell(school, "hanneke", NEXT_TUESDAY) == []
    assert len(bell(school, "esther", NEXT_TUESDAY)) == 1
    assert len(bell(school, "marijke", NEXT_TUESDAY)) == 2


def test_somebody_with_two_duties_hears_once(app):
    with at(FRIDAY_BEFORE):
        school = SmallSchool(app)
        school.do("marijke", assign_duty, school.people["hanneke"], "bullying_coordinator")
    promise(school)
    night(school, THURSDAY)
    with at(THURSDAY):
        page = school.client("hanneke").get("/notices/").text
    assert page.count("Een afspraak van een collega is te laat") == 1
