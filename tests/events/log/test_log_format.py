"""docs/log-format.md is enough to read and check a log: its test vectors come out of a reader written from that page,
and out of the product."""

import io
import json
import struct
from base64 import b64decode, b64encode
from hashlib import sha256
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from events.log import cipher
from events.log.checkpoint import origin, public_key_of, read_checkpoint
from events.log.export import exported_line
from events.log.merkle import (
    Frontier,
    consistency_holds,
    consistency_proof,
    inclusion_holds,
    inclusion_proof,
    leaf_hash,
    tree_root,
)
from events.log.personal import SealedValue
from events.log.root_words import root_words
from events.log.signing import open_note, sign_note
from verifier.notes import VerifierKey, read_checkpoints

DOCS = Path(__file__).parents[3] / "docs"
PAGE = (DOCS / "log-format.md").read_text("utf-8")
VECTORS = json.loads((DOCS / "log-format-vectors.json").read_text("utf-8"))
EVENTS, TREE, CHECKPOINT = VECTORS["events"], VECTORS["tree"], VECTORS["checkpoint"]
from_hex = bytes.fromhex


def hashed_bytes(event: dict[str, Any]) -> bytes:
    """The table of section 2."""
    name, payload = event["name"].encode(), b64decode(event["payload"])
    actor, happened_at = event["actor"], event["happened_at"]
    return b"".join(
        [
            b"geborgen-event-v1\0",
            from_hex(event["school"]),
            struct.pack(">Q", event["position"]),
            from_hex(event["stream"]),
            struct.pack(">Q", event["version"]),
            struct.pack(">H", len(name)) + name,
            struct.pack(">H", event["name_version"]),
            bytes(17) if actor is None else b"\1" + from_hex(actor),
            struct.pack(">q", event["recorded_at"]),
            bytes(9) if happened_at is None else b"\1" + struct.pack(">q", happened_at),
            struct.pack(">I", len(payload)) + payload,
        ]
    )


def root_of(leaves: list[bytes]) -> bytes:
    """The five lines of section 2."""
    if not leaves:
        return sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    first = max(2**power for power in range(20) if 2**power < len(leaves))
    return sha256(b"\1" + root_of(leaves[:first]) + root_of(leaves[first:])).digest()


@pytest.mark.parametrize("vector", EVENTS)
def test_events_by_the_page(vector):
    assert hashed_bytes(vector["event"]).hex() == vector["leaf_input"]
    assert sha256(b"\0" + from_hex(vector["leaf_input"])).hexdigest() == vector["leaf"]


@pytest.mark.parametrize("vector", EVENTS)
def test_events_by_the_product(vector):
    event = dict(vector["event"])
    for field in ("school", "stream", "actor"):
        event[field] = event[field] and from_hex(event[field])
    event["payload"] = b64decode(event["payload"])
    assert leaf_hash(**event).hex() == vector["leaf"]


def test_the_events_show_every_kind_of_field():
    events = [vector["event"] for vector in EVENTS]
    assert {event["actor"] is None for event in events} == {True, False}
    assert {event["happened_at"] for event in events} > {None, 0}
    assert any((event["happened_at"] or 0) < 0 for event in events)


def test_tree_by_the_page_and_by_the_product():
    leaves = [from_hex(leaf) for leaf in TREE["leaves"]]
    frontier = Frontier()
    for size in range(len(leaves) + 1):
        assert root_of(leaves[:size]).hex() == tree_root(leaves[:size]).hex() == TREE["roots"][size]
        assert frontier.pack().hex() == TREE["frontiers"][size]
        assert Frontier.load(size, from_hex(TREE["frontiers"][size])).root().hex() == TREE["roots"][size]
        if size < len(leaves):
            frontier.append(leaves[size])
    root = from_hex(TREE["roots"][-1])
    for proof in TREE["inclusion"]:
        path, index = [from_hex(node) for node in proof["path"]], proof["index"]
        assert path == inclusion_proof(leaves, index)
        assert inclusion_holds(leaves[index], index, proof["size"], path, root)
    for proof in TREE["consistency"]:
        path, old_size = [from_hex(node) for node in proof["path"]], proof["old_size"]
        assert path == consistency_proof(leaves, old_size)
        assert consistency_holds(old_size, from_hex(TREE["roots"][old_size]), proof["size"], root, path)


