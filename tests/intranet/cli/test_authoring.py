"""A new plugin is written whole, under a sound name and nothing else, and reads well whatever its name."""

import configparser
import importlib.util
import re
import subprocess
import sys
from pathlib import Path

import pytest
from flask import Flask

from intranet.cli.authoring import LONGEST_NAME, example_files, refusal, write

ROOT = Path(__file__).resolve().parents[3]
PLACEHOLDERS = re.compile(r"plugin[-_]name|plugin title|GEBORGEN_VERSION", re.IGNORECASE)


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a new plugin."""
    folder = tmp_path_factory.mktemp("author") / "geborgen-lost-property"
    write("lost_property", "Gevonden voorwerpen", folder)
    return folder


def test_a_plugin_is_a_distribution_with_the_seven_names_tests_and_an_entry_point(written: Path):
    package = written / "geborgen_lost_property"
    modules = {"plugin", "events", "commands", "projections", "forms", "views", "__init__"}
    assert {path.stem for path in package.glob("*.py")} == modules
    assert {path.name for path in package.iterdir() if path.is_dir()} == {"templates", "static", "translations"}
    assert (package / "translations/en/LC_MESSAGES/lost_property.po").exists()
    assert {path.name for path in (written / "tests").glob("test_*.py")} == {
        "test_events.py",
        "test_commands.py",
        "test_views.py",
    }
    assert (written / ".gitignore").exists()
    setup = configparser.ConfigParser()
    setup.read(written / "setup.cfg")
    assert setup["metadata"]["name"] == "geborgen-lost-property"
    points = setup["options.entry_points"]["geborgen.plugins"]
    assert points.split() == ["lost_property", "=", "geborgen_lost_property.plugin"]


def test_nothing_of_the_example_is_left_but_what_it_says(written: Path):
    files = [path for path in written.rglob("*") if path.is_file()]
    assert len(files) == len(example_files())
    left = {path.name: PLACEHOLDERS.findall(f"{path}\n{path.read_text()}") for path in files}
    assert {name: found for name, found in left.items() if found} == {}
    assert 'title=_l("Gevonden voorwerpen")' in (written / "geborgen_lost_property/plugin.py").read_text()


@pytest.mark.parametrize("name", ["a", "lost_property", "x" * LONGEST_NAME])
def test_it_is_formatted_and_without_lint_whatever_its_name(tmp_path: Path, name: str):
    write(name, "Titel", tmp_path / name)
    ruff = Path(sys.executable).parent / "ruff"
    for words in (["check", "--no-cache"], ["format", "--check", "--no-cache"]):
        done = subprocess.run([ruff, *words, tmp_path / name], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout


def test_its_sentences_are_plain_and_all_in_english(written: Path, monkeypatch: pytest.MonkeyPatch):
    specification = importlib.util.spec_from_file_location("sentences", ROOT / "scripts" / "check_translations.py")
    sentences = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(sentences)
    monkeypatch.chdir(ROOT)
    package = written / "geborgen_lost_property"
    with (package / "translations/en/LC_MESSAGES/lost_property.po").open("rb") as catalog:
        english = sentences.read_po(catalog, locale="en")
    sources = sentences.extract([package])
    assert len(sources) > 50
    assert not english.fuzzy
    assert sentences.faults(sources, english) == []
    # What is no longer said would be left behind unseen.
    assert {message.id for message in english} == {message.id for message in sources}


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("Lost", "use lower case letters"),
        ("lost-property", "use lower case letters"),
        ("lost__property", "single underscores"),
        ("_lost", "begin with a letter"),
        ("7up", "begin with a letter"),
        ("", "use lower case letters"),
        ("../up", "use lower case letters"),
        ("x" * (LONGEST_NAME + 1), "too long"),
        ("class", "word of Python"),
        ("match", "word of Python"),
        ("people", "The core uses the name people"),
        ("login", "The core uses the name login"),
        ("incidents", "The core uses the name incidents"),
    ],
)
def test_a_name_that_cannot_be_is_refused_with_the_reason(name: str, reason: str):
    assert reason in (refusal(name) or "")


def test_the_name_of_a_plugin_that_is_there_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    about = tmp_path / "outside-1.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: outside\nVersion: 1.0\n")
    (about / "entry_points.txt").write_text("[geborgen.plugins]\nnotebook = outside.plugin\n")
    assert refusal("notebook") is None
    monkeypatch.syspath_prepend(tmp_path)
    assert refusal("notebook") == "There is a plugin notebook already. Choose another name."


def test_the_command_writes_it_once_and_never_over_something(app: Flask, tmp_path: Path):
    command = ["intranet", "new-plugin", "lost_property", "--into", str(tmp_path / "new")]
    done = app.test_cli_runner().invoke(args=command)
    assert done.exit_code == 0, done.output
    plugin = tmp_path / "new" / "geborgen-lost-property" / "geborgen_lost_property" / "plugin.py"
    assert 'title=_l("Lost property")' in plugin.read_text()
    plugin.write_text("mine")
    again = app.test_cli_runner().invoke(args=command)
    assert again.exit_code == 1
    assert "is there already" in again.output
    assert plugin.read_text() == "mine"


@pytest.mark.parametrize("title", ['Jas "rood"', "{{ 7 * 7 }}", "x" * 61, "%(who)s"])
def test_a_title_that_would_break_what_is_written_is_refused(app: Flask, tmp_path: Path, title: str):
    words = ["intranet", "new-plugin", "lost_property", "--title", title, "--into", str(tmp_path)]
    done = app.test_cli_runner().invoke(args=words)
    assert done.exit_code == 1
    assert "A title is at most 60 letters" in done.output
    assert list(tmp_path.glob("geborgen-*")) == []
