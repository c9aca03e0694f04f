"""Workers of gunicorn in generations: a process of its own loads the application, becomes the workers, and is gone."""

import ctypes
import gc
import os
import signal
import struct
import time
from contextlib import suppress
from typing import Any

from gunicorn import arbiter
from gunicorn.errors import HaltServer
from gunicorn.workers.gthread import ThreadWorker

PATIENCE = 2.0
"""Seconds between two attempts to load an application that cannot be loaded, such as when its database is away."""
_PR_SET_CHILD_SUBREAPER = 36
_BIRTH = struct.Struct("ii")
"""The place of a worker in its generation, and its process; or `_FAILED` and why there are no more."""
_FAILED = -1


class Worker(ThreadWorker):
    """A worker that tells the main process of its birth, because that did not fork it itself."""

    place, telling, loader = 0, -1, 0

    def init_process(self) -> None:
        """Serve. Not before the main process is the parent: gunicorn's workers stop when they lose theirs."""
        if self.loader:
            for number in (signal.SIGTERM, signal.SIGQUIT, signal.SIGINT):
                signal.signal(number, signal.SIG_DFL)
            os.write(self.telling, _BIRTH.pack(self.place, os.getpid()))
            os.close(self.telling)
            while os.getppid() == self.loader:
                time.sleep(0.001)
        super().init_process()


class Generations(arbiter.Arbiter):
    """Gunicorn's main process, without the application.

    The workers would copy whatever they touch of it, which is more than a third, and the main process would keep the
    originals only to fork again some day. So a worker that is gone is replaced as at a reload: by a whole new
    generation, after which the workers of the old one finish what they do and stop.
    """

    _wanted = False
    _loader = 0
    _hearing = -1
    _unborn: dict[int, Worker] = {}  # noqa: RUF012  replaced, never changed
    _failure = 0
    _not_before = 0.0
    _served = False
    _reloading = False

    @classmethod
    def take_over(cls, server: Any) -> None:
        """Make gunicorn's main process one of these, before it has workers."""
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
        server.__class__ = cls

    def spawn_worker(self) -> None:
        """Ask for a new generation; gunicorn asks for each worker of it when it reloads."""
        self._wanted = True

    def spawn_workers(self) -> None:
        """Ask for a new generation, unless one is on its way."""
        if not self._loader:
            self.spawn_worker()

    def manage_workers(self) -> None:
        """See to it that there is a whole generation, and no more of an earlier one."""
        self._welcome()
        super().manage_workers()
        if self._wanted and not self._loader and time.monotonic() >= self._not_before:
            self._wanted = False
            self._load()

    def reap_workers(self) -> None:
        """Forget the workers that are gone, also those that came a moment ago."""
        self._welcome()
        super().reap_workers()

    def reload(self) -> None:
        """Start a generation with the settings and the code of now. One that cannot be loaded leaves the old one be."""
        self._reloading = True
        try:
            with suppress(_NotLoaded):
                super().reload()
        finally:
            self._reloading = False

    def stop(self, graceful: bool = True) -> None:
        """Stop, with whatever is being loaded."""
        if self._loader:
            with suppress(ProcessLookupError):
                os.kill(self._loader, signal.SIGKILL)
            os.set_blocking(self._hearing, True)
            self._welcome()
        super().stop(graceful)

    def _load(self) -> None:
        generation = []
        for _ in range(self.num_workers):
            self.worker_age += 1
            generation.append(
                Worker(self.worker_age, self.pid, self.LISTENERS, self.app, self.timeout / 2.0, self.cfg, self.log)
            )
        hearing, telling = os.pipe()
        self._loader = os.fork()
        if self._loader == 0:
            os.close(hearing)
            self._become(generation, telling)
        os.close(telling)
        os.set_blocking(hearing, False)
        self._hearing, self._unborn, self._failure = hearing, dict(enumerate(generation)), 0

    def _become(self, generation: list[Worker], telling: int) -> None:
        """Load the application and become these workers: what they share is theirs alone when this process ends."""
        for number in (*self.SIGNALS, signal.SIGCHLD):
            signal.signal(number, signal.SIG_DFL)
        gc.disable()
        try:
            self.app.wsgi()
        except BaseException as error:
            self.log.error("The application cannot be loaded: %s", error, exc_info=True)
            os.write(telling, _BIRTH.pack(_FAILED, self.APP_LOAD_ERROR))
            os._exit(self.APP_LOAD_ERROR)
        # Nothing that is built before the workers is ever thrown away. The collector passes over it, because looking
        # at it would copy it into each of them.
        gc.freeze()
        gc.enable()
        for place, worker in enumerate(generation):
            worker.place, worker.telling, worker.loader = place, telling, os.getpid()
            self.worker_class = lambda *_settings, born=worker: born
            # A worker leaves here by SystemExit, when it is done.
            super().spawn_worker()
        os._exit(0)

    def _welcome(self) -> None:
        """Hear which workers were born. When the process that loaded them is gone, make room for them."""
        while self._loader:
            try:
                heard = os.read(self._hearing, _BIRTH.size)
            except BlockingIOError:
                return
            if not heard:
                self._settle()
                return
            place, process = _BIRTH.unpack(heard)
            if place == _FAILED:
                self._failure = process
            else:
                self._know(self._unborn.pop(place), process)

    def _know(self, worker: Worker, process: int) -> None:
        try:
            os.kill(process, 0)
        except ProcessLookupError:
            # Born, killed and reaped before it was known.
            worker.tmp.close()
            return
        worker.pid = process
        self.WORKERS[process] = worker
        self._stats["workers_spawned"] += 1
        self._served = True

    def _settle(self) -> None:
        os.close(self._hearing)
        for worker in self._unborn.values():
            worker.tmp.close()
        self._loader, self._hearing, self._unborn = 0, -1, {}
        if self._failure and not self._served:
            raise HaltServer("App failed to load.", self._failure)
        self._not_before = time.monotonic() + PATIENCE if self._failure else 0.0
        if self._failure and self._reloading:
            raise _NotLoaded
        # Those of the generation before stop now, not a second later.
        self.manage_workers()


class _NotLoaded(Exception):
    """Ends the wait of a reload for workers that will not come."""
