"""A setting that cannot be meant is refused with a sentence, never guessed."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from flask import Flask

from events.log.errors import LogUnfit
from intranet.config import SETTINGS, configure

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(("value", "meant"), [("true", True), ("ON", True), ("1", True), ("false", False), ("", False)])
def test_what_is_switched_on_is_on(monkeypatch, tmp_path, value, meant):
    monkeypatch.setenv("GEBORGEN_HTTPS", value)
    app = Flask("settings")
    configure(app, {"INSTANCE": str(tmp_path)})
    assert app.config["HTTPS"] is meant


@pytest.mark.parametrize(("name", "value"), [("HTTPS", "ture"), ("PROXIES", "one"), ("SESSION_HOURS", "")])
def test_what_cannot_be_meant_is_refused(monkeypatch, tmp_path, name, value):
    monkeypatch.setenv(f"GEBORGEN_{name}", value)
    with pytest.raises(LogUnfit, match=f"GEBORGEN_{name} is '{value}'"):
        configure(Flask("settings"), {"INSTANCE": str(tmp_path)})


def test_at_a_terminal_it_is_one_sentence(tmp_path):
    environment = os.environ | {"GEBORGEN_INSTANCE": str(tmp_path), "GEBORGEN_HTTPS": "ture"}
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "intranet", "check"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 1
    assert done.stderr.startswith("Error: GEBORGEN_HTTPS is 'ture'")
    assert len(done.stderr.splitlines()) == 1


def test_settings_are_documented_as_they_are(tmp_path):
    page = (ROOT / "docs" / "operations.md").read_text("utf-8")
    check = [sys.executable, "scripts/document_settings.py", "--check"]
    assert subprocess.run(check, cwd=ROOT, check=False).returncode == 0
    for setting in SETTINGS:
        assert page.count(f"| `GEBORGEN_{setting.name}` |") == 1
