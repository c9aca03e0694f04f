"""A rule is tried before it warns; a warning has no name until it is opened."""

from plugins.patterns import commands, reading
from tests.plugins.patterns.conftest import DAY, RULE, TUESDAY, report, words_of


def test_a_rule_is_tried_on_last_year_before_it_is_switched_on(school, care):
    for back in (300, 299, 290):
        report(school, day=TUESDAY - back * DAY)
    answer = care.post("/patterns/rules/new", RULE | {"step": "try"})
    page = words_of(answer)
    assert "Schooljaar 2025-2026" in page
    assert "2 keer in 10 schooldagen" in page
    assert "1 keer gewaarschuwd" in page
    assert "Geteld over 3 incidenten" in page
    assert "Zet de regel aan" in page
    assert "Noor" not in page
    assert school.facts("patterns.rule") == []
    answer = care.post("/patterns/rules/new", RULE | {"step": "on"})
    assert answer.status_code == 303
    assert "2 keer in 10 schooldagen" in words_of(care.get(answer.location))
    assert [type(fact).__name__ for fact in school.facts("patterns.rule")] == ["SwitchedOn"]


def test_a_wrong_rule_comes_back_and_nothing_is_tried(school, care):
    answer = care.post("/patterns/rules/new", RULE | {"times": "1", "step": "on"})
    assert answer.status_code == 422
    assert "Kies een aantal van 2 tot en met 20." in answer.text
    assert care.post("/patterns/rules/new", RULE | {"days": "veel", "step": "on"}).status_code == 422


def test_a_warning_has_no_name_until_it_is_opened_and_opening_is_recorded(school, care):
    school.do("hanneke", commands.switch_on_rule, who="pupil_victim", kinds=[], times=2, days=10)
    report(school)
    report(school)
    home = words_of(care.get("/"))
    assert "Waarschuwingen" in home
    assert "Een leerling van groep 6a" in home
    assert "Waarschuwingen" not in words_of(school.client("esther").get("/"))
    (row,) = school.do("hanneke", reading.warnings)
    path = f"/patterns/warnings/{row.warning}"
    before = len(school.facts("audit.reading"))
    assert "Noor" not in care.get("/patterns/rules").text
    assert len(school.facts("audit.reading")) == before
    assert "Noor van der Berg" in words_of(care.get(path))
    assert school.facts("audit.reading")[-1].record_id == school.people["noor"]
    size = school.size()
    refused = care.client.post(path, data=care.shown(path) | {"note": ""})
    assert refused.status_code == 422
    assert "Noor" not in refused.text
    assert school.size() == size + 1
    assert care.post(path, {"note": "Gesprek gehad."}).status_code == 303
    assert "Gesprek gehad." in words_of(care.get(path))
    assert "Een leerling van groep 6a" not in words_of(care.get("/"))


def test_a_rule_is_switched_off_with_a_reason(school, care):
    rule = school.do("hanneke", commands.switch_on_rule, who="pupil", kinds=[], times=2, days=10)
    path = f"/patterns/rules/{rule}"
    assert care.post(f"{path}/off", {"reason": ""}, shown=path).status_code == 422
    assert care.post(f"{path}/off", {"reason": "Te veel."}, shown=path).status_code == 303
    said = words_of(care.get(path))
    assert "Zet de regel uit" not in said
    assert "Ongedaan maken" in said
    assert care.post(f"{path}/back-on", {}, shown="/patterns/rules/new").status_code == 303
    said = words_of(care.get(path))
    assert "Weer aangezet" in said
    assert "Zet de regel uit" in said
