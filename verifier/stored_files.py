"""Whether every file that an event names is there, with the bytes that the event says."""

import json
from hashlib import sha256
from typing import Any

from verifier.copies import Copy
from verifier.differences import Difference

NAMES, ERASED, REMOVED = b'"blob":"', b'"keys":[', b'"destroyed":['
"""What stands in an event that names a file, that erases keys, and that says which files were removed."""


def find_lost_files(copy: Copy, school: bytes) -> Difference | None:
    """Return the files that are gone or changed; one is rightly gone once its key or itself was erased by an event."""
    named: dict[str, tuple[int, str]] = {}
    erased: set[str] = set()
    removed: set[str] = set()
    for position, payload in copy.naming(school, (NAMES, ERASED, REMOVED)):
        fields = json.loads(payload)
        erased.update(_words(fields.get("keys")))
        removed.update(_words(fields.get("destroyed")))
        for name, key in _blobs(fields):
            named[name] = position, key
    wanted = {name: position for name, (position, key) in named.items() if key not in erased and name not in removed}
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
        if value.keys() == {"blob", "key", "size"}:
            return [(value["blob"], value["key"])]
        return [found for each in value.values() for found in _blobs(each)]
    if isinstance(value, list):
        return [found for each in value for found in _blobs(each)]
    return []
