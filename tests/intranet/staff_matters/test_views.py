"""The pages of suspicions about staff: who gets there, what they show, and what others never come to know."""

from datetime import timedelta

import pytest

from events.log import clock
from intranet.people.today import today
from tests.intranet.staff_matters.school_with_matters import WORDS, text_of

SECRET = "deur dicht"


def test_only_who_told_it_and_the_board_reach_it_whatever_others_are(small_school):
    school = small_school
    for given, duty in (
        ("bas", "administrator"),
        ("hanneke", "confidential_adviser"),
        ("henk", "dpo"),
        ("esther", "administrator"),
    ):
        school.assign(given, duty)
    matter = school.tell()
    assert school.who_open(matter) == {"fatima", "yvonne"}


def test_the_named_head_teacher_gets_nothing_and_neither_does_a_named_director(small_school):
    school = small_school
    assert school.who_open(school.tell(named=("marijke",))) == {"fatima", "yvonne"}
    assert school.who_open(school.tell(named=("yvonne", "bas"))) == {"fatima", "otto"}


def test_who_is_named_later_loses_it_with_that_event(small_school):
    school = small_school
    matter = school.tell(by="hanneke")
    assert school.who_open(matter) == {"hanneke", "yvonne"}
    answer = school.client("yvonne").step(matter, "named", people=[school.people["yvonne"].hex])
    assert answer.status_code == 303
    assert answer.location.endswith("/staff-matters/")
    assert school.who_open(matter) == {"hanneke", "otto"}
    assert "raad van toezicht" in school.client("hanneke").get(f"/staff-matters/{matter}").text
    assert "vanaf dit moment niet meer" in school.client("otto").get(f"/staff-matters/{matter}").text


def test_nobody_who_is_named_has_it_in_a_queue_a_bell_or_a_mail(small_school):
    """Also when both who lead and who oversee the board are named: then the page says that nobody receives it."""
    from intranet.notices.sending import send_all

    school = small_school
    both = school.tell(named=("yvonne", "otto"))
    assert school.who_open(both) == {"fatima"}
    later = school.tell(by="hanneke", named=("bas",))
    school.client("yvonne").step(later, "named", people=[school.people["hanneke"].hex])
    assert school.who_open(later) == {"yvonne"}
    sent = []
    with school.app.app_context():
        school.app.config["SITE_URL"] = "https://geborgen.example"
        send_all(by=sent.append)
    assert [str(message["To"]).partition("@")[0] for message in sent] == ["yvonne"]
    for given in ("yvonne", "otto", "hanneke", "bas"):
        client = school.client(given)
        pages = [client.get(place, follow_redirects=True).text for place in ("/", "/staff-matters/", "/notices/")]
        assert str(both) not in "".join(pages), given
        assert [str(later) in page for page in pages[:2]] == [given == "yvonne"] * 2
    form = {"asked": "1", "named": [school.people["yvonne"].hex, school.people["otto"].hex]}
    page = text_of(school.client("fatima").post("/staff-matters/audience", form, shown="/staff-matters/new"))
    assert "Daarom gaat dit naar de raad van toezicht." in page
    assert "nu heeft niemand deze taak" in page


def test_somebody_named_who_comes_to_lead_the_board_does_not_get_it(small_school):
    school = small_school
    matter = school.tell()
    school.assign("bas", "executive_director")
    assert school.who_open(matter) == {"fatima", "otto"}


def test_who_oversees_the_board_sees_nothing_else_of_the_school(small_school):
    client = small_school.client("otto")
    assert client.get("/").location.endswith("/staff-matters/")
    first = client.get("/staff-matters/")
    assert first.status_code == 200
    assert 'href="/search"' not in first.text
    assert "<span>Vandaag</span>" not in first.text
    assert client.get("/account").status_code == 200
    for page in ("/incidents/", "/incidents/new", "/signals/", "/people", "/audit/", "/search", "/staff-matters/new"):
        assert client.get(page).status_code == 404, page


def test_nothing_of_it_reaches_anybody_else(small_school):
    school = small_school
    matter = school.tell()
    school.client("yvonne").step(matter, "inspector", on="2026-01-05", advice="Bel de politie.")
    places = ("/", "/incidents/?period=all", "/signals/?period=all", "/staff-matters/", "/audit/", "/audit/readings")
    for given in ("bas", "marijke", "hanneke", "esther", "petra"):
        client = school.client(given)
        for place in places:
            page = client.get(place).text
            assert matter.hex not in page.replace("-", ""), (given, place)
            assert SECRET not in page, (given, place)
            assert "melding over een medewerker aan" not in page, (given, place)
            assert "vertrouwensinspecteur vast" not in page, (given, place)
        found = client.post("/search", {"q": "deur dicht"})
        assert str(matter) not in found.text
        assert client.get(f"/audit/records/{matter}").status_code == 404


