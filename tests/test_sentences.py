"""What every Dutch sentence is held to: plain words, and no promise that somebody keeps something to themselves."""

import importlib.util
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

SCRIPT = Path(__file__).resolve().parent.parent / "scripts" / "check_translations.py"


@pytest.fixture(scope="module")
def script() -> ModuleType:
    specification = importlib.util.spec_from_file_location("check_translations", SCRIPT)
    script = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(script)
    return script


@pytest.fixture(scope="module")
def hard_to_read(script: ModuleType) -> Callable[[str], str | None]:
    return script.hard_to_read


@pytest.mark.parametrize(
    "promise",
    [
        "Wat je schrijft blijft geheim.",
        "Dit blijft altijd vertrouwelijk.",
        "Je melding is volledig anoniem.",
        "Dat komt niemand te weten.",
        "We houden je naam geheim.",
        "Je melding wordt vertrouwelijk behandeld.",
        "Wij vertellen het aan niemand.",
        "Niemand ziet dat jij dit meldde.",
    ],
)
def test_a_promise_to_keep_something_is_refused(hard_to_read, promise):
    assert "promise" in hard_to_read(promise)


def test_what_is_no_promise_may_be_said(hard_to_read):
    for sentence in ("Dit is vertrouwelijk", "Die kan het niet voor zich houden.", "Ook jouw naam kan bekend worden."):
        assert hard_to_read(sentence) is None


def test_the_sentence_of_every_error_for_a_person_is_looked_at(script, monkeypatch):
    monkeypatch.chdir(SCRIPT.parent.parent)
    said = {text for message in script.extract([Path("intranet/accounts")]) for text in script.texts(message)}
    assert "Dit account staat uit. Zet het eerst weer aan." in said
    assert "LinkGone" in script.refusals()
