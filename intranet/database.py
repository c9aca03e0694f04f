"""The log and the read-only session of this application, and the tables that are no projection."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, cast

from flask import Flask, current_app, g, has_request_context
from flask_sqlalchemy import SQLAlchemy
from flask_sqlalchemy.session import Session
from sqlalchemy.engine import Connection
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import DeclarativeBase
from werkzeug.local import LocalProxy

from events.log import erasure
from events.log.engines import make_read_only, read_options
from events.log.errors import LogUnavailable, LogUnfit
from events.log.key_tables import key_engine
from events.log.keyfile import KeyFile
from events.log.keystore import KeyStore
from events.log.projection import Projection
from events.log.signing import create_signing_key
from events.log.store import Log
from intranet import schema
from intranet.looked_at import looked_at


class Base(DeclarativeBase):
    """The base Flask-SQLAlchemy asks for; tables here are Core tables, filled by projections."""


class PageSession(Session):
    """The session of pages: read-only, on the database that is looked at."""

    def get_bind(self, *args: Any, **kwargs: Any) -> Any:
        past = looked_at()
        return super().get_bind(*args, **kwargs) if past is None else past.replay.engine


_KEPT = "kept_while_reading"

db = SQLAlchemy(model_class=Base, session_options={"class_": PageSession})
"""Flask-SQLAlchemy; `db.session` reads what was recorded before this request began, and cannot write."""

log = cast(Log, LocalProxy(lambda: current_app.extensions["geborgen.log"]))
"""The log of this application. What is saved in it is recorded for ever, and projected in the same transaction."""


def connect(app: Flask, projections: Sequence[Projection]) -> None:
    """Open the log, its keys and the read-only session. Raises `LogUnfit` with what to do when one cannot be used."""
    key_path = Path(app.config["KEY_FILE"])
    if not key_path.exists():
        raise LogUnfit(
            f"The key file {key_path} is missing. Put back your copy of it, "
            "or start a new school with: flask intranet init"
        )
    key_file = KeyFile(key_path)
    key_store = KeyStore(app.config["KEY_STORE_URL"], key_file)
    url = app.config["DATABASE_URL"]
    app.config["SQLALCHEMY_DATABASE_URI"] = url
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = read_options(url)
    db.init_app(app)
    with app.app_context():
        reads_with = make_read_only(db.engine)
    the_log = Log(url, key_store, projections, reads_with=reads_with)
    own_reader = the_log.read
    the_log.read = lambda: _page_reader() if has_request_context() or looked_at() else own_reader()
    # A snapshot that is open while we commit keeps SQLite from emptying its journal, which would grow without end.
    the_log.before_write.append(_let_go_of_snapshot)
    # What was just posted must be on the page that follows.
    the_log.after_commit.append(lambda _recorded: _let_go_of_snapshot())
    app.extensions["geborgen.log"] = the_log
    app.extensions["geborgen.key_file"] = key_file


def create_tables(app: Flask) -> None:
    """Bring both databases to this version, and create missing projections; one deploy step, never per worker."""
    the_log: Log = app.extensions["geborgen.log"]
    the_log.key_store.create_tables(partial(schema.upgrade, database=schema.KEYS))
    the_log.create_tables(partial(schema.upgrade, database=schema.LOG))


def require_current(app: Flask) -> None:
    """Refuse databases that are not of this version. Raises `LogUnfit` with what to do."""
    the_log: Log = app.extensions["geborgen.log"]
    try:
        with the_log.read() as connection:
            schema.require_current(connection, schema.LOG)
        with the_log.key_store.reading() as connection:
            schema.require_current(connection, schema.KEYS)
    except (OperationalError, LogUnavailable) as error:
        raise LogUnfit("The database does not answer. Is its server running, and is DATABASE_URL right?") from error


def begun(app: Flask) -> bool:
    """Tell whether there is a log, of whatever version."""
    with app.extensions["geborgen.log"].read() as connection:
        return schema.LOG.begun(connection)


def require_keys_of_log(app: Flask) -> None:
    """Refuse to make a new key store for a log that has one. Raises `LogUnfit` with what to do."""
    with app.extensions["geborgen.log"].key_store.reading() as connection:
        if not schema.KEYS.begun(connection) and begun(app):
            raise LogUnfit(schema.KEYS.empty)


def prepare_instance(app: Flask) -> None:
    """Make the instance folder, its key file and its signing key where there are none, as a new school does first.

    Raises `LogUnfit` when the key file of a key store is gone: a new one would open nothing, and hide that.
    """
    folder = Path(app.config["INSTANCE"])
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not Path(app.config["KEY_FILE"]).exists():
        _require_no_key_store(app.config["KEY_STORE_URL"])
        KeyFile.create(app.config["KEY_FILE"])
    if not (folder / "signing-key.pem").exists():
        create_signing_key(folder / "signing-key.pem")


def _require_no_key_store(url: str) -> None:
    engine = key_engine(url)
    try:
        with engine.connect() as connection:
            if schema.KEYS.begun(connection):
                raise LogUnfit(
                    "There is a key store here and its key file is missing. Put back your copy of the key file: "
                    "without it no word can be read."
                )
    finally:
        engine.dispose()


def erased_list(app: Flask) -> Path:
    """Return where the ids of erased keys are kept, beside the log and never with the keys."""
    return Path(app.config["INSTANCE"]) / "erased-keys.txt"


def finish_erasures(app: Flask) -> None:
    """Destroy what was erased and came back, or was left by a crash: before the first request is answered."""
    erasure.finish_erasures(app.extensions["geborgen.log"], erased_list(app))


@contextmanager
def _page_reader() -> Iterator[Connection]:
    yield db.session.connection()


def kept_while_reading() -> dict[Any, Any]:
    """Return where a request keeps what it read of the present, until it reads anew: whenever it writes."""
    kept: dict[Any, Any] = g.setdefault(_KEPT, {})
    return kept


def _let_go_of_snapshot() -> None:
    """End what the request's session reads: the next read sees what was written until then."""
    if has_request_context():
        db.session.rollback()
        g.pop(_KEPT, None)
