"""The log in sentences: what it tells whom, how it is filtered and paged, and what it never shows."""

import csv
import html
import io
import re
from datetime import UTC, datetime, timedelta

import pytest

from events.involvement import Involvement
from events.log import clock
from events.log.aggregate import Aggregate, Code, event
from events.log.context import acting
from events.log.kinds import registry
from intranet.api import log
from intranet.audit import commands
from intranet.audit.sentences import WITHOUT_SENTENCE, description
from intranet.incidents import commands as incidents
from intranet.people.today import today
from intranet.signals.commands import record_signal
from tests.intranet.audit.log_page import lines, options
from tests.intranet.incidents.small_school import SmallSchool

POSITION = re.compile(r'<span class="position">#([0-9–]+)</span>')
ICON = re.compile(r'<li class="event (.*?)</span>', re.S)
WORDS = "Klimrekgeheim"
REMARK = "Alles nagelopen met de schoolleider."


def test_a_report_is_told_with_names_to_who_may_read_it(school_on_both):
    school_on_both.report(place="playground")
    told = "Fatima Tester legde een incident vast: ruzie (plein), met Noor van der Berg."
    assert lines(school_on_both.client("marijke").get("/audit/"))[0] == told
    # The board reads serious incidents, the data protection officer none: for them it is a fact about one person.
    for given in ("yvonne", "henk"):
        page = school_on_both.client(given).get("/audit/")
        assert lines(page)[0] == "Fatima Tester legde een incident vast: ruzie (plein), met 1 persoon."
        assert "Noor" not in page.text


def test_a_late_record_shows_both_clocks(small_school):
    small_school.report(happened_at=clock.now() - timedelta(days=3))
    page = small_school.client("marijke").get("/audit/").text
    assert "vastgelegd 3 dagen later" in page
    assert "Gebeurd op" in page


def test_a_closed_record_is_a_fact_without_particulars(small_school):
    incident = small_school.report(by="hanneke", confidential=True, place="gym")
    small_school.do("hanneke", incidents.add_note, incident, "x")
    page = small_school.client("yvonne").get("/audit/")
    assert lines(page)[:2] == [
        "Hanneke Tester werkte een vertrouwelijk dossier bij.",
        "Hanneke Tester legde iets vast in een vertrouwelijk dossier.",
    ]
    assert "gymzaal" not in page.text
    assert "Noor" not in page.text


def test_of_a_closed_record_it_is_not_said_when_it_happened(small_school):
    long_ago = clock.now() - timedelta(days=3)
    small_school.report(by="hanneke", confidential=True, happened_at=long_ago)
    assert "Gebeurd op" not in small_school.client("yvonne").get("/audit/").text
    assert "Gebeurd op" in small_school.client("marijke").get("/audit/").text


def test_that_a_record_became_closed_is_told_to_who_may_read_it(small_school):
    incident = small_school.report(by="hanneke")
    small_school.do("hanneke", incidents.change_confidentiality, incident, True, "De ouders vragen erom.")
    told = {who: lines(small_school.client(who).get("/audit/"))[0] for who in ("marijke", "yvonne")}
    assert told["marijke"] == "Hanneke Tester maakte een incident vertrouwelijk."
    assert told["yvonne"] == "Hanneke Tester werkte een vertrouwelijk dossier bij."


def test_closed_records_in_a_row_stay_facts_without_particulars(small_school):
    for _ in range(4):
        small_school.report(by="hanneke", confidential=True)
    assert lines(small_school.client("marijke").get("/audit/"))[0] == "Hanneke Tester legde 4 incidenten vast."
    told = ["Hanneke Tester legde iets vast in een vertrouwelijk dossier."] * 4
    assert lines(small_school.client("yvonne").get("/audit/"))[:4] == told


def exported(reader, kind):
    """Return the rows of the file of one kind."""
    path = f"/audit/export?kind={kind}"
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', reader.get(path).text)[1]
    answer = reader.client.post(path, data={"csrf_token": token, "format": "csv", "names": "without"})
    return list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"), newline=""), delimiter=";"))[1:]


