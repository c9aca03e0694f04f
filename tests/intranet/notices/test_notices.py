"""Notices: what is new for somebody about what they may read; nobody hears of a record that is about them."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from events.incident import Involvement
from events.log import clock
from intranet.api import log
from intranet.incidents import commands as incidents
from intranet.notices.projections import notice
from intranet.people.mentions import token
from intranet.sharing.commands import share_record, withdraw_share
from intranet.signals import commands as signals
from tests.intranet.incidents.small_school import SmallSchool
from tests.school_days import today


@pytest.fixture
def school(app):
    return SmallSchool(app)


@pytest.fixture
def school_on_both(app_on_both):
    return SmallSchool(app_on_both)


def bell(school, who):
    page = school.client(who).get("/").text
    start = page.index('class="icon-button bell"')
    return page[start : page.index("</a>", start)]


def listed(school, who):
    return school.client(who).get("/notices/").text


def rows(school):
    with school.app.app_context(), log.read() as connection:
        return connection.execute(select(notice).order_by(notice.c.position)).all()


def signal(school, by="fatima", about="noor"):
    facts = {"kind": "concern", "account": "Is stil.", "happened_at": clock.now() - timedelta(hours=2)}
    return school.do(by, signals.record_signal, **facts, people=[school.people[about]])


def test_a_teacher_sees_the_bell_opens_the_notice_and_it_is_gone(school_on_both):
    school = school_on_both
    incident = school.report(by="fatima")
    assert "count" not in bell(school, "fatima")
    words = f"Vraag aan {token(school.people['fatima'])}: was jij erbij?"
    school.do("hanneke", incidents.add_note, incident, words)
    assert ">1</span>" in bell(school, "fatima")
    assert "count" not in bell(school, "hanneke")
    page = listed(school, "fatima")
    assert "Iemand noemt je" in page
    assert "was jij erbij" not in page
    [row] = [row for row in rows(school) if row.kind == "mentioned"]
    client = school.client("fatima")
    answer = client.post(f"/notices/{row.position}", {}, "/notices/")
    assert answer.status_code == 303
    assert answer.location.endswith(f"/incidents/{incident}")
    assert "count" not in bell(school, "fatima")
    assert "Gezien" in listed(school, "fatima")
    assert "Iemand noemt je" in school.client("fatima").get("/notices/mentions").text


def test_who_may_not_read_a_record_hears_nothing_of_it(school):
    incident = school.report(by="hanneke", confidential=True)
    school.do("hanneke", incidents.add_note, incident, f"Niet voor {token(school.people['bas'])}.")
    assert len([row for row in rows(school) if row.kind == "mentioned"]) == 1
    assert "count" not in bell(school, "bas")
    assert "Iemand noemt je" not in listed(school, "bas")
    [row] = [row for row in rows(school) if row.kind == "mentioned"]
    bas = school.client("bas")
    answers = [bas.post(f"/notices/{each}", {}, "/incidents/new") for each in (row.position, 10**6)]
    assert [(each.status_code, each.location) for each in answers] == [(303, "/notices/")] * 2


def test_who_is_named_as_the_one_it_is_about_hears_nothing_of_it(school):
    incident = school.report(
        by="hanneke", involved=[Involvement(school.people["marijke"], "alleged_perpetrator")], unknown_persons=False
    )
    school.do("hanneke", incidents.add_note, incident, f"Dit gaat over {token(school.people['marijke'])}.")
    school.do("hanneke", incidents.assess_severity, incident, 4)
    assert "count" not in bell(school, "marijke")


def test_a_corrected_text_tells_only_who_was_not_named_before(school):

    incident = school.report(by="fatima", account=f"{token(school.people['hanneke'])} was erbij.")
    first = [row.position for row in rows(school) if row.kind == "mentioned"]
    facts = {
        "reason": "Tikfout",
        "kinds": ["hitting_kicking"],
        "happened_at": clock.now() - timedelta(hours=1),
        "place": None,
        "moment": None,
        "group_id": None,
        "unknown_persons": True,
    }
    both = f"{token(school.people['hanneke'])} en {token(school.people['marijke'])} waren erbij."
    school.do("fatima", incidents.correct_incident, incident, **facts, account=both)
    told = {row.whom: row.position for row in rows(school) if row.kind == "mentioned"}
    assert told[school.people["hanneke"].hex] == first[0]
    assert told[school.people["marijke"].hex] > first[0]


def test_the_writer_of_a_signal_hears_that_something_was_done(school):
    told = signal(school)
    school.do("hanneke", signals.take_to_support_team, told, "Wat kunnen we doen?")
    assert "Er is iets gedaan met jouw signaal" in listed(school, "fatima")
    assert "count" not in bell(school, "hanneke")


def test_what_is_shared_is_told_until_it_is_taken_back(school):
    told = signal(school, by="hanneke", about="noor")
    until = today() + timedelta(days=7)
    school.do("hanneke", share_record, told, school.people["bas"], until=until, reason="Jij kent haar goed.")
    assert "Iemand deelt iets met jou" in listed(school, "bas")
    school.do("hanneke", withdraw_share, told, school.people["bas"])
    assert "Iemand deelt iets met jou" not in listed(school, "bas")


def test_what_is_serious_rings_the_bell_of_the_head(school):
    incident = school.report(by="fatima")
    school.do("hanneke", incidents.assess_severity, incident, 4)
    assert "Een incident is ernstig" in listed(school, "marijke")
    school.do("hanneke", incidents.assess_severity, incident, 1)
    assert "Een incident is ernstig" not in listed(school, "marijke")


def test_all_at_once_are_seen(school):
    incident = school.report(by="fatima")
    school.do("hanneke", incidents.add_note, incident, f"Dag {token(school.people['fatima'])}.")
    school.client("fatima").post("/notices/seen", {}, "/notices/")
    assert "count" not in bell(school, "fatima")
    school.do("hanneke", incidents.add_note, incident, f"Nog eens, {token(school.people['fatima'])}.")
    assert ">1</span>" in bell(school, "fatima")


def test_notices_are_the_same_after_a_rebuild(school):
    from intranet.notices.projections import PROJECTIONS

    incident = school.report(by="fatima")
    school.do("hanneke", incidents.add_note, incident, f"Dag {token(school.people['fatima'])}.")
    school.do("hanneke", incidents.assess_severity, incident, 4)
    school.do("hanneke", signals.take_to_support_team, signal(school), "Wat kunnen we doen?")
    before = rows(school)
    assert len(before) == 3
    with school.app.app_context():
        log.rebuild(PROJECTIONS[0], before[0].school)
    assert rows(school) == before
