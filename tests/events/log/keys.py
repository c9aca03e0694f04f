"""What stands in a key store, as its tests look at it, and the key that the tests sign with."""

from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest
import sqlalchemy as sa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from events.log.key_tables import data_key

KEY = Ed25519PrivateKey.from_private_bytes(sha256(b"only for tests").digest())

on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def stored_ids(store):
    with store.reading() as connection:
        return set(connection.scalars(sa.select(data_key.c.id)))


def file_of(store):
    return store.engine.url.database


def make_older(store, days):
    with store.writing() as connection:
        made_on = datetime.now(UTC).date() - timedelta(days=days)
        connection.execute(data_key.update().values(made_on=made_on))
