"""The command as somebody types it: one sentence and an exit code, for every answer there is."""

import io
import json
from contextlib import redirect_stdout
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.verifier.log_copy import (
    OTHER_SCHOOL,
    SCHOOL,
    checkpoint,
    checkpoint_text,
    frontier_of,
    in_wal_mode,
    public_key,
    set_value,
    signed,
    some_log,
    write_copy,
    write_export,
)
from verifier.__main__ import CANNOT_CHECK, DIFFERS, EQUAL, main
from verifier.copies import SqliteCopy, sqlite3

ROWS = some_log(40)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_copy(tmp_path / "copy.db", ROWS)
    write_export(tmp_path / "log.jsonl", ROWS)
    (tmp_path / "checkpoint.txt").write_text(checkpoint(ROWS, 30))
    return tmp_path


def ask(
    folder: Path, *more: str, copy: tuple[str, str] = ("--db", "copy.db"), key: str | None = None
) -> tuple[int, str]:
    """Return the exit code and what was printed; the same checkpoint and key unless told otherwise."""
    arguments = [copy[0], str(folder / copy[1])]
    if "--checkpoint" not in more:
        arguments += ["--checkpoint", str(folder / "checkpoint.txt")]
    printed = io.StringIO()
    with redirect_stdout(printed):
        code = main([*arguments, "--key", key or public_key(), *more])
    return code, printed.getvalue()


both_copies = pytest.mark.parametrize("copy", [("--db", "copy.db"), ("--export", "log.jsonl")], ids=["db", "export"])


@both_copies
def test_equal(folder, copy):
    sentence = "Gelijk: de 30 gebeurtenissen tot deze controlepost zijn onveranderd; 10 zijn nieuwer.\n"
    assert ask(folder, copy=copy) == (EQUAL, sentence)


def test_equal_in_english_and_to_the_last_event(folder):
    (folder / "checkpoint.txt").write_text(checkpoint(ROWS, 40))
    assert ask(folder, "--language", "en") == (EQUAL, "Equal: the 40 events up to this checkpoint are unchanged.\n")


@both_copies
def test_changed(folder, copy):
    rows = [replace(row, payload=b"{}") if row.position in (7, 9) else row for row in ROWS]
    write_copy(folder / "copy.db", rows)
    write_export(folder / "log.jsonl", rows)
    sentence = "Niet gelijk: 2 gebeurtenissen zijn gewijzigd, de eerste op positie 7.\n"
    assert ask(folder, copy=copy) == (DIFFERS, sentence)


@both_copies
def test_removed(folder, copy):
    rows = [row for row in ROWS if row.position not in (7, 8, 20)]
    write_copy(folder / "copy.db", rows)
    write_export(folder / "log.jsonl", rows)
    assert ask(folder, copy=copy) == (DIFFERS, "Niet gelijk: 3 gebeurtenissen zijn verwijderd, vanaf positie 7.\n")


@both_copies
def test_one_row_twice(folder, copy):
    rows = [*ROWS[:8], ROWS[7], *ROWS[8:]]
    write_copy(folder / "copy.db", rows, frontier_of(ROWS))
    write_export(folder / "log.jsonl", rows)
    assert ask(folder, copy=copy) == (DIFFERS, "Niet gelijk: op positie 8 is een gebeurtenis toegevoegd.\n")


@both_copies
def test_an_older_copy_stops_too_early(folder, copy):
    write_copy(folder / "copy.db", ROWS[:28])
    write_export(folder / "log.jsonl", ROWS[:28])
    sentence = "Niet gelijk: 2 gebeurtenissen zijn weg: het log stopt na positie 28, niet na 30.\n"
    assert ask(folder, copy=copy) == (DIFFERS, sentence)


def test_a_row_added_past_the_stored_end(folder):
    extra = replace(ROWS[-1], position=41, version=ROWS[-1].version + 1).with_own_leaf()
    write_copy(folder / "copy.db", [*ROWS, extra], frontier_of(ROWS))
    assert ask(folder) == (DIFFERS, "Niet gelijk: na positie 40 is een gebeurtenis van buitenaf toegevoegd.\n")


