"""What is asserted of a connection, and what is refused before anything is lost."""

from pathlib import Path

import pytest
import sqlalchemy as sa

from events.log import engines
from events.log.errors import LogUnfit


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'log.db'}"


def test_a_commit_is_durable_before_it_is_acknowledged(url: str) -> None:
    engine = engines.write_engine(url)
    with engine.connect() as connection:
        asked = ("journal_mode", "synchronous", "secure_delete", "trusted_schema", "busy_timeout")
        assert [connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in asked] == ["wal", 2, 1, 0, 15000]
    engine.dispose()


def test_a_writer_takes_its_turn_before_it_reads(url: str) -> None:
    engine = engines.write_engine(url)
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE thing (id INTEGER)")
    with engine.begin(), engine.raw_connection() as second:
        second.execute("PRAGMA busy_timeout=1")
        with pytest.raises(engines.sqlite.OperationalError, match="locked"):
            second.execute("BEGIN IMMEDIATE")
    engine.dispose()


@pytest.mark.parametrize("memory", ["sqlite://", "sqlite:///:memory:", "sqlite:///file:log?mode=memory&uri=true"])
def test_a_log_in_memory_is_refused(memory: str) -> None:
    with pytest.raises(LogUnfit, match="in memory is lost"):
        engines.write_engine(memory)


def test_an_unsafe_sqlite_is_refused(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines.sqlite, "sqlite_version_info", (3, 40, 1))
    with pytest.raises(LogUnfit, match="WAL-reset"):
        engines.write_engine(url)


def test_a_network_drive_is_refused(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "_file_system", lambda _path: "cifs")
    with pytest.raises(LogUnfit, match="network drive"):
        engines.write_engine(url)


def test_the_file_system_of_a_path_is_found() -> None:
    assert engines._file_system(Path("/proc/self/status")) == "proc"


def test_lowered_durability_is_noticed(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    class Weak:
        def execute(self, statement: str) -> "Weak":
            self.asked = statement
            return self

        def fetchone(self) -> tuple[object]:
            return ("wal",) if "journal" in self.asked else (1,)

    with pytest.raises(LogUnfit, match="synchronous 1"):
        engines._durable(Weak())


def test_a_child_process_does_not_share_its_parents_connections(url: str) -> None:
    engine = engines.write_engine(url)
    with engine.connect() as connection:
        connection.execute(sa.text("SELECT 1"))
    pool = engine.pool
    engines._forget_parents_connections()
    assert engine.pool is not pool
    engine.dispose()
    pool.dispose()


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_reader_that_is_done_does_not_mind_that_its_server_went(database_url: str) -> None:
    readers, others = engines.read_engine(database_url), engines.write_engine(database_url)
    try:
        with readers.connect() as reader:
            process = reader.scalar(sa.text("SELECT pg_backend_pid()"))
            with others.connect() as other:
                other.execute(sa.text("SELECT pg_terminate_backend(:process, 5000)"), {"process": process})
        with readers.connect() as reader:
            assert reader.scalar(sa.text("SELECT pg_backend_pid()")) != process
            with pytest.raises(sa.exc.DatabaseError, match="read-only"):
                reader.execute(sa.text("CREATE TABLE anything (id int)"))
    finally:
        readers.dispose()
        others.dispose()
