"""Plugins are found, checked and mounted; what cannot be used is refused by name and the rest starts."""

import re

import pytest

from events.log.errors import LogUnfit
from intranet.plugin_manager import Installed
from tests.intranet.plugins_made_here import MANIFEST, Make

ONE_PAGE = """
from flask import Blueprint
pages = Blueprint("{name}", __name__)

@pages.get("/")
@requires("{name}.see")
def shelf():
    return "De plank"

@hookimpl
def register_blueprints():
    return [pages]
"""


def plugins_of(app) -> Installed:
    return app.extensions["geborgen.plugins"]


def test_a_plugin_of_another_package_is_found_by_its_entry_point(make_plugin: Make, make_app):
    make_plugin("shelf", ONE_PAGE.format(name="shelf"), permissions=("shelf.see",))
    app = make_app()
    assert "shelf" in plugins_of(app).by_name
    assert "/shelf/" in {rule.rule for rule in app.url_map.iter_rules()}


def test_bundled_plugins_are_found_in_their_folder(app):
    import plugins as bundled

    assert bundled.__path__
    assert plugins_of(app).refused == {}


def test_a_misspelt_hook_stops_the_start(make_plugin: Make, make_app):
    make_plugin("shelf", "@hookimpl\ndef menu_item():\n    return []\n")
    with pytest.raises(LogUnfit, match="shelf.*hook that does not exist.*menu_item"):
        make_app()


def test_a_misspelt_argument_stops_the_start(make_plugin: Make, make_app):
    make_plugin("shelf", "@hookimpl\ndef search(word):\n    return []\n")
    with pytest.raises(LogUnfit, match="shelf does not fit the hooks.*word"):
        make_app()


@pytest.mark.parametrize(
    ("manifest", "reason"),
    [
        (None, "no manifest"),
        (", made_for=99", "version 99 of the API"),
        (', permissions=(Permission(name="people.read", title="x", holders=("staff",)),)', "does not begin with"),
        (', event_labels={"incidents.incident.Reported": "x"}', "does not begin with"),
        (', colour="red"', "cannot be imported .TypeError"),
    ],
)
def test_what_cannot_be_used_is_refused_by_name_and_the_rest_starts(make_plugin: Make, make_app, manifest, reason):
    make_plugin("good")
    make_plugin("shelf", manifest=manifest)
    plugins = plugins_of(make_app())
    assert "good" in plugins.by_name
    assert "shelf" not in plugins.by_name
    assert re.search(reason, plugins.refused["shelf"])


def test_a_missing_field_of_the_manifest_is_named(make_plugin: Make, make_app):
    make_plugin("shelf", 'manifest = Manifest(name="shelf", title="Plank")\n', manifest=None)
    assert "description" in plugins_of(make_app()).refused["shelf"]


def test_a_plugin_that_fails_when_imported_is_refused(make_plugin: Make, make_app):
    make_plugin("shelf", "1 / 0\n")
    assert "ZeroDivisionError" in plugins_of(make_app()).refused["shelf"]


NOTE = """
from intranet.api import Aggregate, Code, event

class Note(Aggregate):
    log_name = "{area}.note"

    @event("Made")
    def __init__(self, *, of: Code):
        self.of = of
"""


def test_a_plugin_whose_events_carry_the_name_of_another_is_refused(make_plugin: Make, make_app):
    make_plugin("good", NOTE.format(area="good"))
    make_plugin("shelf", NOTE.format(area="incidents"))
    plugins = plugins_of(make_app())
    assert "good" in plugins.by_name
    assert plugins.refused == {"shelf": "its event incidents.note.Made is not called shelf.…"}


def test_plugins_that_are_folders_of_one_package_are_told_apart(make_plugin: Make, make_app, tmp_path):
    package = make_plugin("one", manifest=None)
    site = tmp_path / "site-packages"
    for name in ("one", "two"):
        (site / package / name).mkdir()
        manifest = MANIFEST.format(name=name, title=name.title(), more="")
        code = f"from intranet.api import Manifest\n{manifest}{NOTE.format(area=name)}"
        (site / package / name / "__init__.py").write_text(code)
    points = f"[geborgen.plugins]\none = {package}.one\ntwo = {package}.two\n"
    (site / f"{package}-1.0.dist-info" / "entry_points.txt").write_text(points)
    plugins = plugins_of(make_app())
    assert plugins.refused == {}
    assert {"one", "two"} <= set(plugins.by_name)


