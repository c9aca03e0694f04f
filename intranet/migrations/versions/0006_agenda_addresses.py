"""The secret addresses of which calendar programs fetch what waits for somebody."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade(part: str) -> None:
    """Make the table of addresses."""
    if part == "keys":
        return
    op.create_table(
        "agenda_address",
        sa.Column("account", sa.Uuid, nullable=False),
        sa.Column("school", sa.Uuid, nullable=False),
        sa.Column("board", sa.Uuid, nullable=False),
        sa.Column("secret_hash", sa.LargeBinary(32), nullable=False, unique=True),
        sa.Column("made_at", sa.BigInteger, nullable=False),
        sa.Column("fetched_at", sa.BigInteger),
        sa.PrimaryKeyConstraint("account", "school"),
        if_not_exists=True,
    )
