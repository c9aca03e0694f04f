"""Records are found by their decrypted words, by who may read them; what is closed and who is a child is recorded."""

import re
from datetime import timedelta

import pytest

from events.incident import Involvement
from events.log import clock
from events.log.erasure import erase
from events.log.errors import LogUnavailable
from intranet.audit.events import Reading
from intranet.database import erased_list, log
from intranet.incidents import commands as incidents
from intranet.search import asked, finding
from intranet.search.texts import texts_of
from intranet.signals.commands import record_signal
from tests.intranet.incidents.small_school import SmallSchool


@pytest.fixture
def small_school(app) -> SmallSchool:
    return SmallSchool(app)


@pytest.fixture
def school_on_both(app_on_both) -> SmallSchool:
    return SmallSchool(app_on_both)


def found(school, who, words):
    """Return the titles found under each heading."""
    page = school.client(who).post("/search", {"q": words}).text
    lists = re.findall(r'<ul class="link-list" aria-label="([^"]+)">(.*?)</ul>', page, re.S)
    return {heading: re.findall(r"<a [^>]*>([^<]+)</a>", items) for heading, items in lists}


def readings(school):
    with school.app.app_context():
        log = school.app.extensions["geborgen.log"]
        return [
            (each.record_kind, each.ground, each.record_id)
            for each in log.history(school.school)
            if isinstance(each, Reading.Opened)
        ]


def test_words_kinds_and_people_find_an_incident(school_on_both):
    noor = school_on_both.people["noor"]
    told = f"Bij het klimrek trok [[p:{noor.hex}]] aan een jas. Café Zoë keek toe."
    school_on_both.report(account=told, involved=[Involvement(school_on_both.people["sem"], "involved")])
    for words in ("klimrek", "KLIM", "zoe", "cafe jas", "ruzie klimrek", "noor klimrek", "sem jas"):
        assert found(school_on_both, "hanneke", words)["Incidenten"] == ["Ruzie: Sem"], words
    for words in ("limrek", "klimrek schommel", "nova klimrek", "bedreigen klimrek"):
        assert "Incidenten" not in found(school_on_both, "hanneke", words), words


def test_what_was_added_and_corrected_later_is_found_at_once(small_school):
    incident = small_school.report(account="Ze duwden.")
    assert "Incidenten" not in found(small_school, "hanneke", "bibliotheek")
    small_school.do("hanneke", incidents.add_note, incident, "Het begon in de bibliotheek.")
    assert found(small_school, "hanneke", "bibliotheek")["Incidenten"] == ["Ruzie: Noor"]


def test_the_piece_of_text_is_shown_with_names_and_marked(small_school):
    noor = small_school.people["noor"]
    small_school.report(account=f"{'Lang verhaal. ' * 20}Toen gooide [[p:{noor.hex}]] met <zand>. {'Meer. ' * 40}")
    page = small_school.client("hanneke").post("/search", {"q": "zand"}).text
    assert "gooide Noor van der Berg met &lt;<mark>zand</mark>&gt;" in page
    assert page.count("Lang verhaal.") < 8
    assert "…" in page


def test_what_somebody_may_not_read_is_not_found_and_counts_nowhere(school_on_both):
    school_on_both.report(account="Iets over een aansteker.", confidential=True, by="hanneke")
    school_on_both.report("bas", account="Nog een aansteker.", group_id=school_on_both.groups["7b"], involved=[],
                          unknown_persons=True)  # fmt: skip
    assert "Incidenten" not in found(school_on_both, "fatima", "aansteker")
    assert found(school_on_both, "bas", "aansteker")["Incidenten"] == ["Ruzie"]
    assert sorted(found(school_on_both, "hanneke", "aansteker")["Incidenten"]) == ["Ruzie", "Vertrouwelijk incident"]


def test_a_closed_record_shows_no_word_and_that_it_was_found_is_recorded_first(small_school):
    incident = small_school.report(account="Iets over een aansteker.", confidential=True)
    page = small_school.client("hanneke").post("/search", {"q": "aansteker"}).text
    assert "Vertrouwelijk incident" in page
    assert "<mark>" not in page
    assert readings(small_school) == [("incidents.incident", "search", incident)]


def test_searching_a_child_by_name_is_recorded_and_a_colleague_is_not(small_school):
    found(small_school, "fatima", "noor")
    found(small_school, "fatima", "hanneke")
    found(small_school, "fatima", "klimrek")
    assert readings(small_school) == [("people.person", "search", small_school.people["noor"])]
    assert "Fatima Tester zocht een kind op naam." in small_school.client("yvonne").get("/audit/").text


def test_without_its_record_nothing_is_shown(small_school, monkeypatch):
    def unable(*_):
        raise LogUnavailable("De schijf is vol.")

    monkeypatch.setattr(finding, "record_readings", unable)
    answer = small_school.client("fatima").post("/search", {"q": "noor"})
    assert answer.status_code == 503
    assert "van der Berg" not in answer.text


def test_signals_are_found_and_about_home_without_words(small_school):
    tell = {"kind": "concern", "happened_at": clock.now(), "people": [small_school.people["noor"]]}
    small_school.do("fatima", record_signal, **{**tell, "account": "Ze gaapt de hele dag."})
    home = small_school.do("fatima", record_signal, **{**tell, "account": "Ze gaapt en wil niet naar huis.",
                                                       "home_signs": True})  # fmt: skip
    page = small_school.client("hanneke").post("/search", {"q": "gaapt"}).text
    assert page.count("Zorgsignaal: Noor") == 2
    assert page.count("<mark>") == 1
    assert readings(small_school) == [("signals.signal", "search", home)]
    assert "Signalen" not in found(small_school, "bas", "gaapt")


def test_an_erased_dossier_is_forgotten_by_a_process_that_searched_it(small_school):
    incident = small_school.report(account="Iets over een aansteker.")
    assert "Incidenten" in found(small_school, "hanneke", "aansteker")
    small_school.do("marijke", lambda: erase(
        log, [incident], ground="objection", requester="parent", decider=small_school.people["marijke"],
        erased_list=erased_list(small_school.app),
    ))  # fmt: skip
    assert "Incidenten" not in found(small_school, "hanneke", "aansteker")


def test_in_the_past_only_the_words_of_then_are_found(app):
    before = clock.now() - timedelta(days=2)
    with clock.told_at(before):
        school = SmallSchool(app)
        incident = school.report(account="Bij het klimrek.")
    school.do("hanneke", incidents.add_note, incident, "Het begon in de bibliotheek.")
    head = school.client("marijke")
    then = (before + timedelta(hours=4)).strftime("%Y-%m-%dT%H:%M")
    assert "Ruzie: Noor" in head.post(f"/search?op={then}", {"q": "klimrek"}).text
    assert "Ruzie: Noor" not in head.post(f"/search?op={then}", {"q": "bibliotheek"}).text
    assert "Ruzie: Noor" in head.post("/search", {"q": "bibliotheek"}).text


def test_the_words_of_a_kind_are_looked_up_once_for_a_question(small_school, monkeypatch):
    looked_up = []

    def counted(school, kind):
        looked_up.append(kind)
        return texts_of(school, kind)

    monkeypatch.setattr(asked, "texts_of", counted)
    for _ in range(3):
        small_school.report(account="Bij het klimrek.")
    assert len(found(small_school, "hanneke", "klimrek")["Incidenten"]) == 3
    assert len(looked_up) == len(set(looked_up)) > 1
