"""Emergency access: for four hours, to what is about one pupil, never about oneself or a colleague, all recorded."""

from datetime import timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest
from sqlalchemy import select

from events.incident import Involvement
from events.log import clock
from events.log.errors import NotFound, Refused
from intranet.api import acting, school_calendar
from intranet.calendar.commands import add_free_days
from intranet.emergency import showing
from intranet.emergency.commands import end_emergency, open_emergency, review_emergency
from intranet.emergency.events import LASTS
from tests.school_days import today

REASON = "Moeder staat aan de deur en is erg boos op school."


def take(school, who="henk", pupil="noor"):
    return school.do(who, open_emergency, school.people[pupil], REASON)


def status(school, who, path):
    return school.client(who).get(path).status_code


@pytest.fixture
def closed(small_school):
    return small_school.report(by="hanneke", confidential=True)


@pytest.fixture
def signal(small_school):
    from intranet.signals.commands import record_signal

    facts = {"kind": "concern", "account": "Is stil.", "happened_at": clock.now() - timedelta(hours=2)}
    return small_school.do("fatima", record_signal, **facts, people=[small_school.people["noor"]])


def readings(school):
    from intranet.api import log
    from intranet.audit.projections import reading

    with school.app.app_context(), log.read() as connection:
        return [(row.record, row.ground) for row in connection.execute(select(reading).order_by(reading.c.position))]


def test_it_opens_what_is_about_the_pupil_and_records_each_time(small_school, closed, signal):
    for path in (f"/incidents/{closed}", f"/signals/{signal}"):
        assert status(small_school, "henk", path) == 404
    take(small_school)
    assert status(small_school, "henk", f"/incidents/{closed}") == 200
    assert status(small_school, "henk", f"/signals/{signal}") == 200
    assert readings(small_school) == [(closed, "emergency"), (signal, "emergency")]


def test_a_case_in_which_the_pupil_is_opens_too_for_reading_and_is_recorded(small_school):
    case = open_case(small_school)
    assert status(small_school, "henk", f"/cases/{case}") == 404
    take(small_school)
    assert f"/cases/{case}" in small_school.client("henk").get("/emergency/now").text
    assert status(small_school, "henk", f"/cases/{case}") == 200
    assert readings(small_school) == [(case, "emergency")]
    assert str(case) not in small_school.client("henk").get("/cases/").text
    for path in (f"/cases/{case}/people", f"/chronology/cases/{case}"):
        assert status(small_school, "henk", path) == 404
        assert path not in small_school.client("henk").get(f"/cases/{case}").text


def test_it_opens_no_case_with_a_colleague_in_it(small_school):
    case = open_case(small_school, marijke="alleged_perpetrator")
    take(small_school)
    assert status(small_school, "henk", f"/cases/{case}") == 404


def open_case(school, **others):
    """Open a case about Noor as the care coordinator."""
    from intranet.cases import commands

    parts = [Involvement(school.people[name], role) for name, role in {"noor": "victim", **others}.items()]
    facts = {"kind": "bullying", "signs": ["repeated"], "concern": "Noor mag niet meedoen.", "involved": parts}
    return school.do("hanneke", commands.open_case, **facts, leader=school.people["hanneke"])


def test_an_open_incident_read_in_an_emergency_is_recorded_too(small_school):
    incident = small_school.report()
    take(small_school)
    assert status(small_school, "henk", f"/incidents/{incident}") == 200
    assert readings(small_school) == [(incident, "emergency")]


def test_it_ends_after_exactly_four_hours(small_school, closed):
    begin = clock.now()
    with clock.told_at(begin):
        take(small_school)
    with clock.told_at(begin + LASTS - timedelta(milliseconds=2)):
        assert status(small_school, "henk", f"/incidents/{closed}") == 200
    with clock.told_at(begin + LASTS + timedelta(milliseconds=2)):
        assert status(small_school, "henk", f"/incidents/{closed}") == 404
        assert "Noodtoegang over" not in small_school.client("henk").get("/").text


def test_it_can_be_stopped_by_who_took_it_alone(small_school, closed):
    access = take(small_school)
    with pytest.raises(NotFound):
        small_school.do("hanneke", end_emergency, access)
    henk = small_school.client("henk")
    assert "Nog 4 uur" in henk.get("/").text
    assert henk.post("/emergency/end", {"access": access.hex}, shown="/emergency/now").status_code == 303
    assert henk.get(f"/incidents/{closed}").status_code == 404
    with pytest.raises(Refused):
        small_school.do("henk", end_emergency, access)


def test_it_is_for_no_other_pupil_and_no_other_person(small_school):
    other = small_school.report(
        by="hanneke", confidential=True, involved=[Involvement(small_school.people["sem"], "victim")], group_id=None
    )
    take(small_school)
    assert status(small_school, "henk", f"/incidents/{other}") == 404
    mine = small_school.report(by="hanneke", confidential=True)
    assert status(small_school, "fatima", f"/incidents/{mine}") == 404


def test_it_never_opens_what_is_about_oneself_or_a_matter_of_the_board(small_school):
    from intranet.signals.commands import record_signal

    noor, henk = small_school.people["noor"], small_school.people["henk"]
    about = [Involvement(noor, "victim"), Involvement(henk, "alleged_perpetrator")]
    named = small_school.report(by="hanneke", confidential=True, involved=about)
    matter = small_school.report(by="hanneke", kinds=["staff_transgression"])
    facts = {"kind": "concern", "account": "Is stil.", "happened_at": clock.now() - timedelta(hours=2)}
    colleague = small_school.do("fatima", record_signal, **facts, people=[noor, small_school.people["marijke"]])
    take(small_school)
    for path in (f"/incidents/{named}", f"/incidents/{matter}", f"/signals/{colleague}"):
        assert status(small_school, "henk", path) == 404
    page = small_school.client("henk").get("/emergency/now").text
    assert "Er is niets meer dan wat je al kunt lezen." in page


