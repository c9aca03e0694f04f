"""The two databases that everything is measured on: SQLite on a disk, and PostgreSQL as safe as a real server."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from tests.postgres import PostgresServer, find_binaries

SQLITE, POSTGRESQL = KINDS = "SQLite", "PostgreSQL"


@dataclass(frozen=True, slots=True)
class Database:
    """A kind of database and where to get an empty one."""

    kind: str
    folder: Path
    _new: Callable[[str], str]

    def new(self, name: str) -> str:
        """Return the URL of an empty database."""
        return self._new(name)

    def keys_beside(self, url: str, folder: Path) -> str:
        """Return the URL of the key store that belongs to a database: never the same SQLite file."""
        return f"sqlite:///{folder / 'keys.db'}" if self.kind == SQLITE else url


@contextmanager
def databases(*kinds: str) -> Iterator[list[Database]]:
    """Give the databases of these kinds, those that this machine has; all that is in them is removed afterwards."""
    binaries = find_binaries() if POSTGRESQL in kinds else None
    numbers = count(1)
    # Not below /dev/shm or the like: a commit must reach a disk.
    with tempfile.TemporaryDirectory(prefix="measured-", dir="/var/tmp", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        found = []
        if SQLITE in kinds:
            found.append(Database(SQLITE, folder, lambda name: f"sqlite:///{folder / f'{name}-{next(numbers)}.db'}"))
        server = PostgresServer(binaries, durable=True) if binaries else None
        try:
            if server is not None:
                found.append(Database(POSTGRESQL, folder, lambda _name: server.url(server.new_database())))
            yield found
        finally:
            if server is not None:
                server.stop()
