"""Each hook is in a group, in the manual, and answered by a bundled plugin; one that is not is found."""

import re
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask_babel import LazyString, lazy_gettext

from intranet import hooks
from intranet.manifest import Manifest

ROOT = Path(__file__).resolve().parent.parent.parent
MANUAL = ROOT / "docs" / "hooks.md"
BUNDLED = re.compile(r"^Used by \[\w+\]\(\.\./plugins/\w+/plugin\.py\)", re.MULTILINE)
ENTRY = re.compile(r"^### (\w+)\n(.*?)(?=^##|\Z)", re.MULTILINE | re.DOTALL)


def asked() -> list[str]:
    """Return the names of all hooks, as pluggy finds them."""
    return [name for name, thing in vars(hooks).items() if hasattr(thing, f"{hooks.PROJECT}_spec")]


def faults(names: list[str], manual: str, groups: tuple[tuple[str, ...], ...]) -> list[str]:
    """Return what is wrong with these hooks in a manual."""
    entries = dict(ENTRY.findall(manual))
    found = [f"{name} is in {sum(name in group for group in groups)} groups" for name in names
             if sum(name in group for group in groups) != 1]  # fmt: skip
    found += [f"{name} is not in docs/hooks.md" for name in names if name not in entries]
    for name in (each for each in names if each in entries):
        if "```python" not in entries[name]:
            found.append(f"{name} has no example")
        if not BUNDLED.search(entries[name]):
            found.append(f"{name} is used by no bundled plugin")
    return found


@pytest.fixture(scope="module")
def manual() -> str:
    return MANUAL.read_text("utf-8")


def test_each_hook_is_documented_and_used_by_a_bundled_plugin(manual: str):
    assert asked()
    assert faults(asked(), manual, hooks.GROUPS) == []


def test_nothing_in_a_group_is_no_hook():
    assert {name for group in hooks.GROUPS for name in group} == set(asked())


def test_a_hook_that_nobody_documented_or_uses_is_found(manual: str):
    assert faults(["grow_flowers"], manual, hooks.GROUPS) == [
        "grow_flowers is in 0 groups",
        "grow_flowers is not in docs/hooks.md",
    ]
    name = "menu_items"
    without = manual.replace(f"### {name}\n", "### something_else\n")
    assert faults([name], without, hooks.GROUPS) == [f"{name} is not in docs/hooks.md"]
    only_the_tutorial = re.sub(r"^Used by .*, (\[the plugin of the tutorial\])", r"Used by \1", manual, flags=re.M)
    assert faults([name], only_the_tutorial, hooks.GROUPS) == [f"{name} is used by no bundled plugin"]
    assert faults([name], manual.replace("```python", "```"), hooks.GROUPS) == [f"{name} has no example"]


def words_outside(manifest: Manifest) -> list[Any]:
    """Return what a plugin says where others may read along: on the lock screen of a phone, in a calendar, in mail."""
    return [*(kind.label for kind in manifest.notices), *manifest.due_kinds.values()]


def filled_in(words: list[Any]) -> list[str]:
    """Return which of these are not just words of a catalog: a sentence with a gap can be filled with a name."""
    lazy = [each for each in words if isinstance(each, LazyString) and not (each._kwargs or "%(" in each._args[0])]
    return [str(each) for each in words if each not in lazy]


def test_what_plugins_say_elsewhere_was_written_before_anybody_recorded_anything(app: Flask):
    manifests = [plugin.manifest for plugin in app.extensions["geborgen.plugins"]]
    with app.test_request_context():
        assert sum(len(each.notices) for each in manifests) > 0
        assert sum(len(each.due_kinds) for each in manifests) > 0
        assert [text for each in manifests for text in filled_in(words_outside(each))] == []
        planted = [lazy_gettext("Les van %(name)s", name="Noor"), "Les van Noor", lazy_gettext("Afspraak")]
        assert filled_in(planted) == ["Les van Noor", "Les van Noor"]
