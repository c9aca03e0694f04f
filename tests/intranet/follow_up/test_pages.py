"""From what the plan asks to a closed incident, on pages; and what is refused is kept and said."""

import re
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from tests.intranet.follow_up.conftest import told
from tests.intranet.incidents.small_school import Browser, SmallSchool
from tests.school_days import today


def tomorrow(days: int = 1) -> str:
    return (today() + timedelta(days=days)).isoformat()


def promise(school: SmallSchool, incident: UUID, by: str | Browser = "hanneke", **form: str):
    client = school.client(by) if isinstance(by, str) else by
    filled = {
        "kind": "victim_talk",
        "person": school.people["noor"].hex,
        "owner": school.people["fatima"].hex,
        "due_on": tomorrow(),
        "text": "Vraag hoe het met haar gaat.",
    }
    return client.post(f"/incidents/{incident}/follow-up/new", {**filled, **form})


def rows(school: SmallSchool) -> list:
    from intranet.follow_up.projections import promise as table

    with school.app.app_context():
        from intranet.api import log

        with log.read() as connection:
            return connection.execute(table.select().order_by(table.c.due_on)).all()


def test_the_page_shows_the_plan_in_its_order_and_what_is_not_promised_yet(small_school, incident):
    page = small_school.client("hanneke").get(f"/incidents/{incident}/follow-up/").text
    found = [
        page.index(words)
        for words in (
            "Het gedrag stopt",
            "Eerst het slachtoffer",
            "Duidelijkheid over de gevolgen",
            "Getuigen en meelopers beschermen",
        )
    ]
    assert found == sorted(found)
    assert "Praat met het slachtoffer: Noor" in page
    assert "Gesprek over de gevolgen: Sem" in page
    assert "Contact houden: Nova" in page


def test_a_promise_is_on_the_page_and_waits_for_its_owner(small_school, incident):
    assert promise(small_school, incident).status_code == 303
    row = rows(small_school)[0]
    assert (row.owner, row.person, row.open) == (small_school.people["fatima"], small_school.people["noor"], True)
    assert (
        "Praat met het slachtoffer: Noor van der Berg"
        in small_school.client("hanneke").get(f"/incidents/{incident}").text
    )
    assert "Praat met het slachtoffer" in small_school.client("fatima").get("/").text
    assert "Praat met het slachtoffer" not in small_school.client("bas").get("/").text


def test_a_promise_made_by_mistake_is_undone_with_one_press_and_stays_to_be_read(small_school, incident):
    hanneke, page = small_school.client("hanneke"), f"/incidents/{incident}"
    promise(small_school, incident, hanneke)
    said = hanneke.get(f"{page}/follow-up/").text
    form = said[said.index("tone-ok undo") :].partition("</form>")[0]
    path = f"{page}/follow-up/{rows(small_school)[0].follow_up}/waive"
    assert f'action="{path}"' in form
    fields = dict(re.findall(r'name="([^"]+)"[^>]*value="([^"]*)"', form))
    assert hanneke.client.post(path, data=fields).status_code == 303
    assert not rows(small_school)[0].open
    assert "het was een vergissing" in hanneke.get(page).text
    fatima = small_school.client("fatima")
    assert "Praat met het slachtoffer" not in fatima.get("/").text
    assert "op jouw naam" not in fatima.get("/notices/").text


def test_the_words_of_a_promise_are_encrypted_and_shown(small_school, incident):
    promise(small_school, incident)
    page = small_school.client("fatima").get(f"/incidents/{incident}/follow-up/{rows(small_school)[0].follow_up}").text
    assert "Vraag hoe het met haar gaat." in page


def test_who_made_a_promise_keeps_it(small_school, incident):
    promise(small_school, incident)
    one = rows(small_school)[0].follow_up
    path = f"/incidents/{incident}/follow-up/{one}"
    answer = small_school.client("fatima").post(
        f"{path}/keep", {"outcome": "Ze wil weer naar school.", "done_on": today().isoformat()}, shown=path
    )
    assert answer.status_code == 303
    assert not rows(small_school)[0].open
    assert "Ze wil weer naar school." in small_school.client("hanneke").get(f"/incidents/{incident}").text


