"""Seals the words about a person under a data key, tied to the one place in the log where they stand."""

import os
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from events.log.errors import LogError
from events.log.personal import ERASED, SealedValue

BLOCK = 32
NONCE = 12
_CIPHERS_KEPT = 64

_ciphers: dict[bytes, AESGCM] = {}


class WrongSeal(LogError):
    """The sealed text was changed, or stood in another field, event or key than it was sealed for."""


def seal(key: bytes, key_id: str, stream: UUID, version: int, field: str, text: str) -> SealedValue:
    """Encrypt `text` (AES-256-GCM) for one field of one event.

    `key` is 32 bytes, `key_id` its 32 hex digits. The associated data is `key_id|stream|version|field`, so a
    value copied to another row or field does not open; the padding to 32 bytes hides how long a short text is.
    Raises UnicodeEncodeError (a ValueError) for a text that is no valid Unicode.
    """
    padded = text.encode() + b"\x80"
    padded += bytes(-len(padded) % BLOCK)
    nonce = os.urandom(NONCE)
    return SealedValue(key_id, nonce, _cipher(key).encrypt(nonce, padded, _place(key_id, stream, version, field)))


def unseal(key: bytes | None, value: SealedValue, stream: UUID, version: int, field: str) -> str:
    """Decrypt what `seal` made; `key=None` (destroyed) reads as `ERASED`.

    Raises `WrongSeal` when key, key id, stream, version or field differ from those it was sealed with.
    """
    if key is None:
        return ERASED
    try:
        padded = _cipher(key).decrypt(value.n, value.c, _place(value.k, stream, version, field))
    except (InvalidTag, ValueError) as error:
        raise WrongSeal(f"The text in field {field} of {stream} version {version} is not what was sealed.") from error
    text = padded.rstrip(b"\0")
    if text[-1:] != b"\x80":
        raise WrongSeal(f"The text in field {field} of {stream} version {version} has no end mark.")
    return text[:-1].decode()


def seal_file(key: bytes, key_id: str, owner: UUID, content: bytes) -> bytes:
    """Return nonce and ciphertext of a file of a dossier; the associated data is `key_id|owner|blob`."""
    nonce = os.urandom(NONCE)
    return nonce + _cipher(key).encrypt(nonce, content, _place_of_file(key_id, owner))


def unseal_file(key: bytes, key_id: str, owner: UUID, sealed: bytes) -> bytes:
    """Return what `seal_file` sealed. Raises `WrongSeal` for another key, key id, dossier or damaged bytes."""
    try:
        return _cipher(key).decrypt(sealed[:NONCE], sealed[NONCE:], _place_of_file(key_id, owner))
    except (InvalidTag, ValueError) as error:
        raise WrongSeal(f"A file of {owner} is not what was sealed for it.") from error


def wrap(wrapping_key: bytes, key_id: str, key: bytes) -> bytes:
    """Return nonce and ciphertext of a data key under a wrapping key; the key id is the associated data."""
    nonce = os.urandom(NONCE)
    return nonce + AESGCM(wrapping_key).encrypt(nonce, key, key_id.encode("ascii"))


def unwrap(wrapping_key: bytes, key_id: str, wrapped: bytes) -> bytes:
    """Return the data key that `wrap` wrapped. Raises `WrongSeal` for another key id, wrapping key or damaged bytes."""
    try:
        return _cipher(wrapping_key).decrypt(wrapped[:NONCE], wrapped[NONCE:], key_id.encode("ascii"))
    except (InvalidTag, ValueError) as error:
        raise WrongSeal(f"Data key {key_id} in the key store is damaged or belongs to another key file.") from error


def forget_ciphers() -> None:
    """Drop every prepared cipher, so that no destroyed key stays behind in this process."""
    _ciphers.clear()


def _cipher(key: bytes) -> AESGCM:
    cipher = _ciphers.get(key)
    if cipher is None:
        if len(_ciphers) >= _CIPHERS_KEPT:
            _ciphers.clear()
        cipher = _ciphers[key] = AESGCM(key)
    return cipher


def _place_of_file(key_id: str, owner: UUID) -> bytes:
    return f"{key_id}|{owner.hex}|blob".encode("ascii")


def _place(key_id: str, stream: UUID, version: int, field: str) -> bytes:
    return f"{key_id}|{stream.hex}|{version}|{field}".encode("ascii")
