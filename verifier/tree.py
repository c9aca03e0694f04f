"""Hashes every row of a copy again and gives the tree's root at each wanted size, on all processors."""

import multiprocessing
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from events.log.merkle import Frontier, leaf_hash, tree_root
from verifier.copies import Copy, open_copy

_LARGEST_PART = 14  # 16,384 rows: enough to outweigh handing out the work, few enough to spread it
_WORTH_SHARING = 100_000

_own_copy: Copy


def roots_at(address: str, copy: Copy, school: bytes, sizes: Sequence[int], processes: int) -> dict[int, bytes] | None:
    """Return the root of the first n rows for each n in `sizes` (ascending; the last is the number of rows).

    None when a row is missing, double, or does not have the leaf that is stored with it.
    """
    parts = list(_parts(sizes))
    frontier = Frontier()
    roots = {0: frontier.root()}
    with _hashed(address, copy, school, parts, processes if sizes[-1] >= _WORTH_SHARING else 1) as found:
        for (_, height), root in zip(parts, found, strict=True):
            if root is None:
                return None
            frontier.append_subtree(root, height)
            if frontier.size in sizes:
                roots[frontier.size] = frontier.root()
    return roots


def _parts(sizes: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Cut the rows into complete subtrees (first leaf, height) such that one ends at each wanted size."""
    start = 0
    for end in sizes:
        while start < end:
            aligned = (start & -start).bit_length() - 1 if start else _LARGEST_PART
            height = min(_LARGEST_PART, aligned, (end - start).bit_length() - 1)
            yield start, height
            start += 1 << height


@contextmanager
def _hashed(
    address: str, copy: Copy, school: bytes, parts: list[tuple[int, int]], processes: int
) -> Iterator[Iterable[bytes | None]]:
    if processes == 1:
        yield (part_root(copy, school, *part) for part in parts)
        return
    # "spawn": a database connection must not be carried into another process.
    with multiprocessing.get_context("spawn").Pool(processes, _open_own_copy, (address,)) as pool:
        yield pool.imap(_part_of_own_copy, ((school, *part) for part in parts), chunksize=2)


def _open_own_copy(address: str) -> None:
    global _own_copy
    _own_copy = open_copy(address)


def _part_of_own_copy(part: tuple[bytes, int, int]) -> bytes | None:
    return part_root(_own_copy, *part)


def part_root(copy: Copy, school: bytes, start: int, height: int) -> bytes | None:
    """Return the root over the 2**height rows after position `start`; None when one of them is not as it should be."""
    hashed = leaf_hash
    leaves = []
    expected = start
    count = 1 << height
    try:
        for position, stream, version, name, name_version, actor, recorded, happened, payload, stored in copy.rows(
            school, start, start + count
        ):
            expected += 1
            leaf = hashed(school, position, stream, version, name, name_version, actor, recorded, happened, payload)
            if leaf != stored or position != expected:
                return None
            leaves.append(leaf)
    except (TypeError, ValueError, AttributeError):  # a value of another kind than the format has
        return None
    return tree_root(leaves) if len(leaves) == count else None
