"""The signing key of an installation, and the notes it signs (C2SP signed-note with Ed25519)."""

import os
import stat
from base64 import b64decode, b64encode
from hashlib import sha256
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_pem_private_key

from events.log.errors import LogError, LogUnfit

_ED25519 = b"\x01"


class WrongSignature(LogError):
    """The note is not signed by this key, or was changed after it was signed."""


def create_signing_key(path: str | os.PathLike[str]) -> Ed25519PrivateKey:
    """Make a signing key, kept at `path` (PKCS #8 PEM, mode 0600). Raises FileExistsError rather than replace one."""
    path = Path(path)
    key = Ed25519PrivateKey.generate()
    unfinished = path.with_name(f".{path.name}.new")
    unfinished.unlink(missing_ok=True)
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    try:
        with open(descriptor, "wb") as file:
            file.write(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
            file.flush()
            os.fsync(file.fileno())
        os.link(unfinished, path)
    finally:
        unfinished.unlink()
    return key


def load_signing_key(path: str | os.PathLike[str]) -> Ed25519PrivateKey:
    """Return the signing key at `path`. Raises LogUnfit when it is missing, damaged, or readable by others."""
    try:
        with open(path, "rb") as file:
            if os.fstat(file.fileno()).st_mode & (stat.S_IRWXG | stat.S_IRWXO):
                raise LogUnfit(f"The signing key {path} can be opened by others. Run: chmod 600 {path}")
            key = load_pem_private_key(file.read(), password=None)
    except FileNotFoundError:
        raise LogUnfit(f"There is no signing key at {path}. Put back your copy of it, or make a new one.") from None
    except OSError as error:
        raise LogUnfit(f"The signing key {path} cannot be read: {error.strerror}.") from error
    except (ValueError, TypeError) as error:
        raise LogUnfit(f"The signing key {path} is damaged. Put back your copy of it.") from error
    if not isinstance(key, Ed25519PrivateKey):
        raise LogUnfit(f"The key {path} is not an Ed25519 key. Put back your copy of the signing key.")
    return key


def verifier_key(name: str, signing_key: Ed25519PrivateKey) -> str:
    """Return the public key as others write it down: `name+id+base64` (C2SP signed-note, "vkey")."""
    public = signing_key.public_key().public_bytes_raw()
    return f"{name}+{_key_id(name, public).hex()}+{b64encode(_ED25519 + public).decode('ascii')}"


def sign_note(text: str, name: str, signing_key: Ed25519PrivateKey) -> str:
    """Return `text` (whole lines) as a note signed under the key name `name`. Raises ValueError for what is no note."""
    if not text.endswith("\n") or any(sign < " " and sign != "\n" for sign in text):
        raise ValueError("a note is whole lines without control characters")
    if not name or "+" in name or any(sign.isspace() for sign in name):
        raise ValueError("a key name has no spaces and no plus")
    key_id = _key_id(name, signing_key.public_key().public_bytes_raw())
    signature = b64encode(key_id + signing_key.sign(text.encode())).decode("ascii")
    return f"{text}\n— {name} {signature}\n"


def open_note(note: str, name: str, public: Ed25519PublicKey) -> str:
    """Return the text of a note. Raises WrongSignature unless `public`, under `name`, signed exactly this text."""
    text, _, signatures = note.rpartition("\n\n")
    text += "\n"
    key_id, signed = _key_id(name, public.public_bytes_raw()), False
    for line in signatures.splitlines():
        try:
            dash, signer, encoded = line.split(" ")
            signature = b64decode(encoded, validate=True)
        except ValueError:
            continue
        if (dash, signer, signature[:4]) == ("—", name, key_id):
            try:
                public.verify(signature[4:], text.encode())
            except InvalidSignature as error:
                raise WrongSignature(f"The note of {name} was changed after it was signed.") from error
            signed = True
    if not signed:
        raise WrongSignature(f"The note is not signed by the key {name}+{key_id.hex()}.")
    return text


def _key_id(name: str, public: bytes) -> bytes:
    return sha256(name.encode() + b"\n" + _ED25519 + public).digest()[:4]
