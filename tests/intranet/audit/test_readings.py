"""Who opened a confidential record: recorded before the page leaves, and listed for the review."""

import html
import re

from sqlalchemy import select

from events.log.errors import LogUnavailable
from intranet.api import log
from intranet.audit.projections import LIST, reading
from intranet.incidents import commands as incidents
from intranet.need_to_know.commands import change_cell

WORDS = "Klimrekgeheim"
ROW = re.compile(r"<tr role=\"row\">(.*?)</tr>", re.S)


def recorded(school):
    with school.app.app_context(), log.read() as connection:
        return connection.execute(select(reading).order_by(reading.c.position)).all()


def table(page):
    rows = [" ".join(html.unescape(re.sub(r"<[^>]+>", " ", each)).split()) for each in ROW.findall(page.text)]
    return rows[1:]


def test_opening_a_closed_record_is_recorded_with_ground_and_role(school_on_both):
    incident = school_on_both.report(by="hanneke", confidential=True)
    school_on_both.client("marijke").get(f"/incidents/{incident}")
    school_on_both.client("hanneke").get(f"/incidents/{incident}")
    first, second = recorded(school_on_both)
    assert (first.reader, first.record_kind, first.record, first.ground, first.role) == (
        school_on_both.people["marijke"],
        "incidents.incident",
        incident,
        "duty",
        "head_teacher",
    )
    assert (second.reader, second.ground, second.role) == (
        school_on_both.people["hanneke"],
        "reporter",
        "care_coordinator",
    )


def test_a_ground_tells_what_a_record_is_about_only_to_who_may_know_it(small_school):
    wider = ("incidents.read_confidential", "bullying_coordinator", ["flagged"], "Zij kent deze kinderen.")
    small_school.do("marijke", change_cell, *wider)
    incident = small_school.report(by="hanneke", confidential=True, kinds=["home_safety_signs"])
    assert small_school.client("esther").get(f"/incidents/{incident}").status_code == 200
    assert recorded(small_school)[0].ground == "flagged"
    for who, ground in (("marijke", "zorg over thuis"), ("henk", "hoort bij de taak")):
        client = small_school.client(who)
        (read,) = [row for row in table(client.get("/audit/readings")) if row.startswith("Esther")]
        assert read.endswith(ground)
    could = client.get(f"/audit/records/{incident}/readable").text
    assert re.search("Esther Tester</th>.*?Hoort bij de taak", could, re.S)
    path = "/audit/readings/export"
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', client.get(path).text)[1]
    file = client.client.post(path, data={"csrf_token": token, "format": "csv", "names": "without"}).data.decode()
    assert "hoort bij de taak" in file
    assert "thuis" not in could.partition("<main")[2].casefold() + file


def test_what_cannot_be_recorded_is_not_shown(small_school, monkeypatch):
    incident = small_school.report(by="hanneke", confidential=True, account=WORDS)
    director = small_school.client("marijke")
    assert WORDS in director.get(f"/incidents/{incident}").text

    def full(*_, **__):
        raise LogUnavailable("The database cannot write now.")

    monkeypatch.setattr("events.log.store.Log.save", full)
    for path in (f"/incidents/{incident}", "/audit/readings"):
        answer = director.get(path)
        assert answer.status_code == 503
        assert WORDS not in answer.text
        assert "Hanneke" not in answer.text


def test_the_list_tells_who_read_and_marks_who_has_no_part_in_it(small_school):
    incident = small_school.report(by="hanneke", confidential=True)
    small_school.client("hanneke").get(f"/incidents/{incident}")
    for _ in range(3):
        small_school.client("marijke").get(f"/incidents/{incident}")
    page = small_school.client("yvonne").get("/audit/readings")
    own, marijke, hanneke = table(page)
    assert own.startswith("Yvonne Tester leeslijst")
    assert marijke.startswith(f"Marijke Tester keek alleen incident {incident.hex[:6]}")
    assert "3 keer" in marijke
    assert marijke.endswith("directeur hoort bij de taak")
    assert hanneke.startswith("Hanneke Tester incident")
    assert f"/audit/records/{incident}" in page.text
    only = small_school.client("yvonne").get(f"/audit/readings?actor={small_school.people['hanneke'].hex}")
    assert len(table(only)) == 1
    assert "1 keer geopend" in only.text


def test_reading_the_list_is_a_reading(small_school):
    small_school.client("marijke").get("/audit/readings")
    (row,) = recorded(small_school)
    assert (row.record_kind, row.ground, row.reader) == (LIST, "audit", small_school.people["marijke"])
    page = small_school.client("yvonne").get("/audit/")
    assert "Marijke Tester bekeek de lijst van wie dossiers las." in page.text


def test_the_page_of_a_record_shows_its_readers_and_leads_to_it(small_school):
    incident = small_school.report(by="hanneke", confidential=True)
    small_school.do("hanneke", incidents.add_note, incident, WORDS)
    director = small_school.client("marijke")
    director.get(f"/incidents/{incident}")
    page = director.get(f"/audit/records/{incident}")
    assert f'href="/incidents/{incident}"' in page.text
    assert any(row.startswith("Marijke Tester") for row in table(page))
    assert "Hanneke Tester vulde een incident aan." in page.text
    closed = small_school.client("henk").get(f"/audit/records/{incident}")
    assert f'href="/incidents/{incident}"' not in closed.text
    assert "Je ziet dat er iets is gebeurd, niet wat er staat." in closed.text
    assert director.get("/audit/records/00000000-0000-0000-0000-000000000000").status_code == 404


def test_a_line_about_a_reading_leads_to_what_was_read(small_school):
    incident = small_school.report(by="hanneke", confidential=True)
    small_school.client("hanneke").get(f"/incidents/{incident}")
    page = small_school.client("marijke").get("/audit/?kind=audit.reading")
    assert "Hanneke Tester opende een vertrouwelijk dossier." in page.text
    assert f'href="/audit/records/{incident}"' in page.text
