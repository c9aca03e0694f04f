"""Sealed files of dossiers, and the guards that keep one as it was stored."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

SQLITE_GUARDS = (
    """CREATE TRIGGER IF NOT EXISTS blob_no_update BEFORE UPDATE ON blob
    BEGIN SELECT RAISE(ABORT, 'a stored file is never changed'); END""",
    """CREATE TRIGGER IF NOT EXISTS blob_no_replace BEFORE INSERT ON blob
    WHEN EXISTS (SELECT 1 FROM blob WHERE school = NEW.school AND name = NEW.name)
    BEGIN SELECT RAISE(ABORT, 'UNIQUE constraint failed: this file exists'); END""",
)

POSTGRESQL_GUARDS = (
    """CREATE OR REPLACE FUNCTION blob_is_kept() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'a stored file is never changed'; END $$""",
    "DROP TRIGGER IF EXISTS blob_no_change ON blob",
    """CREATE TRIGGER blob_no_change BEFORE UPDATE ON blob
    FOR EACH ROW EXECUTE FUNCTION blob_is_kept()""",
    "DROP TRIGGER IF EXISTS blob_no_truncate ON blob",
    """CREATE TRIGGER blob_no_truncate BEFORE TRUNCATE ON blob
    FOR EACH STATEMENT EXECUTE FUNCTION blob_is_kept()""",
    "REVOKE UPDATE, TRUNCATE ON blob FROM PUBLIC, CURRENT_USER",
)


def upgrade(part: str) -> None:
    """Make the table of files."""
    if part == "keys":
        return
    op.create_table(
        "blob",
        sa.Column("school", sa.Uuid, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("key_id", sa.Text, nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("school", "name"),
        if_not_exists=True,
    )
    op.create_index("blob_key", "blob", ["key_id"], if_not_exists=True)
    sqlite = op.get_bind().dialect.name == "sqlite"
    for statement in SQLITE_GUARDS if sqlite else POSTGRESQL_GUARDS:
        op.execute(statement)