def test_a_row_replayed_at_the_end(folder):
    rows = [*ROWS, replace(ROWS[7], position=41)]
    write_copy(folder / "copy.db", rows, frontier_of(ROWS))
    write_export(folder / "log.jsonl", rows)
    assert ask(folder) == (DIFFERS, "Niet gelijk: na positie 40 is een gebeurtenis van buitenaf toegevoegd.\n")
    in_export = ask(folder, copy=("--export", "log.jsonl"))
    assert in_export == (DIFFERS, "Niet gelijk: op positie 41 is een gebeurtenis toegevoegd.\n")


def test_an_export_with_a_hole_after_the_checkpoint(folder):
    write_export(folder / "log.jsonl", [row for row in ROWS if row.position != 35])
    answer = ask(folder, copy=("--export", "log.jsonl"))
    assert answer == (DIFFERS, "Niet gelijk: de gebeurtenis op positie 35 is verwijderd.\n")


def test_an_earlier_checkpoint_narrows_a_rewrite_down(folder):
    rows = [replace(row, payload=b"{}").with_own_leaf() if row.position == 20 else row for row in ROWS]
    write_copy(folder / "copy.db", rows)
    (folder / "older.txt").write_text(checkpoint(ROWS, 15))
    both = ("--checkpoint", str(folder / "checkpoint.txt"), "--checkpoint", str(folder / "older.txt"))
    whole = "Niet gelijk: tussen positie 1 en 30 is iets gewijzigd, verwijderd of toegevoegd.\n"
    assert ask(folder) == (DIFFERS, whole)
    assert ask(folder, *both) == (DIFFERS, whole.replace("positie 1 ", "positie 16 "))


def test_two_signed_histories(folder):
    (folder / "checkpoint.txt").write_text(checkpoint(ROWS, 30) + "\n" + signed(checkpoint_text(30, bytes(32))))
    sentence = "Niet gelijk: er zijn twee verschillende controleposten voor dezelfde 30 gebeurtenissen.\n"
    assert ask(folder) == (DIFFERS, sentence)


def test_a_copy_of_another_school_has_nothing_of_this_one(folder):
    write_copy(folder / "copy.db", some_log(40, OTHER_SCHOOL))
    assert ask(folder)[0] == DIFFERS


@pytest.mark.parametrize("value", [None, "text", 1.5, b"\xff\xfe"])
@pytest.mark.parametrize(
    "column", ["stream", "version", "name", "name_version", "actor", "recorded_at", "payload", "leaf"]
)
def test_a_value_of_another_kind_is_a_changed_event(folder, column, value):
    set_value(folder / "copy.db", 9, column, value)
    code, sentence = ask(folder)
    unchanged = column == "actor" and value is None and ROWS[8].actor is None
    assert (code, "positie 9 " in sentence) == ((EQUAL, False) if unchanged else (DIFFERS, True)), sentence


@pytest.mark.parametrize("position", [0, -3, None, "9"])
def test_a_row_at_an_impossible_position(folder, position):
    set_value(folder / "copy.db", 9, "position", position)
    assert ask(folder)[0] == (EQUAL if position == "9" else DIFFERS)  # SQLite stores "9" as the number it is


NO_EVENT = {
    "id of another kind": {"stream": {}},
    "school of another kind": {"school": []},
    "larger than a number can be": {"position": 2**70},
    "half a character": {"name": "\ud800"},
}


