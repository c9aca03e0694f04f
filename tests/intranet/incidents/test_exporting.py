"""The list of incidents as a file: asked, checked, recorded, and no more in it than on the list."""

import csv
import io
import re
from datetime import timedelta

import pytest

from events.log import clock
from events.log.errors import LogUnavailable
from intranet.exports import making
from intranet.exports.events import Export
from intranet.follow_up.commands import close_incident, reopen_incident

SECRET = "Wat er echt gebeurde staat hier niet in."


def rows(answer):
    return list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"), newline=""), delimiter=";"))


def exports(school):
    with school.app.app_context():
        log = school.app.extensions["geborgen.log"]
        return [each for each in log.history(school.school) if isinstance(each, Export.Made)]


@pytest.fixture
def care(small_school):
    return small_school.client("hanneke")


def export(by, path="/incidents/export", **form):
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', by.get(path).text)[1]
    return by.client.post(path, data={"csrf_token": token, "format": "csv", "names": "without", **form})


def test_without_names_there_is_none_and_with_names_there_are(small_school, care):
    small_school.report(account=SECRET, place="playground")
    head, row = rows(export(care))
    assert head == [
        "Wanneer", "Wat", "Waar", "Deel van de dag", "Groep", "Ernst", "Aantal mensen", "Vastgelegd op",
        "Eerst afgesloten op", "Laatst afgesloten op", "Aantal keer afgesloten",
    ]  # fmt: skip
    assert row[1:3] + row[4:7] == ["Ruzie", "Plein", "6a", "", "1"]
    head, row = rows(export(care, names="with"))
    assert head[11:] == ["Wie erbij waren", "Vastgelegd door"]
    assert row[11].startswith("Noor van der Berg (betrokken)")
    assert "Fatima" in row[12]
    assert SECRET not in str(row)


def test_what_was_closed_again_counts_with_both_closings(small_school, care):
    incident, noon = small_school.report(), clock.now().replace(hour=12)
    first, last = noon + timedelta(days=1), noon + timedelta(days=8)
    with clock.told_at(first):
        small_school.do("hanneke", close_incident, incident, conclusion="Rustig.", nothing_needed="Eenmalig.")
    with clock.told_at(last):
        small_school.do("hanneke", reopen_incident, incident, "Het begon opnieuw.")
        small_school.do("hanneke", close_incident, incident, conclusion="Nu echt.", nothing_needed="Eenmalig.")
    small_school.report()
    never, twice = sorted([cell[:10] for cell in row[8:]] for row in rows(export(care))[1:])
    assert (never, twice) == (["", "", ""], [f"{first:%d-%m-%Y}", f"{last:%d-%m-%Y}", "2"])


def test_an_export_is_recorded_before_it_leaves_with_what_was_chosen(small_school, care):
    small_school.report()
    small_school.report(kinds=["theft"])
    group = small_school.groups["6a"].hex
    answer = export(care, f"/incidents/export?kind=theft&group={group}&period=all", names="with")
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="incidents-list-')
    assert answer.headers["Cache-Control"] == "no-store"
    (made,) = exports(small_school)
    assert (made.what, made.format, made.with_names, made.rows) == ("incidents.list", "csv", True, 1)
    assert {(each.filter, each.choice) for each in made.filters} == {
        ("period", "all"), ("kind", "theft"), ("group", group),
    }  # fmt: skip
    assert made.actor_id == small_school.people["hanneke"]


def test_what_cannot_be_recorded_is_not_sent(small_school, care, monkeypatch):
    def fails(*_args, **_options):
        raise LogUnavailable("The database cannot write now.")

    small_school.report()
    monkeypatch.setattr(making, "note_export", fails)
    answer = export(care)
    assert answer.status_code == 503
    assert "attachment" not in answer.headers.get("Content-Disposition", "")


def test_the_same_form_can_be_sent_for_another_format(small_school, care):
    small_school.report()
    page = care.get("/incidents/export").text
    fields = dict(re.findall(r'<input[^>]*type="hidden"[^>]*name="(\w+)"[^>]*value="([^"]*)"', page))
    fields |= dict(re.findall(r'<input[^>]*name="(\w+)"[^>]*type="hidden"[^>]*value="([^"]*)"', page))
    for format in ("excel", "csv"):
        answer = care.client.post("/incidents/export", data=fields | {"names": "without", "format": format})
        assert answer.status_code == 200
    assert [made.format for made in exports(small_school)] == ["excel", "csv"]


def test_names_are_always_chosen_and_never_assumed(small_school, care):
    answer = export(care, names="")
    assert answer.status_code == 422
    assert "Kies met of zonder namen." in answer.text
    assert exports(small_school) == []


def test_nobody_exports_what_they_may_not_read(small_school):
    small_school.report("bas", group_id=small_school.groups["7b"], involved=[], unknown_persons=True)
    closed = small_school.report(confidential=True, place="toilets")
    assert rows(export(small_school.client("henk")))[1:] == []
    (row,) = rows(export(small_school.client("fatima"), names="with"))[1:]
    assert (row[1], row[2], row[8], row[9]) == ("Vertrouwelijk incident", "", "", "")
    assert closed


def test_too_much_for_paper_is_refused_with_what_to_do(small_school, care, monkeypatch):
    monkeypatch.setattr(making, "MOST_ON_PAPER", 1)
    monkeypatch.setattr(making, "MOST_ROWS", 2)
    small_school.report()
    small_school.report(happened_at=clock.now() - timedelta(days=2))
    answer = export(care, format="pdf")
    assert answer.status_code == 409
    assert "Dit is te lang voor een PDF." in answer.text
    small_school.report()
    assert "Kies een kortere periode." in export(care).text
    assert exports(small_school) == []


def test_the_review_tells_of_it(small_school, care):
    small_school.report()
    export(care, names="with")
    page = small_school.client("marijke").get("/audit/").text
    assert "maakte een bestand: Incidenten, als CSV, 1 regel, met namen." in page


def test_a_pdf_is_made_of_the_list(small_school, care):
    from intranet.pdf import can_make_pdf

    small_school.report()
    page = care.get("/incidents/export").text
    assert ('value="pdf"' in page) == can_make_pdf()
    if can_make_pdf():
        assert export(care, format="pdf").data.startswith(b"%PDF-")
