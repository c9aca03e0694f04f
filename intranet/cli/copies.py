"""Copies of a database that is in use, and putting a copy in its place: SQLite's own backup, and pg_dump."""

import os
import shutil
import subprocess
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from pysqlite3 import dbapi2 as sqlite
from sqlalchemy.engine import URL, make_url

from events.log.errors import LogError
from events.log.key_tables import SCHEMA as KEY_SCHEMA


class CopyFailed(LogError):
    """A copy could not be made or put back; what was there is still there."""


def is_sqlite(url: str) -> bool:
    """Tell whether a database is a file."""
    return make_url(url).get_backend_name() == "sqlite"


def copy_out(url: str, folder: Path, *, keys: bool) -> Path:
    """Copy the log's database, or the key store, into a file in `folder` (mode 0600) and return it."""
    if is_sqlite(url):
        target = folder / ("keys.db" if keys else "geborgen.db")
        _empty_private_file(target)
        _copy_sqlite(Path(str(make_url(url).database)), target)
    else:
        target = folder / ("keys.dump" if keys else "geborgen.dump")
        _empty_private_file(target)
        schema = f"--schema={KEY_SCHEMA}" if keys else f"--exclude-schema={KEY_SCHEMA}"
        _run_postgresql("pg_dump", url, "--format=custom", "--no-owner", "--no-privileges", schema, f"--file={target}")
    _flush(target)
    _flush(folder)
    return target


def put_back(url: str, copy: Path) -> Path | None:
    """Put a copy in the place of an unused database. Returns where the old file went, if it was a file."""
    if not is_sqlite(url):
        options = ("--clean", "--if-exists", "--no-owner", "--no-privileges", "--single-transaction", "--exit-on-error")
        _run_postgresql("pg_restore", url, *options, str(copy))
        return None
    place = Path(str(make_url(url).database))
    arriving = place.with_name(f".{place.name}.restoring")
    _empty_private_file(arriving)
    shutil.copyfile(copy, arriving)
    _flush(arriving)
    aside = _set_aside(place) if place.exists() else None
    os.replace(arriving, place)
    _flush(place.parent)
    return aside


def _copy_sqlite(source: Path, target: Path) -> None:
    if not source.exists():
        raise CopyFailed(f"There is no database at {source}.")
    try:
        with closing(sqlite.connect(source)) as live, closing(sqlite.connect(target)) as copy:
            live.execute("PRAGMA busy_timeout=15000")
            # In one step: one snapshot. In WAL mode writers go on meanwhile.
            live.backup(copy, pages=-1)
            copy.execute("PRAGMA journal_mode=DELETE")
            if copy.execute("PRAGMA quick_check").fetchone()[0] != "ok":
                raise CopyFailed(f"The copy of {source} is damaged. Look at the disk, and run: flask intranet verify")
    except sqlite.Error as error:
        raise CopyFailed(f"{source} could not be copied: {error}") from error


def require_unused(url: str) -> None:
    """Refuse to replace a database file that somebody has open. Raises CopyFailed; nothing was changed then."""
    if not is_sqlite(url) or not (place := Path(str(make_url(url).database))).exists():
        return
    with closing(sqlite.connect(place, isolation_level=None)) as old:
        try:
            old.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            old.execute("PRAGMA locking_mode=EXCLUSIVE")
            old.execute("BEGIN EXCLUSIVE")
            old.execute("ROLLBACK")
        except sqlite.OperationalError as error:
            raise CopyFailed(f"{place} is in use. Stop the site first; nothing was changed.") from error
        except sqlite.DatabaseError:
            pass  # damaged: that may be why it is being replaced


def _set_aside(place: Path) -> Path:
    """Move a database file away, with what SQLite keeps beside it."""
    aside = place.with_name(f"{place.name}.before-{datetime.now(UTC):%Y%m%dT%H%M%SZ}")
    os.replace(place, aside)
    for suffix in ("-wal", "-shm", "-journal"):
        beside = place.with_name(place.name + suffix)
        if beside.exists():
            os.replace(beside, aside.with_name(aside.name + suffix))
    return aside


def _run_postgresql(program: str, url: str, *arguments: str) -> None:
    parsed = make_url(url)
    found = shutil.which(program) or next((str(path) for path in _installed(program)), None)
    if found is None:
        raise CopyFailed(
            f"{program} is not installed. Install PostgreSQL's client programs (Debian: postgresql-client)."
        )
    command = [found, *arguments[:-1], f"--dbname={parsed.database}", arguments[-1]]
    done = subprocess.run(command, env=os.environ | _login(parsed), capture_output=True, text=True, check=False)
    if done.returncode:
        raise CopyFailed(f"{program} failed: {done.stderr.strip()}")


def _installed(program: str) -> list[Path]:
    return sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{program}"), reverse=True)


def _login(url: URL) -> dict[str, str]:
    """Where to log in, through the environment: arguments of a process can be read by everybody."""
    given = {"host": url.host, "port": url.port, "user": url.username, "password": url.password}
    # What the address says of TLS counts for a copy too, or the password would go to whoever answers.
    every = {**url.query, **{name: value for name, value in given.items() if value}}
    return {_variable(name): str(value) for name, value in every.items()}


def _variable(name: str) -> str:
    """Return the variable in which libpq looks for a parameter of a connection."""
    return {"connect_timeout": "PGCONNECT_TIMEOUT", "application_name": "PGAPPNAME"}.get(
        name, f"PG{name.replace('_', '').upper()}"
    )


def _empty_private_file(path: Path) -> None:
    path.unlink(missing_ok=True)
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))


def _flush(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
