"""The tables there were when versions began; what an installation from before has already is left as it is."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

SQLITE_GUARDS = (
    """CREATE TRIGGER IF NOT EXISTS event_no_update BEFORE UPDATE ON event
    BEGIN SELECT RAISE(ABORT, 'an event is never changed'); END""",
    """CREATE TRIGGER IF NOT EXISTS event_no_delete BEFORE DELETE ON event
    BEGIN SELECT RAISE(ABORT, 'an event is never removed'); END""",
    """CREATE TRIGGER IF NOT EXISTS event_no_replace BEFORE INSERT ON event
    WHEN EXISTS (SELECT 1 FROM event WHERE school = NEW.school AND
        (position = NEW.position OR (stream = NEW.stream AND version = NEW.version)))
    BEGIN SELECT RAISE(ABORT, 'UNIQUE constraint failed: event exists'); END""",
)

POSTGRESQL_GUARDS = (
    """CREATE OR REPLACE FUNCTION event_is_kept() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'an event is never changed or removed'; END $$""",
    "DROP TRIGGER IF EXISTS event_no_change ON event",
    """CREATE TRIGGER event_no_change BEFORE UPDATE OR DELETE ON event
    FOR EACH ROW EXECUTE FUNCTION event_is_kept()""",
    "DROP TRIGGER IF EXISTS event_no_truncate ON event",
    """CREATE TRIGGER event_no_truncate BEFORE TRUNCATE ON event
    FOR EACH STATEMENT EXECUTE FUNCTION event_is_kept()""",
    "REVOKE UPDATE, DELETE, TRUNCATE ON event FROM PUBLIC, CURRENT_USER",
)


def upgrade(part: str) -> None:
    """Create what is missing."""
    if part == "keys":
        _keys()
        return
    _log()
    _accounts()
    _waiting()
    sqlite = op.get_bind().dialect.name == "sqlite"
    for statement in SQLITE_GUARDS if sqlite else POSTGRESQL_GUARDS:
        op.execute(statement)


def _table(name: str, *columns: sa.schema.SchemaItem) -> None:
    op.create_table(name, *columns, if_not_exists=True)


def _keys() -> None:
    _table(
        "data_key",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("wrapping", sa.Text, nullable=False),
        sa.Column("wrapped", sa.LargeBinary, nullable=False),
        sa.Column("made_on", sa.Date, nullable=False),
    )
    _table("tombstone", sa.Column("id", sa.Text, primary_key=True))
    _table(
        "state",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("current_kek", sa.Text, nullable=False),
        sa.Column("generation", sa.Text, nullable=False),
    )


def _log() -> None:
    _table(
        "event",
        sa.Column("school", sa.Uuid, nullable=False),
        sa.Column("position", sa.BigInteger, nullable=False),
        sa.Column("stream", sa.Uuid, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("name_version", sa.Integer, nullable=False),
        sa.Column("actor", sa.Uuid),
        sa.Column("recorded_at", sa.BigInteger, nullable=False),
        sa.Column("happened_at", sa.BigInteger),
        sa.Column("payload", sa.LargeBinary, nullable=False),
        sa.Column("leaf", sa.LargeBinary(32), nullable=False),
        sa.PrimaryKeyConstraint("school", "position"),
        sa.UniqueConstraint("school", "stream", "version"),
    )
    _table(
        "log_head",
        sa.Column("school", sa.Uuid, primary_key=True),
        sa.Column("size", sa.BigInteger, nullable=False),
        sa.Column("recorded_at", sa.BigInteger, nullable=False),
        sa.Column("frontier", sa.LargeBinary, nullable=False),
    )
    _table(
        "command_key",
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("school", sa.Uuid, nullable=False),
        sa.Column("stream", sa.Uuid, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("made_at", sa.BigInteger, nullable=False),
    )
    _table(
        "key_use",
        sa.Column("key_id", sa.Text, primary_key=True),
        sa.Column("school", sa.Uuid, nullable=False),
        sa.Column("owner", sa.Uuid, nullable=False),
        sa.Column("position", sa.BigInteger, nullable=False),
        sa.Column("erased_at", sa.BigInteger),
    )
    op.create_index("key_use_owner", "key_use", ["school", "owner"], if_not_exists=True)
    _table(
        "projection",
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("school", sa.Uuid, nullable=False),
        sa.Column("position", sa.BigInteger, nullable=False),
        sa.Column("error", sa.Text),
        sa.PrimaryKeyConstraint("name", "school"),
    )


def _accounts() -> None:
    _table(
        "accounts_credential",
        sa.Column("account", sa.Uuid, primary_key=True),
        sa.Column("board", sa.Uuid, nullable=False),
        sa.Column("login_hash", sa.LargeBinary(32), nullable=False, unique=True),
        sa.Column("password_hash", sa.Text),
        sa.Column("totp_secret", sa.LargeBinary),
        sa.Column("totp_last_step", sa.BigInteger),
    )
    _table(
        "accounts_recovery_code",
        sa.Column("account", sa.Uuid, primary_key=True),
        sa.Column("code_hash", sa.LargeBinary(32), primary_key=True),
    )
    _table(
        "accounts_link",
        sa.Column("token_hash", sa.LargeBinary(32), primary_key=True),
        sa.Column("account", sa.Uuid, nullable=False, unique=True),
        sa.Column("board", sa.Uuid, nullable=False),
        sa.Column("until", sa.BigInteger, nullable=False),
    )
    _table(
        "accounts_session",
        sa.Column("id_hash", sa.LargeBinary(32), primary_key=True),
        sa.Column("account", sa.Uuid, nullable=False),
        sa.Column("board", sa.Uuid, nullable=False),
        sa.Column("school", sa.Uuid, nullable=False),
        sa.Column("device", sa.Text, nullable=False),
        sa.Column("made_at", sa.BigInteger, nullable=False),
        sa.Column("seen_at", sa.BigInteger, nullable=False),
        sa.Column("proved_at", sa.BigInteger),
        sa.Column("second_factor_at", sa.BigInteger),
        sa.Column("waits_for_code", sa.Boolean, nullable=False),
    )
    op.create_index("ix_accounts_session_account", "accounts_session", ["account"], if_not_exists=True)
    _table(
        "rate_limit",
        sa.Column("bucket", sa.LargeBinary(32), primary_key=True),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("last_at", sa.BigInteger, nullable=False),
        sa.Column("next_at", sa.BigInteger, nullable=False),
    )


def _waiting() -> None:
    """What somebody has begun and not finished: drafts of forms, and files read but not confirmed."""
    _table(
        "draft",
        sa.Column("form_key", sa.Text, primary_key=True),
        sa.Column("school", sa.Uuid, nullable=False),
        sa.Column("author", sa.Uuid, nullable=False),
        sa.Column("form", sa.Text, nullable=False),
        sa.Column("saved_at", sa.BigInteger, nullable=False),
        sa.Column("key_id", sa.Text, nullable=False),
        sa.Column("nonce", sa.LargeBinary, nullable=False),
        sa.Column("sealed", sa.LargeBinary, nullable=False),
    )
    op.create_index("draft_author", "draft", ["school", "author"], if_not_exists=True)
    # Its name until shortly before there were versions; what was in it was kept for a day.
    op.drop_table("people_upload", if_exists=True)
    _table(
        "upload",
        sa.Column("upload", sa.Uuid, primary_key=True),
        sa.Column("purpose", sa.Text, nullable=False),
        sa.Column("school", sa.Uuid, nullable=False),
        sa.Column("importer", sa.Uuid, nullable=False),
        sa.Column("made_at", sa.BigInteger, nullable=False),
        sa.Column("key_id", sa.Text, nullable=False),
        sa.Column("nonce", sa.LargeBinary, nullable=False),
        sa.Column("sealed", sa.LargeBinary, nullable=False),
    )