def test_it_is_for_reading_only(small_school, signal):
    """The director decides about signals put before her; one that she reads in an emergency is none of those."""
    marijke = small_school.client("marijke")
    take(small_school, who="marijke")
    page = marijke.get(f"/signals/{signal}")
    assert page.status_code == 200
    assert "Wat doe je ermee?" not in page.text
    talk = {"partner": "pupil", "talk": "Even gepraat."}
    assert marijke.post(f"/signals/{signal}/talks", talk, shown="/incidents/new").status_code == 404
    mark = {"person": small_school.people["noor"].hex, "place": "front_head", "kind": "bruise"}
    for path, sent in (("files", {"shows": "Een briefje."}), ("body-map", mark)):
        assert 'method="post"' not in marijke.get(f"/signals/{signal}/{path}").text.partition("<main")[2]
        assert marijke.post(f"/signals/{signal}/{path}", sent, shown="/incidents/new").status_code == 404


def test_lists_counts_and_search_stay_as_they_were(small_school, closed, signal):
    henk = small_school.client("henk")
    pages = ("/incidents/?period=all", "/signals/", "/", f"/people/{small_school.people['noor']}")
    before = [henk.get(page).text.count(str(record)) for page in pages for record in (closed, signal)]
    take(small_school)
    after = [henk.get(page).text.count(str(record)) for page in pages for record in (closed, signal)]
    assert before == after == [0] * 8


def test_who_loses_the_duty_loses_the_access(small_school, closed):
    from intranet.people.commands import end_duty
    from intranet.people.register import holdings
    from intranet.people.today import today

    take(small_school)
    henk = small_school.people["henk"]
    with small_school.app.app_context():
        held = next(each for each in holdings(small_school.school, henk) if each.duty == "protection_officer")
        yesterday = today() - timedelta(days=1)
    small_school.do("marijke", end_duty, henk, held.duty, since=held.since, until=yesterday)
    assert status(small_school, "henk", f"/incidents/{closed}") == 404


def test_a_word_is_no_reason(small_school):
    with pytest.raises(Refused, match="hele zin"):
        small_school.do("henk", open_emergency, small_school.people["noor"], "Nodig.")


def test_the_page_is_the_same_whether_there_is_something_or_not(small_school, closed):
    henk = small_school.client("henk")

    def page(pupil):
        text = henk.get(f"/people/{small_school.people[pupil]}/emergency").text
        return text[text.index("<main") : text.index("<form", text.index("<main"))].count("<"), len(text)

    assert page("noor")[0] == page("sem")[0]
    assert status(small_school, "henk", f"/people/{small_school.people['fatima']}/emergency") == 404
    assert status(small_school, "fatima", f"/people/{small_school.people['noor']}/emergency") == 404


def test_the_director_sees_it_at_once_and_reviews_it(small_school, closed):
    access = take(small_school)
    assert status(small_school, "henk", f"/incidents/{closed}") == 200
    marijke = small_school.client("marijke")
    assert "Beoordeel de noodtoegang van Henk" in marijke.get("/").text
    page = marijke.get(f"/emergency/{access}").text
    assert REASON in page
    assert f"Incident {closed.hex[:6]}" in page
    form = {"verdict": "justified", "remark": "Hij moest meteen iets weten."}
    assert marijke.post(f"/emergency/{access}", form).status_code == 303
    assert "Beoordeel de noodtoegang" not in marijke.get("/").text
    assert "Hij moest meteen iets weten." in marijke.get(f"/emergency/{access}").text
    assert status(small_school, "henk", f"/emergency/{access}") == 404


def test_nobody_reviews_their_own(small_school):
    access = take(small_school, who="marijke")
    assert "Beoordeel de noodtoegang" not in small_school.client("marijke").get("/").text
    with pytest.raises(Refused, match="eigen"):
        small_school.do("marijke", review_emergency, access, justified=True, remark="Het was nodig.")


def test_to_stop_nothing_is_refused_with_a_sentence(small_school):
    answer = small_school.client("henk").post("/emergency/end", {"access": ""}, shown=_with_form(small_school))
    assert answer.status_code == 422
    assert "Kies welke noodtoegang moet stoppen." in answer.text


def _with_form(school):
    take(school)
    return "/emergency/now"


def test_its_page_is_of_the_present(small_school):
    take(small_school)
    page = small_school.client("henk").get("/emergency/now").text
    assert "Jouw noodtoegang" in page
    assert "Je kijkt terug" not in page


def test_it_is_about_a_pupil_and_nobody_else(small_school):
    for person in (small_school.people["fatima"], uuid4()):
        with pytest.raises(NotFound):
            small_school.do("henk", open_emergency, person, REASON)


def test_it_is_reviewed_within_five_school_days_however_long_a_holiday_is(small_school, monkeypatch):
    take(small_school)
    day = today()
    free = {"title": "Vrij", "kind": "holiday", "first": day + timedelta(days=1), "last": day + timedelta(days=21)}
    small_school.do("marijke", add_free_days, **free)
    monkeypatch.setattr(showing, "may", lambda _permission: True)
    monkeypatch.setattr(showing, "current_user", SimpleNamespace(person_id=small_school.people["marijke"]))
    with small_school.app.test_request_context(), acting(school=small_school.school):
        (due,) = showing.reviews_due(day)
        assert school_calendar().count(day + timedelta(days=1), due.day) == 5
    assert due.day > free["last"]
