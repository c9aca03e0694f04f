"""The pages of cases: who sees and does what in one, how it is found, and what leaves the school of it."""

from datetime import timedelta
from io import BytesIO

import pytest

from events.log import clock
from intranet.cases import commands
from tests.intranet.cases.filling_in import planned
from tests.intranet.files.made_files import photo
from tests.intranet.incidents.test_exporting import export, rows


def test_who_is_in_it_and_who_works_on_it(small_school):
    school = small_school
    case, hanneke = school.open(), school.client("hanneke")
    nova, bas = school.people["nova"], school.people["bas"]
    people = f"/cases/{case}/people"
    added = {"people": [nova.hex], f"people-role-{nova.hex}": "follower"}
    assert hanneke.post(people, added).status_code == 303
    assert "doet mee" in hanneke.get(people).text
    role = {"person": nova.hex, "was": "follower", "role": "defender"}
    assert hanneke.post(f"/cases/{case}/role", role, shown=people).status_code == 303
    out = f"/cases/{case}/withdraw?person={nova.hex}&was=defender"
    assert (
        hanneke.post(out, {"person": nova.hex, "was": "defender", "reason": "Was er niet."}, shown=out).status_code
        == 303
    )
    assert school.client("bas").get(f"/cases/{case}").status_code == 404
    team = f"/cases/{case}/team"
    assert hanneke.post(f"/cases/{case}/participants", {"colleague": bas.hex}, shown=team).status_code == 303
    assert school.client("bas").get(f"/cases/{case}").status_code == 200
    assert hanneke.post(f"/cases/{case}/participants/{bas}/remove", {}, shown=team).status_code == 303
    assert school.client("bas").get(f"/cases/{case}").status_code == 404
    given = {"leader": bas.hex, "handing_over": "Hij kent de groep."}
    assert hanneke.post(f"/cases/{case}/leader", given, shown=team).status_code == 303
    assert "Draag de zaak over" in school.client("bas").get(team).text


def test_a_colleague_who_is_said_to_do_it_loses_it_whatever_their_duty(small_school):
    school = small_school
    case = school.open(involved=school.parts(noor="victim", esther="alleged_perpetrator", bas="witness"))
    assert school.client("esther").get(f"/cases/{case}").status_code == 404
    assert str(case) not in school.client("esther").get("/cases/").text


def test_a_serious_case_is_read_by_the_board_and_every_reading_is_recorded(small_school):
    school = small_school
    case, hanneke = school.open(), school.client("hanneke")
    yvonne = school.client("yvonne")
    assert yvonne.get(f"/cases/{case}").status_code == 404
    weighed = {"serious": "1", "weighing": "Ze durft niet naar school."}
    assert hanneke.post(f"/cases/{case}/seriousness", weighed, shown=f"/cases/{case}/team").status_code == 303
    before = school.size()
    assert yvonne.get(f"/cases/{case}").status_code == 200
    assert school.size() == before + 1
    assert school.facts("audit.reading")[-1].record_id == case


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("", {"one", "two"}),
        ("state=closed", {"three"}),
        ("state=all", {"one", "two", "three"}),
        ("mine=led", {"two"}),
        ("mine=taking_part", {"one", "two"}),
        ("due=1", {"one"}),
        ("state=nonsense&mine=x&due=x&group=x&after=1-x", {"one", "two"}),
    ],
)
def test_the_filters_of_the_list(school_on_both, address, found):
    school = school_on_both
    one = planned(school)
    school.do("hanneke", commands.add_participant, one, school.people["esther"])
    cases = {"one": one, "two": school.open("esther"), "three": school.open()}
    ended = {"conclusion": "Plagen.", "nothing_needed": "Het was gelijk op."}
    school.do("hanneke", commands.close_case, cases["three"], **ended)
    with clock.told_at(clock.now() + timedelta(days=2)):
        page = school.client("esther").get(f"/cases/?{address}").text
    assert {name for name, case in cases.items() if f"/cases/{case}" in page} == found


def test_each_group_says_how_many_cases_it_has(small_school):
    small_school.open(group_id=small_school.groups["6a"])
    small_school.open()
    page = small_school.client("hanneke").get("/cases/?state=open").text
    assert ">6a (1)</option>" in page
    assert all(f">{group} (0)</option>" in page for group in small_school.groups if group != "6a")


def test_a_name_finds_the_cases_that_one_may_read(small_school):
    case = small_school.open()
    for given, there in (("hanneke", True), ("fatima", True), ("bas", False), ("henk", False)):
        page = small_school.client(given).post("/search", {"q": "Noor"}).text
        assert (f"/cases/{case}" in page) is there, given


def test_the_page_has_the_newest_lines_and_the_chronology_all_of_them(small_school):
    school, hanneke = small_school, small_school.client("hanneke")
    case = planned(school, gathering=[("incidents.incident", school.report()), ("signals.signal", school.tell())])
    page = hanneke.get(f"/cases/{case}").text
    assert page.count('class="event tone-') == 5
    assert page.index("Plan gemaakt") < page.index("Bij de zaak gevoegd")
    assert f"/chronology/cases/{case}" in page
    oldest = hanneke.get(f"/chronology/cases/{case}?order=oldest").text
    assert oldest.index("Zaak geopend") < oldest.index("Plan gemaakt")
    assert "Plan en afspraken (1)" in oldest
    assert "Zaak geopend" not in hanneke.get(f"/chronology/cases/{case}?show=promise").text


def test_a_scan_hangs_on_a_case_for_who_reads_it_and_stands_in_its_chronology(small_school):
    school = small_school
    case, hanneke = school.open(), school.client("hanneke")
    path = f"/cases/{case}/files"
    sent = {"files": [(BytesIO(photo()), "brief.jpg")], "shows": "Een brief van de ouders van Sem."}
    assert hanneke.post(path, sent, content_type="multipart/form-data").status_code == 303
    for page in (path, f"/cases/{case}", f"/chronology/cases/{case}"):
        assert "Een brief van de ouders van Sem." in hanneke.get(page).text, page
    assert "Een brief van de ouders van Sem." in school.client("fatima").get(path).text
    assert school.client("bas").get(path).status_code == 404
    told = school.client("marijke").get("/audit/").text
    assert "voegde een foto of scan toe." in told
    assert "Een brief" not in told


def test_the_list_leaves_as_a_file_without_names_unless_they_are_asked_for(small_school):
    small_school.open()
    hanneke = small_school.client("hanneke")
    head, row = rows(export(hanneke, "/cases/export"))
    assert row[1] == "Pestzaak"
    assert head[7:] == ["Eerst afgesloten op", "Laatst afgesloten op", "Aantal keer afgesloten"]
    assert "Noor" not in str(row)
    _head, row = rows(export(hanneke, "/cases/export", names="with"))
    assert "Noor van der Berg (krijgt het te verduren)" in row[10]
    assert row[11] == "Hanneke Tester"


def test_the_review_tells_of_a_case_without_its_words(small_school):
    school = small_school
    planned(school)
    page = school.client("marijke").get("/audit/").text
    assert "Hanneke Tester opende een zaak: pesten, met 2 mensen." in page
    assert "Noor speelt weer mee." not in page
