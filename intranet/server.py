"""The server: gunicorn, whose main process holds no application. Takes the options of gunicorn."""

import ctypes
import gc
import os
import select
import signal
import struct
import time

from gunicorn.app.base import BaseApplication
from gunicorn.app.wsgiapp import WSGIApplication
from gunicorn.arbiter import Arbiter
from gunicorn.errors import HaltServer
from gunicorn.workers.base import Worker

from events.log.errors import LogUnfit

ADOPT_ORPHANS = 36
"""PR_SET_CHILD_SUBREAPER: prctl(2), Linux 3.4."""
ONE_POOL = -8
"""M_ARENA_MAX: mallopt(3)."""
SECONDS_BETWEEN_TRIES = 30
TOLD = struct.Struct("=II")


class Adopted(Worker):
    """A worker whose parent ends, after which it belongs to the main process."""

    forked_by = 0
    telling = -1

    def init_process(self) -> None:
        """Wait until it has its lasting parent, tell that who it is, and work."""
        while os.getppid() == self.forked_by:
            time.sleep(0.001)
        # From now on it can be told to stop, which would be lost on what it inherited to hear signals with.
        signal.pthread_sigmask(signal.SIG_BLOCK, self.SIGNALS)
        os.write(self.telling, TOLD.pack(self.age, os.getpid()))
        os.close(self.telling)
        super().init_process()

    def init_signals(self) -> None:
        """Hear signals, also those that came before it could."""
        super().init_signals()
        signal.pthread_sigmask(signal.SIG_UNBLOCK, self.SIGNALS)


class Generations(Arbiter):
    """Loads the application in a process that forks all workers at once and ends.

    Python counts references in the objects themselves, so workers copy much of what they use. Who forked them keeps
    the originals as long as it lives, only to fork again some day (docs/decisions/0033). A worker that is missing is
    replaced together with the others, which work until their successors do: alone it would share with nobody.
    """

    not_before = 0.0

    def setup(self, app: BaseApplication) -> None:
        """Read the settings; also called at a reload, which loads the application anew."""
        super().setup(app)
        self.worker_class = type("Worker", (Adopted, self.worker_class), {})

    def spawn_workers(self) -> None:
        """Replace all workers, when some are missing."""
        if not self.WORKERS or time.monotonic() >= self.not_before:
            self._spawn_generation()

    def spawn_worker(self) -> None:
        """Replace all workers at a reload, when gunicorn asks for as many as there are to be, one by one."""
        if len(self.WORKERS) <= self.num_workers:
            self._spawn_generation()

    def _spawn_generation(self) -> None:
        """Have one made. gunicorn ends the oldest workers, now that there are too many."""
        made = {worker.age: worker for worker in (self._next_worker() for _ in range(self.num_workers))}
        hearing, telling = os.pipe()
        loading = os.fork()
        if loading == 0:
            os.close(hearing)
            self._load_and_fork(list(made.values()), telling)
            os._exit(0)
        os.close(telling)
        for age, process in self._heard(hearing, loading):
            worker = made.pop(age)
            worker.pid = process
            self.WORKERS[process] = worker
        os.close(hearing)
        for never_started in made.values():
            never_started.tmp.close()
        self._judge(os.waitpid(loading, 0)[1])

    def _next_worker(self) -> Worker:
        self.worker_age += 1
        return self.worker_class(
            self.worker_age, self.pid, self.LISTENERS, self.app, self.timeout / 2, self.cfg, self.log
        )

    def _load_and_fork(self, workers: list[Adopted], telling: int) -> None:
        """Do what gunicorn does in its main process, with workers whose signs of life that process can see."""
        try:
            _load(self.app)
        except LogUnfit as reason:
            self.log.error("%s", reason)
            os._exit(self.APP_LOAD_ERROR)
        except Exception:
            self.log.exception("The application could not be loaded.")
            os._exit(self.APP_LOAD_ERROR)
        for worker in workers:
            worker.forked_by, worker.telling = os.getpid(), telling
            self.worker_class = lambda *_settings, made=worker: made
            super().spawn_worker()

    def _heard(self, hearing: int, loading: int) -> list[tuple[int, int]]:
        """Return the age and process of each worker, as soon as all have told or died."""
        told, until = b"", time.monotonic() + (self.timeout or float("inf"))
        while select.select([hearing], [], [], max(0, until - time.monotonic()) if self.timeout else None)[0]:
            heard = os.read(hearing, 4096)
            if not heard:
                return list(TOLD.iter_unpack(told))
            told += heard
        # Who has not told yet finds nobody to tell, and ends.
        self.log.critical("Loading the application took more than %s seconds.", self.timeout)
        os.kill(loading, signal.SIGKILL)
        return list(TOLD.iter_unpack(told))

    def _judge(self, status: int) -> None:
        """Give up when nothing works and nothing can be loaded; keep what works as long as it does."""
        if os.waitstatus_to_exitcode(status) != self.APP_LOAD_ERROR:
            return
        if not self.WORKERS:
            raise HaltServer("The application could not be loaded.", self.APP_LOAD_ERROR)
        self.not_before = time.monotonic() + SECONDS_BETWEEN_TRIES


class Serving(BaseApplication):
    """What gunicorn runs once it has read its settings."""

    def run(self) -> None:
        """Serve until told to stop."""
        # Only one thread of a worker runs Python at a time: they need no pools of memory of their own.
        _ask_libc("mallopt", ONE_POOL, 1)
        if _ask_libc("prctl", ADOPT_ORPHANS, 1, 0, 0, 0) == 0:
            Generations(self).run()
        else:
            # Not on Linux: the main process loads the application, and keeps it.
            _load(self)
            super().run()


class Server(WSGIApplication, Serving):
    """gunicorn's own program, with its options and settings."""


def _load(app: BaseApplication) -> None:
    """Build the application. The collector passes over it for good: looking would copy it into each worker."""
    gc.disable()
    app.wsgi()
    _ask_libc("malloc_trim", 0)
    gc.freeze()
    gc.enable()


def _ask_libc(name: str, *numbers: int) -> int:
    """Return what a function of the C library answers, -1 where it has no such function."""
    function = getattr(ctypes.CDLL(None), name, None)
    return -1 if function is None else int(function(*numbers))


if __name__ == "__main__":
    # Babel asks for the time zone of the machine, of which nobody makes use, and goes through a list of 600 for it.
    os.environ.setdefault("TZ", "UTC")
    Server("%(prog)s [OPTIONS] [APP_MODULE]", prog="intranet.server").run()
