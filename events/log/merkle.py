"""The Merkle tree of RFC 6962 over the events of one school: leaves, roots and proofs."""

import struct
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from hashlib import sha256
from itertools import islice

LEAF_FORMAT = b"geborgen-event-v1\0"
EMPTY_ROOT = sha256(b"").digest()

_LEAF_PREFIX = b"\x00" + LEAF_FORMAT
_NODE_PREFIX = b"\x01"
_NO_ACTOR = bytes(16)
_BLOCK_HEIGHT = 10
_BLOCK = 1 << _BLOCK_HEIGHT


@lru_cache(maxsize=1024)
def _leaf_packer(name: str) -> tuple[bytes, Callable[..., bytes]]:
    encoded = name.encode()
    return encoded, struct.Struct(f">{len(_LEAF_PREFIX)}s16sQ16sQH{len(encoded)}sHB16sqBqI").pack


def leaf_hash(
    school: bytes,
    position: int,
    stream: bytes,
    version: int,
    name: str,
    name_version: int,
    actor: bytes | None,
    recorded_at: int,
    happened_at: int | None,
    payload: bytes,
) -> bytes:
    """Return the 32-byte leaf of one stored event (docs/log-format.md, "Leaf").

    `school`, `stream` and `actor` are 16 bytes; the two times are milliseconds since 1970 in UTC; `payload` is
    hashed exactly as stored. Raises ValueError when a value does not fit its field.
    """
    # struct cuts and pads bytes without a word, which would give two events one leaf.
    if len(school) != 16 or len(stream) != 16 or (actor is not None and len(actor) != 16):
        raise ValueError("school, stream and actor are 16 bytes each")
    name_bytes, pack = _leaf_packer(name)
    try:
        fields = pack(
            _LEAF_PREFIX,
            school,
            position,
            stream,
            version,
            len(name_bytes),
            name_bytes,
            name_version,
            actor is not None,
            actor or _NO_ACTOR,
            recorded_at,
            happened_at is not None,
            happened_at or 0,
            len(payload),
        )
    except struct.error as error:
        raise ValueError(f"event at position {position!r} does not fit the leaf format: {error}") from error
    return sha256(fields + payload).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the 32-byte hash of an inner node (RFC 6962 section 2.1)."""
    return sha256(_NODE_PREFIX + left + right).digest()


def tree_root(leaves: Iterable[bytes]) -> bytes:
    """Return the root over `leaves` (32-byte leaf hashes in order); the empty tree has SHA-256 of nothing."""
    level = list(leaves)
    if not level:
        return EMPTY_ROOT
    digest, prefix = sha256, _NODE_PREFIX
    while len(level) > 1:
        # A last node without a neighbour goes up as it is: that is RFC 6962's largest-power-of-two split.
        above = [digest(prefix + left + right).digest() for left, right in zip(level[::2], level[1::2], strict=False)]
        if len(level) % 2:
            above.append(level[-1])
        level = above
    return level[0]


class Frontier:
    """The roots of the complete subtrees of a growing tree, largest first: all that appending needs to know."""

    __slots__ = ("_peaks", "size")

    def __init__(self) -> None:
        self.size = 0
        self._peaks: list[bytes] = []

    @classmethod
    def load(cls, size: int, packed: bytes) -> "Frontier":
        """Return the frontier stored as `packed` for a tree of `size` leaves; ValueError if they do not fit."""
        if size < 0 or len(packed) != 32 * size.bit_count():
            raise ValueError(f"{len(packed)} bytes cannot be the frontier of {size} leaves")
        frontier = cls()
        frontier.size = size
        frontier._peaks = [bytes(packed[start : start + 32]) for start in range(0, len(packed), 32)]
        return frontier

    def append(self, leaf: bytes) -> None:
        """Add one 32-byte leaf hash at the end."""
        self.append_subtree(leaf, height=0)

    def extend(self, leaves: Iterable[bytes]) -> None:
        """Add many leaf hashes in order; the same as `append` for each, faster."""
        coming = iter(leaves)
        for leaf in islice(coming, -self.size % _BLOCK):
            self.append(leaf)
        while block := list(islice(coming, _BLOCK)):
            if len(block) == _BLOCK and all(len(leaf) == 32 for leaf in block):
                self.append_subtree(tree_root(block), _BLOCK_HEIGHT)
            else:
                for leaf in block:
                    self.append(leaf)

    def append_subtree(self, root: bytes, height: int) -> None:
        """Add the next 2**height leaves at once by their common root; the size must be a multiple of that number."""
        if len(root) != 32:
            raise ValueError("a leaf and a root are 32 bytes")
        peaks, waiting = self._peaks, self.size >> height
        if waiting << height != self.size:
            raise ValueError(f"no subtree of height {height} starts after {self.size} leaves")
        while waiting & 1:
            root = node_hash(peaks.pop(), root)
            waiting >>= 1
        peaks.append(root)
        self.size += 1 << height

    def root(self) -> bytes:
        """Return the 32-byte root of the tree so far."""
        if not self._peaks:
            return EMPTY_ROOT
        *left, root = self._peaks
        for peak in reversed(left):
            root = node_hash(peak, root)
        return root

    def pack(self) -> bytes:
        """Return the peaks as bytes, largest subtree first, 32 bytes each."""
        return b"".join(self._peaks)


def _split(size: int) -> int:
    """Return the largest power of two smaller than `size` (size >= 2)."""
    return 1 << (size - 1).bit_length() - 1


def inclusion_proof(leaves: Sequence[bytes], index: int) -> list[bytes]:
    """Return the audit path of the leaf at `index` (from 0), nearest the leaf first (RFC 6962 section 2.1.1)."""
    if not 0 <= index < len(leaves):
        raise ValueError(f"no leaf {index} in a tree of {len(leaves)}")
    if len(leaves) == 1:
        return []
    middle = _split(len(leaves))
    left, right = leaves[:middle], leaves[middle:]
    if index < middle:
        return [*inclusion_proof(left, index), tree_root(right)]
    return [*inclusion_proof(right, index - middle), tree_root(left)]


def consistency_proof(leaves: Sequence[bytes], old_size: int) -> list[bytes]:
    """Return the proof that the first `old_size` leaves are the start of this tree (RFC 6962 section 2.1.2)."""
    if not 0 < old_size <= len(leaves):
        raise ValueError(f"no tree of {old_size} leaves inside one of {len(leaves)}")
    return _subproof(leaves, old_size, whole=True)


def _subproof(leaves: Sequence[bytes], old_size: int, whole: bool) -> list[bytes]:
    if old_size == len(leaves):
        return [] if whole else [tree_root(leaves)]
    middle = _split(len(leaves))
    left, right = leaves[:middle], leaves[middle:]
    if old_size <= middle:
        return [*_subproof(left, old_size, whole), tree_root(right)]
    return [*_subproof(right, old_size - middle, whole=False), tree_root(left)]


def inclusion_holds(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Tell whether `proof` shows `leaf` at `index` (from 0) in the tree of `size` with `root` (RFC 9162 2.1.3.2)."""
    if not 0 <= index < size:
        return False
    place, last, hashed = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            return False
        if place & 1 or place == last:
            hashed = node_hash(sibling, hashed)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            hashed = node_hash(hashed, sibling)
        place, last = place >> 1, last >> 1
    return last == 0 and hashed == root


def consistency_holds(old_size: int, old_root: bytes, size: int, root: bytes, proof: Sequence[bytes]) -> bool:
    """Tell whether `proof` shows that the older tree is the start of the newer one (RFC 9162 section 2.1.4.2)."""
    if not 0 < old_size <= size:
        return False
    if old_size == size:
        return not proof and old_root == root
    # When the older tree is one complete subtree, its own root opens the path and is left out of the proof.
    path = [old_root, *proof] if old_size.bit_count() == 1 else list(proof)
    if not path:
        return False
    place, last = old_size - 1, size - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    old, new = path[0], path[0]
    for sibling in path[1:]:
        if last == 0:
            return False
        if place & 1 or place == last:
            old, new = node_hash(sibling, old), node_hash(sibling, new)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            new = node_hash(new, sibling)
        place, last = place >> 1, last >> 1
    return last == 0 and old == old_root and new == root
