"""Says in one finding what was done to a copy that is not equal to its checkpoints."""

from collections.abc import Sequence
from typing import Literal, NamedTuple

from verifier.copies import Copy, Head
from verifier.notes import Checkpoint
from verifier.walk import Traces, walk

Kind = Literal[
    "changed", "removed", "added", "cut_off", "added_after_end", "rewritten", "forked", "file_gone", "file_changed"
]


class Difference(NamedTuple):
    """`how_many` events, or files of events, changed, removed or added from position `first`; with 0, one or more up to
    `last`."""

    kind: Kind
    first: int
    last: int
    how_many: int


def find_difference(copy: Copy, school: bytes, checkpoints: Sequence[Checkpoint], head: Head | None) -> Difference:
    """Return what differs; the checkpoints are in order of size, and the copy is known to differ."""
    sizes = {checkpoint.size for checkpoint in checkpoints}
    traces = walk(copy, school, sizes)
    end = head.size if head and isinstance(head.size, int) else None
    return (
        _in_positions(traces)
        or _in_leaves(traces, end)
        or _in_roots(traces, checkpoints)
        or _at_the_end(traces, sizes, end)
    )


def _in_positions(traces: Traces) -> Difference | None:
    if traces.gaps:
        first, _ = traces.gaps[0]
        last = sum(traces.gaps[-1]) - 1
        return Difference("removed", first, last, sum(missing for _, missing in traces.gaps))
    if traces.repeated:
        return Difference("added", traces.repeated[0], traces.repeated[-1], len(traces.repeated))
    return None


def _in_leaves(traces: Traces, end: int | None) -> Difference | None:
    """An insider who forgot the leaves: they still tell which row stood where."""
    if not traces.wrong:
        return None
    first, last = traces.wrong[0][0], traces.wrong[-1][0]
    if end is not None and first > end:
        return Difference("added_after_end", end + 1, traces.rows, traces.rows - end)
    moves = [moved for _, moved in traces.wrong]
    came_from = sorted(position + moved for position, moved in traces.wrong if moved is not None)
    swapped = came_from == sorted(position for position, _ in traces.wrong)
    back = moves[0]
    if back and back > 0 and all(moved == back for moved in moves):
        return Difference("removed", first, first + back - 1, back)
    forward = -(moves[-1] or 0)
    if forward > 0 and not swapped and len(moves) > 1 and all(moved == -forward for moved in moves[forward:]):
        pushed = next(position for position, moved in traces.wrong if moved == -forward)
        place = first if first in traces.repeated_versions else pushed - forward
        return Difference("added", place, place + forward - 1, forward)
    if traces.wrong_count == 1 and first in traces.repeated_versions:
        return Difference("added", first, first, 1)
    return Difference("changed", first, last, traces.wrong_count)


def _in_roots(traces: Traces, checkpoints: Sequence[Checkpoint]) -> Difference | None:
    """An insider who rewrote the leaves too: only what was signed before, and what they overlooked, narrows it down."""
    same = 0
    differs = None
    for checkpoint in checkpoints:
        if checkpoint.size <= traces.rows and differs is None:
            if checkpoint.size == 0 or traces.roots[checkpoint.size] == checkpoint.root:
                same = checkpoint.size
            else:
                differs = checkpoint.size
    skipped, repeated = traces.skipped_versions[:1], traces.repeated_versions[:1]
    oddities = [place for place in (*skipped, *repeated, traces.back_in_time) if place > same]
    if differs is None and not oddities:
        return None
    last = min([*oddities, *([differs] if differs else [])])
    # One stream that skips a version lost an event, one that repeats a version got one; both at once says nothing.
    if skipped and not repeated and skipped[0] > same:
        return Difference("removed", same + 1, last, 0)
    if repeated and not skipped and repeated[0] > same:
        return Difference("added", same + 1, last, 0)
    return Difference("rewritten", same + 1, last, 0)


def _at_the_end(traces: Traces, sizes: set[int], end: int | None) -> Difference:
    promised = max([*sizes, end or 0])
    if traces.rows < promised:
        return Difference("cut_off", traces.rows + 1, promised, promised - traces.rows)
    if end is not None and end < traces.rows:
        return Difference("added_after_end", end + 1, traces.rows, traces.rows - end)
    # All rows fit all checkpoints, so what does not fit the stored end of the log came after the last one.
    return Difference("rewritten", max(sizes) + 1, traces.rows, 0)
