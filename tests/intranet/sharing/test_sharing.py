"""Sharing an incident, a signal or a case: read until a day by one colleague, shown with why, and by nobody else."""

from datetime import UTC, datetime, timedelta

import pytest

from events.involvement import Involvement
from events.log import clock
from events.log.clock import told_at
from events.log.errors import Refused
from intranet.people.commands import let_go
from intranet.people.mentions import token
from intranet.people.today import today
from intranet.sharing.commands import share_record, withdraw_share
from intranet.sharing.projections import Shares
from intranet.signals.commands import close_signal
from tests.intranet.cases.school_with_cases import SchoolWithCases

KINDS = ("incident", "signal", "case")
WHY = "Bas ziet haar elke pauze."
MARCH = datetime(2026, 3, 3, 11, 0, tzinfo=UTC)


def told(school, kind):
    """Return a record that is not for Bas, and its address."""
    make = {"incident": school.report, "signal": school.tell, "case": school.open}[kind]
    record = make()
    return record, f"/{kind}s/{record}"


def share(school, record, who="bas", by="hanneke", days=2):
    until = school.do(by, today) + timedelta(days=days)
    school.do(by, share_record, record, school.people[who], until=until, reason=WHY)


def opened(school, who, path):
    return school.client(who).get(path).status_code


def test_a_colleague_reads_it_until_its_day_and_everybody_who_reads_it_sees_that(small_school):
    for kind in KINDS:
        school, bas = small_school, small_school.people["bas"]
        record, path = told(school, kind)
        hanneke = school.client("hanneke")
        assert opened(school, "bas", path) == 404
        assert str(record) not in school.client("bas").get(f"/{kind}s/?period=all").text
        until = (school.do("hanneke", today) + timedelta(days=2)).isoformat()
        assert f"{path}/shares" in hanneke.get(path).text
        answer = hanneke.post(f"{path}/shares", {"colleague": bas.hex, "until": until, "reason": WHY})
        assert answer.status_code == 303
        for who in ("bas", "hanneke"):
            page = school.client(who).get(path).text
            assert all(words in page for words in ("Bas Tester", "Gedeeld door Hanneke Tester.", WHY))
            assert ("Neem terug" in page, f"{path}/shares" in page) == (who == "hanneke",) * 2
        assert str(record) in school.client("bas").get(f"/{kind}s/?period=all").text
        with told_at(clock.now() + timedelta(days=3)):
            assert opened(school, "bas", path) == 404
            assert str(record) not in school.client("bas").get(f"/{kind}s/?period=all").text
            assert WHY not in school.client("hanneke").get(path).text.partition('id="story"')[0]
        assert hanneke.post(f"{path}/shares/{bas}/withdraw", {}, shown=path).status_code == 303
        assert opened(school, "bas", path) == 404


def test_a_colleague_reads_it_and_does_nothing_with_it(small_school):
    for kind in KINDS:
        record, path = told(small_school, kind)
        share(small_school, record)
        bas = small_school.client("bas")
        until = small_school.do("bas", today).isoformat()
        on = {"colleague": small_school.people["henk"].hex, "until": until, "reason": WHY}
        assert bas.post(f"{path}/shares", on, shown="/incidents/new").status_code == 404
        close = "follow-up/close" if kind == "incident" else "close"
        for page in (f"shares/{small_school.people['bas']}/withdraw", close):
            assert bas.post(f"{path}/{page}", {}, shown="/incidents/new").status_code == 404


def test_a_promise_of_another_is_shown_and_is_no_link_to_a_page_that_is_not_there(small_school):
    from intranet.follow_up.commands import promise_follow_up

    school = small_school
    for kind in ("incident", "case"):
        record, path = told(school, kind)
        share(school, record)
        owner, day = school.people["hanneke"], school.do("hanneke", today)
        promise = school.do("hanneke", promise_follow_up, record, kind="victim_talk", owner=owner, due_on=day)
        pages = [school.client(who).get(path).text for who in ("hanneke", "bas")]
        assert all("Hanneke Tester\xa0· " in page for page in pages)
        assert [str(promise) in page for page in pages] == [True, False]


def test_who_is_in_it_is_not_offered_and_refused(small_school):
    from intranet.cases.commands import involve
    from intranet.incidents.commands import add_involvements

    for kind in KINDS:
        school, bas = small_school, small_school.people["bas"]
        hanneke, until = school.client("hanneke"), school.do("hanneke", today).isoformat()
        if kind == "signal":
            record = school.tell(people=[bas, school.people["noor"]])
        else:
            record = told(school, kind)[0]
            add = involve if kind == "case" else add_involvements
            school.do("hanneke", add, record, [Involvement(bas, "witness")])
        path = f"/{kind}s/{record}/shares"
        assert f'value="{bas.hex}"' not in hanneke.get(path).text
        assert hanneke.post(path, {"colleague": bas.hex, "until": until, "reason": WHY}).status_code == 422
        assert opened(school, "bas", f"/{kind}s/{record}") == 404


