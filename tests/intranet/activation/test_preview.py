"""Before a plugin is switched on its own pages can be looked at, over what was recorded, by who may switch it on."""

import pytest

from tests.intranet.activation.test_switching import SHELF
from tests.intranet.incidents.small_school import SmallSchool
from tests.intranet.plugins_made_here import Make

COUNTED = (
    SHELF.replace(
        '    return "De plank"',
        """    from flask import render_template_string, url_for
    with log.read() as connection:
        number = connection.scalar(sa.select(sa.func.count()).select_from(things))
    link = url_for("shelf.shelf")
    page = '{% extends "base.html" %}{% block main %}Er liggen {{ number }} dingen. {{ link }}{% endblock %}'
    return render_template_string(page, number=number, link=link)""",
    )
    + """
import sqlalchemy as sa
from intranet.api import Projection, on, projection_table
from events.incident import Incident

things = projection_table("shelf_things", sa.Column("thing", sa.Uuid, primary_key=True))

class Shelf(Projection):
    name = "shelf.things"
    tables = (things,)

    @on(Incident.Reported)
    def found(self, db, event):
        db.execute(things.insert(), {"school": event.school_id, "thing": event.originator_id})

@hookimpl
def register_projections():
    return [Shelf()]
"""
)


@pytest.fixture
def small_school(make_plugin: Make, make_app) -> SmallSchool:
    make_plugin("shelf", COUNTED, permissions=("shelf.see",))
    school = SmallSchool(make_app())
    school.report()
    school.report()
    return school


def test_its_pages_are_shown_over_the_past_with_a_banner_and_links_that_stay(small_school):
    marijke = small_school.client("marijke")
    page = marijke.get("/school/plugins/shelf").text
    assert "Er zouden meteen 2 gebeurtenissen te zien zijn." in page
    assert 'href="/shelf/?proef=shelf"' in page
    shown = marijke.get("/shelf/?proef=shelf").text
    assert "Er liggen 2 dingen. /shelf/?proef=shelf" in shown
    assert "Proef: zo ziet Shelf eruit" in shown
    assert "css/past.css" in shown  # its band has a colour of its own, and forms are out of sight
    assert "Gevonden spullen" in shown, "the plugin is in the menu of the preview"


def test_it_stays_off_for_everybody_else_and_for_the_next_page(small_school):
    marijke = small_school.client("marijke")
    assert marijke.get("/shelf/?proef=shelf").status_code == 200
    assert marijke.get("/shelf/").status_code == 404
    assert "Gevonden spullen" not in marijke.get("/").text
    assert small_school.client("fatima").get("/shelf/?proef=shelf").status_code == 404
    assert small_school.client("hanneke").get("/?proef=shelf").status_code == 404


def test_nothing_can_be_recorded_in_a_preview(small_school):
    size = small_school.size()
    answer = small_school.client("marijke").post("/shelf/found?proef=shelf", {}, shown="/incidents/new")
    assert answer.status_code == 405
    assert "Er is niets opgeslagen." in answer.text
    assert small_school.size() == size


def test_looking_records_nothing(small_school):
    size = small_school.size()
    small_school.client("marijke").get("/shelf/?proef=shelf")
    assert small_school.size() == size


def test_what_is_recorded_meanwhile_is_in_the_next_look(small_school):
    marijke = small_school.client("marijke")
    assert "Er liggen 2 dingen" in marijke.get("/shelf/?proef=shelf").text
    small_school.report()
    assert "Er liggen 3 dingen" in marijke.get("/shelf/?proef=shelf").text


def test_a_plugin_that_does_not_exist_cannot_be_tried(small_school):
    assert small_school.client("marijke").get("/?proef=nothing").status_code == 404
