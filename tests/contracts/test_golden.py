"""Events keep their names, versions and fields: a changed one needs a new version and an upcaster."""

import msgspec
import pytest
from flask import Flask

from events.log.kinds import EventKind
from intranet.api import Aggregate, Code, event
from tests.contracts import golden


def faults(kinds: list[EventKind], lines: list[str]) -> list[str]:
    """Return what is wrong between the kinds in the program and the lines of the golden file."""
    known = {line.split(" ")[0]: line for line in lines}
    found = []
    for kind in kinds:
        line = golden.line_of(kind)
        if known.get(line.split(" ")[0]) != line:
            found.append(f"{line}: stands otherwise or not at all in the golden file")
        for old in range(1, kind.version):
            if f"{kind.name}@{old}" not in known:
                found.append(f"{kind.name}@{old} was never written down")
            if not hasattr(kind.event_class, f"upcast_v{old}_v{old + 1}"):
                found.append(f"{kind.name} cannot be read from version {old}")
    present = {kind.name for kind in kinds}
    found += [f"{name} is gone" for name in sorted({each.partition("@")[0] for each in known} - present)]
    return found


@pytest.fixture
def kinds(practice: Flask) -> list[EventKind]:
    return golden.ours(practice.extensions["geborgen.log"].registry)


@pytest.fixture
def lines() -> list[str]:
    return golden.FILE.read_text().splitlines()


def test_every_event_is_as_it_was_when_it_was_first_stored(kinds, lines):
    assert faults(kinds, lines) == []
    assert lines == sorted(lines)


def test_a_changed_field_a_new_name_and_a_lost_event_are_found(kinds, lines):
    class Proef(Aggregate):
        @event("Gedaan")
        def __init__(self, *, hoe: Code):
            self.hoe = hoe

    Proef.log_name = "proef.proef"
    proef = EventKind(Proef, Proef.Gedaan)
    assert faults([*kinds, proef], lines) == [
        "proef.proef.Gedaan@1 hoe:code: stands otherwise or not at all in the golden file"
    ]
    changed = [*lines, "proef.proef.Gedaan@1 hoe:personal"]
    assert "proef.proef.Gedaan@1 hoe:code: stands otherwise" in faults([*kinds, proef], changed)[0]
    assert faults(kinds, [*lines, "proef.proef.Gedaan@1 hoe:code"]) == ["proef.proef.Gedaan is gone"]
    Proef.Gedaan.class_version = 2
    second = EventKind(Proef, Proef.Gedaan)
    assert faults([*kinds, second], [*lines, "proef.proef.Gedaan@2 hoe:code"]) == [
        "proef.proef.Gedaan@1 was never written down",
        "proef.proef.Gedaan cannot be read from version 1",
    ]


def test_what_a_line_says_is_what_is_stored(kinds):
    """The control: a line names every field of the payload, and the clock of its own where there is one."""
    for kind in kinds:
        named = {part.partition(":")[0] for part in golden.line_of(kind).split(" ")[1:]}
        stored = {each.name for each in msgspec.structs.fields(kind.payload)}
        assert named - {"happened_at"} == stored, kind.name