@pytest.mark.parametrize("what", NO_EVENT)
def test_a_line_that_is_no_event_is_named(folder, what):
    lines = [json.loads(line) for line in (folder / "log.jsonl").read_text().splitlines()]
    lines[8] |= NO_EVENT[what]
    (folder / "log.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    code, sentence = ask(folder, copy=("--export", "log.jsonl"))
    assert (code, "regel 9 " in sentence) == (CANNOT_CHECK, True)


def test_a_line_without_end_of_brackets_is_named(folder):
    (folder / "log.jsonl").write_text("[" * 200_000)
    assert "regel 1 " in ask(folder, copy=("--export", "log.jsonl"))[1]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_a_checkpoint_is_read_however_a_mail_program_saved_it(folder, encoding):
    written = checkpoint(ROWS, 30).replace("\n", "\r\n")
    (folder / "checkpoint.txt").write_bytes(written.encode(encoding))
    assert ask(folder)[0] == EQUAL


def test_what_cannot_be_checked(folder):
    (folder / "empty.txt").write_text("")
    (folder / "binary.txt").write_bytes(b"\xff\xfe\x00")
    (folder / "no.db").write_text("this is not a database")
    (folder / "bad.jsonl").write_text(Path(folder / "log.jsonl").read_text() + '{"school": 1}\n')
    other_name = f"geborgen/{OTHER_SCHOOL.hex()}"
    (folder / "other.txt").write_text(signed(checkpoint_text(1, bytes(32), OTHER_SCHOOL), other_name))
    (folder / "forged.txt").write_text(checkpoint(ROWS, 30).replace("\n30\n", "\n31\n"))
    stranger = public_key(key=Ed25519PrivateKey.generate())
    questions = {
        "bestand": [ask(folder, copy=("--db", "none.db")), ask(folder, copy=("--export", "none.jsonl"))],
        "geen leesbare kopie": [ask(folder, copy=("--db", "no.db"))],
        "regel 41": [ask(folder, copy=("--export", "bad.jsonl"))],
        "geen controlepost": [ask(folder, "--checkpoint", str(folder / name)) for name in ("empty.txt", "binary.txt")],
        "is er niet": [ask(folder, "--checkpoint", str(folder / "none.txt"))],
        "handtekening": [ask(folder, "--checkpoint", str(folder / "forged.txt"))],
        "niet ondertekend met deze sleutel": [ask(folder, key=stranger)],
        "geen geldige openbare sleutel": [ask(folder, key="no key"), ask(folder, key="\udcff+00+AA==")],
        "andere school": [
            ask(folder, "--checkpoint", str(folder / "other.txt")),
            ask(folder, "--school", OTHER_SCHOOL.hex()),
        ],
    }
    for words, answers in questions.items():
        for code, sentence in answers:
            assert code == CANNOT_CHECK, sentence
            assert sentence.startswith("Niet te controleren: "), sentence
            assert words in sentence, sentence
            assert sentence.count("\n") == 1


@pytest.mark.parametrize(
    "payload",
    [
        b'["keys","keys":["a"]]',
        b'[{"keys":["a"]}]',
        b'{"keys":["\xff"]}',
        b'{"keys":["a"],"deep":' + b"[" * 200_000 + b"]" * 200_000 + b"}",
    ],
    ids=["no JSON", "no object", "no UTF-8", "too deep"],
)
def test_an_event_that_fits_its_leaf_and_says_nothing_that_can_be_read(folder, payload):
    rows = [replace(row, payload=payload).with_own_leaf() if row.position == 35 else row for row in ROWS]
    write_copy(folder / "copy.db", rows)
    sentence = "Niet te controleren: de gebeurtenis op positie 35 heeft geen leesbare inhoud.\n"
    assert ask(folder) == (CANNOT_CHECK, sentence)


def test_what_is_shaped_like_a_file_and_has_no_name_is_no_file(folder):
    odd = b'{"file":{"blob":"a","key":{"of":1},"size":1},"other":{"size":2,"key":"b","blob":[1]}}'
    rows = [replace(row, payload=odd).with_own_leaf() if row.position == 35 else row for row in ROWS]
    write_copy(folder / "copy.db", rows)
    assert ask(folder)[0] == EQUAL


def test_the_school_may_be_named_with_dashes(folder):
    dashed = "5C400100-0000-0000-0000-000000000000"
    assert ask(folder, "--school", dashed)[0] == EQUAL
    assert SCHOOL.hex() == dashed.replace("-", "").lower()


def test_a_copy_on_a_read_only_medium_is_read(folder):
    in_wal_mode(folder / "copy.db")
    (folder / "copy.db").chmod(0o400)
    folder.chmod(0o500)
    try:
        assert ask(folder)[0] == EQUAL
    finally:
        folder.chmod(0o700)


def test_a_copy_whose_newest_part_cannot_be_read_is_not_taken_for_a_shorter_log(folder, monkeypatch):
    in_wal_mode(folder / "copy.db")
    (folder / "copy.db-wal").write_bytes(b"")
    unopened = SqliteCopy._open

    def as_on_a_read_only_medium(self: SqliteCopy, address: str) -> object:
        if "mode=ro" in address:
            raise sqlite3.OperationalError("unable to open database file")
        return unopened(self, address)

    monkeypatch.setattr(SqliteCopy, "_open", as_on_a_read_only_medium)
    assert ask(folder)[0] == CANNOT_CHECK
    (folder / "copy.db-wal").unlink()
    assert ask(folder)[0] == EQUAL
