"""The key file: the keys that wrap every data key, kept outside every database."""

import base64
import fcntl
import json
import os
import secrets
import stat
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO

from events.frozen import frozen
from events.log.errors import LogUnfit

FORMAT = 1


@frozen
class WrappingKey:
    """One key-encryption key: `id` 16 hex digits, `key` 32 bytes, `made_at` ISO 8601 UTC."""

    id: str
    key: bytes
    made_at: str

    @classmethod
    def new(cls) -> "WrappingKey":
        """Return a fresh random key."""
        return cls(secrets.token_hex(8), secrets.token_bytes(32), datetime.now(UTC).isoformat(timespec="seconds"))


class KeyFile:
    """The key file at `path` (mode 0600): wrapping keys, oldest first, and the key for looking up logins.

    Raises `LogUnfit` when the file is missing, damaged, or readable by others than its owner.
    """

    def __init__(self, path: str | os.PathLike[str]):
        self.path = Path(path)
        self.wrapping_keys: dict[str, WrappingKey] = {}
        self.blind_index_key = b""
        self.reload()

    @classmethod
    def create(cls, path: str | os.PathLike[str]) -> "KeyFile":
        """Make a new key file. Raises FileExistsError rather than replace one: that would lose every word."""
        path = Path(path)
        with _held(path.parent):
            temporary = _write_beside(path, _encode((WrappingKey.new(),), secrets.token_bytes(32)))
            try:
                os.link(temporary, path)
            finally:
                temporary.unlink()
            _flush_folder(path.parent)
        return cls(path)

    @property
    def newest(self) -> WrappingKey:
        """The key made last; which key is in use is said by the key store, not here."""
        return next(reversed(self.wrapping_keys.values()))

    def wrapping_key(self, key_id: str) -> bytes:
        """Return the wrapping key `key_id` (32 bytes), reading the file again when another process added it.

        Raises `LogUnfit` when this file does not have it.
        """
        if key_id not in self.wrapping_keys:
            self.reload()
        try:
            return self.wrapping_keys[key_id].key
        except KeyError:
            raise LogUnfit(
                f"The key file {self.path} does not hold wrapping key {key_id}, which the key store uses. "
                "Put back the key file that belongs to this key store."
            ) from None

    def reload(self) -> None:
        """Read the file again. Raises `LogUnfit` as the class does."""
        try:
            content = self._read()
            if not content.strip(b"\0"):  # replaced and wiped between opening and reading
                content = self._read()
            self.wrapping_keys, self.blind_index_key = _decode(content)
        except FileNotFoundError:
            raise LogUnfit(
                f"There is no key file at {self.path}. Put back your copy of it: without it no word can be read."
            ) from None
        except OSError as error:
            raise LogUnfit(f"The key file {self.path} cannot be read: {error.strerror}.") from error
        except (ValueError, KeyError, TypeError) as error:
            raise LogUnfit(f"The key file {self.path} is damaged. Put back your copy of it.") from error

    def add_wrapping_key(self) -> str:
        """Add a new wrapping key to the file and return its id; durable when this returns. Call it while `held()`."""
        self.reload()
        added = WrappingKey.new()
        self._replace((*self.wrapping_keys.values(), added))
        return added.id

    def keep_only(self, key_id: str) -> None:
        """Remove every wrapping key but `key_id`; durable when this returns. Call it while `held()`.

        Raises `LogUnfit` when the file does not have `key_id`.
        """
        self.wrapping_key(key_id)
        with open(self.path, "r+b") as old:
            self._replace((self.wrapping_keys[key_id],))
            _wipe(old)

    def held(self) -> AbstractContextManager[None]:
        """Keep other processes from changing the key file meanwhile; let go of when the process dies."""
        return _held(self.path.parent)

    def _read(self) -> bytes:
        with open(self.path, "rb") as file:
            if os.fstat(file.fileno()).st_mode & (stat.S_IRWXG | stat.S_IRWXO):
                raise LogUnfit(f"The key file {self.path} can be opened by others. Run: chmod 600 {self.path}")
            return file.read()

    def _replace(self, wrapping_keys: tuple[WrappingKey, ...]) -> None:
        os.replace(_write_beside(self.path, _encode(wrapping_keys, self.blind_index_key)), self.path)
        _flush_folder(self.path.parent)
        self.wrapping_keys = {each.id: each for each in wrapping_keys}


def _encode(wrapping_keys: tuple[WrappingKey, ...], blind_index_key: bytes) -> bytes:
    content: dict[str, Any] = {
        "format": FORMAT,
        "current": wrapping_keys[-1].id,
        "wrapping_keys": [{"id": each.id, "key": _text(each.key), "made_at": each.made_at} for each in wrapping_keys],
        "blind_index_key": _text(blind_index_key),
    }
    return json.dumps(content, indent=2).encode() + b"\n"


def _decode(content: bytes) -> tuple[dict[str, WrappingKey], bytes]:
    read = json.loads(content)
    if read["format"] != FORMAT:
        raise ValueError(f"format {read['format']}")
    keys = {each["id"]: WrappingKey(each["id"], _key(each["key"]), each["made_at"]) for each in read["wrapping_keys"]}
    if next(reversed(keys), None) != read["current"]:
        raise ValueError("the current key is not the last")
    return keys, _key(read["blind_index_key"])


def _text(key: bytes) -> str:
    return base64.b64encode(key).decode("ascii")


def _key(text: str) -> bytes:
    key = base64.b64decode(text, validate=True)
    if len(key) != 32:
        raise ValueError("a key is 32 bytes")
    return key


def _write_beside(path: Path, content: bytes) -> Path:
    """Write a durable file in the same folder, so that renaming it happens or does not.

    Its name is fixed: what a crash left there, keys too, is overwritten by the next change.
    """
    temporary = path.with_name(f".{path.name}.new")
    temporary.unlink(missing_ok=True)
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    with open(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    return temporary


def _wipe(file: BinaryIO) -> None:
    """Overwrite a replaced file, so that its keys do not stay behind on the disk; not when it has another name."""
    status = os.fstat(file.fileno())
    if status.st_nlink == 0:
        file.write(bytes(status.st_size))
        file.flush()
        os.fsync(file.fileno())


def _flush_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def _held(folder: Path) -> Iterator[None]:
    descriptor = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
