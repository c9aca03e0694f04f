"""A copy brings back what there was: the same events, readable, and nothing that was erased or closed since."""

import json
from contextlib import closing

import pytest
import sqlalchemy as sa

from events.log.engines import read_engine
from events.log.personal import ERASED
from intranet.api import acting
from intranet.api import log as current_log
from intranet.cli import backup
from intranet.screens.passes import new_code, screen_pass
from tests.intranet.cli.conftest import grow, names, size, tamper, wrong

pytestmark = pytest.mark.usefixtures("programs_of_this_server")

PEOPLE = ["Collega0", "Collega1", "Collega2"]


@pytest.fixture
def copies(operate, a_school, app_on_both, tmp_path):
    """Copy log and keys, while a screen is open; return both folders."""
    with app_on_both.app_context(), acting(school=a_school):
        ids = dict.fromkeys(("board", "school", "record", "account_id", "person"), a_school)
        new_code(endpoint="taakspel.screen", **ids)
    made = operate("backup", tmp_path / "backup")
    assert made.exit_code == 0, made.output
    return [next((tmp_path / "backup" / half).iterdir()) for half in ("log", "keys")]


def restore(operate, app, *words):
    for engine in (app.extensions["geborgen.log"], app.extensions["geborgen.log"].key_store):
        engine.close()
    return operate("restore", *words, "--yes")


def test_a_copy_brings_back_events_and_words(operate, a_school, app_on_both, copies, make_app):
    with app_on_both.app_context():
        people = [fact.originator_id for fact in current_log.history(a_school) if hasattr(fact, "given_name")]
    key_store = app_on_both.extensions["geborgen.log"].key_store
    lost = owned(app_on_both, people[0])
    with key_store.writing() as connection:  # an accident, not an erasure: no tombstone, no event
        key_store._delete(connection, set(lost))
    key_store.forget()
    assert names(app_on_both, a_school) != PEOPLE

    restored = restore(operate, app_on_both, *copies)
    assert restored.exit_code == 0, restored.output
    key_store.forget()
    assert size(app_on_both, a_school) == 4
    assert names(app_on_both, a_school) == PEOPLE
    assert wrong(operate) == []
    grow(app_on_both, a_school)
    assert operate("verify").exit_code == 0


def test_log_and_keys_are_never_in_one_folder(copies):
    log, keys = copies
    assert {path.name.split(".")[0] for path in log.iterdir()} == {"geborgen", "copy", "checkpoints"}
    assert {path.name.split(".")[0] for path in keys.iterdir()} == {"keys", "copy"}
    assert not [path for path in [*log.rglob("*"), *keys.rglob("*")] if "keyfile" in path.name]
    for copied in (*log.glob("geborgen.*"), *keys.glob("keys.*")):
        assert copied.stat().st_mode & 0o077 == 0
    assert b"wrapped" not in next(log.glob("geborgen.*")).read_bytes()


def test_a_lost_tail_is_said_and_must_be_accepted(operate, a_school, app_on_both, copies):
    grow(app_on_both, a_school, 2)
    assert operate("checkpoint").exit_code == 0
    refused = restore(operate, app_on_both, *copies)
    assert refused.exit_code == 1
    assert "the log stops after position 4, not after 6" in refused.output
    assert "--accept-loss" in refused.output

    accepted = restore(operate, app_on_both, *copies, "--accept-loss")
    assert accepted.exit_code == 0, accepted.output
    assert size(app_on_both, a_school) == 4
    grow(app_on_both, a_school)
    assert operate("checkpoint").exit_code == 0
    assert operate("verify").exit_code == 0


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_nothing_is_replaced_by_a_copy_that_is_refused(operate, a_school, app_on_both, copies, tmp_path):
    kept = tmp_path / "instance" / "checkpoints"
    for only_in_the_copy in kept.rglob("*.txt"):
        only_in_the_copy.unlink()
    grow(app_on_both, a_school, 2)
    operate("checkpoint")
    before = set(kept.rglob("*"))
    assert "--accept-loss" in restore(operate, app_on_both, *copies).output
    assert size(app_on_both, a_school) == 6
    assert set(kept.rglob("*")) == before


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_database_in_use_is_not_replaced(operate, a_school, app_on_both, copies, tmp_path):
    somebody = read_engine(app_on_both.config["DATABASE_URL"])
    with somebody.connect() as connection:
        connection.execute(sa.text("SELECT count(*) FROM event")).one()
        refused = restore(operate, app_on_both, *copies)
    somebody.dispose()
    assert refused.exit_code == 1
    assert "Stop the site first" in refused.output
    assert not list((tmp_path / "instance").glob("*.before-*"))