def test_a_repeating_contact_comes_back_after_so_many_school_days(small_school, incident):
    promise(small_school, incident, kind="contact_moment", repeats="5")
    path = f"/incidents/{incident}/follow-up/{rows(small_school)[0].follow_up}"
    form = {"outcome": "Gaat goed.", "done_on": today().isoformat(), "again": "y"}
    assert small_school.client("fatima").post(f"{path}/keep", form, shown=path).status_code == 303
    row = rows(small_school)[0]
    assert row.open
    assert row.due_on > today() + timedelta(days=4)


def test_a_promise_is_handed_over_and_given_up_with_a_reason(small_school, incident):
    promise(small_school, incident)
    path = f"/incidents/{incident}/follow-up/{rows(small_school)[0].follow_up}"
    hanneke = small_school.client("hanneke")
    form = {"owner": small_school.people["marijke"].hex, "due_on": tomorrow(3), "reason": "Fatima is ziek."}
    refused = hanneke.post(f"{path}/move", {**form, "due_on": tomorrow(-3)}, shown=path)
    assert refused.status_code == 422
    assert "Kies vandaag of een dag die nog komt." in refused.text
    assert hanneke.post(f"{path}/move", form, shown=path).status_code == 303
    assert rows(small_school)[0].owner == small_school.people["marijke"]
    assert hanneke.post(f"{path}/waive", {"waived": ""}, shown=path).status_code == 422
    assert hanneke.post(f"{path}/waive", {"waived": "De ouders willen het niet."}, shown=path).status_code == 303
    assert not rows(small_school)[0].open


def test_a_suspension_of_more_than_a_day_brings_the_notice_to_the_inspectorate(small_school, incident):
    form = {
        "kind": "suspension",
        "person": small_school.people["sem"].hex,
        "first_day": tomorrow(1),
        "last_day": tomorrow(3),
    }
    hanneke = small_school.client("hanneke")
    assert promise(small_school, incident, hanneke, **form).status_code == 303
    assert sorted(row.kind for row in rows(small_school)) == ["inspectorate_notice", "suspension"]
    assert "tone-ok undo" not in hanneke.get(f"/incidents/{incident}").text, "it would take back one of the two"


def test_a_suspension_of_one_day_does_not(small_school, incident):
    form = {"kind": "suspension", "first_day": tomorrow(1), "last_day": tomorrow(1)}
    promise(small_school, incident, **form)
    assert [row.kind for row in rows(small_school)] == ["suspension"]


def test_longer_than_a_week_is_refused_with_the_article(small_school, incident):
    answer = promise(small_school, incident, kind="suspension", first_day=tomorrow(1), last_day=tomorrow(9))
    assert answer.status_code == 409
    assert "hooguit een week" in answer.text
    assert rows(small_school) == []


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({"due_on": ""}, "Kies voor welke dag."),
        ({"due_on": "2020-01-01"}, "Kies vandaag of een dag die nog komt."),
        ({"kind": "niets"}, "Deze keuze bestaat niet meer."),
        ({"owner": uuid4().hex}, "Deze keuze bestaat niet meer."),
        ({"repeats": "100"}, "Kies 1 tot en met 60 schooldagen."),
        ({"kind": "suspension"}, "Kies de eerste en de laatste dag van de schorsing."),
    ],
)
def test_what_cannot_be_promised_comes_back_with_a_sentence_and_everything_in_it(
    small_school, incident, form, sentence
):
    answer = promise(small_school, incident, **form)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert "Vraag hoe het met haar gaat." in answer.text
    assert rows(small_school) == []


def test_only_who_may_read_it_can_be_given_a_promise(small_school):
    closed = told(small_school, confidential=True)
    page = small_school.client("hanneke").get(f"/incidents/{closed}/follow-up/new").text
    assert "Hanneke Tester" in page
    assert "Bas Tester" not in page
    assert promise(small_school, closed, owner=small_school.people["bas"].hex).status_code == 422


def test_parents_who_know_are_recorded_for_each_child(small_school, incident):
    hanneke, path = small_school.client("hanneke"), f"/incidents/{incident}/follow-up/"
    assert "Nog niet vastgelegd voor: Noor van der Berg" in hanneke.get(path).text
    form = {
        "child": small_school.people["noor"].hex,
        "informed_on": today().isoformat(),
        "how": "phone",
        "remark": "Schrok.",
    }
    assert hanneke.post(f"{path}parents", form, shown=path).status_code == 303
    assert "Noor van der Berg weten het (aan de telefoon)" in hanneke.get(f"/incidents/{incident}").text
    refused = hanneke.post(f"{path}parents", {**form, "how": ""}, shown=path)
    assert refused.status_code == 422
    assert "Schrok." in refused.text


