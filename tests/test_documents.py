"""What the documents point at is there, and what they list is complete."""

import configparser
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
DECISIONS = ROOT / "docs" / "decisions"
LINK = re.compile(r"\]\(([^)#\s]+)(#[^)\s]*)?\)")


@pytest.mark.parametrize("document", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_each_link_in_the_tree_leads_somewhere(document):
    targets = [match.group(1) for match in LINK.finditer(document.read_text("utf-8"))]
    local = [target for target in targets if "://" not in target and not target.startswith("mailto:")]
    assert [target for target in local if not (document.parent / target).exists()] == []


def test_each_decision_is_listed_under_its_number_and_has_its_three_parts():
    listed = (DECISIONS / "README.md").read_text("utf-8")
    found = sorted(DECISIONS.glob("[0-9]*.md"))
    assert [path.name[:4] for path in found] == [f"{number:04d}" for number in range(1, len(found) + 1)]
    for path in found:
        text = path.read_text("utf-8")
        title = text.splitlines()[0].removeprefix(f"# {path.name[:4]} ")
        assert f"| [{path.name[:4]}]({path.name}) | {title} |" in listed
        assert re.findall(r"^## (.*)", text, re.MULTILINE) == ["Context", "Decision", "Price"], path.name


def test_each_dependency_has_its_reason():
    settings = configparser.ConfigParser()
    settings.read(ROOT / "setup.cfg", "utf-8")
    wanted = {re.match(r"[\w-]+", line).group() for line in settings["options"]["install_requires"].split("\n") if line}
    table = (DECISIONS / "0015-dependencies-with-a-reason.md").read_text("utf-8")
    cells = [line.split("|")[1] for line in table.splitlines() if line.startswith("| `")]
    assert {name for cell in cells for name in re.findall(r"`([^`]+)`", cell)} == wanted


def test_the_changelog_begins_with_what_is_not_released_and_knows_this_version():
    settings = configparser.ConfigParser()
    settings.read(ROOT / "setup.cfg", "utf-8")
    headings = re.findall(r"^## \[([^\]]+)\]", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    assert headings[0] == "Unreleased"
    assert settings["metadata"]["version"] in headings[1:] or len(headings) == 1
