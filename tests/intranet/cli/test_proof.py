"""What was signed is compared with what is there, and a difference is said."""

from tests.intranet.cli.conftest import grow, size, tamper
from verifier.__main__ import main as verifier


def test_a_checkpoint_covers_every_school_and_verifies(operate, a_school, app_on_both):
    signed = operate("checkpoint")
    assert signed.exit_code == 0, signed.output
    assert signed.output.count("— geborgen/") == 2
    grow(app_on_both, a_school)
    equal = operate("verify", "--school", a_school, "--language", "en")
    assert equal.exit_code == 0, equal.output
    assert "Equal: the 4 events" in equal.output
    assert "1 " in equal.output.split("unchanged")[1]


def test_what_comes_back_from_outside_counts_too(operate, a_school, app_on_both, tmp_path):
    operate("checkpoint", "--letter", tmp_path / "letters")
    for kept in (tmp_path / "instance" / "checkpoints").rglob("*.txt"):
        kept.unlink()
    letter = next((tmp_path / "letters").glob(f"*{a_school.hex}*"))
    equal = operate("verify", "--school", a_school, "--checkpoint", letter, "--language", "en")
    assert equal.exit_code == 0, equal.output
    tamper(app_on_both)
    differs = operate("verify", "--school", a_school, "--checkpoint", letter, "--language", "en")
    assert differs.exit_code == 1
    assert "Not equal" in differs.output


def test_a_file_that_is_no_checkpoint_of_a_school_here_is_not_passed_over(operate, a_school, app_on_both, tmp_path):
    operate("checkpoint", "--letter", tmp_path / "letters")
    letters = [word for each in sorted((tmp_path / "letters").iterdir()) for word in ("--checkpoint", each)]
    together = operate("verify", *letters, "--language", "en")
    assert together.exit_code == 0, together.output
    other = tmp_path / "other.txt"
    for said in ("geborgen/" + "0" * 32 + "\n4\n", "This is no checkpoint."):
        other.write_text(said)
        refused = operate("verify", *letters, "--checkpoint", other, "--language", "en")
        assert (refused.exit_code, "no checkpoint in the file" in refused.output) == (2, True), refused.output
    other.write_text(letters[1].read_text() + letters[3].read_text())
    refused = operate("verify", "--school", a_school, "--checkpoint", other, "--language", "en")
    assert (refused.exit_code, "of another school" in refused.output) == (2, True), refused.output


def test_a_changed_event_is_found_and_never_signed_for(operate, a_school, app_on_both):
    operate("checkpoint")
    tamper(app_on_both)
    assert operate("verify").exit_code == 1
    refused = operate("checkpoint")
    assert refused.exit_code == 1
    assert "not as it was recorded" in refused.output


def test_the_key_that_is_printed_opens_the_checkpoint_for_the_other_program(
    operate, a_school, app_on_both, database_url, tmp_path, capsys
):
    printed = operate("checkpoint", "--school", a_school, "--letter", tmp_path / "letters").output
    key = next(line.split()[1] for line in printed.splitlines() if line.startswith("key:"))
    letter = next((tmp_path / "letters").iterdir())
    copy = database_url.removeprefix("sqlite:///") if database_url.startswith("sqlite") else database_url
    assert verifier(["--db", copy, "--checkpoint", str(letter), "--key", key, "--language", "en"]) == 0
    assert "Equal" in capsys.readouterr().out
    assert size(app_on_both, a_school) == 4
