"""Rules of a law are off, are tried before they count, order the past, and wait for a notice and an evaluation."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest

from events.log import clock
from intranet.incidents import commands as incidents
from intranet.law import commands
from tests.intranet.incidents.small_school import SmallSchool

NOW = datetime(2026, 11, 25, 10, 0, tzinfo=UTC)
RULES = {
    "since": "2026-08-01",
    "always_serious": ["weapon"],
    "serious_from": "3",
    "notice_days": "2",
    "evaluation_month": "10",
    "reason": "",
}


@pytest.fixture(autouse=True)
def on_a_wednesday():
    with clock.told_at(NOW):
        yield


@pytest.fixture
def small_school(app) -> SmallSchool:
    return SmallSchool(app)


@pytest.fixture
def school_on_both(app_on_both) -> SmallSchool:
    return SmallSchool(app_on_both)


def switch_on(school, **rules):
    usual = {
        "rule_set": "wvvo",
        "since": date(2026, 8, 1),
        "always_serious": ("weapon",),
        "serious_from": 3,
        "notice_days": 2,
        "evaluation_month": 10,
        "reason": "Proef.",
    }
    return school.do("yvonne", commands.apply_rule_set, **{**usual, **rules})


def counted(page, what):
    """Return how many the page counts, this school year."""
    return int(re.search(rf"<dt>{what}</dt>\s*<dd>(\d+)</dd>", page)[1])


def test_they_are_off_and_show_first_what_would_change(school_on_both):
    school = school_on_both
    school.report(kinds=["weapon"], happened_at=NOW - timedelta(days=2))
    school.report(kinds=["threat"], happened_at=NOW - timedelta(days=3))
    board = school.client("yvonne")
    page = board.get("/school/law").text
    assert "De regels gelden niet" in page
    # A member of the board reads only what is serious until the table of the school says more.
    assert counted(page, "Incidenten") == 0
    head = school.client("marijke")
    page = head.get("/school/law").text
    assert counted(page, "Te melden bij de inspectie") == 1
    assert counted(page, "Ernst nog te bepalen") == 1
    assert "Dit gaat over 2 incidenten vanaf 1 augustus 2026 die jij mag lezen." in page
    assert counted(page, "Krijgt een categorie van de wet") == 2
    assert counted(page, "Daarvan ernstig door een regel, niet door een weging") == 1
    assert counted(page, "Weeg je dan eerst") == 1
    assert "Het bestuur kan ze aanzetten." in head.get("/school/law/incidents").text
    assert school.client("hanneke").get("/school/law").status_code == 200
    assert school.client("hanneke").post("/school/law", {**RULES, "step": "try"}, shown="/search").status_code == 404


def test_other_rules_are_tried_on_the_past_and_nothing_is_recorded(small_school):
    armed = small_school.report(kinds=["weapon"], happened_at=NOW - timedelta(days=2))
    small_school.do("hanneke", incidents.assess_severity, armed, 3)
    board, size = small_school.client("yvonne"), small_school.size()
    assert counted(board.get("/school/law").text, "Te melden bij de inspectie") == 1
    tried = board.post("/school/law", {**RULES, "since": "2026-11-24", "step": "try"})
    assert "Dit gaat over 0 incidenten vanaf 24 november 2026" in tried.text
    tried = board.post("/school/law", {**RULES, "always_serious": [], "serious_from": "4", "step": "try"})
    assert str(armed) not in tried.text
    assert counted(tried.text, "Te melden bij de inspectie") == 0
    assert counted(tried.text, "Ingedeeld, niet ernstig genoemd") == 1
    assert "De regels gelden niet" in board.get("/school/law").text
    assert small_school.size() == size


def test_only_the_pressed_button_says_which_step_it_is(small_school):
    page = small_school.client("yvonne").get("/school/law").text
    sent = [each for each in re.findall(r"<(?:input|button)[^>]*>", page) if 'name="step"' in each]
    assert [re.search(r'value="(\w+)"', each)[1] for each in sent] == ["try", "on"]
    answer = small_school.client("yvonne").post("/school/law", {**RULES, "step": "later"})
    assert answer.status_code == 422
    assert "Deze keuze bestaat niet meer. Kies opnieuw." in answer.text


def test_switched_on_they_order_what_happened_before(school_on_both):
    school = school_on_both
    armed = school.report(kinds=["weapon"], happened_at=NOW - timedelta(days=2))
    threat = school.report(kinds=["threat"], happened_at=NOW - timedelta(days=3))
    earlier = school.report(kinds=["weapon"], happened_at=NOW - timedelta(days=200))
    board = school.client("yvonne")
    assert board.post("/school/law", {**RULES, "step": "on"}).status_code == 422
    assert board.post("/school/law", {**RULES, "step": "on", "reason": "De wet is er."}).status_code == 303
    head = school.client("marijke")
    page = head.get("/school/law/incidents").text
    assert page.index(str(armed)) < page.index(str(threat))
    assert str(earlier) not in page
    assert "Meld dit" in page
    assert "Bepaal eerst de ernst" in page
    assert "Meld dit" in head.get(f"/incidents/{armed}").text
    assert "Meld dit" not in school.client("fatima").get(f"/incidents/{armed}").text
    school.do("hanneke", incidents.assess_severity, threat, 1)
    assert "Ingedeeld" in head.get(f"/incidents/{threat}").text
    assert "liet de regels van Wet vrij en veilig onderwijs gelden" in board.get("/audit/").text


def test_a_notice_waits_with_its_day_until_somebody_sends_it(school_on_both):
    school = school_on_both
    armed = school.report(kinds=["weapon"], happened_at=NOW - timedelta(days=2))
    switch_on(school)
    head = school.client("marijke")
    assert "Meld bij de inspectie" in head.get("/").text
    assert "Meld bij de inspectie" not in school.client("hanneke").get("/").text
    path = f"/school/law/incidents/{armed}"
    assert "vrijdag 27 november" in head.get(path).text
    assert head.post(path, {"sent_on": "2026-12-24", "remark": ""}).status_code == 422
    assert head.post(path, {"sent_on": "2026-11-25", "remark": "Gebeld met de inspectie."}).status_code == 303
    assert "Gebeld met de inspectie." in head.get(path).text
    assert "Meld bij de inspectie" not in head.get("/").text
    assert school.client("hanneke").get(path).status_code == 404
    assert head.post(f"{path}/withdraw", {}, shown=path).status_code == 303
    assert "Meld bij de inspectie" in head.get("/").text


def test_no_notice_is_recorded_of_what_the_rules_are_not_about(small_school):
    before = small_school.report(kinds=["weapon"], happened_at=NOW - timedelta(days=2))
    after = small_school.report(kinds=["weapon"], happened_at=NOW)
    switch_on(small_school, since=NOW.date())
    head, sent = small_school.client("marijke"), {"sent_on": "2026-11-25", "remark": ""}
    own = f"/school/law/incidents/{after}"
    assert head.post(f"/school/law/incidents/{before}", sent, shown=own).status_code == 404
    assert head.post(own, sent).status_code == 303


def test_a_suspicion_about_staff_has_its_own_route_and_no_page_here(small_school):
    about_staff = small_school.report("marijke", kinds=["staff_transgression"], happened_at=NOW - timedelta(days=2))
    switch_on(small_school)
    head, path = small_school.client("marijke"), f"/school/law/incidents/{about_staff}"
    shown = head.get(f"/incidents/{about_staff}")
    assert shown.status_code == 200
    assert path not in shown.text
    assert head.get(path).status_code == 404


def test_what_somebody_may_not_read_is_counted_nowhere(small_school):
    small_school.report("hanneke", kinds=["weapon"], confidential=True, happened_at=NOW - timedelta(days=2))
    switch_on(small_school)
    assert "Vertrouwelijk incident" in small_school.client("marijke").get("/school/law/incidents").text
    assert "Vertrouwelijk incident" not in small_school.client("esther").get("/school/law/incidents").text


def test_an_ended_year_waits_for_its_evaluation(school_on_both):
    school = school_on_both
    switch_on(school, since=date(2025, 9, 1))
    head = school.client("marijke")
    assert "Evalueer het veiligheidsbeleid van 2025-2026" in head.get("/").text
    form = {"begins": "2025", "sources": ["incidents", "council"], "conclusions": "Het plein vraagt aandacht."}
    assert head.post("/school/law/evaluations", {**form, "conclusions": ""}).status_code == 422
    assert head.post("/school/law/evaluations", {**form, "council_on": "2026-11-26"}).status_code == 422
    assert head.post("/school/law/evaluations", {**form, "board_on": "2026-10-12"}).status_code == 303
    page = head.get("/school/law/evaluations").text
    assert "Het plein vraagt aandacht." in page
    assert "12 oktober 2026" in page
    assert "Evalueer het veiligheidsbeleid" not in head.get("/").text


def test_each_year_that_waits_for_its_evaluation_can_be_chosen(small_school):
    switch_on(small_school, since=date(2024, 9, 1))
    head = small_school.client("marijke")
    assert "Evalueer het veiligheidsbeleid van 2024-2025" in head.get("/").text
    years = re.findall(r'<option value="(20\d\d)"', head.get("/school/law/evaluations").text)
    assert years == ["2024", "2025", "2026"]
    form = {"begins": "2024", "sources": ["incidents"], "conclusions": "Het plein vraagt aandacht."}
    assert head.post("/school/law/evaluations", form).status_code == 303
    assert "2024-2025" not in head.get("/").text


def test_they_are_switched_off_with_a_reason_and_what_was_recorded_stays(small_school):
    switch_on(small_school)
    board = small_school.client("yvonne")
    assert board.post("/school/law/off", {"stopping": ""}, shown="/school/law").status_code == 422
    off = {"stopping": "Het voorstel is ingetrokken."}
    assert board.post("/school/law/off", off, shown="/school/law").status_code == 303
    page = board.get("/school/law").text
    assert "De regels gelden niet" in page
    assert page.index("Het voorstel is ingetrokken.") < page.index("Proef.")
