"""Keeps the newest replays of this process within a number of bytes, so the next page of the same past is quick."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from contextlib import ExitStack, contextmanager

from events.log.replay import Replay

KEPT = "geborgen.replays"
"""Where an application keeps them."""


class KeptReplays:
    """Replays by what they are of. Whoever reads one keeps it open; the one used longest ago goes first."""

    def __init__(self, most_bytes: int):
        self._most = most_bytes
        self._kept: OrderedDict[Hashable, tuple[Replay, int]] = OrderedDict()
        self._lock = threading.Lock()
        self._making: dict[Hashable, threading.Lock] = {}

    @contextmanager
    def borrowed(self, key: Hashable, make: Callable[[], Replay]) -> Iterator[Replay]:
        """Enter the replay of a key, made if there is none; of those who ask at once, one makes it."""
        with ExitStack() as use:
            with self._lock:
                replay = self._take(key, use)
                making = None if replay is not None else self._making.setdefault(key, threading.Lock())
            if making is not None:
                with making:
                    with self._lock:
                        replay = self._take(key, use)
                    if replay is None:
                        replay = self._put(key, make(), use)
            yield replay

    def _take(self, key: Hashable, use: ExitStack) -> Replay | None:
        if key not in self._kept:
            return None
        self._kept.move_to_end(key)
        return use.enter_context(self._kept[key][0].in_use())

    def _put(self, key: Hashable, replay: Replay, use: ExitStack) -> Replay:
        size = replay.size
        with self._lock:
            self._making.pop(key, None)
            self._kept[key] = replay, size
            use.enter_context(replay.in_use())
            # The newest stays, however large: the next page needs it.
            while len(self._kept) > 1 and sum(size for _replay, size in self._kept.values()) > self._most:
                self._kept.popitem(last=False)[1][0].close()
        return replay

    @property
    def bytes(self) -> int:
        """How much is kept."""
        with self._lock:
            return sum(size for _replay, size in self._kept.values())

    def close(self) -> None:
        """Let go of everything."""
        with self._lock:
            while self._kept:
                self._kept.popitem()[1][0].close()
