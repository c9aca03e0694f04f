"""A program that saves one event after another and says so after each: `python -m tests.faults.saving <folder>`."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

import sqlalchemy as sa

from events.log.context import acting
from events.log.keyfile import KeyFile
from events.log.keystore import KeyStore
from events.log.store import Log
from tests.events.log.lost_property import Shelf, found

SCHOOL = UUID(int=7)
EVENTS = 150


@contextmanager
def opened(folder: Path) -> Iterator[Log]:
    """Open the log in a folder; its key file is beside the folder."""
    keys = KeyStore(f"sqlite:///{folder / 'keys.db'}", KeyFile(folder.parent / "keyfile.json"))
    log = Log(f"sqlite:///{folder / 'geborgen.db'}", keys, [Shelf()])
    yield log
    log.close()
    keys.close()


def words(number: int) -> str:
    """Return what the event of this number, from 0, says."""
    return f"Jas nummer {number}"


def main(folder: Path, synchronous: str) -> None:
    """Save the events; each is acknowledged in the file `acknowledged` when `save` returned."""
    acknowledged = os.open(folder / "acknowledged", os.O_WRONLY | os.O_CREAT)
    with opened(folder) as log, acting(school=SCHOOL):

        @sa.event.listens_for(log.write_engine, "connect")
        def tune(raw, _) -> None:
            raw.execute(f"PRAGMA synchronous={synchronous}")
            # So that a short run empties its write-ahead log several times.
            raw.execute("PRAGMA wal_autocheckpoint=150")

        for number in range(EVENTS):
            log.save(found(words(number)))
            os.write(acknowledged, b"%d\n" % number)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
