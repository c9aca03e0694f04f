"""The tree against RFC 6962's reference values, exhaustively for small trees, and by properties for any size."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.log.merkle import (
    EMPTY_ROOT,
    Frontier,
    consistency_holds,
    consistency_proof,
    inclusion_holds,
    inclusion_proof,
    leaf_hash,
    node_hash,
    tree_root,
)

# The eight inputs and roots that the Certificate Transparency reference implementation publishes with RFC 6962.
REFERENCE_INPUTS = [
    bytes.fromhex(text)
    for text in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
REFERENCE_ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
REFERENCE_LEAVES = [sha256(b"\x00" + entry).digest() for entry in REFERENCE_INPUTS]

LEAVES = [sha256(number.to_bytes(4, "big")).digest() for number in range(65)]
WRONG = sha256(b"forged").digest()
leaf_lists = st.lists(st.binary(min_size=32, max_size=32), max_size=80)


def test_the_empty_tree_has_the_hash_of_nothing():
    assert tree_root([]) == EMPTY_ROOT == Frontier().root() == sha256(b"").digest()


@pytest.mark.parametrize("size", range(1, 9))
def test_reference_roots(size):
    assert tree_root(REFERENCE_LEAVES[:size]).hex() == REFERENCE_ROOTS[size - 1]
    frontier = Frontier()
    for leaf in REFERENCE_LEAVES[:size]:
        frontier.append(leaf)
    assert frontier.root().hex() == REFERENCE_ROOTS[size - 1]


def forged_paths(path):
    """Return every path that differs in one step: changed, left out, added or swapped."""
    for step in range(len(path)):
        yield [*path[:step], WRONG, *path[step + 1 :]]
        yield [*path[:step], *path[step + 1 :]]
        if step and path[step] != path[step - 1]:
            yield [*path[: step - 1], path[step], path[step - 1], *path[step + 1 :]]
    yield [*path, WRONG]
    yield [WRONG, *path]


def test_every_inclusion_proof_up_to_64_leaves_and_no_forged_one():
    for size in range(1, 65):
        leaves = LEAVES[:size]
        root = tree_root(leaves)
        for index in range(size):
            path = inclusion_proof(leaves, index)
            assert inclusion_holds(leaves[index], index, size, path, root)
            assert not inclusion_holds(WRONG, index, size, path, root)
            assert not inclusion_holds(leaves[index], index, size, path, WRONG)
            assert not any(inclusion_holds(leaves[index], index, size, forged, root) for forged in forged_paths(path))


def test_an_inclusion_proof_holds_for_one_index_only():
    for size in range(1, 33):
        leaves = LEAVES[:size]
        root = tree_root(leaves)
        for index in range(size):
            path = inclusion_proof(leaves, index)
            others = [other for other in range(-1, size + 1) if other != index]
            assert not any(inclusion_holds(leaves[index], other, size, path, root) for other in others)


def test_every_consistency_proof_up_to_64_leaves_and_no_forged_one():
    for size in range(1, 65):
        leaves = LEAVES[:size]
        root = tree_root(leaves)
        for old_size in range(1, size + 1):
            old_root = tree_root(leaves[:old_size])
            path = consistency_proof(leaves, old_size)
            assert consistency_holds(old_size, old_root, size, root, path)
            assert not consistency_holds(old_size, WRONG, size, root, path)
            assert not consistency_holds(old_size, old_root, size, WRONG, path)
            assert not any(consistency_holds(old_size, old_root, size, root, forged) for forged in forged_paths(path))


def test_no_consistency_proof_for_a_longer_or_empty_past():
    root = tree_root(LEAVES[:4])
    assert not consistency_holds(5, tree_root(LEAVES[:5]), 4, root, [])
    assert not consistency_holds(0, EMPTY_ROOT, 4, root, [])
    assert not consistency_holds(3, root, 4, root, [])
    with pytest.raises(ValueError, match="no tree of 5"):
        consistency_proof(LEAVES[:4], 5)
    with pytest.raises(ValueError, match="no leaf 4"):
        inclusion_proof(LEAVES[:4], 4)


@given(leaf_lists)
def test_the_frontier_knows_the_root_of_all_leaves(leaves):
    frontier = Frontier()
    for leaf in leaves:
        frontier.append(leaf)
    assert frontier.size == len(leaves)
    assert frontier.root() == tree_root(leaves)


@given(leaf_lists, leaf_lists)
def test_a_stored_frontier_goes_on_where_it_was(before, after):
    frontier = Frontier()
    frontier.extend(before)
    again = Frontier.load(frontier.size, frontier.pack())
    assert again.root() == frontier.root()
    for leaf in after:
        again.append(leaf)
    assert again.root() == tree_root(before + after)


@pytest.mark.parametrize("start", [0, 1, 1000, 1023, 1024, 1025])
@pytest.mark.parametrize("count", [0, 1, 1023, 1024, 2047, 2500])
def test_extending_is_appending_many(start, count):
    leaves = [sha256(number.to_bytes(4, "big")).digest() for number in range(start + count)]
    frontier = Frontier()
    frontier.extend(leaves[:start])
    frontier.extend(iter(leaves[start:]))
    assert frontier.size == start + count
    assert frontier.root() == tree_root(leaves)


def test_a_subtree_is_its_leaves_at_once():
    frontier = Frontier()
    frontier.extend(LEAVES[:4])
    frontier.append_subtree(tree_root(LEAVES[4:8]), height=2)
    frontier.append_subtree(tree_root(LEAVES[8:10]), height=1)
    assert (frontier.size, frontier.root()) == (10, tree_root(LEAVES[:10]))
    with pytest.raises(ValueError, match="no subtree of height 2"):
        frontier.append_subtree(tree_root(LEAVES[:4]), height=2)


@pytest.mark.parametrize(("size", "length"), [(1, 0), (3, 32), (4, 64), (0, 32), (7, 95), (-1, 32)])
def test_a_frontier_that_does_not_fit_its_size_is_refused(size, length):
    with pytest.raises(ValueError, match="cannot be the frontier"):
        Frontier.load(size, bytes(length))


def test_a_leaf_of_another_length_is_refused():
    with pytest.raises(ValueError, match="32 bytes"):
        Frontier().append(b"short")
    with pytest.raises(ValueError, match="32 bytes"):
        Frontier().extend([bytes(32)] * 1023 + [b"short"])


EVENT = {
    "school": bytes(range(16)),
    "position": 7,
    "stream": bytes(range(16, 32)),
    "version": 2,
    "name": "incidents.incident.Reported",
    "name_version": 1,
    "actor": bytes(range(32, 48)),
    "recorded_at": 1_790_000_000_000,
    "happened_at": 1_789_999_000_000,
    "payload": b'{"kind":"bullying"}',
}


def test_a_leaf_is_the_bytes_of_the_format_page():
    name, payload = EVENT["name"].encode(), EVENT["payload"]
    expected = sha256(
        b"\x00"
        + b"geborgen-event-v1\0"
        + EVENT["school"]
        + (7).to_bytes(8, "big")
        + EVENT["stream"]
        + (2).to_bytes(8, "big")
        + len(name).to_bytes(2, "big")
        + name
        + (1).to_bytes(2, "big")
        + b"\x01"
        + EVENT["actor"]
        + EVENT["recorded_at"].to_bytes(8, "big", signed=True)
        + b"\x01"
        + EVENT["happened_at"].to_bytes(8, "big", signed=True)
        + len(payload).to_bytes(4, "big")
        + payload
    ).digest()
    assert leaf_hash(**EVENT) == expected
    assert node_hash(expected, expected) == sha256(b"\x01" + expected + expected).digest()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("school", bytes(16)),
        ("position", 8),
        ("stream", bytes(16)),
        ("version", 3),
        ("name", "incidents.incident.Reporte"),
        ("name_version", 2),
        ("actor", None),
        ("actor", bytes(16)),
        ("recorded_at", -1),
        ("happened_at", None),
        ("happened_at", 0),
        ("payload", b""),
    ],
)
def test_every_field_is_in_the_leaf(field, value):
    assert leaf_hash(**EVENT | {field: value}) != leaf_hash(**EVENT)


def test_nothing_and_zero_are_not_the_same():
    for field, zero in (("actor", bytes(16)), ("happened_at", 0)):
        assert leaf_hash(**EVENT | {field: None}) != leaf_hash(**EVENT | {field: zero})


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("school", bytes(15)),
        ("stream", bytes(17)),
        ("actor", b""),
        ("position", -1),
        ("version", 2**64),
        ("name", "x" * 65_536),
        ("name_version", 65_536),
        ("recorded_at", 2**63),
    ],
)
def test_a_value_that_does_not_fit_is_refused(field, value):
    with pytest.raises(ValueError, match=r"16 bytes|does not fit"):
        leaf_hash(**EVENT | {field: value})
