"""The search box finds people, groups and what plugins know; the words stand in no address."""

import pytest

from tests.intranet.incidents.small_school import SmallSchool
from tests.intranet.plugins_made_here import Make

SHELF = """
from intranet.api import SearchResult

@hookimpl
def search(words):
    return [SearchResult(f"Want van {words}", "/shelf", "Gevonden voorwerpen")] if words == "noor" else []
"""


@pytest.fixture
def small_school(make_plugin: Make, make_app) -> SmallSchool:
    from intranet.activation.commands import enable_plugin

    make_plugin("shelf", SHELF)
    school = SmallSchool(make_app())
    school.do("marijke", enable_plugin, "shelf", "Proef.")
    return school


def test_people_groups_and_plugins_are_found(small_school):
    fatima = small_school.client("fatima")
    page = fatima.post("/search", {"q": "noor"}).text
    assert "Noor van der Berg" in page
    assert "Want van noor" in page
    assert "Groep 6a" in fatima.post("/search", {"q": "groep 6a"}).text


def test_words_are_sent_in_the_body_never_in_the_address(small_school):
    page = small_school.client("fatima").get("/search?q=noor").text
    assert "Noor" not in page
    assert 'method="get"' not in page


def test_what_is_not_there_is_said_in_a_sentence(small_school):
    assert "Niets gevonden" in small_school.client("fatima").post("/search", {"q": "zzzz"}).text


@pytest.mark.parametrize("words", ["", "a", "x" * 101])
def test_too_few_or_too_many_letters_bring_the_form_back(small_school, words):
    answer = small_school.client("fatima").post("/search", {"q": words})
    assert answer.status_code == 422


def test_words_are_shown_as_they_are(small_school):
    answer = small_school.client("fatima").post("/search", {"q": "<script>alert(1)</script>"})
    assert "<script>alert" not in answer.text
