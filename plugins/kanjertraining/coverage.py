"""How far each group is: what was planned and given, and which themes it had; groups always in their own order."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from .events import GIVEN, PARENTS, PLANNED, SKIPPED
from .projections import ids_in


@dataclass(frozen=True, slots=True)
class Coverage:
    """The lessons of one group in one school year until a day."""

    group_id: UUID
    planned: int
    given: int
    skipped: int
    late: int
    repeated: int
    parents: int
    themes: frozenset[UUID]
    next_row: Any = None

    @property
    def total(self) -> int:
        """Return how many lessons the plan of the group has, those that were given or skipped included."""
        return self.planned + self.given + self.skipped

    @property
    def due(self) -> int:
        """Return how many lessons should have been given by now."""
        return self.given + self.skipped + self.late


def coverage(group_ids: Iterable[UUID], rows: Sequence[Any], day: date) -> list[Coverage]:
    """Return the coverage of each of these groups, in the order in which they were given."""
    by_group: dict[UUID, list[Any]] = defaultdict(list)
    for row in rows:
        by_group[row.class_group].append(row)
    return [_of(group_id, by_group.get(group_id, []), day) for group_id in group_ids]


def _of(group_id: UUID, rows: list[Any], day: date) -> Coverage:
    # A repeat is no extra lesson of the plan: a group that needs one does not get further by it.
    lessons = [row for row in rows if row.repeats is None and row.kind != PARENTS]
    planned = [row for row in lessons if row.state == PLANNED]
    coming = [row for row in rows if row.state == PLANNED]
    return Coverage(
        group_id=group_id,
        planned=len(planned),
        given=sum(row.state == GIVEN for row in lessons),
        skipped=sum(row.state == SKIPPED for row in lessons),
        late=sum(row.day < day for row in planned),
        repeated=sum(row.repeats is not None and row.state == GIVEN for row in rows),
        parents=sum(row.kind == PARENTS and row.state == GIVEN for row in rows),
        themes=frozenset(theme for row in rows if row.state == GIVEN for theme in ids_in(row.themes)),
        next_row=coming[0] if coming else None,
    )
