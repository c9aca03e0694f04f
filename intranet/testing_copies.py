"""Keeps an empty product and the made-up school on it, so that each test of a process begins with a copy of them."""

from collections import OrderedDict
from collections.abc import Callable
from contextlib import closing
from dataclasses import field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from flask import Flask

from events.frozen import frozen
from events.log import clock
from events.log.keyfile import KeyFile
from events.log.projection import projection_tables
from events.log.signing import create_signing_key
from intranet import database
from intranet.schools.directory import forget_schools

DATABASES = ("DATABASE_URL", "KEY_STORE_URL")
SQLITE = "sqlite:///"
KEYS = ("keyfile.json", "signing-key.pem")
KEPT = 4
"""So many sets of tables: a test with a plugin of its own has others."""


@frozen
class Copy:
    """The files of both databases, by their setting, and what the school that lives in them knows of itself."""

    databases: dict[str, bytes]
    school: dict[str, Any]
    made_at: datetime = field(default_factory=lambda: datetime.now(UTC))

    def is_fresh(self) -> bool:
        """Tell whether it could have been made now: a test may set the clock, and a log never goes back."""
        return timedelta(0) <= datetime.now(UTC) - self.made_at < timedelta(minutes=30)


_keys: dict[str, bytes] = {}
_empty: OrderedDict[frozenset[str], Copy] = OrderedDict()
_founded: OrderedDict[frozenset[str], Copy] = OrderedDict()
_made_in: dict[str, frozenset[str]] = {}


def give_keys(folder: Path) -> None:
    """Give a new instance folder its keys: the same in every test of this process, as its databases are."""
    if not _keys:
        KeyFile.create(folder / KEYS[0])
        create_signing_key(folder / KEYS[1])
        _keys.update({name: (folder / name).read_bytes() for name in KEYS})
        return
    for name, text in _keys.items():
        (folder / name).write_bytes(text)
        (folder / name).chmod(0o600)


def create_tables(app: Flask) -> None:
    """Create the tables of a product, or copy those that were created before."""
    tables = frozenset(projection_tables.tables)
    if _made_in.get(app.config["DATABASE_URL"]) == tables:
        return
    if not _is_new(app):
        database.create_tables(app)
        return
    if tables not in _empty:
        database.create_tables(app)
        _keep(_empty, tables, Copy(_copied(app), {}))
    _put(app, _empty[tables])


def are_made_in(url: str, tables: frozenset[str]) -> None:
    """Know that these tables were created in a database, such as a copy of another that PostgreSQL made."""
    _made_in[url] = tables


def founded(app: Flask, found: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """Return what the made-up school knows of itself: copied where nothing happened yet, else founded by `found`."""
    tables, untouched = frozenset(projection_tables.tables), _is_untouched(app)
    made = _founded.get(tables)
    if untouched and made is not None and made.is_fresh():
        _put(app, made)
        forget_schools()
        return dict(made.school)
    school = found()
    if untouched:
        _keep(_founded, tables, Copy(_copied(app), school))
    return school


def _is_new(app: Flask) -> bool:
    """Tell whether both databases are files in which nothing is yet, with the keys of this process."""
    return (
        all(app.config[name].startswith(SQLITE) for name in DATABASES)
        and not any(path.exists() and path.stat().st_size for path in _files(app).values())
        and all((Path(app.config["INSTANCE"]) / name).read_bytes() == text for name, text in _keys.items())
    )


def _is_untouched(app: Flask) -> bool:
    marks = app.extensions.get("geborgen.copy")
    return marks is not None and clock.told() is None and marks == _marks(app)


def _files(app: Flask) -> dict[str, Path]:
    return {name: Path(app.config[name].removeprefix(SQLITE)) for name in DATABASES}


def _marks(app: Flask) -> list[Any]:
    """Return what changes as soon as anybody opens or writes a database."""
    return [(path.stat().st_mtime_ns, _beside(path, "-wal").exists()) for path in _files(app).values()]


def _beside(path: Path, end: str) -> Path:
    return path.with_name(path.name + end)


def _put(app: Flask, copy: Copy) -> None:
    log = app.extensions["geborgen.log"]
    for engine in (log.write_engine, log.read_engine, log.key_store.engine):
        engine.dispose()
    for name, path in _files(app).items():
        for end in ("-wal", "-shm"):
            _beside(path, end).unlink(missing_ok=True)
        path.write_bytes(copy.databases[name])
        path.chmod(0o600)
    app.extensions["geborgen.copy"] = _marks(app)


def _copied(app: Flask) -> dict[str, bytes]:
    # The driver that the product uses: two SQLites in one process let go of each other's locks.
    sqlite = app.extensions["geborgen.log"].write_engine.dialect.dbapi
    held = {}
    for name, path in _files(app).items():
        beside = _beside(path, "-copy")
        with closing(sqlite.connect(path)) as source, closing(sqlite.connect(beside)) as copy:
            source.backup(copy)
        held[name] = beside.read_bytes()
        beside.unlink()
    return held


def _keep(copies: OrderedDict[frozenset[str], Copy], tables: frozenset[str], copy: Copy) -> None:
    copies[tables] = copy
    while len(copies) > KEPT:
        copies.popitem(last=False)