def close(school: SmallSchool, incident: UUID, by: str, **form: str):
    path = f"/incidents/{incident}/follow-up/"
    filled = {"conclusion": "Ze spelen weer samen.", "nothing_needed": "Het was zo opgelost."}
    return school.client(by).post(f"{path}close", {**filled, **form}, shown="/incidents/new")


def test_an_incident_with_an_open_promise_does_not_close(small_school, incident):
    promise(small_school, incident)
    answer = close(small_school, incident, "hanneke")
    assert answer.status_code == 409
    assert "Er staat nog een vervolgactie open." in answer.text


def test_a_closed_incident_is_opened_again_with_a_reason(small_school, incident):
    assert close(small_school, incident, "hanneke").status_code == 303
    page = small_school.client("fatima").get(f"/incidents/{incident}").text
    assert "Afgesloten" in page
    assert promise(small_school, incident).status_code == 409
    path = f"/incidents/{incident}/follow-up/"
    hanneke = small_school.client("hanneke")
    assert hanneke.post(f"{path}reopen", {"reopening": "  "}, shown=path).status_code == 422
    assert hanneke.post(f"{path}reopen", {"reopening": "Het begon opnieuw."}, shown=path).status_code == 303
    assert promise(small_school, incident).status_code == 303


def test_a_serious_one_is_closed_by_two_people(small_school, incident):
    from intranet.incidents.commands import assess_severity

    small_school.do("hanneke", assess_severity, incident, 3)
    assert close(small_school, incident, "hanneke").status_code == 303
    assert not small_school.incident(incident).closed
    pages = {
        who: small_school.client(who).get(f"/incidents/{incident}/follow-up/").text for who in ("hanneke", "marijke")
    }
    assert all("Hanneke Tester stelde voor" in page for page in pages.values())
    assert {who: 'name="conclusion"' in page for who, page in pages.items()} == {"hanneke": False, "marijke": True}
    assert close(small_school, incident, "hanneke").status_code == 409
    assert close(small_school, incident, "marijke").status_code == 303
    assert small_school.incident(incident).closed


def test_who_weighs_it_lower_does_not_close_it_alone(small_school, incident):
    from intranet.incidents.commands import assess_severity

    small_school.do("hanneke", assess_severity, incident, 3)
    small_school.do("hanneke", assess_severity, incident, 1, "Bij nader inzien.")
    assert close(small_school, incident, "hanneke").status_code == 303
    assert not small_school.incident(incident).closed
    assert close(small_school, incident, "marijke").status_code == 303
    assert small_school.incident(incident).closed


def test_who_may_not_read_it_sees_none_of_this(small_school, incident):
    promise(small_school, incident)
    one = rows(small_school)[0].follow_up
    henk = small_school.client("henk")
    for path in ("", "new", f"{one}"):
        assert henk.get(f"/incidents/{incident}/follow-up/{path}").status_code == 404
    assert close(small_school, incident, "fatima").status_code == 404


def test_who_reads_it_but_does_not_own_it_cannot_keep_it(small_school, incident):
    promise(small_school, incident, owner=small_school.people["hanneke"].hex)
    one = rows(small_school)[0].follow_up
    assert small_school.client("bas").get(f"/incidents/{incident}/follow-up/{one}").status_code in (200, 404)
    form = {"outcome": "x", "done_on": today().isoformat()}
    unknown = small_school.client("hanneke").post(
        f"/incidents/{incident}/follow-up/{uuid4()}/keep", form, shown="/incidents/new"
    )
    assert unknown.status_code == 404


def test_the_review_tells_what_was_done_and_none_of_the_words(small_school, incident):
    promise(small_school, incident)
    close(small_school, incident, "hanneke")
    page = small_school.client("marijke").get("/audit/").text
    assert "Hanneke Tester sprak een vervolg af: praat met het slachtoffer, door Fatima Tester." in page
    assert "Vraag hoe het" not in page