@pytest.mark.parametrize("vector", VECTORS["payloads"])
def test_payloads(vector):
    assert json.loads(vector["payload"]) == vector["fields"]
    assert msgspec.json.encode(vector["fields"], order="sorted").decode() == vector["payload"]
    by_the_page = json.dumps(vector["fields"], sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert by_the_page == vector["payload"]


@pytest.mark.parametrize("vector", VECTORS["personal_values"])
def test_personal_values_by_the_page(vector):
    place = f"{vector['key_id']}|{vector['stream']}|{vector['version']}|{vector['field']}"
    assert place == vector["associated_data"]
    text = vector["text"].encode() + b"\x80"
    padded = text + bytes((32 - len(text) % 32) % 32)
    assert padded.hex() == vector["padded"]
    sealed = AESGCM(from_hex(vector["key"])).encrypt(from_hex(vector["nonce"]), padded, place.encode("ascii"))
    nonce = b64encode(from_hex(vector["nonce"])).decode()
    assert vector["value"] == {"c": b64encode(sealed).decode(), "k": vector["key_id"], "n": nonce}


@pytest.mark.parametrize("vector", VECTORS["personal_values"])
def test_personal_values_by_the_product(vector, monkeypatch):
    stored = msgspec.json.decode(json.dumps(vector["value"]), type=SealedValue)
    place = UUID(vector["stream"]), vector["version"], vector["field"]
    assert cipher.unseal(from_hex(vector["key"]), stored, *place) == vector["text"]
    monkeypatch.setattr(cipher.os, "urandom", lambda length: from_hex(vector["nonce"])[:length])
    assert cipher.seal(from_hex(vector["key"]), vector["key_id"], *place, vector["text"]) == stored


def test_a_wrapped_key():
    vector = VECTORS["wrapped_key"]
    wrapping_key, key, key_id = from_hex(vector["wrapping_key"]), from_hex(vector["key"]), vector["key_id"]
    wrapped = from_hex(vector["wrapped"])
    assert AESGCM(wrapping_key).decrypt(wrapped[:12], wrapped[12:], key_id.encode("ascii")) == key
    assert wrapped[:12].hex() == vector["nonce"]
    assert cipher.unwrap(wrapping_key, key_id, wrapped) == key


def test_the_checkpoint_by_the_page():
    name, key_id, encoded = CHECKPOINT["public_key"].split("+", 2)
    public = b64decode(encoded)[1:]
    assert b64decode(encoded)[:1] == b"\1"
    assert sha256(name.encode() + b"\n\1" + public).hexdigest()[:8] == key_id
    for note in (CHECKPOINT["note"], CHECKPOINT["erased_note"]):
        text, line = note.split("\n\n")
        dash, signer, signature = line.strip().split(" ")
        assert (dash, signer) == ("\u2014", name)
        assert b64decode(signature)[:4].hex() == key_id
        Ed25519PublicKey.from_public_bytes(public).verify(b64decode(signature)[4:], f"{text}\n".encode())
    root = root_of([from_hex(vector["leaf"]) for vector in EVENTS[:4]])
    assert CHECKPOINT["note"].startswith(f"{name}\n4\n{b64encode(root).decode()}\n\n")
    assert name == f"geborgen/{CHECKPOINT['school']}"
    assert root.hex() == CHECKPOINT["root"]
    listed = CHECKPOINT["erased_note"].split("\n\n")[0].splitlines()
    assert listed == [f"{name}/erased", "2", *sorted(CHECKPOINT["erased_key_ids"])]


def test_the_checkpoint_by_the_product():
    key = Ed25519PrivateKey.from_private_bytes(from_hex(CHECKPOINT["signing_key"]))
    school = UUID(CHECKPOINT["school"])
    assert public_key_of(school, key) == CHECKPOINT["public_key"]
    for note in (CHECKPOINT["note"], CHECKPOINT["erased_note"]):
        assert sign_note(open_note(note, origin(school), key.public_key()), origin(school), key) == note
    read = read_checkpoint(CHECKPOINT["note"], school, key.public_key())
    assert (read.size, read.root.hex()) == (4, CHECKPOINT["root"])
    assert " ".join(read.words) == " ".join(root_words(read.root)) == CHECKPOINT["words"]
    believed = read_checkpoints(CHECKPOINT["note"], [VerifierKey.read(CHECKPOINT["public_key"])])
    assert believed == [(school.bytes, read.size, read.root)]


def test_the_exported_log():
    exported = io.StringIO()
    for vector in EVENTS[:4]:
        fields = dict(vector["event"], leaf=from_hex(vector["leaf"]), payload=b64decode(vector["event"]["payload"]))
        for field in ("school", "stream", "actor"):
            fields[field] = fields[field] and UUID(fields[field])
        exported.write(exported_line(SimpleNamespace(**fields)))
    assert exported.getvalue().splitlines() == VECTORS["exported_log"]
    for line, vector in zip(VECTORS["exported_log"], EVENTS, strict=False):
        event = json.loads(line)
        assert b64decode(event.pop("leaf")).hex() == vector["leaf"]
        assert event == vector["event"]


def test_the_page_has_a_section_for_every_group_of_vectors():
    sections = [line.removeprefix("## ") for line in PAGE.splitlines() if line.startswith("## ")]
    assert [section.split(". ")[1] for section in sections] == [
        "Event", "Leaf and tree", "Payload", "Text about a person", "Keys", "Checkpoint", "Exported log", "Checking",
    ]  # fmt: skip
    for field in EVENTS[0]["event"]:
        assert f"| `{field}` |" in PAGE, field
