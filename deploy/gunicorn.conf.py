"""How gunicorn serves Geborgen in production; every value can be overridden on the command line."""

import ctypes
import gc
import os

# Nothing that is built before the workers is ever thrown away: see when_ready.
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
# The application is built once and the workers are copies of it: less memory, and a new worker is there at once.
preload_app = True
timeout = 60
graceful_timeout = 20
keepalive = 5
# A worker is replaced now and then, never both at once.
max_requests = 20_000
max_requests_jitter = 2_000
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None
# An access log holds who looked at what, and is no part of the proof: the read log inside the product is.
accesslog = None
control_socket_disable = True
errorlog = "-"


def when_ready(_server):
    """Let the collector pass over what was built before the workers: looking at it would copy it into each of them."""
    gc.freeze()
    gc.enable()
