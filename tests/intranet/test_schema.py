"""Tables that no log can rebuild: made at once or step by step they are the same; a start refuses other versions."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.script import ScriptDirectory
from flask import Flask
from sqlalchemy.engine import make_url

from events.log.engines import write_engine
from events.log.errors import LogUnfit
from events.log.key_tables import key_engine
from events.log.keyfile import KeyFile
from intranet import schema
from intranet.app import build_app, make_ready
from intranet.schema import HISTORY, KEYS, LOG, History
from intranet.testing import close

ROOT = Path(__file__).resolve().parents[2]
LATER = sa.Table("later", sa.MetaData(), sa.Column("id", sa.Text, primary_key=True))
BOTH = pytest.mark.parametrize("database", [LOG, KEYS], ids=["log", "keys"])


@pytest.fixture(autouse=True, scope="module")
def every_table_is_known(tmp_path_factory: pytest.TempPathFactory) -> None:
    """A feature's tables are known once it was imported, as building the application does."""
    instance = tmp_path_factory.mktemp("instance")
    KeyFile.create(instance / "keyfile.json")
    close(build_app({"TESTING": True, "INSTANCE": str(instance)}))


@pytest.fixture
def longer(tmp_path: Path) -> History:
    """The history with one more step, as a next version of the program has."""
    shutil.copytree(HISTORY.folder, tmp_path / "longer", ignore=shutil.ignore_patterns("__pycache__"))
    return add_step(History(tmp_path / "longer"), "")


def add_step(history: History, at_the_end: str) -> History:
    number = int(HISTORY.newest) + 1
    step = f'''
import os, signal
import sqlalchemy as sa
from alembic import op
revision, down_revision = "{number:04d}", "{HISTORY.newest}"
def upgrade(part):
    op.create_table("later", sa.Column("id", sa.Text, primary_key=True))
    op.execute(sa.table("later", sa.column("id")).insert().values(id=part))
    {at_the_end or "pass"}
'''
    (history.folder / "versions" / f"{number:04d}_later.py").write_text(step)
    return History(history.folder)


def open_engine(database: schema.Database, url: str) -> sa.Engine:
    return write_engine(url) if database is LOG else key_engine(url).execution_options(write=True)


@pytest.fixture
def engine_of(database_url: str, keys_url: str) -> Iterator:
    """Connect to a database as the product does: `engine_of(LOG)`."""
    made: list[sa.Engine] = []

    def connect(database: schema.Database) -> sa.Engine:
        made.append(open_engine(database, database_url if database is LOG else keys_url))
        return made[-1]

    yield connect
    for engine in made:
        engine.dispose()


def upgrade(engine: sa.Engine, database: schema.Database, history: History = HISTORY) -> None:
    with engine.begin() as connection:
        if database is KEYS and connection.dialect.name == "postgresql":
            connection.execute(sa.text("CREATE SCHEMA IF NOT EXISTS keys"))
        schema.upgrade(connection, database, history)


def described(engine: sa.Engine, server) -> list[str]:
    """Return everything a database says about its tables: columns in order, constraints, triggers, grants."""
    if engine.dialect.name == "sqlite":
        with engine.connect() as connection:
            statements = connection.scalars(sa.text("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL"))
            return sorted(" ".join(statement.split()) for statement in statements)
    url = make_url(str(engine.url))
    command = [server.binaries / "pg_dump", "--schema-only", "-h", server.folder, "-U", "postgres", url.database]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
    return [line for line in said if line and not line.startswith(("--", "\\"))]


@BOTH
def test_made_at_once_or_step_by_step_the_tables_are_the_same(engine_of, database, request, database_url, tmp_path):
    at_once = engine_of(database)
    upgrade(at_once, database)
    server = request.getfixturevalue("postgres") if at_once.dialect.name == "postgresql" else None
    other = server.url(server.new_database()) if server else f"sqlite:///{tmp_path / 'other.db'}"
    stepwise = open_engine(database, other)
    with stepwise.begin() as connection:
        if database is KEYS and server:
            connection.execute(sa.text("CREATE SCHEMA keys"))
        HISTORY.run(connection, database)
    try:
        assert described(stepwise, server) == described(at_once, server)
        assert len(described(at_once, server)) > 3
    finally:
        stepwise.dispose()


def test_the_history_is_one_line_and_its_file_names_tell_the_order():
    steps = list(ScriptDirectory(str(HISTORY.folder)).walk_revisions())
    assert [step.revision for step in reversed(steps)] == HISTORY.versions
    assert [step.down_revision for step in reversed(steps)] == [None, *HISTORY.versions[:-1]]
    for step in steps:
        assert not hasattr(step.module, "downgrade"), "there is no way back: what was stored since would be lost"


@BOTH
def test_an_older_database_gets_the_steps_it_lacks(engine_of, database, longer):
    engine = engine_of(database)
    upgrade(engine, database)
    with engine.connect() as connection, pytest.raises(LogUnfit, match="flask intranet upgrade"):
        schema.require_current(connection, database, longer)
    for _ in range(2):
        upgrade(engine, database, longer)
    with engine.connect() as connection:
        schema.require_current(connection, database, longer)
        assert connection.scalars(sa.select(LATER.c.id)).all() == [database.part]
        with pytest.raises(LogUnfit, match="newer Geborgen"):
            schema.require_current(connection, database)
    with pytest.raises(LogUnfit, match="newer Geborgen"):
        upgrade(engine, database)


