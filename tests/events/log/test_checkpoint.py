"""Checkpoints are signed only over what was really recorded, and what is signed is what the verifier expects."""

import io
import json
from base64 import b64encode
from pathlib import Path
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa

from events.log.checkpoint import (
    CheckpointRefused,
    checkpoint_letter,
    erased_list,
    make_checkpoint,
    origin,
    public_key_of,
    read_checkpoint,
)
from events.log.context import acting
from events.log.export import export_log
from events.log.merkle import EMPTY_ROOT, Frontier
from events.log.signing import open_note
from events.log.store import Log
from events.log.tables import event, key_use, log_head
from tests.events.log.keys import KEY
from tests.events.log.lost_property import found
from verifier.__main__ import main
from verifier.copies import open_copy
from verifier.examine import Verdict, examine
from verifier.notes import VerifierKey, read_checkpoints


@pytest.fixture
def filled(log: Log, school: UUID) -> Log:
    """A log in which twelve things were found and three of them handed back."""
    with acting(school=school, actor=uuid4()):
        items = [found(f"Jas {number}") for number in range(12)]
        for number, item in enumerate(items):
            log.save(item)
            if number % 4 == 0:
                item.hand_back(owner_id=uuid4(), remark=None)
                log.save(item)
    return log


def tamper(log: Log, statement: sa.Executable) -> None:
    """Change what is stored, as only somebody with the database can: without the triggers."""
    with log.write_engine.begin() as connection:
        if connection.dialect.name == "sqlite":
            for trigger in ("event_no_update", "event_no_delete", "event_no_replace"):
                connection.execute(sa.text(f"DROP TRIGGER IF EXISTS {trigger}"))
        else:
            connection.execute(sa.text("ALTER TABLE event DISABLE TRIGGER ALL"))
            connection.execute(sa.text("GRANT ALL ON event TO CURRENT_USER"))
        connection.execute(statement)


def at(school: UUID, position: int) -> sa.ColumnElement[bool]:
    return sa.and_(event.c.school == school, event.c.position == position)


def test_a_checkpoint_is_the_text_of_the_standard(filled, school):
    with filled.read() as connection:
        made = make_checkpoint(connection, school, KEY)
    assert made.size == 15
    assert made.root == filled.head(school).root()
    text, signature = made.note.split("\n\n")
    assert text == f"geborgen/{school.hex}\n15\n{b64encode(made.root).decode()}"
    assert signature.startswith(f"— geborgen/{school.hex} ")
    assert read_checkpoint(made.note, school, KEY.public_key()) == made


def test_the_verifier_believes_it_and_finds_the_log_equal(filled, school, database_url):
    with filled.read() as connection:
        made = make_checkpoint(connection, school, KEY)
    with acting(school=school):
        filled.save(found())
    signed = read_checkpoints(made.note, [VerifierKey.read(public_key_of(school, KEY))])
    assert signed == [(school.bytes, made.size, made.root)]
    with open_copy(database_url) as copy:
        assert examine(database_url, copy, signed) == Verdict(15, 1, None)


def test_the_verifier_finds_a_change_in_either_database(filled, school, database_url):
    with filled.read() as connection:
        made = make_checkpoint(connection, school, KEY)
    tamper(filled, event.update().where(at(school, 4)).values(actor=uuid4()))
    signed = read_checkpoints(made.note, [VerifierKey.read(public_key_of(school, KEY))])
    with open_copy(database_url) as copy:
        difference = examine(database_url, copy, signed).difference
    assert difference is not None
    assert (difference.kind, difference.first, difference.how_many) == ("changed", 4, 1)


def test_an_empty_log_has_a_checkpoint_too(log, school):
    with log.read() as connection:
        made = make_checkpoint(connection, school, KEY)
    assert (made.size, made.root) == (0, EMPTY_ROOT)
    assert read_checkpoint(made.note, school, KEY.public_key()) == made


@pytest.mark.parametrize("rehash_all", [True, False])
def test_later_checkpoints_go_on_from_earlier_ones(filled, school, rehash_all):
    with filled.read() as connection:
        first = make_checkpoint(connection, school, KEY)
    with acting(school=school):
        filled.save(found())
    with filled.read() as connection:
        second = make_checkpoint(connection, school, KEY, first, rehash_all=rehash_all)
        assert second == make_checkpoint(connection, school, KEY)
        assert make_checkpoint(connection, school, KEY, second, rehash_all=rehash_all) == second
    assert (second.size, second.root) == (16, filled.head(school).root())


def flipped(content: bytes) -> bytes:
    return content[:-1] + bytes([content[-1] ^ 1])


CHANGES = {
    "payload": lambda row: {"payload": flipped(row.payload)},
    "leaf": lambda row: {"leaf": flipped(row.leaf)},
    "actor": lambda row: {"actor": None},
    "recorded_at": lambda row: {"recorded_at": row.recorded_at + 1},
    "happened_at": lambda row: {"happened_at": (row.happened_at or 0) + 1},
    "name": lambda row: {"name": row.name + "x"},
    "name_version": lambda row: {"name_version": row.name_version + 1},
    "version": lambda row: {"version": row.version + 70},
    "stream": lambda row: {"stream": uuid4()},
}


