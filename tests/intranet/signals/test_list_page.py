"""The list of signals, and the start page and the log that tell of them."""

import re
from datetime import timedelta

import pytest

from events.log import clock
from intranet.signals import commands
from tests.intranet.signals.school_with_signals import SchoolWithSignals


def test_who_decides_sees_on_the_start_page_what_waits(small_school):
    good, old, new = (
        small_school.tell(kind="observation", positive=True),
        small_school.tell(),
        small_school.tell(kind="observation"),
    )
    page = small_school.client("hanneke").get("/").text
    card = page[page.index("Wacht op jou") :]
    assert card.index(str(old)) < card.index(str(new))
    assert str(good) not in page
    small_school.do("hanneke", commands.record_talk, old, "pupil", "Gepraat.")
    page = small_school.client("hanneke").get("/").text
    assert str(old) not in page
    assert str(new) in page
    assert str(new) not in small_school.client("fatima").get("/").text


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("what=concern", {"concern"}),
        ("what=positive", {"good"}),
        ("what=observation", {"seen"}),
        ("state=new", {"concern", "seen"}),
        ("mine=1", {"seen"}),
        ("period=previous", set()),
        ("state=nonsense&what=nonsense&group=x&after=1-x", {"concern", "good", "seen"}),
    ],
)
def test_the_filters_of_the_list(school_on_both, address, found):
    school: SchoolWithSignals = school_on_both
    told = {
        "concern": school.tell("henk"),
        "good": school.tell("henk", kind="observation", positive=True),
        "seen": school.tell("hanneke", kind="observation"),
    }
    page = school.client("hanneke").get(f"/signals/?{address}").text
    assert {name for name, signal in told.items() if f"/signals/{signal}" in page} == found


def test_the_list_goes_on_where_a_page_ends(small_school, monkeypatch):
    from intranet.signals import listing

    monkeypatch.setattr(listing.page_of, "__defaults__", (2,))
    told = [small_school.tell(happened_at=clock.now() - timedelta(hours=hours)) for hours in (1, 2, 2, 3)]
    browser, seen, path = small_school.client("hanneke"), [], "/signals/"
    while path:
        page = browser.get(path).text
        seen += [each for each in re.findall(r'href="/signals/([0-9a-f-]{36})"', page)]
        older = re.search(r'href="(/signals/\?after=[^"]+)"', page)
        path = older[1] if older else None
    assert sorted(seen) == sorted(map(str, told))


def test_the_review_tells_of_a_signal_without_what_the_director_may_not_know(small_school):
    school = small_school
    signal = school.tell()
    school.do("hanneke", commands.record_talk, signal, "parents", "Vader wil geen hulp.")
    about_marijke = school.tell("henk", people=[school.people["marijke"]])
    page = school.client("marijke").get("/audit/").text
    assert "Fatima Tester legde iets vast in een vertrouwelijk dossier." in page
    assert "Hanneke Tester werkte een vertrouwelijk dossier bij." in page
    assert "Henk Tester legde" not in page
    assert str(about_marijke) not in page
    school.do("hanneke", commands.escalate_signal, signal, "Zij moet dit weten.")
    page = school.client("marijke").get("/audit/").text
    assert "Fatima Tester legde een signaal vast: zorgsignaal." in page