def test_no_filter_column_or_picture_says_what_a_closed_record_is(small_school):
    small_school.report()
    incident = small_school.report(by="hanneke", confidential=True)
    small_school.do("hanneke", incidents.add_note, incident, "x")
    small_school.do("hanneke", record_signal, kind="concern", account="Stil.", happened_at=clock.now(), people=[])
    board, director = small_school.client("yvonne"), small_school.client("marijke")
    told, found = lines(board.get("/audit/"))[:3], options(board.get("/audit/"))
    assert {value for value in found if value.startswith(("incidents", "signals"))} == {
        "incidents",
        "incidents.incident.Reported",
    }
    assert found["incidents.incident.Reported"] == "Incidenten: Vastgelegd (1)"
    assert found["closed"] == "Vertrouwelijk, gesloten voor jou (3)"
    for kind in ("incidents.incident.NoteAdded", "signals", "signals.signal.Recorded"):
        assert lines(board.get(f"/audit/?kind={kind}")) == []
        assert exported(board, kind) == []
    closed = board.get("/audit/?kind=closed")
    assert lines(closed) == told
    assert len(set(ICON.findall(closed.text))) == 1
    assert {row[2] for row in exported(board, "closed")} == {"Vertrouwelijk dossier"}
    # To who may read the incident it is one.
    assert options(director.get("/audit/"))["incidents.incident.NoteAdded"] == "Incidenten: Aangevuld (1)"
    assert options(director.get("/audit/"))["closed"] == "Vertrouwelijk, gesloten voor jou (1)"


def test_what_is_closed_today_answers_to_no_kind_in_the_past_either(app):
    then, later = (datetime(2026, month, 3, 11, tzinfo=UTC) for month in (2, 3))
    with clock.told_at(then):
        school = SmallSchool(app)
        incident = school.report(happened_at=then)
    board, back_then = school.client("yvonne"), "op=2026-02-03T23:00&period=all"
    assert len(lines(board.get(f"/audit/?{back_then}&kind=incidents"))) == 1
    with clock.told_at(later):
        school.do("hanneke", incidents.change_confidentiality, incident, True, "De ouders vragen erom.")
    assert lines(board.get(f"/audit/?{back_then}&kind=incidents")) == []
    assert len(lines(board.get(f"/audit/?{back_then}&kind=closed"))) == 1


def test_filters_by_kind_actor_person_and_period_count_what_they_find(school_on_both):
    noor, sem = (school_on_both.people[name] for name in ("noor", "sem"))
    mine = school_on_both.report()
    school_on_both.report(by="bas", involved=[Involvement(sem, "victim"), Involvement(noor, "involved")])
    school_on_both.do("hanneke", incidents.assess_severity, mine, 2)
    director = school_on_both.client("marijke")
    fatima, hanneke = school_on_both.people["fatima"].hex, school_on_both.people["hanneke"].hex
    found = options(director.get("/audit/"))
    assert found["incidents"] == "Incidenten: alles (3)"
    assert found["incidents.incident.Reported"] == "Incidenten: Vastgelegd (2)"
    assert (found[fatima], found[hanneke]) == ("Fatima Tester (1)", "Hanneke Tester (1)")
    assert (found[noor.hex], found[sem.hex]) == ("Noor van der Berg (2)", "Sem Vos (1)")

    assert len(lines(director.get("/audit/?kind=incidents"))) == 3
    assert len(lines(director.get(f"/audit/?actor={fatima}"))) == 1
    by_sem = director.get(f"/audit/?person={sem.hex}&kind=incidents")
    assert lines(by_sem) == [
        "Bas Tester legde een incident vast: ruzie, met Sem Vos en Noor van der Berg.",
    ]
    with school_on_both.app.app_context():
        yesterday = today() - timedelta(days=1)
    assert lines(director.get(f"/audit/?until={yesterday}")) == []
    chosen = director.get(f"/audit/?kind=incidents&actor={fatima}&period=week").text
    chips = re.findall(r'<a class="chip-link" href="([^"]+)"', chosen)
    assert [html.unescape(href) for href in chips] == [
        f"/audit/?actor={fatima}&period=week",
        "/audit/?kind=incidents&period=week",
        f"/audit/?kind=incidents&actor={fatima}",
    ]


