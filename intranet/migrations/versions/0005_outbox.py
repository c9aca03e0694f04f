"""How far the mail of each person is, and what they chose."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade(part: str) -> None:
    """Make the outbox."""
    if part == "keys":
        return
    op.create_table(
        "outbox",
        sa.Column("school", sa.Uuid, nullable=False),
        sa.Column("person", sa.Uuid, nullable=False),
        sa.Column("hour", sa.Integer, nullable=False),
        sa.Column("switched_off", sa.Text, nullable=False),
        sa.Column("mailed_until", sa.BigInteger, nullable=False),
        sa.Column("urgent_until", sa.BigInteger, nullable=False),
        sa.Column("digest_on", sa.Date),
        sa.Column("claimed_until", sa.BigInteger, nullable=False),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("next_at", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("school", "person"),
        if_not_exists=True,
    )
