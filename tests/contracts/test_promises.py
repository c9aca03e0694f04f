"""Every installed plugin keeps its promises, and each promise is seen to be broken by a plugin made to break it."""

from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask
from jinja2 import Environment, FileSystemLoader

from intranet.api import Permission, PersonalField, RetentionTerm
from intranet.hook_calls import answer_of
from tests.contracts import promises


@pytest.fixture
def plugins(practice: Flask):
    """The installed plugins; at least one, or the contracts would say nothing."""
    found = list(practice.extensions["geborgen.plugins"])
    assert found
    return found


@pytest.fixture
def kinds(practice: Flask):
    return list(practice.extensions["geborgen.log"].registry)


def asked(practice: Flask, plugin, hook: str) -> list:
    with practice.test_request_context():
        return answer_of(plugin, hook) or []


def test_no_bundled_plugin_is_refused(practice: Flask):
    assert practice.extensions["geborgen.plugins"].refused == {}


def test_files_are_short(plugins):
    assert [fault for plugin in plugins for fault in promises.long_files(plugin.folder)] == []


def test_a_plugin_knows_one_module_of_ours(plugins):
    assert [fault for plugin in plugins for fault in promises.strange_imports(plugin.folder)] == []


def test_templates_stand_in_the_folder_of_their_plugin(plugins):
    assert [fault for plugin in plugins for fault in promises.misplaced_templates(plugin.name, plugin.folder)] == []


def test_templates_load(practice: Flask, plugins):
    own = {plugin.name for plugin in plugins}
    names = [each for each in practice.jinja_env.list_templates() if each.partition("/")[0] in own]
    assert names
    assert promises.unloadable_templates(practice.jinja_env, names) == []


def test_pages_hold_no_style_and_no_script_of_their_own(plugins):
    assert [fault for plugin in plugins for fault in promises.inline_code(plugin.folder)] == []


def test_what_is_personal_is_declared_and_has_an_end(practice: Flask, plugins, kinds):
    faults = []
    for plugin in plugins:
        own = promises.own_kinds(plugin, kinds)
        faults += promises.undeclared_fields(own, asked(practice, plugin, "personal_data"))
        faults += promises.kept_for_ever(own, asked(practice, plugin, "retention"))
    assert faults == []


def test_every_event_has_a_name_in_the_filters(plugins, kinds):
    assert [f for plugin in plugins for f in promises.nameless_events(plugin, promises.own_kinds(plugin, kinds))] == []


def test_every_relation_in_which_somebody_may_has_a_name(plugins):
    assert [fault for plugin in plugins for fault in promises.unnamed_relations(plugin)] == []
    holders = ("teacher:own_group", "staff:neighbour", "staff")
    strange = replace(plugins[0].manifest, permissions=(Permission(name="x.see", title="x", holders=holders),))
    found = promises.unnamed_relations(replace(plugins[0], manifest=strange))
    assert found == ["neighbour is called nothing on the page of the plugin"]


def test_tables_carry_the_name_of_their_plugin(practice: Flask, plugins):
    projections = practice.extensions["geborgen.log"].projector.projections
    assert [fault for plugin in plugins for fault in promises.strange_tables(plugin, projections)] == []


def test_every_page_says_who_may_see_it(practice: Flask, plugins):
    assert [fault for plugin in plugins for fault in promises.open_doors(practice, plugin)] == []


def test_the_practice_school_tells_of_every_kind_of_record(practice: Flask, plugins, kinds):
    recorded = _recorded(practice)
    assert [f for plugin in plugins for f in promises.untold_records(promises.own_kinds(plugin, kinds), recorded)] == []


def _recorded(practice: Flask) -> set[str]:
    from events.log.tables import event

    with practice.extensions["geborgen.log"].read_engine.connect() as connection:
        return set(connection.scalars(sa.select(event.c.name).distinct()))


def test_every_bundled_plugin_says_what_it_does_with_a_picture(plugins):
    bundled = Path(__file__).resolve().parent.parent.parent / "plugins"
    folders = [plugin.folder for plugin in plugins if plugin.folder.parent == bundled]
    assert folders
    assert [fault for folder in folders for fault in promises.without_readme(folder)] == []


