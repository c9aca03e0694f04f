"""The list of promises: what somebody may read, what is late, with whom; and what a closed record does not tell."""

import re

import pytest

from intranet.incidents.readable import Reader
from intranet.promises import listing
from tests.intranet.incidents.test_exporting import export, rows

POLICE, TALK, SUPERVISION = "Aangifte bij de politie", "Praat met het slachtoffer", "Extra toezicht"
RESTORED = "Herstelgesprek"


def shown(page: str) -> list[str]:
    table = page.partition("<tbody")[2].partition("</tbody")[0]
    found = [(table.find(f">{words}<"), words) for words in (POLICE, TALK, SUPERVISION, RESTORED, "Afspraak")]
    return [words for at, words in sorted(found) if at >= 0]


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("", [TALK, POLICE, SUPERVISION]),
        ("state=late", [TALK, POLICE]),
        ("state=done", [RESTORED]),
        ("state=all", [SUPERVISION, POLICE, TALK, RESTORED]),
        ("of=case", [SUPERVISION]),
        ("of=incident&state=late", [TALK, POLICE]),
        ("state=nonsense&of=x&owner=x&after=x.y", [TALK, POLICE, SUPERVISION]),
    ],
)
def test_the_filters_of_the_list(promised, address, found):
    assert shown(promised.client("hanneke").get(f"/promises/?{address}").text) == found


def test_whose_they_are_is_a_filter_with_a_count(promised):
    school, hanneke = promised, promised.client("hanneke")
    page = hanneke.get(f"/promises/?owner={school.people['fatima'].hex}").text
    assert shown(page) == [TALK]
    assert "1 afspraak" in page
    assert "Hanneke Tester (2)" in hanneke.get("/promises/").text


def test_it_is_said_how_late_something_is_and_the_own_one_opens(small_school):
    page = small_school.client("hanneke").get("/promises/").text
    assert "3 schooldagen te laat" in page
    assert "2 schooldagen te laat" in page
    assert re.search(r">(ma|di|wo|do|vr)\xa0\d+\xa0[a-z]+", page)
    assert f"/follow-up/{small_school.report_to_police}" in page
    assert f"/follow-up/{small_school.talk}" not in page
    assert "Woorden die in geen lijst staan" not in page


def test_nobody_sees_promises_of_what_they_may_not_read(small_school):
    school = small_school
    assert shown(school.client("fatima").get("/promises/").text) == [TALK, SUPERVISION]
    assert "Nog geen afspraken" in school.client("bas").get("/promises/").text
    # Of a closed record not even what was promised: opening that is a recorded reading, and a list is not.
    before = school.size()
    head = school.client("marijke").get("/promises/").text
    assert shown(head) == [TALK, "Afspraak", SUPERVISION]
    assert POLICE not in head
    assert "Vertrouwelijk incident" in head
    assert school.size() == before
    school.make_serious()
    assert shown(school.client("marijke").get("/promises/").text) == [TALK, "Afspraak"]


@pytest.mark.parametrize(("state", "number"), [("open", 3), ("all", 4)])
def test_a_long_list_goes_on_where_the_page_before_ended(promised, state, number):
    someone = Reader(promised.people["hanneke"], {"care_coordinator", "staff"}, promised.school)
    wish, found, after = listing.Wish(state=state), [], None
    whole = [each.row.follow_up for each in promised.do("hanneke", listing.every, someone, wish)]
    for _page in range(number):
        (one,), after = promised.do("hanneke", listing.page_of, someone, wish, after, 1)
        found.append(one.row.follow_up)
        after = listing.Cursor.read(str(after))
    assert (found, after) == (whole, None)
    assert len(set(found)) == number


def test_the_list_leaves_as_a_file_without_names_unless_they_are_asked_for(small_school):
    hanneke = small_school.client("hanneke")
    _head, first, *_more = rows(export(hanneke, "/promises/export"))
    assert first[1:5] == [TALK, "Lijkt op pesten", "Staat open", "3"]
    assert "Fatima" not in str(first)
    _head, first, *_more = rows(export(hanneke, "/promises/export", names="with"))
    assert first[5] == "Fatima Tester"
    closed = rows(export(small_school.client("marijke"), "/promises/export"))
    assert POLICE not in str(closed)