def test_a_second_plugin_of_the_same_name_is_refused(make_plugin: Make, make_app, tmp_path):
    make_plugin("shelf", ONE_PAGE.format(name="shelf"), permissions=("shelf.see",))
    again = tmp_path / "site-packages" / "another-1.0.dist-info"
    again.mkdir()
    (again / "METADATA").write_text("Metadata-Version: 2.1\nName: another\nVersion: 1.0\n")
    (again / "entry_points.txt").write_text("[geborgen.plugins]\nshelf = private.plugin\n")
    plugins = plugins_of(make_app())
    assert "shelf" in plugins.by_name
    assert [reason for name, reason in plugins.refused.items() if name.startswith("shelf (")] == [
        "another plugin has this name already"
    ]


def test_a_plugin_that_fails_at_the_start_is_refused_as_a_whole(make_plugin: Make, make_app):
    make_plugin("shelf", "@hookimpl\ndef register_projections():\n    return [1 / 0]\n", permissions=("shelf.see",))
    plugins = plugins_of(make_app())
    assert "register_projections" in plugins.refused["shelf"]
    assert "shelf.see" not in plugins.rules


def test_a_page_that_says_not_who_may_see_it_is_shown_to_nobody(make_plugin: Make, make_app):
    code = ONE_PAGE.format(name="shelf").replace('@requires("shelf.see")\n', "")
    make_plugin("shelf", code, permissions=("shelf.see",))
    app = make_app()
    assert app.test_client().get("/shelf/").status_code == 404
    assert not hasattr(app.view_functions["shelf.shelf"], "permission")


def test_a_page_with_a_permission_of_the_core_is_shown_to_nobody(make_plugin: Make, make_app):
    code = ONE_PAGE.format(name="shelf").replace("shelf.see", "people.read")
    make_plugin("shelf", code, permissions=("shelf.see",))
    assert make_app().test_client().get("/shelf/").status_code == 404


@pytest.mark.parametrize("name", ["people", "login", "audit", "incidents", "static"])
def test_a_plugin_with_a_name_that_the_core_uses_is_refused(make_plugin: Make, make_app, name: str):
    make_plugin(name, ONE_PAGE.format(name=name), permissions=(f"{name}.see",))
    plugins = plugins_of(make_app())
    assert plugins.refused == {name: "the core uses this name for its own pages or events"}


def test_anybody_gets_the_static_files_of_a_plugin(make_plugin: Make, make_app, tmp_path):
    code = ONE_PAGE.format(name="shelf").replace("__name__)", f"__name__, static_folder={str(tmp_path / 'static')!r})")
    make_plugin("shelf", code, permissions=("shelf.see",))
    (tmp_path / "static").mkdir()
    (tmp_path / "static" / "shelf.css").write_text(".shelf-item { order: 1 }")
    with make_app().test_client().get("/shelf/static/shelf.css") as answer:
        assert (answer.status_code, answer.text) == (200, ".shelf-item { order: 1 }")


def test_commands_stand_under_the_name_of_the_plugin(make_plugin: Make, make_app):
    code = """
    import click
    from intranet.api import log

    @click.command()
    def tidy():
        click.echo(f"opgeruimd in {len(log.schools())} scholen")

    @click.group()
    def shelves():
        pass

    shelves.command("count")(lambda: click.echo(f"planken in {len(log.schools())} scholen"))

    @hookimpl
    def register_commands():
        return [tidy, shelves]
    """
    make_plugin("shelf", code)
    # Twice, because a test or a server may build a second application: each has its own commands.
    for app in (make_app(), make_app()):
        terminal = app.test_cli_runner()
        assert terminal.invoke(args=["intranet", "shelf", "tidy"]).output == "opgeruimd in 0 scholen\n"
        assert terminal.invoke(args=["intranet", "shelf", "shelves", "count"]).output == "planken in 0 scholen\n"


def test_a_command_of_a_plugin_waits_for_tables_of_this_version(make_plugin: Make, make_app, monkeypatch):
    from events.log.errors import LogUnfit
    from intranet import database

    code = """
    import click

    @click.command()
    def tidy():
        click.echo("opgeruimd")

    @hookimpl
    def register_commands():
        return [tidy]
    """
    make_plugin("shelf", code)

    def refuse(_app):
        raise LogUnfit("Run: flask intranet upgrade")

    monkeypatch.setattr(database, "require_current", refuse)
    answer = make_app().test_cli_runner().invoke(args=["intranet", "shelf", "tidy"])
    assert answer.exit_code == 1
    assert "Run: flask intranet upgrade" in answer.output
    assert "opgeruimd" not in answer.output


def test_the_check_says_which_plugin_is_refused(make_plugin: Make, make_app):
    make_plugin("shelf", manifest=", made_for=99")
    said = make_app().test_cli_runner().invoke(args=["intranet", "check"]).output
    assert "WRONG  The plugin shelf is not used: it is made for version 99" in said
