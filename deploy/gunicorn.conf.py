"""How gunicorn serves Geborgen in production; every value can be overridden on the command line."""

import ctypes
import gc
import os
import sys

# Nothing that is built before the workers is ever thrown away: the collector would look through it in vain.
gc.disable()
# One memory pool for all threads of a worker; only one of them runs Python at a time anyhow.
M_ARENA_MAX = -8
if hasattr(ctypes.CDLL(None), "mallopt"):
    ctypes.CDLL(None).mallopt(M_ARENA_MAX, 1)

wsgi_app = "intranet.app:create_app()"
bind = os.environ.get("GEBORGEN_BIND", "127.0.0.1:8000")
# Two workers keep the site up while one is replaced. Writers take turns in the database, so more add little.
workers = int(os.environ.get("GEBORGEN_WORKERS", "2"))
threads = int(os.environ.get("GEBORGEN_THREADS", "4"))
# The workers are copies of one application, and the main process holds none: see intranet/generations.py.
preload_app = sys.platform != "linux"
timeout = 60
graceful_timeout = 20
keepalive = 5
# Workers are renewed now and then, by others that are there before they go.
max_requests = 20_000
max_requests_jitter = 2_000
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None
# An access log holds who looked at what, and is no part of the proof: the read log inside the product is.
accesslog = None
control_socket_disable = True
errorlog = "-"


def on_starting(server):
    """Let the workers come in generations, where the system has what that needs."""
    if not preload_app:
        from intranet.generations import Generations

        Generations.take_over(server)


def when_ready(_server):
    """Let the collector pass over what was built before the workers: looking at it would copy it into each of them."""
    gc.freeze()
    gc.enable()
