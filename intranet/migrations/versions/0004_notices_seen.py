"""Which notices somebody has seen."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade(part: str) -> None:
    """Make the table of marks."""
    if part == "keys":
        return
    op.create_table(
        "notice_seen",
        sa.Column("school", sa.Uuid, nullable=False),
        sa.Column("person", sa.Uuid, nullable=False),
        sa.Column("position", sa.BigInteger, nullable=False, autoincrement=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("school", "person", "position"),
        if_not_exists=True,
    )