@BOTH
def test_an_installation_from_before_versions_is_taken_over(engine_of, database):
    engine = engine_of(database)
    with engine.begin() as connection:
        database.create(connection)
    with engine.connect() as connection:
        assert database.version(connection) is None
        with pytest.raises(LogUnfit, match="flask intranet upgrade"):
            schema.require_current(connection, database)
    upgrade(engine, database)
    with engine.connect() as connection:
        assert database.version(connection) == HISTORY.newest


KILLED = """
import sys
from pathlib import Path
from intranet import schema
from tests.intranet.test_schema import open_engine, upgrade
database = {"log": schema.LOG, "keys": schema.KEYS}[sys.argv[1]]
upgrade(open_engine(database, sys.argv[2]), database, schema.History(Path(sys.argv[3])))
"""


@BOTH
def test_killed_in_the_middle_of_a_step_nothing_of_it_is_there(engine_of, database, longer):
    engine = engine_of(database)
    upgrade(engine, database)
    add_step(longer, "os.kill(os.getpid(), signal.SIGKILL)")
    url = engine.url.render_as_string(hide_password=False)
    command = [sys.executable, "-c", KILLED, database.part, url, str(longer.folder)]
    killed = subprocess.run(command, cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)}, check=False, timeout=60)
    assert killed.returncode == -signal.SIGKILL
    with engine.connect() as connection:
        assert database.version(connection) == HISTORY.newest
        assert not sa.inspect(connection).has_table("later", schema=database.schema(connection))
    upgrade(engine, database, add_step(longer, ""))
    with engine.connect() as connection:
        assert database.version(connection) == longer.newest


def start(app: Flask) -> None:
    """Start a second process of this installation, as a worker does."""
    names = ("INSTANCE", "DATABASE_URL", "KEY_STORE_URL")
    started = build_app({"TESTING": True} | {name: app.config[name] for name in names})
    try:
        make_ready(started)
    finally:
        close(started)


def say_version(engine: sa.Engine, version: str | None) -> None:
    with engine.begin() as connection:
        connection.execute(schema.marker.delete())
        if version:
            connection.execute(schema.marker.insert(), {"version_num": version})


@BOTH
@pytest.mark.parametrize(("version", "sentence"), [(None, "intranet upgrade"), ("9999", "newer Geborgen")])
def test_a_start_refuses_another_version(app_on_both, database, engine_of, version, sentence):
    start(app_on_both)
    say_version(engine_of(database), version)
    with pytest.raises(LogUnfit, match=sentence):
        start(app_on_both)
    runner = app_on_both.test_cli_runner()
    for command in ("verify", "checkpoint", "check", "serve"):
        refused = runner.invoke(args=["intranet", command])
        assert refused.exit_code == 1, command
        assert sentence in refused.output, command
    upgraded = runner.invoke(args=["intranet", "upgrade"])
    if version is None:
        assert upgraded.exit_code == 0, upgraded.output
        start(app_on_both)
    else:
        assert sentence in upgraded.output
        assert "Traceback" not in upgraded.output


def test_a_start_does_not_load_what_few_requests_need(app):
    seldom = {"PIL", "alembic", "defusedxml", "icalendar", "openpyxl", "pypdfium2", "segno", "weasyprint", "xml"}
    seldom |= {"email.headerregistry"}
    code = f"import sys; from intranet.app import create_app; create_app(); print(sorted({seldom} & set(sys.modules)))"
    environment = os.environ | {"GEBORGEN_INSTANCE": app.config["INSTANCE"]}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.strip() == "[]"


def test_what_gunicorn_loads_refuses_too(app):
    say_version(app.extensions["geborgen.log"].write_engine, "9999")
    environment = os.environ | {"GEBORGEN_INSTANCE": app.config["INSTANCE"]}
    command = [sys.executable, "-c", "import wsgi"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 1
    assert "newer Geborgen" in done.stderr.splitlines()[-1]


def test_a_lost_key_store_is_not_replaced_by_an_empty_one(app):
    Path(app.config["INSTANCE"], "keys.db").unlink()
    close(app)
    with pytest.raises(LogUnfit, match="key store is empty"):
        start(app)
    refused = app.test_cli_runner().invoke(args=["intranet", "upgrade"])
    assert refused.exit_code == 1
    assert "intranet restore" in refused.output


def test_a_copy_of_a_newer_version_is_refused_before_anything_is_replaced(app, tmp_path):
    runner = app.test_cli_runner()
    say_version(app.extensions["geborgen.log"].write_engine, "9999")
    made = runner.invoke(args=["intranet", "backup", str(tmp_path / "copies")])
    assert made.exit_code == 0, made.output
    before = Path(app.config["INSTANCE"], "geborgen.db").read_bytes()
    copy = next((tmp_path / "copies" / "log").iterdir())
    refused = runner.invoke(args=["intranet", "restore", str(copy), "--yes"])
    assert refused.exit_code == 1
    assert "newer Geborgen" in refused.output
    assert Path(app.config["INSTANCE"], "geborgen.db").read_bytes() == before


def test_a_start_without_its_server_says_so(app, tmp_path):
    nobody = f"postgresql+psycopg://geborgen@/geborgen?host={tmp_path}"
    away = build_app({"TESTING": True, "INSTANCE": app.config["INSTANCE"], "DATABASE_URL": nobody})
    try:
        with pytest.raises(LogUnfit, match="Is its server running"):
            make_ready(away)
    finally:
        close(away)
