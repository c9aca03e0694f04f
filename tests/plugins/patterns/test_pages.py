"""The pages: what each colleague sees, where a touch leads, and what is recorded of looking."""

import re
from datetime import date

from events.involvement import Involvement
from plugins.patterns import commands, reading
from tests.plugins.patterns.conftest import DAY, TUESDAY, export, propose, report, words_of


def test_the_page_says_what_it_shows_in_one_sentence(school, care):
    report(school)
    report(school, day=TUESDAY - DAY, place="gym")
    page = words_of(care.get("/patterns/"))
    assert "Alle incidenten, schooljaar 2026-2027: 2 keer, op 2 dagen." in page
    assert "Meer vastgelegd betekent niet minder veilig." in page
    page = words_of(care.get("/patterns/?place=gym&moment=big_break&weekday=1"))
    assert "Alle incidenten, gymzaal, grote pauze, op maandag, schooljaar 2026-2027: 1 keer, op 1 dag." in page
    assert "Maak hier een maatregel van" in page


def test_every_bar_asks_further_until_one_thing_is_left(school, care):
    report(school)
    path, seen = "/patterns/", set()
    while True:
        page = care.get(path).text
        links = re.findall(r'<a href="(/patterns/\?[^"]+)" aria-label', page)
        deeper = [link.replace("&amp;", "&") for link in links if len(link) > len(path.replace("&", "&amp;"))]
        if not deeper:
            break
        path = deeper[0]
        assert path not in seen
        seen.add(path)
    assert len(seen) == 6
    assert "Ruzie, plein, grote pauze, op dinsdag, groep 6a, in november, schooljaar 2026-2027: 1 keer" in words_of(
        care.get(path)
    )


def test_an_address_that_makes_no_sense_asks_for_everything(school, care):
    report(school)
    for query in ("year=x", "year=9999", "month=13", "kind=party", "place=%00", "weekday=²", "group=nobody"):
        assert "Alle incidenten, schooljaar 2026-2027: 1 keer" in words_of(care.get(f"/patterns/?{query}"))


def test_nobody_sees_a_name_or_a_ranking_on_the_page(school, care):
    for _ in range(3):
        report(school)
    report(school, group_id=school.groups["7b"])
    page = care.get("/patterns/").text
    assert "Noor" not in page
    groups = re.findall(r'aria-label="(6a|7b): ', page)
    assert groups == ["6a", "7b"]
    report(school, group_id=school.groups["7b"])
    for _ in range(3):
        report(school, group_id=school.groups["7b"])
    assert re.findall(r'aria-label="(6a|7b): ', care.get("/patterns/").text) == ["6a", "7b"]


def test_a_share_is_only_said_of_enough(school, care):
    for _ in range(4):
        report(school)
    assert "procent" not in words_of(care.get("/patterns/"))
    assert "helft" not in words_of(care.get("/patterns/"))


def test_who_may_read_no_closed_record_does_not_count_it(school, care):
    report(school)
    report(school, confidential=True)
    report(school, kinds=["staff_transgression"])
    assert "2 keer" in words_of(care.get("/patterns/"))
    for other in ("esther", "yvonne"):
        assert "1 keer, op 1 dag" in words_of(school.client(other).get("/patterns/"))


def test_the_board_sees_numbers_and_no_list(school, care):
    report(school)
    assert "Om deze incidenten gaat het" in words_of(care.get("/patterns/?place=playground"))
    assert "Om deze incidenten gaat het" not in words_of(school.client("yvonne").get("/patterns/?place=playground"))


def test_names_are_one_click_deeper_and_every_look_is_recorded(school, care):
    for _ in range(2):
        report(
            school,
            involved=[Involvement(school.people["noor"], "victim"), Involvement(school.people["sem"], "witness")],
        )
    report(school, involved=[Involvement(school.people["noor"], "defender")])
    report(school, involved=[Involvement(school.people["nova"], "victim")])
    page = words_of(care.get("/patterns/pupils"))
    assert page.index("Noor van der Berg") < page.index("Sem Vos")
    assert "Nova" not in page
    assert "slachtoffer 2, verdediger 1" in page
    opened = [fact for fact in school.facts("audit.reading") if fact.record_kind == "people.person"]
    assert {fact.record_id for fact in opened} == {school.people["noor"], school.people["sem"]}
    assert {fact.ground for fact in opened} == {"overview"}
    for other in ("esther", "yvonne", "fatima"):
        assert school.client(other).get("/patterns/pupils").status_code == 404


