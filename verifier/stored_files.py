"""Whether every file that an event names is there, with the bytes that the event says."""

import json
from hashlib import sha256
from typing import Any

from verifier.copies import Copy
from verifier.differences import Difference
from verifier.failure import CannotCheck

NAMES, ERASED, REMOVED = b'"blob":"', b'"keys":[', b'"destroyed":['
"""What stands in an event that names a file, that erases keys, and that says which files were removed."""
ERASURE = "log.erasure.CarriedOut"
"""The one event whose `keys` are those that were erased; in any other they are something else."""


def find_lost_files(copy: Copy, school: bytes) -> Difference | None:
    """Return the files that are gone or changed; one is rightly gone once its key or itself was erased by an event."""
    named: dict[str, tuple[int, str]] = {}
    erased: set[str] = set()
    removed: set[str] = set()
    for position, event, payload in copy.naming(school, (NAMES, ERASED, REMOVED)):
        fields, blobs = _contents(position, payload)
        if event == ERASURE:
            erased.update(_words(fields.get("keys")))
        removed.update(_words(fields.get("destroyed")))
        for name, key in blobs:
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


def _contents(position: int, payload: bytes) -> tuple[dict[str, Any], list[tuple[str, str]]]:
    """Return the fields of an event and the files that they name. Raises CannotCheck for what is no JSON object."""
    try:
        fields = json.loads(payload)
        blobs = _blobs(fields)
    except (ValueError, RecursionError) as error:
        raise CannotCheck("unreadable_event", position=position) from error
    if not isinstance(fields, dict):
        raise CannotCheck("unreadable_event", position=position)
    return fields, blobs


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
