"""Screens in front of a class: the codes that open them, and those that are open."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade(part: str) -> None:
    """Make the table of codes and screens."""
    if part == "keys":
        return
    op.create_table(
        "screen_pass",
        sa.Column("id_hash", sa.LargeBinary(32), nullable=False),
        sa.Column("is_code", sa.Boolean, nullable=False),
        sa.Column("board", sa.Uuid, nullable=False),
        sa.Column("school", sa.Uuid, nullable=False),
        sa.Column("endpoint", sa.Text, nullable=False),
        sa.Column("record", sa.Uuid, nullable=False),
        sa.Column("account", sa.Uuid, nullable=False),
        sa.Column("person", sa.Uuid, nullable=False),
        sa.Column("good_until", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("id_hash"),
        if_not_exists=True,
    )
    op.create_index("ix_screen_pass_account", "screen_pass", ["account"], if_not_exists=True)
