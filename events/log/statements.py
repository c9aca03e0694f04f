"""Statements as each kind of database wants them, compiled once for all connections of a process."""

from collections.abc import Iterator, MutableMapping
from typing import Any

from sqlalchemy.engine import Dialect
from sqlalchemy.util import LRUCache

ROOM = 2000
"""So many statements are kept, and when there are half as many more, the ones that were not asked for longest go."""


class Compiled(MutableMapping[tuple[Any, ...], Any]):
    """What SQLAlchemy compiled, by statement and by kind of database instead of by engine.

    A site has four engines, and one more for each moment of the past that somebody looks at. Each keeping its own took
    a quarter of the first look at a moment, and two fifths of the time of a test.
    """

    def __init__(self) -> None:
        self._kept: LRUCache[tuple[Any, ...], Any] = LRUCache(ROOM)

    def __getitem__(self, key: tuple[Any, ...]) -> Any:
        return self._kept[_alike(key)]

    # SQLAlchemy asks with this one; what a mapping has by itself would raise and catch an error for each new statement.
    def get(self, key: tuple[Any, ...], default: Any = None) -> Any:
        """Return what was compiled, or `default`."""
        return self._kept.get(_alike(key), default)

    def __setitem__(self, key: tuple[Any, ...], compiled: Any) -> None:
        self._kept[_alike(key)] = compiled

    def __delitem__(self, key: tuple[Any, ...]) -> None:
        del self._kept[_alike(key)]

    def __iter__(self) -> Iterator[tuple[Any, ...]]:
        return iter(self._kept)

    def __len__(self) -> int:
        return len(self._kept)


def _alike(key: tuple[Any, ...]) -> tuple[Any, ...]:
    """Return a key with the kind of its database in the place of the dialect, of which each engine has its own."""
    dialect: Dialect = key[0]
    return type(dialect), dialect.server_version_info, *key[1:]


COMPILED_ONCE: dict[str, Any] = {"execution_options": {"compiled_cache": Compiled()}}
"""The option of `create_engine` for every engine of the product."""