def test_the_director_finds_it_on_the_start_page_and_records_the_steps_in_their_order(small_school):
    school = small_school
    matter = school.tell()
    director = school.client("yvonne")
    assert f"/staff-matters/{matter}" in director.get("/").text
    page = director.get(f"/staff-matters/{matter}")
    assert WORDS in page.text
    assert "0900-111 3 111" in page.text
    day = school.do("yvonne", today).isoformat()
    for what, form in (
        ("receipt", {}),
        ("inspector", {"on": day, "advice": "Het advies is aangifte."}),
        ("judgement", {"on": day, "reasonable": "yes", "reasons": "Het kind vertelde het."}),
        ("informed", {"on": day, "who": "parents", "remark": "Gebeld."}),
        ("police", {"on": day, "where": "Politie, nummer 12."}),
        ("measures", {"on": day, "measure": "leave", "agreed": "Thuis met behoud van loon."}),
        ("close", {"closing": "De politie heeft het overgenomen."}),
    ):
        assert director.step(matter, what, **form).status_code == 303, what
    told = text_of(director.get(f"/staff-matters/{matter}"))
    for words in (
        "Het advies is aangifte.",
        "Het kind vertelde het.",
        "nummer 12",
        "behoud van loon",
        "Een ander leest",
    ):
        assert words in told, words


@pytest.mark.parametrize(
    ("what", "form", "sentence"),
    [
        ("inspector", {"on": "2026-01-05", "advice": ""}, "adviseerde"),
        ("judgement", {"on": "2026-01-05", "reasons": "Omdat."}, "Kies wat het bestuur besluit"),
        ("police", {"on": "2099-01-05", "where": "Hier"}, "moet nog komen"),
        ("named", {"people": []}, "Kies om wie het ook gaat"),
    ],
)
def test_a_refused_step_comes_back_with_its_sentence(small_school, what, form, sentence):
    matter = small_school.tell()
    answer = small_school.client("yvonne").step(matter, what, **form)
    assert answer.status_code == 422
    assert sentence in answer.text


def test_the_reporter_reads_how_far_it_is_for_ever_and_none_of_the_steps(small_school):
    school = small_school
    matter = school.tell()
    page = school.client("fatima").get(f"/staff-matters/{matter}").text
    assert "De ontvangst is nog niet bevestigd" in page
    director = school.client("yvonne")
    director.step(matter, "receipt")
    director.step(matter, "inspector", on="2026-01-05", advice="Vertel het de ouders.")
    page = school.client("fatima").get(f"/staff-matters/{matter}").text
    assert "De ontvangst is bevestigd" in page
    assert "Vertel het de ouders" not in page
    assert WORDS in page
    assert school.client("fatima").step(matter, "inspector", on="2026-01-05", advice="x").status_code == 404
    assert school.client("fatima").step(matter, "notes", text="Het was in de gang.").status_code == 303
    assert "Het was in de gang." in director.get(f"/staff-matters/{matter}").text


def test_its_reporter_reads_a_true_sentence_when_it_is_closed_and_where_it_fell_through(small_school):
    school = small_school
    matter = school.tell(named=("yvonne",))
    path = f"/staff-matters/{matter}"
    assert "Je melding is bij de raad van toezicht. De ontvangst is nog niet" in school.client("fatima").get(path).text
    otto, day = school.client("otto"), school.do("otto", today).isoformat()
    otto.step(matter, "receipt")
    otto.step(matter, "judgement", on=day, reasonable="no", reasons="Zo besloten.")
    assert "nu bij de raad van toezicht in behandeling" in school.client("fatima").get(path).text
    assert otto.step(matter, "close", closing="Klaar.").status_code == 303
    page = school.client("fatima").get(path).text
    assert "Je melding is behandeld en afgesloten. Vragen? Stel ze aan de raad van toezicht." in page
    assert WORDS in page


def test_who_oversees_the_board_is_among_who_sees_it_once_closing_is_asked(small_school):
    school, overseer = small_school, "Otto Tester (lid van de raad van toezicht)"
    matter = school.tell()
    page = f"/staff-matters/{matter}"
    yvonne, day = school.client("yvonne"), school.do("yvonne", today).isoformat()
    yvonne.step(matter, "judgement", on=day, reasonable="no", reasons="Zo besloten.")
    before = text_of(yvonne.get(page)).partition("Dit zien zij niet")
    assert (overseer in before[0], overseer in before[2]) == (False, True)
    assert yvonne.step(matter, "close", closing="Klaar.").status_code == 303
    asked = text_of(yvonne.get(page)).partition("Dit zien zij niet")
    assert (overseer in asked[0], "Bij het afsluiten" in asked[2]) == (True, False)
    answers = school.client("otto").get(page).text
    assert "vroeg om af te sluiten. Lees de melding" in answers
    assert "vroeg om" not in yvonne.get(page).text
    assert 'class="step-text"><a href="#close">' in answers
    assert 'class="step-text"><a href="#police">' not in answers
    says = ["Afsluiten gevraagd" in school.client(who).get("/staff-matters/").text for who in ("otto", "fatima")]
    assert says == [True, False]


def test_reading_it_is_recorded_before_the_page(small_school):
    matter = small_school.tell()
    size = small_school.size()
    small_school.client("yvonne").get(f"/staff-matters/{matter}")
    assert small_school.size() == size + 1
    assert small_school.facts("audit.reading")[-1].record_id == matter


def test_a_day_without_consulting_is_said_and_stops_nothing(small_school):
    matter = small_school.tell()
    sentence = "onverwijld overleg"
    assert sentence not in small_school.client("yvonne").get(f"/staff-matters/{matter}").text
    with clock.told_at(clock.now() + timedelta(days=2)):
        client = small_school.client("yvonne")
        assert sentence in client.get(f"/staff-matters/{matter}").text
        assert client.step(matter, "judgement", on="2026-01-05", reasonable="no", reasons="Zo.").status_code == 303
