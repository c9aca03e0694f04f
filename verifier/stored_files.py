"""Whether every file that an event names is there, with the bytes that the event says."""

import json
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, Self

from verifier.copies import Copy
from verifier.differences import Difference
from verifier.failure import CannotCheck

NAMES, ERASED, REMOVED = b'"blob":"', b'"keys":[', b'"destroyed":['
"""What stands in an event that names a file, that erases keys, and that says which files were removed."""
ERASURE = "log.erasure.CarriedOut"
"""The one event whose `keys` are those that were erased; in any other they are something else."""


@dataclass
class Mentions:
    """What events say of files: by name the last position that names it and its key, and what is rightly gone."""

    named: dict[str, tuple[int, str]] = field(default_factory=dict)
    erased_keys: set[str] = field(default_factory=set)
    removed: set[str] = field(default_factory=set)
    # the first event of which it cannot be known what it says
    unreadable: int | None = None

    def hear(self, position: int, event: str, payload: bytes) -> None:
        """Take in what one event says: the next, in order of position."""
        try:
            fields = json.loads(payload)
            blobs = _blobs(fields)
        except (ValueError, RecursionError):
            fields = None
        if not isinstance(fields, dict):
            self.unreadable = self.unreadable or position
            return
        if event == ERASURE:
            self.erased_keys.update(_words(fields.get("keys")))
        self.removed.update(_words(fields.get("destroyed")))
        for name, key in blobs:
            self.named[name] = position, key

    def follow(self, later: Self) -> None:
        """Take in what the events say that come after those so far."""
        self.named |= later.named
        self.erased_keys |= later.erased_keys
        self.removed |= later.removed
        self.unreadable = self.unreadable or later.unreadable


def find_lost_files(copy: Copy, school: bytes, mentions: Mentions) -> Difference | None:
    """Return the files that are gone or changed; one is rightly gone once its key or itself was erased by an event.

    Raises CannotCheck where an event that seems to name a file holds no JSON object.
    """
    if mentions.unreadable:
        raise CannotCheck("unreadable_event", position=mentions.unreadable)
    wanted = {
        name: position
        for name, (position, key) in mentions.named.items()
        if key not in mentions.erased_keys and name not in mentions.removed
    }
    if not wanted:
        return None
    changed = []
    for name, content in copy.files(school):
        if name in wanted and sha256(content).hexdigest() != name:
            changed.append(wanted[name])
        wanted.pop(name, 0)
    if changed:
        return Difference("file_changed", min(changed), max(changed), len(changed))
    if wanted:
        return Difference("file_gone", min(wanted.values()), max(wanted.values()), len(wanted))
    return None


def _words(value: Any) -> list[str]:
    return [each for each in value if isinstance(each, str)] if isinstance(value, list) else []


def _blobs(value: Any) -> list[tuple[str, str]]:
    """Every reference to a file in a payload, however deep: an object with `blob`, `key` and `size`."""
    if isinstance(value, dict):
        match value:
            case {"blob": str(name), "key": str(key), "size": _, **rest} if not rest:
                return [(name, key)]
        return [found for each in value.values() for found in _blobs(each)]
    if isinstance(value, list):
        return [found for each in value for found in _blobs(each)]
    return []
