"""How a field says that it can hold something about a person, and what stands there when it may not be read."""

from typing import Annotated, Any

import msgspec


class PersonalMark:
    """Marks a field whose value is stored encrypted under the key of its dossier or person."""


Personal = Annotated[str, PersonalMark()]
"""Text about a person: encrypted in the log, never in a table. AVG art. 4(1), 25."""

Code = Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9][a-z0-9_.:-]{0,63}\Z")]
"""A word from a fixed list (kind, place, duty): cannot hold a sentence or a name."""


class Unreadable(str):
    """A text that is not there to be read; compares by identity of kind, prints as its word."""

    __slots__ = ()


SEALED = Unreadable("…")
"""What a projection sees of a personal field: that it was filled, never what it says."""

ERASED = Unreadable("[gewist]")
"""What remains of a personal field whose key was destroyed."""


class SealedValue(msgspec.Struct, frozen=True):
    """A personal value as stored: key id (hex), nonce and ciphertext."""

    k: str
    n: bytes
    c: bytes


class Filled(msgspec.Struct):
    """A sealed value of which nobody looks at the ciphertext: passed over, which costs less than reading it."""


def is_personal(annotation: Any) -> bool:
    """Tell whether an annotation is `Personal` itself (not: contains it)."""
    return any(isinstance(mark, PersonalMark) for mark in getattr(annotation, "__metadata__", ()))
