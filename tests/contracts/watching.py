"""Looks for the texts of a story: in every file of an installation, in every way of writing, and in files elsewhere."""

import base64
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.contracts.story import PREFIX, Story


class Plain:
    """A cipher that seals nothing."""

    def encrypt(self, _nonce: bytes, text: bytes, _place: bytes) -> bytes:
        return text

    def decrypt(self, _nonce: bytes, text: bytes, _place: bytes) -> bytes:
        return text


def forms_of(text: str) -> dict[str, bytes]:
    """Return how a text can stand in a file; in base64 without the ends, which depend on its neighbours."""
    forms = {"utf-8": text.encode(), "hex": text.encode().hex().encode()}
    for order in ("utf-16-le", "utf-16-be", "utf-32-le"):
        forms[order] = text.encode(order)
    for shift in range(3):
        coded = base64.b64encode(b"\0" * shift + text.encode())
        forms[f"base64+{shift}"] = coded[-(-shift * 4 // 3) + (1 if shift else 0) : -4]
    return forms


SEARCHED = forms_of(PREFIX)


CODED = rb"[A-Za-z0-9+/]*%b[A-Za-z0-9+/]*={0,2}"
TEXT = re.compile(rf"{PREFIX}[a-z]{{3}}q".encode())


def texts_in(content: bytes) -> set[str]:
    """Return the texts of a story that stand somewhere."""
    return {found.decode() for found in TEXT.findall(content)}


BLOCK = 4096
"""A page of a database; a log of writes has its pages at other places, so the neighbours of a change are read too."""


def changed(before: bytes, now: bytes) -> bytes:
    """Return what of a file is not as it was, with what stands just before and after it."""
    differ = [at for at in range(0, len(now), BLOCK) if now[at : at + BLOCK] != before[at : at + BLOCK]]
    wanted = sorted({at + beside for at in differ for beside in (-BLOCK, 0, BLOCK)} & set(range(0, len(now), BLOCK)))
    parts = []
    for at in wanted:
        if parts and parts[-1][1] == at:
            parts[-1][1] = at + BLOCK
        else:
            parts.append([at, at + BLOCK])
    return b"\0".join(now[first:last] for first, last in parts)


class Watch:
    """Looks, after every step, at every file of the installation, and at what was opened anywhere to be written."""

    def __init__(self, story: Story):
        self.story = story
        self.folder = Path(story.board.app.config["INSTANCE"])
        self.found: set[str] = set()
        self.forms: set[str] = set()
        self.read = 0
        self.looked_at: dict[Path, tuple[int, int]] = {}
        self.held: dict[Path, bytes] = {}

    def look(self, *_: Any) -> None:
        for path in self.folder.rglob("*"):
            now = path.stat()
            if path.is_file() and self.looked_at.get(path) != (now.st_mtime_ns, now.st_size):
                self.looked_at[path] = (now.st_mtime_ns, now.st_size)
                stored = path.read_bytes()
                self._search(changed(self.held.get(path, b""), stored))
                self.held[path] = stored

    def _search(self, stored: bytes) -> None:
        self.read += len(stored)
        small = stored.lower()
        forms = {name for name, form in SEARCHED.items() if form in stored or form in small}
        self.forms |= forms
        self.found |= texts_in(small)
        for shift in (form for form in forms if form.startswith("base64")):
            for coded in re.findall(CODED % re.escape(SEARCHED[shift]), stored):
                self.found |= texts_in(base64.b64decode(coded[: len(coded) // 4 * 4]))

    @property
    def kept(self) -> set[tuple[str, str]]:
        return {where for where, marker in self.story.markers.items() if marker in self.found}


_opened: list[str] | None = None


def _note_opened(event: str, arguments: tuple[Any, ...]) -> None:
    if _opened is not None and event == "open" and isinstance(arguments[0], str) and arguments[2] & 3:
        _opened.append(arguments[0])


sys.addaudithook(_note_opened)


@contextmanager
def files_opened() -> Iterator[list[str]]:
    """Give the paths of all files that are opened to be written, those without a name included."""
    global _opened
    _opened = []
    try:
        yield _opened
    finally:
        _opened = None