@pytest.mark.parametrize("column", CHANGES)
def test_a_bit_changed_between_recording_and_signing_stops_the_signing(filled, school, column):
    with filled.read() as connection:
        row = connection.execute(sa.select(event).where(at(school, 9))).one()
    tamper(filled, event.update().where(at(school, 9)).values(**CHANGES[column](row)))
    with filled.read() as connection, pytest.raises(CheckpointRefused) as refused:
        make_checkpoint(connection, school, KEY)
    assert refused.value.position == 9
    assert "position 9 is not as it was recorded" in refused.value.sentence


def test_a_missing_row_stops_the_signing(filled, school):
    tamper(filled, event.delete().where(at(school, 9)))
    with filled.read() as connection, pytest.raises(CheckpointRefused, match="position 9 is missing"):
        make_checkpoint(connection, school, KEY)
    tamper(filled, event.delete().where(event.c.position >= 9))
    with filled.read() as connection, pytest.raises(CheckpointRefused, match="position 9 is missing"):
        make_checkpoint(connection, school, KEY)


def test_a_row_rewritten_with_its_leaf_does_not_fit_the_head(filled, school):
    rewrite_last(filled, school)
    with filled.read() as connection, pytest.raises(CheckpointRefused, match="do not fit its tree head"):
        make_checkpoint(connection, school, KEY)


@pytest.mark.parametrize("rehash_all", [True, False])
def test_what_was_signed_before_is_never_contradicted(filled, school, rehash_all):
    with filled.read() as connection:
        first = make_checkpoint(connection, school, KEY)
    leaves = rewrite_last(filled, school)
    frontier = Frontier()
    frontier.extend(leaves)
    head = log_head.update().where(log_head.c.school == school)
    tamper(filled, head.values(frontier=frontier.pack()))
    with filled.read() as connection:
        with pytest.raises(CheckpointRefused, match="an earlier checkpoint"):
            make_checkpoint(connection, school, KEY, first, rehash_all=rehash_all)
        assert make_checkpoint(connection, school, KEY).root == frontier.root()
    tamper(filled, head.values(size=14))
    with filled.read() as connection, pytest.raises(CheckpointRefused, match="ends at position 14"):
        make_checkpoint(connection, school, KEY, first, rehash_all=rehash_all)


def rewrite_last(log: Log, school: UUID) -> list[bytes]:
    """Change the last event together with its leaf and return the leaves there are then."""
    from events.log.checkpoint import stored_leaf

    tamper(log, event.update().where(at(school, 15)).values(actor=uuid4()))
    with log.read() as connection:
        row = connection.execute(sa.select(event).where(at(school, 15))).one()
    tamper(log, event.update().where(at(school, 15)).values(leaf=stored_leaf(row)))
    with log.read() as connection:
        return list(connection.execute(sa.select(event.c.leaf).order_by(event.c.position)).scalars())


def test_the_letter_lists_the_erased_keys(filled, school):
    with filled.read() as connection:
        ids = sorted(connection.execute(sa.select(key_use.c.key_id).limit(2)).scalars())
        assert erased_list(connection, school) == f"geborgen/{school.hex}/erased\n0\n"
    with filled.write_engine.begin() as connection:
        connection.execute(key_use.update().where(key_use.c.key_id.in_(ids)).values(erased_at=1_790_000_000_000))
    with filled.read() as connection:
        made = make_checkpoint(connection, school, KEY)
        letter = checkpoint_letter(connection, school, KEY, made)
        assert erased_list(connection, uuid4()).endswith("\n0\n")
    assert letter.startswith(made.note)
    assert [(each.size, each.root) for each in read_checkpoints(letter, [VerifierKey.read(public_key_of(school, KEY))])]
    listed = open_note(letter[len(made.note) + 1 :], origin(school), KEY.public_key())
    assert listed.splitlines() == [f"geborgen/{school.hex}/erased", "2", *ids]


def test_the_exported_log_is_checked_like_the_database(filled, school, tmp_path: Path, capsys):
    with acting(school=uuid4()):
        filled.save(found("van een andere school"))
    exported = io.StringIO()
    with filled.read() as connection:
        made = make_checkpoint(connection, school, KEY)
        assert export_log(connection, school, exported) == 15
    (tmp_path / "log.jsonl").write_text(exported.getvalue())
    (tmp_path / "checkpoint.txt").write_text(made.note)
    arguments = ["--export", str(tmp_path / "log.jsonl"), "--checkpoint", str(tmp_path / "checkpoint.txt")]
    arguments += ["--key", public_key_of(school, KEY)]
    assert main(arguments) == 0
    assert capsys.readouterr().out.startswith("Gelijk: de 15 gebeurtenissen")
    lines = [json.loads(line) for line in exported.getvalue().splitlines()]
    assert [line["position"] for line in lines] == list(range(1, 16))
    lines[3]["recorded_at"] += 1
    (tmp_path / "log.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    assert main(arguments) == 1
    assert "positie 4 " in capsys.readouterr().out