def test_silent_groups_are_asked_about_by_name(school, care):
    report(school, day=date(2026, 9, 1))
    page = words_of(care.get("/patterns/quality"))
    assert "niets vastgelegd in: 6a, 7b. Is het daar rustig, of stil?" in page
    report(school)
    page = words_of(care.get("/patterns/quality"))
    assert "niets vastgelegd in: 7b." in page
    assert "2 schooldagen geleden" in page


def test_the_team_takes_out_every_number_and_others_no_small_one(school, care):
    for _ in range(6):
        report(school)
    for _ in range(5):
        report(school, place="gym", moment="lesson", kinds=["theft"])
    report(school, place="hallway", kinds=["threat"], group_id=school.groups["7b"])
    rows = export(care, "/patterns/export?year=2026")
    assert ["Waar", "Gang", "1", ""] in rows
    assert ["Hoe vaak leerlingen erbij zijn", "6 keer of vaker erbij", "1", ""] in rows
    outside = export(care, "/patterns/export?year=2026&outside=1&place=hallway")
    titles = {row[0] for row in outside[1:]}
    assert "Welke groep" not in titles
    assert "Hoe vaak leerlingen erbij zijn" not in titles
    places = {row[1]: row[2] for row in outside if row[0] == "Waar"}
    # The hallway is hidden because it is few, the gym because it would tell how few.
    assert places == {"Plein": "6", "Gymzaal": "", "Gang": ""}
    made = [fact for fact in school.facts("exports.export")]
    assert [fact.what for fact in made] == ["patterns.numbers", "patterns.outside"]
    assert [{each.filter for each in fact.filters} for fact in made] == [{"year"}, {"year"}]


def test_a_report_is_made_on_paper(school, care):
    from intranet.pdf import can_make_pdf

    report(school)
    page = care.get("/patterns/export").text
    assert "Met of zonder namen?" not in page
    if can_make_pdf():
        token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)[1]
        answer = care.client.post("/patterns/export", data={"csrf_token": token, "format": "pdf"})
        assert answer.data.startswith(b"%PDF-")


def test_the_review_tells_each_event_in_a_sentence(school, care):
    report(school)
    propose(care, school)
    rule = school.do("hanneke", commands.switch_on_rule, who="pupil", kinds=["quarrel"], times=2, days=10)
    report(school)
    (row,) = school.do("hanneke", reading.warnings)
    school.do("hanneke", commands.handle_warning, rule, row.warning, "Gesprek gehad.")
    school.do("hanneke", commands.switch_off_rule, rule, "Klaar.")
    page = words_of(school.client("marijke").get("/audit/?area=patterns"))
    for sentence in (
        "Hanneke Tester sprak een maatregel af; Fatima Tester kijkt op 14 december 2026 of die werkt.",
        "Hanneke Tester zette een regel aan. Waarschuw als dezelfde leerling is erbij",
        "Het systeem waarschuwde over Noor van der Berg.",
        "Hanneke Tester handelde een waarschuwing af.",
        "Hanneke Tester zette een regel uit.",
    ):
        assert sentence in page
    assert "Gesprek gehad." not in page


def test_who_has_no_place_there_finds_nothing(school, care):
    report(school)
    measure = propose(care, school, owner_id=school.people["bas"].hex).location
    teacher = school.client("fatima")
    assert measure not in teacher.get("/patterns/measures").text
    assert teacher.get(measure).status_code == 404
    for path in ("/patterns/", "/patterns/quality", "/patterns/rules", "/patterns/export"):
        assert teacher.get(path).status_code == 404
    assert "Patronen" not in words_of(teacher.get("/"))


def test_another_school_finds_no_measure_rule_or_warning_of_this_one(school, care):
    report(school)
    measure = propose(care, school).location
    rule = school.do("hanneke", commands.switch_on_rule, who="pupil", kinds=[], times=2, days=10)
    report(school)
    (row,) = school.do("hanneke", reading.warnings)
    other = school.next_door(enabled=["patterns"]).client("hanneke")
    for path in (measure, f"/patterns/rules/{rule}", f"/patterns/warnings/{row.warning}"):
        assert other.get(path).status_code == 404
