"""The certificate of an erasure: what became unreadable, why, by whose decision; without a name of the erased."""

import re
from collections import defaultdict
from collections.abc import Callable
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from events.frozen import frozen
from events.log.context import current_school
from events.log.erasure import GROUNDS, REPEATED, REQUESTERS, Erasure
from events.log.mapper import from_milliseconds
from events.log.merkle import Frontier
from events.log.store import Log
from events.log.tables import event

_ROWS_AT_ONCE = 1000
MONTHS = "januari februari maart april mei juni juli augustus september oktober november december".split()


@frozen
class Certificate:
    """One erasure, told from the log alone, so it can be made again at any time and says the same.

    `unreadable` gives per kind of event the positions whose words are gone; `tree_size` and `tree_root` are the head of
    the school's tree with the erasure as its last event.
    """

    erasure: UUID
    school: UUID
    carried_out_at: datetime
    ground: str
    requester: str
    decider: UUID | None
    keys: tuple[str, ...]
    unreadable: dict[str, tuple[int, ...]]
    tree_size: int
    tree_root: bytes

    @property
    def count(self) -> int:
        """How many events lost their words."""
        return sum(len(positions) for positions in self.unreadable.values())

    def text(
        self,
        name_of: Callable[[UUID], str] = str,
        title_of: Callable[[str], str] = str,
        zone: str = "Europe/Amsterdam",
    ) -> str:
        """Return the certificate in Dutch; `name_of` names the decider, `title_of` a kind of event."""
        at = self.carried_out_at.astimezone(ZoneInfo(zone))
        kinds = [
            f"- {title_of(name)}: {len(positions)} keer (nummer {_ranges(positions)})"
            for name, positions in sorted(self.unreadable.items())
        ]
        lines = [
            "Bewijs van wissen",
            "",
            f"Op {at.day} {MONTHS[at.month - 1]} {at.year} om {at:%H.%M} uur zijn woorden onleesbaar gemaakt.",
            "Niemand kan ze nog lezen, ook wij niet.",
            "",
            *self._why(name_of),
            "",
            f"De woorden van {self.count} gebeurtenissen zijn weg:",
            *kinds,
            "",
            "Het logboek telt nog evenveel gebeurtenissen. Dat er iets was en wanneer, blijft staan.",
            f"Het had bij het wissen {self.tree_size} gebeurtenissen. De wortel van de boom was toen:",
            self.tree_root.hex(),
            "",
            "Deze sleutels zijn vernietigd:",
            *self.keys,
            "",
            "Oude kopieën van de sleutels kunnen deze sleutels nog bevatten.",
            "Die kopieën worden onbruikbaar als de hoofdsleutel de volgende keer wordt vervangen.",
            "",
        ]
        return "\n".join(lines)

    def _why(self, name_of: Callable[[UUID], str]) -> list[str]:
        if self.ground == REPEATED or self.decider is None:
            return [
                "Dit was al eerder gewist. Daarna is een oudere kopie van het logboek teruggezet.",
                "Daarom is het wissen herhaald. Grond en besluit staan op het eerdere bewijs.",
            ]
        return [
            f"Grond: {GROUNDS.get(self.ground, self.ground)}",
            f"Gevraagd door: {REQUESTERS.get(self.requester, self.requester)}",
            f"Besloten door: {name_of(self.decider)}",
        ]


def certificate(log: Log, erasure_id: UUID) -> Certificate:
    """Return the certificate of an erasure of the acting school. Raises `NotFound` when there is no such erasure."""
    erasure = log.get(Erasure, erasure_id)
    school = current_school()
    columns = sa.select(event.c.position, event.c.actor, event.c.recorded_at)
    with log.read() as connection:
        row = connection.execute(columns.where(event.c.school == school, event.c.stream == erasure_id)).one()
        return Certificate(
            erasure=erasure_id,
            school=school,
            carried_out_at=from_milliseconds(row.recorded_at),
            ground=erasure.ground,
            requester=erasure.requester,
            decider=erasure.decider,
            keys=tuple(erasure.keys),
            unreadable=_unreadable(connection, school, erasure, row.position),
            tree_size=row.position,
            tree_root=_root(connection, school, row.position),
        )


def _unreadable(connection: Connection, school: UUID, erasure: Erasure, until: int) -> dict[str, tuple[int, ...]]:
    # Not only the records of the owners: words of another record, as of a photo, can stand under a dossier's key.
    keys, found = set(erasure.keys), defaultdict(list)
    named = re.compile(b"|".join(key.encode("ascii") for key in erasure.keys))
    rows = sa.select(event.c.name, event.c.position, event.c.payload).where(
        event.c.school == school, event.c.position < until
    )
    with connection.execute(rows.order_by(event.c.position), execution_options={"yield_per": _ROWS_AT_ONCE}) as every:
        for row in every:
            if named.search(row.payload) is None:
                continue
            values = msgspec.json.decode(row.payload).values()
            if any(isinstance(value, dict) and value.get("k") in keys for value in values):
                found[row.name].append(row.position)
    return {name: tuple(positions) for name, positions in found.items()}


def _root(connection: Connection, school: UUID, size: int) -> bytes:
    leaves = sa.select(event.c.leaf).where(event.c.school == school, event.c.position <= size)
    frontier = Frontier()
    frontier.extend(connection.scalars(leaves.order_by(event.c.position)))
    return frontier.root()


def _ranges(positions: tuple[int, ...]) -> str:
    """Write numbers shortly: 3, 5-8, 12."""
    runs: list[list[int]] = []
    for each in positions:
        if runs and each == runs[-1][-1] + 1:
            runs[-1].append(each)
        else:
            runs.append([each])
    return ", ".join(f"{run[0]}-{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)
