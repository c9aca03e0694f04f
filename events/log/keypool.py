"""Data keys made ahead by this process, so that taking one for a new dossier or person touches no disk."""

import contextlib
import threading
import time
from collections import deque
from collections.abc import Callable, Collection

from events.frozen import frozen
from events.log.errors import LogError

BATCH = 64
HALF = BATCH // 2
KEPT_SECONDS = 12 * 3600


@frozen
class DataKey:
    """A key for the words of one dossier or person: `id` 32 hex digits, `key` 32 bytes."""

    id: str
    key: bytes


class KeyPool:
    """Keys that `make` stored but no event names yet. Each is handed out once, in one process only.

    A key older than twelve hours is dropped: the key store may remove an unused key after a day.
    """

    def __init__(self, make: Callable[[int], list[DataKey]]):
        self._make = make
        self.start_over()

    def start_over(self) -> None:
        """Forget every key and lock: after a fork they belong to the parent, and a key serves one owner only."""
        self._ready: deque[tuple[float, DataKey]] = deque()
        self._changing = threading.Lock()
        self._filling = threading.Lock()
        self._filler: threading.Thread | None = None

    def take(self) -> DataKey:
        """Return a key that nobody else gets; only when none are left, make some first. Raises what `make` raises."""
        while True:
            with self._changing:
                self._drop_old()
                taken = self._ready.popleft()[1] if self._ready else None
                if len(self._ready) <= HALF and taken is not None:
                    self._fill_beside()
            if taken is not None:
                return taken
            self.fill()

    def fill(self) -> None:
        """Fill the pool, unless more than half of it is there. Raises what `make` raises."""
        with self._filling:
            with self._changing:
                self._drop_old()
                missing = BATCH - len(self._ready)
            if missing >= HALF:
                made = self._make(missing)
                with self._changing:
                    now = time.time()
                    self._ready.extend((now, each) for each in made)

    def ids(self) -> list[str]:
        """Return the ids of the keys that wait here."""
        with self._changing:
            return [each.id for _, each in self._ready]

    def keep(self, ids: Collection[str]) -> None:
        """Drop every waiting key that is not in `ids`."""
        with self._changing:
            self._ready = deque(pair for pair in self._ready if pair[1].id in ids)

    def close(self) -> None:
        """Wait for keys that are being made in the background."""
        filler = self._filler
        if filler is not None:
            filler.join()

    def _drop_old(self) -> None:
        # Wall clock, both ways: a monotonic clock stands still while a machine sleeps, a wall clock can be set back.
        now = time.time()
        while self._ready and not 0 <= now - self._ready[0][0] < KEPT_SECONDS:
            self._ready.popleft()

    def _fill_beside(self) -> None:
        if self._filler is None or not self._filler.is_alive():
            self._filler = threading.Thread(target=self._fill_quietly, name="key-pool", daemon=True)
            self._filler.start()

    def _fill_quietly(self) -> None:
        # Whoever finds the pool empty tries again in the foreground and gets the error as a sentence.
        with contextlib.suppress(LogError):
            self.fill()
