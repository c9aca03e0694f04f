"""Replays a school into memory to look at what is not there: a plugin before it is enabled, another threshold."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from uuid import UUID

from events.log.mapper import to_milliseconds
from events.log.projection import Projection
from events.log.replay import Part, Replay, position_at, replay
from intranet.database import log
from intranet.looked_at import looking_at, present
from intranet.schema import core_tables


def replayed(parts: Mapping[UUID, Part], projections: Sequence[Projection] | None = None) -> Replay:
    """Replay parts of logs, with the tables that pages expect besides; drafts, sessions and the like stay empty."""
    return replay(log, parts, projections=projections, besides=[core_tables])


@contextmanager
def trial(
    school: UUID, *, projections: Sequence[Projection] | None = None, until: datetime | None = None
) -> Iterator[Replay]:
    """Replay a school into projections (all there are) and let everything inside read that, as pages and views do.

    Of the replay, `handled[projection.key]` says how many events a projection took. Inside, nothing can be recorded.
    `until` leaves out what was recorded after a moment.
    """
    with present():
        last = log.head(school).size if until is None else position_at(log, school, to_milliseconds(until))
        made = replayed({school: Part(last)}, projections)
    try:
        with looking_at(made):
            yield made
    finally:
        made.close()
