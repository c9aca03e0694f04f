"""A copy of the keys: what makes none, and which old ones go."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from events.log import key_rotation
from intranet.cli import backup

pytestmark = pytest.mark.usefixtures("programs_of_this_server")


def test_old_copies_of_the_keys_are_removed(operate, a_school, tmp_path):
    old = tmp_path / "backup" / "keys" / f"{datetime.now(UTC) - timedelta(days=31):%Y%m%dT%H%M%SZ}"
    recent = tmp_path / "backup" / "keys" / f"{datetime.now(UTC) - timedelta(days=29):%Y%m%dT%H%M%SZ}"
    others = tmp_path / "backup" / "keys" / "2019-of-the-old-server"
    for folder in (old, recent, others):
        folder.mkdir(parents=True)
    assert operate("backup", tmp_path / "backup", "--only", "keys").exit_code == 0
    assert not old.exists()
    assert recent.exists()
    assert others.exists()
    assert not (tmp_path / "backup" / "log").exists()


def described(folder):
    return [path.parent.name for path in folder.rglob("copy.json")]


def test_keys_that_are_wrapped_anew_while_they_are_copied_make_no_copy(
    operate, a_school, app_on_both, tmp_path, monkeypatch
):
    copy_out = backup.copy_out

    def and_rotate(*given, **named):
        copied = copy_out(*given, **named)
        assert operate("keys", "rotate").exit_code == 0
        return copied

    monkeypatch.setattr(backup, "copy_out", and_rotate)
    refused = operate("backup", tmp_path / "during", "--only", "keys")
    assert (refused.exit_code, described(tmp_path / "during")) == (1, [])
    assert "flask intranet keys rotate" in refused.output

    monkeypatch.setattr(backup, "copy_out", copy_out)
    with monkeypatch.context() as killed:
        killed.setattr(key_rotation, "_put", lambda *_: 1 / 0)
        assert operate("keys", "rotate").exit_code == 1
    refused = operate("backup", tmp_path / "halfway", "--only", "keys")
    assert (refused.exit_code, described(tmp_path / "halfway")) == (1, [])

    assert operate("keys", "rotate").exit_code == 0
    assert operate("backup", tmp_path / "after", "--only", "keys").exit_code == 0
    (made,) = (tmp_path / "after").rglob("copy.json")
    assert json.loads(made.read_text())["opened_by"] in app_on_both.extensions["geborgen.key_file"].wrapping_keys
