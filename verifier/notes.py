"""Reads signed checkpoints (C2SP tlog-checkpoint in a C2SP signed note) and trusts only those of a known key."""

import re
from base64 import b64decode
from collections.abc import Iterable, Sequence
from hashlib import sha256
from typing import NamedTuple

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from verifier.failure import CannotCheck

_ED25519 = b"\x01"
_MOST_SIGNATURES = 64
# A checkpoint is found wherever it stands in a text, so a whole e-mail or a file with several will do.
_NOTE = re.compile(
    r"^(?P<text>(?P<origin>geborgen/(?P<school>[0-9a-f]{32}))\n(?P<size>0|[1-9][0-9]{0,18})\n"
    r"(?P<root>[A-Za-z0-9+/]{43}=)\n(?:(?!— )[^\n]+\n)*)\n(?P<signatures>(?:— [^\n]+(?:\n|\Z))+)",
    re.MULTILINE,
)
_SIGNATURE = re.compile(r"— (?P<name>[^\s+]+) (?P<signature>[A-Za-z0-9+/]+={0,2})")


class VerifierKey(NamedTuple):
    """A public key as written on the checkpoint page: name, key id (4 bytes) and Ed25519 key (32 bytes)."""

    name: str
    key_id: bytes
    public: bytes

    @classmethod
    def read(cls, written: str) -> "VerifierKey":
        """Return the key written as `name+id+base64`. Raises CannotCheck."""
        try:
            name, key_id, encoded = written.strip().split("+", 2)
            decoded = b64decode(encoded, validate=True)
            key = cls(name, bytes.fromhex(key_id), decoded[1:])
            expected = sha256(name.encode() + b"\n" + decoded).digest()[:4]
        except ValueError as error:
            raise CannotCheck("no_key") from error
        if decoded[:1] != _ED25519 or len(key.public) != 32 or key.key_id != expected:
            raise CannotCheck("no_key")
        return key


class Checkpoint(NamedTuple):
    """What was signed: the first `size` events of `school` (16 bytes) have this `root` (32 bytes)."""

    school: bytes
    size: int
    root: bytes


def text_of(content: bytes) -> str:
    """Return what is written in a file, in whichever of the usual ways a mail program or an editor saved it."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def read_checkpoints(text: str, keys: Sequence[VerifierKey]) -> list[Checkpoint]:
    """Return the checkpoints in `text`, each signed by one of `keys`. Raises CannotCheck for any that is not."""
    found = list(_NOTE.finditer(text.replace("\r\n", "\n")))
    if not found:
        raise CannotCheck("no_checkpoint")
    return [_open(note, keys) for note in found]


def _open(note: re.Match[str], keys: Sequence[VerifierKey]) -> Checkpoint:
    if not any(key.name == note["origin"] for key in keys):
        raise CannotCheck("other_school")
    signatures = _signatures(note["signatures"].splitlines()[:_MOST_SIGNATURES])
    mine = [
        (key, signature[4:])
        for name, signature in signatures
        for key in keys
        if key.name == name == note["origin"] and key.key_id == signature[:4]
    ]
    if not mine:
        raise CannotCheck("unknown_key")
    for key, signature in mine:
        try:
            Ed25519PublicKey.from_public_bytes(key.public).verify(signature, note["text"].encode())
        except (InvalidSignature, ValueError) as error:
            raise CannotCheck("wrong_signature") from error
    return Checkpoint(bytes.fromhex(note["school"]), int(note["size"]), b64decode(note["root"]))


def _signatures(lines: Iterable[str]) -> Iterable[tuple[str, bytes]]:
    for line in lines:
        if match := _SIGNATURE.fullmatch(line):
            try:
                yield match["name"], b64decode(match["signature"], validate=True)
            except ValueError:
                continue
