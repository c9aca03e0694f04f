"""One bit of the database file turns over: whatever that changes in what the log tells is found before signing."""

import random
from pathlib import Path

import pytest
import sqlalchemy as sa
from pysqlite3 import dbapi2 as sqlite

from events.log.checkpoint import CheckpointRefused, make_checkpoint
from events.log.context import acting
from events.log.keyfile import KeyFile
from events.log.signing import create_signing_key
from events.log.tables import event
from tests.events.log.lost_property import found
from tests.faults.saving import SCHOOL, opened, words

EVENTS, REPEATED = 400, 150
"""So many, and so long, that much of the file is events, also where tables of every feature stand in it empty."""
FLIPS = 250


@pytest.fixture
def stored(tmp_path: Path) -> Path:
    """A folder with a log of some events, closed."""
    KeyFile.create(tmp_path / "keyfile.json")
    folder = tmp_path / "data"
    folder.mkdir()
    with opened(folder) as log:
        log.key_store.create_tables()
        log.create_tables()
        with acting(school=SCHOOL):
            for number in range(EVENTS):
                log.save(found(words(number) * REPEATED))
    return folder


def events_of(path: Path) -> list[tuple] | None:
    """Return every event as the log reads it, None when the database cannot be read."""
    engine = sa.create_engine(f"sqlite:///{path}", module=sqlite)
    try:
        with engine.connect() as connection:
            query = sa.select(event).where(event.c.school == SCHOOL).order_by(event.c.position)
            return [tuple(row) for row in connection.execute(query)]
    except (sa.exc.DatabaseError, ValueError, AttributeError):
        return None
    finally:
        engine.dispose()


def refuses_to_sign(path: Path, signing_key) -> bool:
    engine = sa.create_engine(f"sqlite:///{path}", module=sqlite)
    try:
        with engine.connect() as connection:
            make_checkpoint(connection, SCHOOL, signing_key)
    except (CheckpointRefused, sa.exc.DatabaseError, ValueError, AttributeError):
        return True
    finally:
        engine.dispose()
    return False


def test_no_bit_that_turns_over_in_an_event_goes_unseen(stored: Path, tmp_path: Path) -> None:
    signing_key = create_signing_key(tmp_path / "signing-key.pem")
    content, before = (stored / "geborgen.db").read_bytes(), events_of(stored / "geborgen.db")
    assert len(before) == EVENTS
    chance, damaged = random.Random(1), tmp_path / "damaged.db"
    assert not refuses_to_sign(stored / "geborgen.db", signing_key)
    changed = 0
    for _ in range(FLIPS):
        place, bit = chance.randrange(len(content)), 1 << chance.randrange(8)
        damaged.write_bytes(content[:place] + bytes([content[place] ^ bit]) + content[place + 1 :])
        if events_of(damaged) != before:
            changed += 1
            assert refuses_to_sign(damaged, signing_key), f"bit {bit} of byte {place}"
    assert changed > FLIPS // 10, "too few flips met an event to say anything"
