"""Reads every row of a copy once, on all processors: the tree's root at each wanted size, and what is said of files."""

import multiprocessing
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import NamedTuple

from events.log.merkle import Frontier, leaf_hash, tree_root
from verifier.copies import Copy, open_copy
from verifier.stored_files import ERASED, NAMES, REMOVED, Mentions

_LARGEST_PART = 14  # 16,384 rows: enough to outweigh handing out the work, few enough to spread it
_WORTH_SHARING = 100_000

_own_copy: Copy


class Whole(NamedTuple):
    """What was read of rows that each have their leaf: the `roots` by size, and all that they say of files."""

    roots: dict[int, bytes]
    mentions: Mentions


class Part(NamedTuple):
    """The same of a part of them, which is a complete subtree."""

    root: bytes
    mentions: Mentions


def read_whole(address: str, copy: Copy, school: bytes, sizes: Sequence[int], processes: int) -> Whole | None:
    """Return the root of the first n rows for each n in `sizes` (ascending; the last is the number of rows).

    None when a row is missing, double, or does not have the leaf that is stored with it.
    """
    cut = list(_cut(sizes))
    frontier = Frontier()
    roots, mentions = {0: frontier.root()}, Mentions()
    with _read(address, copy, school, cut, processes if sizes[-1] >= _WORTH_SHARING else 1) as parts:
        for (_, height), part in zip(cut, parts, strict=True):
            if part is None:
                return None
            frontier.append_subtree(part.root, height)
            mentions.follow(part.mentions)
            if frontier.size in sizes:
                roots[frontier.size] = frontier.root()
    return Whole(roots, mentions)


def _cut(sizes: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Cut the rows into complete subtrees (first leaf, height) such that one ends at each wanted size."""
    start = 0
    for end in sizes:
        while start < end:
            aligned = (start & -start).bit_length() - 1 if start else _LARGEST_PART
            height = min(_LARGEST_PART, aligned, (end - start).bit_length() - 1)
            yield start, height
            start += 1 << height


@contextmanager
def _read(
    address: str, copy: Copy, school: bytes, cut: list[tuple[int, int]], processes: int
) -> Iterator[Iterable[Part | None]]:
    if processes == 1:
        yield (read_part(copy, school, *where) for where in cut)
        return
    # "spawn": a database connection must not be carried into another process.
    with multiprocessing.get_context("spawn").Pool(processes, _open_own_copy, (address,)) as pool:
        yield pool.imap(_read_own_copy, ((school, *where) for where in cut), chunksize=2)


def _open_own_copy(address: str) -> None:
    global _own_copy
    _own_copy = open_copy(address)


def _read_own_copy(where: tuple[bytes, int, int]) -> Part | None:
    return read_part(_own_copy, *where)


def read_part(copy: Copy, school: bytes, start: int, height: int) -> Part | None:
    """Return what is in the 2**height rows after position `start`; None when one of them is not as it should be."""
    hashed = leaf_hash
    leaves, mentions = [], Mentions()
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
            if NAMES in payload or ERASED in payload or REMOVED in payload:
                mentions.hear(position, name, payload)
    except (TypeError, ValueError, AttributeError):  # a value of another kind than the format has
        return None
    return Part(tree_root(leaves), mentions) if len(leaves) == count else None
