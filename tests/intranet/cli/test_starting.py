"""A real school starts with one command, in a folder where there was nothing."""

import os
import re
import stat
import subprocess
import sys
from pathlib import Path

from intranet import schema
from tests.intranet.cli.conftest import size

ROOT = Path(__file__).resolve().parents[3]
ANSWERS = {
    "--board": "Stichting De Proef",
    "--school": "IBS De Proef",
    "--brin": "99ZZ",
    "--given-name": "Noor",
    "--infix": "van der",
    "--family-name": "Berg",
    "--email": "noor@deproef.example",
    "--site": "https://intranet.example",
}


def flask(instance: Path, *words: str, given: str | None = None) -> subprocess.CompletedProcess:
    environment = os.environ | {"GEBORGEN_INSTANCE": str(instance)}
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "intranet", *words]
    return subprocess.run(
        command, cwd=ROOT, env=environment, input=given, capture_output=True, text=True, check=False, timeout=60
    )


def init(instance: Path, **other: str) -> subprocess.CompletedProcess:
    answers = ANSWERS | {f"--{name}": answer for name, answer in other.items()}
    return flask(instance, "init", *(word for answer in answers.items() for word in answer))


def test_a_school_starts_where_there_was_nothing(tmp_path):
    instance = tmp_path / "instance"
    before = flask(instance, "check")
    assert before.returncode == 1
    assert "flask intranet init" in before.stdout

    started = init(instance)
    assert started.returncode == 0, started.stderr
    assert re.search(r"https://intranet\.example/welcome/\S{30,}", started.stdout)
    assert stat.S_IMODE(instance.stat().st_mode) == 0o700
    for name in ("keyfile.json", "signing-key.pem", "geborgen.db", "keys.db"):
        assert stat.S_IMODE((instance / name).stat().st_mode) == 0o600, name

    after = flask(instance, "check")
    assert after.returncode == 0, after.stdout + after.stderr
    assert b"Noor" not in (instance / "geborgen.db").read_bytes()

    again = init(instance)
    assert again.returncode == 1
    assert "already a school" in again.stderr


def test_a_wrong_answer_is_asked_again(tmp_path):
    director = ["Noor", "", "Berg", "noor", "noor@proef.example"]
    answers = ["Stichting De Proef", "  ", "IBS De Proef", "proef", "99zz", *director]
    started = flask(tmp_path / "instance", "init", given="\n".join([*answers, ""]))
    assert started.returncode == 0, started.stderr
    for wrong in ("this may not be empty", "a BRIN is two digits and two letters", "this is no e-mail address"):
        assert started.stdout.count(wrong) == 1
    assert "/welcome/" in started.stdout


def test_no_new_key_file_is_made_beside_an_old_key_store(tmp_path):
    instance = tmp_path / "instance"
    assert init(instance).returncode == 0
    (instance / "keyfile.json").unlink()
    for command in (lambda: init(instance), lambda: flask(instance, "demo")):
        refused = command()
        assert refused.returncode == 1
        assert "Put back your copy of the key file" in refused.stderr
        assert not (instance / "keyfile.json").exists()


def test_the_practice_school_leaves_another_school_alone(operate, a_school, app_on_both):
    with app_on_both.extensions["geborgen.log"].write_engine.begin() as connection:
        connection.execute(schema.marker.update().values(version_num="0000"))
    before = size(app_on_both, a_school)
    left = operate("demo", "--if-empty")
    assert (left.exit_code, left.output) == (0, "")
    refused = operate("demo")
    assert refused.exit_code == 1
    assert "There is a school here already" in refused.output
    assert size(app_on_both, a_school) == before
    with app_on_both.extensions["geborgen.log"].read() as connection:
        assert schema.LOG.version(connection) == "0000"


def test_the_invitation_lets_the_director_choose_a_password(tmp_path, make_app):
    started = init(tmp_path / "instance")
    path = re.search(r"https://intranet\.example(/welcome/\S+)", started.stdout).group(1)
    page = make_app().test_client().get(path)
    assert page.status_code == 200
    assert "Noor" in page.text


def test_wrong_answers_make_nothing(tmp_path):
    for wrong in ({"brin": "school"}, {"email": "noor"}):
        refused = init(tmp_path / "instance", **wrong)
        assert refused.returncode == 2
        assert not (tmp_path / "instance").exists()


def test_commands_that_need_a_log_say_what_is_missing(tmp_path):
    for command in ("upgrade", "verify", "checkpoint"):
        refused = flask(tmp_path / "instance", command)
        assert refused.returncode == 1
        assert "Error: The key file" in refused.stderr
        assert "Traceback" not in refused.stderr
