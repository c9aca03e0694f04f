"""The pages, as people with different duties see them."""

from datetime import UTC, date, datetime, timedelta

from intranet.testing import School, told_at

PAGES = "/plugin-name/"
YESTERDAY = (date.today() - timedelta(days=1)).isoformat()


def record(school: School, by: str = "fatima", **form: str) -> str:
    """Record an item through the form and return the address of its page."""
    filled = {"what": "Een blauwe jas", "place": "corridor", "found_on": YESTERDAY, **form}
    answer = school.client(by).post(f"{PAGES}new", filled)
    assert answer.status_code == 303, answer.text
    return answer.location


def test_what_was_recorded_is_on_the_next_page(school: School):
    page = record(school)
    assert "Een blauwe jas" in school.client("bas").get(page).text
    assert "Een blauwe jas" in school.client("bas").get(PAGES).text


def test_a_form_that_is_not_filled_in_comes_back_and_records_nothing(school: School):
    answer = school.client("fatima").post(f"{PAGES}new", {"what": "", "place": "corridor", "found_on": "2099-12-31"})
    assert answer.status_code == 422
    assert "Schrijf op wat het is." in answer.text
    assert "Die dag moet nog komen." in answer.text
    assert school.facts("plugin_name.") == []


def test_a_form_sent_twice_is_recorded_once(school: School):
    browser = school.client("fatima")
    form = {**browser.shown(f"{PAGES}new"), "what": "Een tas", "place": "gym", "found_on": YESTERDAY}
    first, second = (browser.client.post(f"{PAGES}new", data=form) for _ in range(2))
    assert first.location == second.location
    assert len(school.facts("plugin_name.")) == 1


def test_who_recorded_it_and_the_concierge_may_hand_it_back_and_others_may_not(school: School):
    page = record(school, by="fatima")
    for given, may in (("fatima", True), ("henk", True), ("marijke", True), ("bas", False)):
        assert ("Geef het terug" in school.client(given).get(page).text) == may
    stranger = school.client("bas")
    refused = stranger.post(f"{page}/hand-back", {"person": school.people["noor"].hex}, shown=f"{PAGES}new")
    assert refused.status_code == 404


def test_who_got_it_back_has_it_on_their_time_line(school: School):
    page, person = record(school), {"person": school.people["noor"].hex}
    assert school.client("henk").post(f"{page}/hand-back", person, shown=page).status_code == 303
    assert "Noor van der Berg" in school.client("henk").get(page).text
    assert "Kreeg een voorwerp terug" in school.client("fatima").get(f"/chronology/people/{school.people['noor']}").text
    assert "Een blauwe jas" not in school.client("henk").get(PAGES).text


def test_what_lies_too_long_waits_for_who_may_clear_it(school: School):
    record(school, found_on=(date.today() - timedelta(weeks=3)).isoformat())
    assert "Kijk wat weg kan" not in school.client("henk").get("/").text
    school.set_plugin("plugin_name", keep_weeks=2)
    assert "Kijk wat weg kan" in school.client("henk").get("/").text
    assert "Kijk wat weg kan" not in school.client("bas").get("/").text
    assert "ligt er te lang" in school.client("bas").get(PAGES).text


def test_search_finds_what_waits(school: School):
    page = record(school)
    found = school.client("bas").post("/search", {"q": "BLAUWE"}, shown="/search")
    assert page in found.text


def test_another_school_sees_nothing(school: School):
    page = record(school)
    elsewhere = school.next_door(enabled=["plugin_name"]).client("henk")
    assert "Een blauwe jas" not in elsewhere.get(PAGES).text
    assert elsewhere.get(page).status_code == 404


def test_a_past_moment_shows_what_was_there_then(school: School):
    now = datetime.now(UTC)
    with told_at(now + timedelta(hours=2)):
        page = record(school)
    with told_at(now + timedelta(hours=3)):
        director, then = school.client("marijke"), {"op": (now + timedelta(hours=1)).isoformat(timespec="seconds")}
        assert "Een blauwe jas" in director.get(PAGES).text
        assert "Hier ligt niets" in director.get(PAGES, query_string=then).text
        assert director.get(page, query_string=then).status_code == 404


def test_a_school_that_switches_it_off_has_no_pages(school: School):
    page = record(school)
    school.disable("plugin_name")
    assert school.client("fatima").get(page).status_code == 404
    assert school.client("fatima").get(PAGES).status_code == 404
    school.enable("plugin_name")
    assert school.client("fatima").get(page).status_code == 200


def test_the_pages_speak_english_too(school: School):
    english = {"Accept-Language": "en"}
    assert "Record an item" in school.client("fatima").get(PAGES, headers=english).text