def test_a_damaged_copy_is_refused(operate, app_on_both, copies):
    copied = next(copies[0].glob("geborgen.*"))
    content = bytearray(copied.read_bytes())
    content[len(content) // 2] ^= 1
    copied.write_bytes(content)
    refused = restore(operate, app_on_both, *copies)
    assert refused.exit_code == 1
    assert "changed or damaged" in refused.output


def test_a_copy_that_was_not_finished_is_no_copy(operate, app_on_both, copies):
    (copies[0] / "copy.json").unlink()
    refused = restore(operate, app_on_both, copies[0])
    assert refused.exit_code == 1
    assert "no finished copy" in refused.output


def test_a_changed_log_is_not_copied(operate, a_school, app_on_both, tmp_path):
    operate("checkpoint")
    tamper(app_on_both)
    refused = operate("backup", tmp_path / "backup")
    assert refused.exit_code == 1
    assert "not as it was recorded" in refused.output
    assert not list((tmp_path / "backup").rglob("copy.json"))


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_copy_that_cannot_be_checked_is_told_in_a_sentence(operate, a_school, app_on_both, tmp_path, monkeypatch):
    from pysqlite3 import dbapi2 as sqlite

    copy_out = backup.copy_out

    def onto_a_bad_disk(*where, **how):
        copied = copy_out(*where, **how)
        with closing(sqlite.connect(copied)) as connection:
            connection.execute("DROP TABLE event")
        return copied

    monkeypatch.setattr(backup, "copy_out", onto_a_bad_disk)
    refused = operate("backup", tmp_path / "backup")
    assert refused.exit_code == 1
    assert "Cannot check" in refused.output
    assert "The log itself was not changed" in refused.output
    assert "flask intranet verify" in refused.output
    assert not list((tmp_path / "backup").rglob("copy.json"))


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_copy_of_another_log_is_refused(operate, a_school, app_on_both, copies, tmp_path):
    """Somebody changes an event in the copy and makes its checksum fit again."""
    import hashlib

    from pysqlite3 import dbapi2 as sqlite

    copied = copies[0] / "geborgen.db"
    connection = sqlite.connect(copied)
    connection.execute("DROP TRIGGER event_no_update")
    connection.execute("UPDATE event SET recorded_at = recorded_at + 1 WHERE position = 2")
    connection.commit()
    connection.close()
    description = json.loads((copies[0] / "copy.json").read_text())
    description["sha256"] = hashlib.sha256(copied.read_bytes()).hexdigest()
    (copies[0] / "copy.json").write_text(json.dumps(description))
    refused = restore(operate, app_on_both, *copies, "--accept-loss")
    assert refused.exit_code == 1
    assert "not the log that was signed" in refused.output


@pytest.mark.parametrize("how", ["own list", "letter"])
def test_what_was_erased_does_not_come_back(operate, a_school, app_on_both, copies, tmp_path, how):
    with app_on_both.app_context():
        person = next(fact.originator_id for fact in current_log.history(a_school) if hasattr(fact, "given_name"))
    key_store = app_on_both.extensions["geborgen.log"].key_store
    erased = owned(app_on_both, person)
    assert erased
    key_store.destroy(erased)
    listed = tmp_path / ("instance/erased-keys.txt" if how == "own list" else "letter.txt")
    text = "".join(f"2026-11-24 {key_id}\n" for key_id in erased)
    # A letter comes back as a mail program saved it.
    listed.write_bytes(text.encode() if how == "own list" else text.replace("\n", " \r\n").encode("utf-16"))

    restored = restore(operate, app_on_both, *copies, *(["--erased", listed] if how == "letter" else []))
    assert restored.exit_code == 0, restored.output
    assert "destroyed again" in restored.output
    key_store.forget()
    assert key_store.held(erased) == []
    assert names(app_on_both, a_school) == [ERASED, "Collega1", "Collega2"]


def test_without_the_list_the_word_would_be_back(operate, a_school, app_on_both, copies):
    """The test above can fail: a copy of the keys does hold what was erased after it was made."""
    with app_on_both.app_context():
        person = next(fact.originator_id for fact in current_log.history(a_school) if hasattr(fact, "given_name"))
    key_store = app_on_both.extensions["geborgen.log"].key_store
    key_store.destroy(owned(app_on_both, person))
    assert restore(operate, app_on_both, *copies).exit_code == 0
    key_store.forget()
    assert names(app_on_both, a_school) == PEOPLE


def test_sessions_screens_and_open_links_end(operate, a_school, app_on_both, copies):
    from intranet.schema import core_tables

    table = core_tables.tables["accounts_link"]
    log = app_on_both.extensions["geborgen.log"]
    assert restore(operate, app_on_both, *copies).exit_code == 0
    with log.read() as connection:
        assert connection.execute(sa.select(table)).all() == []
        assert connection.execute(sa.select(core_tables.tables["accounts_session"])).all() == []
        assert connection.execute(sa.select(screen_pass)).all() == []


def owned(app, person) -> list[str]:
    """Return the ids of the data keys of a person."""
    from events.log.tables import key_use

    with app.extensions["geborgen.log"].read() as connection:
        return list(connection.scalars(sa.select(key_use.c.key_id).where(key_use.c.owner == person)))


def test_keys_that_the_key_file_does_not_open_replace_nothing(operate, a_school, app_on_both, copies):
    assert operate("keys", "rotate").exit_code == 0
    grow(app_on_both, a_school)
    refused = restore(operate, app_on_both, *copies)
    assert refused.exit_code == 1
    assert "before the key-encryption key was replaced" in refused.output
    assert size(app_on_both, a_school) == 5
    assert names(app_on_both, a_school) == [*PEOPLE, "Collega0"]
    assert wrong(operate) == []


def test_a_log_that_was_put_back_is_guarded_as_before(operate, a_school, app_on_both, copies):
    def guards():
        with app_on_both.extensions["geborgen.log"].write_engine.connect() as connection:
            if connection.dialect.name == "sqlite":
                return connection.scalars(
                    sa.text("SELECT sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name")
                ).all()
            may = sa.text("SELECT privilege_type FROM information_schema.role_table_grants WHERE table_name = 'event'")
            triggers = sa.text("SELECT tgname FROM pg_trigger WHERE tgrelid = 'event'::regclass AND NOT tgisinternal")
            return sorted(connection.scalars(may)), sorted(connection.scalars(triggers))

    before = guards()
    assert any(before)
    assert restore(operate, app_on_both, *copies).exit_code == 0
    assert guards() == before
