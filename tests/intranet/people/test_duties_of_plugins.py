"""A plugin brings a duty: a school that has the plugin on gives it to people, and it opens what the manifest says."""

import pytest

from intranet.api import Manifest
from intranet.people import duties
from intranet.testing import made_up_school
from tests.intranet.plugins_made_here import Make

DUTY = "garden.keeper"
GARDEN = f"""
from flask import Blueprint
pages = Blueprint("garden", __name__)

manifest = Manifest(
    name="garden", title="Tuin", description="De tuin.", duties={{"{DUTY}": "tuinman"}},
    permissions=(Permission(name="garden.see", title="de tuin zien", holders=("{DUTY}",)),),
)

@pages.get("/")
@requires("garden.see")
def garden():
    return "de tuin"

@hookimpl
def register_blueprints():
    return [pages]
"""


@pytest.fixture
def school(make_plugin: Make, tmp_path, monkeypatch):
    monkeypatch.setattr(duties, "_of_plugins", {})
    make_plugin("garden", GARDEN, manifest=None)
    with made_up_school(tmp_path / "school", enabled=["garden"]) as made:
        yield made


def give(school, duty=DUTY):
    form = {"person": school.people["henk"].hex, "duty": duty, "since": "2026-01-01"}
    return school.client("marijke").post("/people/duties/assign", form)


def test_a_duty_of_a_plugin_is_given_and_opens_its_pages(school):
    assert school.client("henk").get("/garden/").status_code == 404
    assert give(school).status_code == 303
    assert school.client("henk").get("/garden/").text == "de tuin"
    assert "tuinman" in school.client("henk").get("/people/duties").text
    assert "tuinman" in school.client("marijke").get(f"/people/{school.people['henk']}").text
    assert "tuinman" in school.client("marijke").get("/audit/").text
    assert "tuinman" in school.client("marijke").get("/school/plugins/garden").text


def test_it_is_given_only_where_the_plugin_is_on(school):
    school.disable("garden")
    assert give(school).status_code == 422
    assert "tuinman" not in school.client("marijke").get("/people/duties/assign").text


def test_who_had_it_keeps_it_in_words_when_the_plugin_is_gone(school, monkeypatch):
    give(school)
    monkeypatch.setattr(duties, "_of_plugins", {})
    for path in ("/people/duties", f"/people/{school.people['henk']}", "/audit/"):
        assert "een taak van een onderdeel dat er niet meer is" in school.client("marijke").get(path).text


@pytest.mark.parametrize("code", ["keeper", "garden.Keeper", "garden.a b", "flowers.keeper"])
def test_a_duty_that_is_no_code_of_the_plugin_is_a_fault(code):
    assert Manifest(name="garden", title="Tuin", description="De tuin.", duties={code: "tuinman"}).faults()
