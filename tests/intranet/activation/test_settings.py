"""A plugin's settings are events: the form shows what was set, and the words in it are not in any table."""

import pytest

from events.log.context import acting
from tests.intranet.incidents.small_school import SmallSchool
from tests.intranet.plugins_made_here import Make

SHELF = """
from wtforms import IntegerField, StringField
from intranet.api import Form

class ShelfSettings(Form):
    days = IntegerField("Hoeveel dagen", default=14)
    sign = StringField("Wat op het bordje staat", default="Gevonden")

manifest = Manifest(name="shelf", title="Plank", description="Proef.", settings_form=ShelfSettings)
"""


@pytest.fixture
def small_school(make_plugin: Make, make_app) -> SmallSchool:
    make_plugin("shelf", SHELF, manifest=None)
    return SmallSchool(make_app())


def settings(school: SmallSchool) -> dict:
    from intranet.activation.enabled import plugin_settings

    with school.app.app_context(), acting(school=school.school):
        return plugin_settings("shelf")


def test_until_something_is_set_the_defaults_of_the_form_hold(small_school):
    assert settings(small_school) == {"days": 14, "sign": "Gevonden"}


def test_what_is_set_is_an_event_and_shown_again(small_school):
    marijke, size = small_school.client("marijke"), small_school.size()
    path = "/school/plugins/shelf/settings"
    assert marijke.post(path, {"days": "30", "sign": "Kijk bij Henk"}).status_code == 303
    assert settings(small_school) == {"days": 30, "sign": "Kijk bij Henk"}
    assert small_school.size() == size + 1
    assert "Kijk bij Henk" in marijke.get(path).text
    assert "veranderde de instellingen van Plank" in marijke.get("/audit/").text


def test_the_same_settings_again_record_nothing(small_school):
    marijke, path = small_school.client("marijke"), "/school/plugins/shelf/settings"
    marijke.post(path, {"days": "30", "sign": "x"})
    size = small_school.size()
    marijke.post(path, {"days": "30", "sign": "x"})
    assert small_school.size() == size


def test_what_is_no_number_comes_back_with_a_sentence(small_school):
    answer = small_school.client("marijke").post("/school/plugins/shelf/settings", {"days": "veel", "sign": "x"})
    assert answer.status_code == 422
    assert 'value="veel"' in answer.text


def test_a_plugin_without_settings_has_no_page_for_them(make_plugin: Make, make_app):
    make_plugin("bare")
    school = SmallSchool(make_app())
    assert school.client("marijke").get("/school/plugins/bare/settings").status_code == 404