def test_nonsense_in_the_address_is_not_asked(small_school):
    small_school.report()
    director = small_school.client("marijke")
    usual = lines(director.get("/audit/"))
    wrong = "actor=me", "person=%00", "from=now", "before=-1", f"before={'9' * 40}", "period=x", "rows=1-x", "rows=²-³"
    for each in wrong:
        assert lines(director.get(f"/audit/?{each}")) == usual


def test_paging_shows_every_event_once(small_school):
    for number in range(70):
        # Two colleagues in turn, so that nothing is a run.
        small_school.report(by=("fatima", "bas")[number % 2])
    director, path, seen = small_school.client("marijke"), "/audit/?period=all", []
    while path:
        page = director.get(path).text
        for shown in POSITION.findall(page):
            first, _dash, last = shown.partition("–")
            seen += range(int(last or first), int(first) - 1, -1)
        older = re.search(r'rel="next" href="([^"]+)"', page)
        path = older and html.unescape(older[1])
    assert seen == list(range(small_school.size(), 0, -1))


def test_a_long_run_is_one_line_that_opens(small_school):
    for _ in range(5):
        small_school.report()
    director = small_school.client("marijke")
    page = director.get("/audit/?kind=incidents")
    assert lines(page) == ["Fatima Tester legde 5 incidenten vast."]
    inside = html.unescape(re.search(r'<p class="event-title"><a href="([^"]+)"', page.text)[1])
    assert len(lines(director.get(inside))) == 5


def test_no_word_that_somebody_wrote_is_on_a_page_of_the_review(small_school):
    incident = small_school.report(account=f"{WORDS} 1")
    small_school.do("hanneke", incidents.add_note, incident, f"{WORDS} 2")
    small_school.do("hanneke", incidents.assess_severity, incident, 3, f"{WORDS} 3")
    small_school.do("hanneke", incidents.change_confidentiality, incident, True, f"{WORDS} 4")
    small_school.do("yvonne", commands.review_period, today_in(small_school), today_in(small_school), REMARK)
    director = small_school.client("marijke")
    assert WORDS in director.get(f"/incidents/{incident}").text, "the word can be found where it belongs"
    for given in ("marijke", "yvonne", "henk"):
        reader = small_school.client(given)
        pages = ["/audit/", "/audit/proof", "/audit/readings", "/audit/reviews", f"/audit/records/{incident}"]
        pages += re.findall(r'href="(/audit/records/[^"]+)"', reader.get("/audit/").text)
        for path in pages:
            answer = reader.get(path)
            assert answer.status_code == 200, path
            assert WORDS not in answer.text, path
            # What struck the reviewer is no word from a dossier: it stands with the period, and nowhere else.
            assert (REMARK in answer.text) == (path == "/audit/reviews"), path


def today_in(school):
    with school.app.app_context():
        return today()


def test_what_no_installed_program_knows_is_kept_and_said(small_school):
    class Cap(Aggregate):
        log_name = "kanjer.cap"

        @event("Worn")
        def __init__(self, *, colour: Code):
            self.colour = colour

    with small_school.app.app_context(), acting(school=small_school.school):
        log.save(Cap(colour="red"))
    registry.forget(Cap)
    page = small_school.client("marijke").get("/audit/")
    assert lines(page)[0] == "Onbekende gebeurtenis (kanjer.cap.Worn, versie 1): bewaard en controleerbaar."


def test_every_kind_of_event_of_the_core_has_a_sentence(app):
    with app.app_context():
        silent = [
            kind.name
            for kind in registry
            if kind.event_class.__module__.startswith(("events.", "intranet."))
            and description(kind.event_class) is WITHOUT_SENTENCE
        ]
    assert silent == []


@pytest.mark.parametrize(
    "path", ["/audit/", "/audit/proof", "/audit/readings", "/audit/reviews", "/audit/proof/erased.txt"]
)
def test_for_others_there_is_no_review(small_school, path):
    for given in ("fatima", "hanneke", "petra"):
        assert small_school.client(given).get(path).status_code == 404


def test_each_part_of_the_product_has_a_name_in_the_filter(app):
    from intranet.audit.controls import _title

    with app.app_context():
        # Another test of this process may have brought events of its own.
        ours = [kind for kind in registry if kind.aggregate.__module__.startswith(("events.", "intranet.", "plugins."))]
        areas = {kind.name.partition(".")[0] for kind in ours}
        assert {area for area in areas if str(_title(area)) == area} == set()
