"""`flask intranet keys`: the key-encryption key is replaced, so that older copies of the key store open nothing."""

from collections.abc import Collection

import click
import sqlalchemy as sa

from events.log.tables import key_use
from intranet.cli.group import Operator, operator
from intranet.database import log

IDS_PER_STATEMENT = 500

keys = Operator("keys", help="Look after the keys.")
operator.add_command(keys)


@keys.command()
def rotate() -> None:
    """Wrap every data key with a new key-encryption key and forget the old one. The site may go on."""
    new = log.key_store.rotate(named_in_log)
    click.echo(f"Key-encryption key {new} is in use, the older one is gone.")
    click.echo("Replace your two copies of the key file today: the old ones open nothing any more.")


def named_in_log(key_ids: Collection[str]) -> set[str]:
    """Return which of some key ids were taken into use by an event."""
    wanted = sorted(key_ids)
    named: set[str] = set()
    with log.read() as connection:
        for start in range(0, len(wanted), IDS_PER_STATEMENT):
            some = wanted[start : start + IDS_PER_STATEMENT]
            named.update(connection.scalars(sa.select(key_use.c.key_id).where(key_use.c.key_id.in_(some))))
    return named
