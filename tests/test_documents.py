"""What authors of plugins read is what the program says; what nobody explained cannot slip in."""

import importlib.util
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def documents() -> Iterator[ModuleType]:
    """The script that writes the documents."""
    before = sys.path[:]
    specification = importlib.util.spec_from_file_location("document_plugins", ROOT / "scripts" / "document_plugins.py")
    script = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(script)
    yield script
    sys.path[:] = before


@pytest.fixture
def copy(documents: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder with a copy of the documents, which the script takes for the real ones."""
    (tmp_path / "docs").mkdir()
    for name in documents.PAGES:
        (tmp_path / "docs" / name).write_text((ROOT / "docs" / name).read_text())
    monkeypatch.setattr(documents, "ROOT", tmp_path)
    return tmp_path / "docs"


def test_documents_are_what_the_program_says(documents: ModuleType, copy: Path):
    assert documents.main(["--check"]) == 0


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("hooks.md", "Links in the menu."),
        ("events.md", "| `account` | personal |"),
        ("api.md", "No such record in this school."),
        ("writing-a-plugin.md", 'raise Refused("Schrijf op wat het is.")'),
    ],
)
def test_what_was_changed_by_hand_is_found_and_written_back(
    documents: ModuleType, copy: Path, capsys: pytest.CaptureFixture[str], name: str, line: str
):
    page = copy / name
    was = page.read_text()
    assert line in was
    page.write_text(was.replace(line, "something else", 1))
    assert documents.main(["--check"]) == 1
    assert f"docs/{name} is not what the program says" in capsys.readouterr().out
    assert documents.main([]) == 0
    assert page.read_text() == was


def test_the_words_of_the_tutorial_are_left_alone(documents: ModuleType, copy: Path):
    page = copy / "writing-a-plugin.md"
    page.write_text(page.read_text().replace("Collect little.", "Collect very little."))
    assert documents.main(["--check"]) == 0


def test_code_in_the_tutorial_that_is_from_nowhere_is_refused(documents: ModuleType, copy: Path):
    page = copy / "writing-a-plugin.md"
    page.write_text(page.read_text() + "\n```python\nprint()\n```\n")
    with pytest.raises(Exception, match="say where they are from"):
        documents.main(["--check"])


def test_a_part_that_the_tutorial_shows_and_the_plugin_lost_is_named(documents: ModuleType, copy: Path):
    page = copy / "writing-a-plugin.md"
    page.write_text(page.read_text().replace("<!-- code: events.py Item -->", "<!-- code: events.py Umbrella -->"))
    with pytest.raises(Exception, match="Umbrella, which is not there any more"):
        documents.main(["--check"])


def test_a_name_of_the_api_that_nobody_explains_is_refused(documents: ModuleType, monkeypatch: pytest.MonkeyPatch):
    from intranet import api

    monkeypatch.setattr(api, "__all__", [*api.__all__, "umbrella"])
    monkeypatch.setattr(api, "umbrella", object(), raising=False)
    with pytest.raises(Exception, match="umbrella"):
        documents.PAGES["api.md"].page("")


def test_an_event_that_nobody_explains_is_refused(documents: ModuleType, monkeypatch: pytest.MonkeyPatch):
    from intranet.schools.events import ClassGroup

    monkeypatch.setattr(ClassGroup.__dict__["_join"].decorated_func, "__doc__", None)
    with pytest.raises(Exception, match="schools.group.TeacherJoined"):
        documents.PAGES["events.md"].page("")


def test_the_copy_of_the_night_waits_only_for_what_must_not_be_in_it() -> None:
    """Systemd runs the commands in turn and stops at the first that fails."""
    unit = (ROOT / "deploy" / "geborgen-daily.service").read_text("utf-8")
    commands = re.findall(r"^ExecStart=.* intranet ([\w-]+)", unit, re.MULTILINE)
    assert commands == ["destroy-removed", "checkpoint", "backup", "climb"]
