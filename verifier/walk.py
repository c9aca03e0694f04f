"""Walks over every row of a copy and notes what cannot be so in an untouched log."""

from collections.abc import Container
from dataclasses import dataclass, field

from events.log.merkle import Frontier, leaf_hash
from verifier.copies import Copy, Row

_BEFORE_ALL = -(2**63)
# A renumbered row keeps the leaf of the position it had; that far on either side it is looked for.
_FURTHEST_MOVE = 16
_ROWS_TRIED = 100


@dataclass
class Traces:
    """What one walk shows; positions start at 1."""

    rows: int = 0
    roots: dict[int, bytes] = field(default_factory=dict)
    # positions nobody has (first, how many), and positions that came again
    gaps: list[tuple[int, int]] = field(default_factory=list)
    repeated: list[int] = field(default_factory=list)
    # rows that do not have the leaf stored with them: the first ones as (position, moved from there by), and how many
    wrong: list[tuple[int, int | None]] = field(default_factory=list)
    wrong_count: int = 0
    # where a stream skips a version, says one again, or the clock goes back
    skipped_versions: list[int] = field(default_factory=list)
    repeated_versions: list[int] = field(default_factory=list)
    back_in_time: int = 0


def walk(copy: Copy, school: bytes, sizes: Container[int]) -> Traces:
    """Return the traces in all rows of a school, with the tree's root after each of `sizes` rows."""
    traces, frontier = Traces(), Frontier()
    versions: dict[bytes, int] = {}
    expected, last_recorded = 1, _BEFORE_ALL
    for row in copy.rows(school, _BEFORE_ALL):
        position, stream, version, recorded_at, stored = row[0], row[1], row[2], row[6], row[9]
        traces.rows += 1
        if not isinstance(position, int) or position < expected:
            traces.repeated.append(position if isinstance(position, int) else expected)
        elif position > expected:
            traces.gaps.append((expected, position - expected))
            expected = position
        leaf = _leaf(school, row)
        if leaf is None or leaf != stored:
            _note_wrong(traces, school, row)
        if leaf is not None:
            expected = max(expected, position + 1)
            frontier.append(leaf)
            if frontier.size in sizes:
                traces.roots[frontier.size] = frontier.root()
            previous = versions.get(stream, 0)
            if version > previous + 1:
                traces.skipped_versions.append(position)
            elif version <= previous:
                traces.repeated_versions.append(position)
            versions[stream] = version
            if recorded_at < last_recorded and not traces.back_in_time:
                traces.back_in_time = position
            last_recorded = recorded_at
        else:
            expected += 1
    return traces


def _leaf(school: bytes, row: Row, moved: int = 0) -> bytes | None:
    """Return the leaf of a row, as if it stood `moved` positions further; None when a value fits no leaf."""
    try:
        return leaf_hash(school, row[0] + moved, *row[1:9])
    except (TypeError, ValueError, AttributeError):
        return None


def _note_wrong(traces: Traces, school: bytes, row: Row) -> None:
    traces.wrong_count += 1
    if len(traces.wrong) < _ROWS_TRIED:
        distances = range(1, _FURTHEST_MOVE + 1)
        moves = (move for distance in distances for move in (distance, -distance))
        moved = next((move for move in moves if _leaf(school, row, move) == row[9]), None)
        position = row[0] if isinstance(row[0], int) else traces.rows
        traces.wrong.append((position, moved))
