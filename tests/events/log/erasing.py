"""People and dossiers whose words are erased, and how to see what became of them."""

from uuid import UUID, uuid4

import sqlalchemy as sa

from events.log import merkle
from events.log.aggregate import Aggregate, Code, Personal, event
from events.log.store import Log
from events.log.tables import event as event_table
from events.log.tables import key_use


class Owner(Aggregate):
    """Somebody who loses things: a person, beside the dossiers that found items are."""

    log_name = "lost_property.owner"

    @event("Registered")
    def __init__(self, *, kind: Code, name: Personal):
        self.kind, self.name = kind, name

    @event("Renamed")
    def rename(self, *, name: Personal):
        self.name = name


DECIDER = uuid4()


def people(log: Log, number: int) -> list[Owner]:
    owners = [Owner(kind="pupil", name=f"Kind {each}") for each in range(number)]
    log.save(*owners)
    return owners


def events_of(log: Log) -> list:
    with log.read() as connection:
        return list(connection.execute(sa.select(event_table).order_by(event_table.c.school, event_table.c.position)))


def keys_of(log: Log, *owners: UUID) -> set[str]:
    with log.read() as connection:
        return set(connection.scalars(sa.select(key_use.c.key_id).where(key_use.c.owner.in_(owners))))


def rehash(row) -> bytes:
    return merkle.leaf_hash(
        row.school.bytes, row.position, row.stream.bytes, row.version, row.name, row.name_version,
        row.actor.bytes if row.actor else None, row.recorded_at, row.happened_at, row.payload,
    )  # fmt: skip