def test_a_plugin_that_does_not_say_or_show_it_is_found(tmp_path: Path):
    folder = tmp_path / "shelf"
    folder.mkdir()
    assert promises.without_readme(folder) == ["shelf has no README.md"]
    (folder / "README.md").write_text("# Shelf\n")
    assert promises.without_readme(folder) == ["shelf/README.md shows no picture"]
    (folder / "README.md").write_text("# Shelf\n\n![The shelf](shelf.png)\n")
    assert promises.without_readme(folder) == ["shelf/README.md shows shelf.png, which is not there"]
    (folder / "shelf.png").write_bytes(b"x" * 20)
    assert promises.without_readme(folder) == []
    assert promises.without_readme(folder, largest=10) == ["shelf/README.md shows shelf.png, which is too large"]


BAD = {
    "long.py": "x = 1\n" * 401,
    "views.py": "from intranet.access import TABLE\nimport events.incident\nfrom intranet.api import db\n",
    "templates/other/page.html": '<p style="color:red">{{ words|safe }}</p>',
    "templates/bad/page.html": '<button onclick="go()">x</button><script>go()</script><script src="/x.js"></script>',
}


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    """A plugin that breaks what can be seen in its files."""
    for name, text in BAD.items():
        path = tmp_path / "bad" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return tmp_path / "bad"


def test_a_long_file_is_found(bad: Path):
    assert promises.long_files(bad) == ["long.py has 401 lines"]


def test_an_import_of_the_inside_is_found(bad: Path):
    assert promises.strange_imports(bad) == ["views.py imports intranet.access", "views.py imports events.incident"]


def test_a_template_elsewhere_is_found(bad: Path):
    assert promises.misplaced_templates("bad", bad) == ["templates/other/page.html does not stand in templates/bad/"]


def test_a_template_that_does_not_load_is_found(bad: Path):
    (bad / "templates" / "bad" / "open.html").write_text("{% if words %}{{ words }}")
    environment = Environment(loader=FileSystemLoader(bad / "templates"), autoescape=True)
    names = ["bad/open.html", "bad/page.html", "bad/nowhere.html"]
    assert [fault.partition(":")[0] for fault in promises.unloadable_templates(environment, names)] == [
        "bad/open.html does not load",
        "bad/nowhere.html does not load",
    ]


def test_style_and_script_in_a_page_are_found(bad: Path):
    assert promises.inline_code(bad) == [
        'templates/bad/page.html: onclick="',
        "templates/bad/page.html: <script",
        'templates/other/page.html: style="',
        "templates/other/page.html: |safe",
    ]


def test_what_is_not_declared_is_found(kinds):
    note = next(kind for kind in kinds if kind.name == "incidents.incident.NoteAdded")
    assert promises.undeclared_fields([note], []) == [
        "incidents.incident.NoteAdded.text is personal and not in personal_data"
    ]
    assert promises.undeclared_fields([note], [PersonalField(note.name, "text", "wie", "waarom")]) == []
    assert promises.kept_for_ever([note], []) == ["incidents.incident has personal fields and no term in retention"]
    assert promises.kept_for_ever([note], [RetentionTerm("incidents.incident", "x", 2, "y")]) == []


def test_a_record_that_is_never_told_of_is_found(practice: Flask, kinds):
    note = next(kind for kind in kinds if kind.name == "incidents.incident.NoteAdded")
    assert promises.untold_records([note], []) == ["incidents.incident never happens at the practice school"]
    assert promises.untold_records([note], _recorded(practice)) == []


def test_an_event_without_a_label_and_a_strange_table_are_found(practice: Flask, plugins, kinds):
    named = next(plugin for plugin in plugins if promises.own_kinds(plugin, kinds))
    own = promises.own_kinds(named, kinds)
    nameless = replace(named, manifest=replace(named.manifest, event_labels={}))
    assert len(promises.nameless_events(nameless, own)) == len(own)
    projections = practice.extensions["geborgen.log"].projector.projections
    core = next(each for each in projections if each.name == "incidents.register")
    renamed = replace(named, manifest=replace(named.manifest, name="incidents"))
    assert promises.strange_tables(renamed, [core]) == []
    assert promises.strange_tables(renamed, [_with_strange_table()]) == [
        "the table elsewhere__v1 does not begin with incidents_"
    ]


def _with_strange_table():
    from types import SimpleNamespace

    return SimpleNamespace(name="incidents.strange", tables=(SimpleNamespace(name="elsewhere__v1"),))
