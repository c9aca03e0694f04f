"""How intranet.server (gunicorn) serves Geborgen in production; the command line overrides every value."""

import os

wsgi_app = "intranet.app:create_app()"
bind = os.environ.get("GEBORGEN_BIND", "127.0.0.1:8000")
# Two workers keep the site up when one is lost. Writers take turns in the database, so more add little.
workers = int(os.environ.get("GEBORGEN_WORKERS", "2"))
threads = int(os.environ.get("GEBORGEN_THREADS", "4"))
timeout = 60
graceful_timeout = 20
keepalive = 5
# Workers are replaced now and then: when the first has answered so often, its successors come for all.
max_requests = 20_000
max_requests_jitter = 2_000
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None
# An access log holds who looked at what, and is no part of the proof: the read log inside the product is.
accesslog = None
control_socket_disable = True
errorlog = "-"
