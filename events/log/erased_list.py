"""The list of erased keys: a file beside the log, so that what was erased stays erased when old copies are put back."""

import fcntl
import os
import re
from collections.abc import Collection
from datetime import date
from pathlib import Path

from events.log.errors import LogUnavailable, LogUnfit

_LINE = re.compile(r"(?:\d{4}-\d{2}-\d{2} )?([0-9a-f]{32})")


class ErasedList:
    """The file at `path`: one line per erased key, `<date> <key id>`; it tells nothing about anybody."""

    def __init__(self, path: str | os.PathLike[str]):
        self.path = Path(path)

    def key_ids(self) -> set[str]:
        """Return every key id on the list; a last line that a crash cut off is not on it.

        Raises `LogUnfit` when a line is something else: then the list cannot be trusted to be whole.
        """
        try:
            content = self.path.read_bytes()
        except FileNotFoundError:
            return set()
        return self._read(content)

    def add(self, key_ids: Collection[str], on: date) -> None:
        """Add keys that are not on the list yet; durable when this returns. Raises `LogUnavailable`, `LogUnfit`."""
        if not key_ids:
            return
        try:
            with open(os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600), "r+b") as file:
                fcntl.flock(file, fcntl.LOCK_EX)
                content = file.read()
                new = sorted(set(key_ids) - self._read(content))
                if not new:
                    return
                file.seek(content.rfind(b"\n") + 1)
                file.truncate()
                file.write("".join(f"{on.isoformat()} {each}\n" for each in new).encode())
                file.flush()
                os.fsync(file.fileno())
            folder = os.open(self.path.parent, os.O_RDONLY | os.O_CLOEXEC)
            try:
                os.fsync(folder)
            finally:
                os.close(folder)
        except OSError as error:
            raise LogUnavailable(f"The list of erased keys cannot be written: {error.strerror}.") from error

    def _read(self, content: bytes) -> set[str]:
        *lines, _cut_off = content.split(b"\n")
        found = set()
        for number, line in enumerate(lines, 1):
            text = line.decode("ascii", "replace").strip()
            if text and not text.startswith("#"):
                match = _LINE.fullmatch(text)
                if match is None:
                    raise LogUnfit(f"Line {number} of {self.path} is no erased key. Put back your copy of this list.")
                found.add(match[1])
        return found