def test_it_is_shared_with_who_works_here_whatever_asks_for_it(small_school):
    school, day = small_school, small_school.do("hanneke", today)
    there = school.next_door().people["bas"]
    school.do("marijke", let_go, school.people["bas"])
    for kind in KINDS:
        record, _path = told(school, kind)
        for person in (there, school.people["bas"], school.people["nova"]):
            with pytest.raises(Refused, match="werkt hier niet, of niet meer"):
                school.do("hanneke", share_record, record, person, until=day, reason=WHY)


def test_what_can_be_shared_no_more_is_taken_back_without_a_way_back(small_school):
    school, hanneke, bas = small_school, small_school.client("hanneke"), small_school.people["bas"]
    gone, closed, open_one = school.tell(), school.tell(), school.tell()
    for record, who in ((gone, "henk"), (closed, "bas"), (open_one, "bas")):
        share(school, record, who)
    school.do("hanneke", close_signal, closed, "Klaar.")
    school.do("marijke", let_go, school.people["henk"])
    offered = []
    for record, person in ((gone, school.people["henk"]), (closed, bas), (open_one, bas)):
        path = f"/signals/{record}"
        assert hanneke.post(f"{path}/shares/{person}/withdraw", {}, shown="/incidents/new").status_code == 303
        said = hanneke.get(path).text
        assert "Je collega ziet dit niet meer." in said
        offered.append("tone-ok undo" in said)
    assert offered == [False, False, True]


def test_who_comes_to_be_in_it_reads_it_no_longer(small_school):
    from intranet.cases.commands import involve
    from intranet.incidents.commands import add_involvements

    for kind in ("incident", "case"):
        record, path = told(small_school, kind)
        share(small_school, record)
        assert opened(small_school, "bas", path) == 200
        add = involve if kind == "case" else add_involvements
        small_school.do("hanneke", add, record, [Involvement(small_school.people["bas"], "witness")])
        assert opened(small_school, "bas", path) == 404
        assert WHY not in small_school.client("hanneke").get(path).text.partition('id="story"')[0]


def test_what_is_about_a_colleague_is_shared_with_nobody(small_school):
    """The head teacher who wrote it down may not share it, and what was shared before is read no longer."""
    from intranet.incidents.commands import correct_incident

    school = small_school
    matter = school.report(by="marijke", kinds=["staff_transgression"])
    assert opened(school, "marijke", f"/incidents/{matter}") == 200
    assert opened(school, "marijke", f"/incidents/{matter}/shares") == 404
    assert "/shares" not in school.client("marijke").get(f"/incidents/{matter}").text
    with pytest.raises(Refused, match="Dit ligt bij het bestuur"):
        share(school, matter, by="marijke")
    record, path = told(school, "incident")
    share(school, record)
    facts = {"place": None, "moment": None, "group_id": None, "unknown_persons": False, "account": "Anders."}
    correct = {"reason": "Het ging om de juf.", "kinds": ["staff_transgression"], "happened_at": clock.now(), **facts}
    school.do("hanneke", correct_incident, record, **correct)
    assert opened(school, "bas", path) == 404


def test_a_notice_or_a_mention_gives_nothing(small_school):
    """Only a person shares: whoever hears of a record or is named in its words does not read it by that."""
    school = small_school
    words = f"Vraag het {token(school.people['bas'])}."
    made = school.report(account=words), school.tell(account=words), school.open(concern=words)
    for kind, record in zip(KINDS, made, strict=True):
        assert opened(school, "bas", f"/{kind}s/{record}") == 404


def test_who_could_read_it_then_has_the_answer(app):
    with told_at(MARCH):
        school = SchoolWithCases(app)
        records = [told(school, kind)[0] for kind in KINDS]
    with told_at(MARCH + timedelta(days=1)):
        for record in records:
            share(school, record)
    with told_at(MARCH + timedelta(days=1, hours=2)):
        for record in records:
            school.do("hanneke", withdraw_share, record, school.people["bas"])
    marijke = school.client("marijke")
    for record in records:
        pages = [marijke.get(f"/audit/records/{record}/readable?op=2026-03-{at}") for at in ("03", "04T13:00", "04")]
        assert ["Gedeeld door een collega" in page.text for page in pages] == [False, True, False]


def test_what_is_found_with_words_is_what_is_shared(small_school):
    record, _path = told(small_school, "incident")
    found = [small_school.client("bas").post("/search", {"q": "meedoen"}).text]
    share(small_school, record)
    found.append(small_school.client("bas").post("/search", {"q": "meedoen"}).text)
    assert [str(record) in page for page in found] == [False, True]


def test_a_closed_record_that_is_shared_is_read_on_that_ground(small_school):
    from intranet.api import log
    from intranet.audit.projections import reading

    record = small_school.report(confidential=True)
    share(small_school, record)
    assert opened(small_school, "bas", f"/incidents/{record}") == 200
    with small_school.app.app_context(), log.read() as connection:
        assert [row.ground for row in connection.execute(reading.select())] == ["shared"]


def test_the_table_is_the_same_when_it_is_made_again(school_on_both):
    school = school_on_both
    for kind in KINDS:
        record, _path = told(school, kind)
        share(school, record)
        share(school, record, who="henk", days=3)
        share(school, record, days=4)
        school.do("hanneke", withdraw_share, record, school.people["henk"])
    live = school.rows(Shares())
    assert len(live) == len(KINDS)
    school.rebuild(Shares())
    assert school.rows(Shares()) == live
