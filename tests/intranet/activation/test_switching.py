"""A director switches a plugin on and off: pages, menu, hooks and permissions follow at once, the log never."""

from html import unescape

import pytest

from tests.intranet.incidents.small_school import SmallSchool
from tests.intranet.plugins_made_here import Make

SHELF = """
from flask import Blueprint
from intranet.api import Aggregate, MenuItem, Personal, PersonalField, RetentionTerm, event, log, may, public

pages = Blueprint("shelf", __name__)

class Thing(Aggregate):
    log_name = "shelf.thing"

    @event("Found")
    def __init__(self, *, what: Personal):
        self.what = what

@pages.get("/")
@requires("shelf.see")
def shelf():
    return "De plank"

@pages.post("/found")
@requires("shelf.see")
def found():
    log.save(Thing(what="Een want"))
    return "Bewaard"

@hookimpl
def register_blueprints():
    return [pages]

@hookimpl
def menu_items():
    return [MenuItem("Gevonden spullen", "shelf.shelf", "package", "shelf.see")]

@hookimpl
def personal_data():
    return [PersonalField("shelf.thing.Found", "what", "wie het verloor", "teruggeven")]

@hookimpl
def retention():
    return [RetentionTerm("shelf.thing", "Gevonden voorwerp", 1, "het teruggeven")]
"""


@pytest.fixture
def small_school(make_plugin: Make, make_app) -> SmallSchool:
    make_plugin("shelf", SHELF, permissions=("shelf.see",))
    return SmallSchool(make_app())


def switch(school: SmallSchool, to: str, reason: str = "Voor onze school.", by: str = "marijke"):
    return school.client(by).post(f"/school/plugins/shelf/{to}", {"reason": reason}, shown="/school/plugins/shelf")


def test_a_plugin_does_not_exist_until_it_is_on(small_school):
    fatima = small_school.client("fatima")
    assert fatima.get("/shelf/").status_code == 404
    assert "Gevonden spullen" not in fatima.get("/").text
    assert switch(small_school, "on").status_code == 303
    assert fatima.get("/shelf/").text == "De plank"
    assert "Gevonden spullen" in fatima.get("/").text


def test_off_hides_the_pages_and_loses_nothing(small_school):
    switch(small_school, "on")
    fatima = small_school.client("fatima")
    assert fatima.post("/shelf/found", {}, shown="/incidents/new").text == "Bewaard"
    assert switch(small_school, "off", "Even niet nodig.").status_code == 303
    size = small_school.size()
    assert fatima.get("/shelf/").status_code == 404
    assert fatima.post("/shelf/found", {}, shown="/incidents/new").status_code == 404
    assert "Gevonden spullen" not in fatima.get("/").text
    assert small_school.size() == size
    assert (
        "Er zou meteen 1 gebeurtenis te zien zijn." in small_school.client("marijke").get("/school/plugins/shelf").text
    )


def test_a_permission_of_a_plugin_that_is_off_holds_for_nobody(small_school):
    from flask_login import login_user

    from intranet.access import may
    from intranet.accounts.signed_in import SignedIn
    from intranet.schools.directory import school_of

    def answers() -> bool:
        from flask import g

        token = small_school.token("fatima")
        with small_school.app.test_request_context():
            g.school = school_of(small_school.school)
            login_user(SignedIn.of(token))
            return may("shelf.see")

    assert not answers()
    switch(small_school, "on")
    assert answers()


def test_another_school_keeps_its_own_choice(small_school, make_app):
    from intranet.schools.commands import open_school

    app = small_school.app
    with app.app_context():
        other = open_school(small_school.board, "IBS De Wolk")
    switch(small_school, "on")
    with app.app_context():
        plugins = app.extensions["geborgen.plugins"]
        assert plugins.enabled_for(small_school.school) == {"shelf"}
        assert plugins.enabled_for(other) == frozenset()


@pytest.mark.parametrize("by", ["fatima", "hanneke", "henk"])
def test_only_who_leads_the_school_switches(small_school, by):
    client = small_school.client(by)
    assert client.get("/school/plugins").status_code == 404
    assert client.post("/school/plugins/shelf/on", {"reason": "x"}, shown="/incidents/new").status_code == 404


def test_without_a_reason_nothing_is_switched_and_the_page_says_so(small_school):
    answer = switch(small_school, "on", "   ")
    assert answer.status_code == 422
    assert "Schrijf kort op waarom je dit doet." in answer.text
    assert small_school.client("fatima").get("/shelf/").status_code == 404


def test_switching_twice_is_refused_with_a_sentence(small_school):
    switch(small_school, "on")
    answer = switch(small_school, "on")
    assert answer.status_code == 409
    assert "Dit onderdeel staat al aan." in answer.text


def test_the_review_tells_who_switched_what_and_why(small_school):
    switch(small_school, "on", "De ouders vroegen erom.")
    switch(small_school, "off", "Te veel werk.")
    page = small_school.client("marijke").get("/audit/").text
    assert "Marijke Tester zette Shelf aan: “De ouders vroegen erom.”" in page
    assert "Marijke Tester zette Shelf uit: “Te veel werk.”" in page
    history = small_school.client("marijke").get("/school/plugins/shelf").text
    assert "De ouders vroegen erom." in history


def test_the_reason_is_nowhere_readable_in_the_files(small_school):
    from pathlib import Path

    switch(small_school, "on", "Zeldzame reden.")
    files = Path(small_school.app.config["INSTANCE"]).glob("*")
    assert b"Zeldzame reden." not in b"".join(path.read_bytes() for path in files if path.is_file())


def test_the_page_says_who_may_what_and_what_is_kept_about_people(small_school):
    page = small_school.client("marijke").get("/school/plugins/shelf").text
    assert "iedereen in dienst" in page
    assert "wie het verloor" in page
    assert "Gevonden voorwerp: 1 jaar na het teruggeven" in page


def test_the_same_about_the_same_people_is_said_once(small_school):
    page = unescape(small_school.client("marijke").get("/school/plugins/kanjertraining").text)
    assert page.count("weten welke lessen er zijn") == 1
    assert "Programma gemaakt, Programma aangepast, Les in programma gezet, Les in programma aangepast" in page


def test_a_plugin_that_does_not_exist_has_no_page(small_school):
    assert small_school.client("marijke").get("/school/plugins/nothing").status_code == 404
