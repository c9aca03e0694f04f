"""Compares a copy with signed checkpoints: equal, or what differs and from where."""

from collections.abc import Sequence
from typing import NamedTuple

from events.log.merkle import Frontier
from verifier.copies import Copy, Head
from verifier.differences import Difference, find_difference
from verifier.notes import Checkpoint
from verifier.stored_files import find_lost_files
from verifier.tree import read_whole


class Verdict(NamedTuple):
    """The answer: no `difference` means that the first `size` events are as they were signed, `newer` came later."""

    size: int
    newer: int
    difference: Difference | None


def examine(
    address: str, copy: Copy, checkpoints: Sequence[Checkpoint], processes: int = 1, *, files: bool = True
) -> Verdict:
    """Check the copy (opened from `address`) against checkpoints of one school, and the files that its events name.

    Not `files`: an export holds events only.
    """
    ordered = sorted(set(checkpoints), key=lambda checkpoint: checkpoint.size)
    school, newest = ordered[-1].school, ordered[-1]
    for older, newer in zip(ordered, ordered[1:], strict=False):
        if older.size == newer.size:
            return Verdict(newest.size, 0, Difference("forked", newer.size, newer.size, 0))
    count, last = copy.extent(school)
    difference = None
    whole = None
    if count == last:
        sizes = sorted({checkpoint.size for checkpoint in ordered if 0 < checkpoint.size <= count} | {count})
        whole = read_whole(address, copy, school, sizes, processes)
    head = copy.head(school)
    if (
        whole is None
        or any(whole.roots.get(each.size) != each.root for each in ordered)
        or not _ends_at(head, count, whole.roots)
    ):
        difference = find_difference(copy, school, ordered, head)
    elif files:
        difference = find_lost_files(copy, school, whole.mentions)
    return Verdict(newest.size, max(count - newest.size, 0), difference)


def _ends_at(head: Head | None, size: int, roots: dict[int, bytes]) -> bool:
    return head is None or (head.size == size and head_root(head) == roots[size])


def head_root(head: Head) -> bytes | None:
    """Return the root that the stored end of the log stands for; None when it is damaged."""
    try:
        return Frontier.load(head.size, head.frontier).root()
    except (TypeError, ValueError, AttributeError):
        return None
