"""`flask intranet serve`: the web server of `make run`, with workers enough for one school."""

import os
import socket
import sys
from pathlib import Path

import click
from flask import current_app

from intranet.cli.group import operator

COMPILED_CODE = "compiled-code"
"""In the instance folder; the packages themselves may belong to somebody else."""


@operator.command()
@click.option("--bind", default="127.0.0.1:8000", show_default=True, help="Address and port.")
@click.option("--workers", default=2, show_default=True)
@click.option("--threads", default=4, show_default=True)
def serve(bind: str, workers: int, threads: int) -> None:
    """Serve the site until Ctrl-C. In production use deploy/gunicorn.conf.py."""
    _require_free(bind)
    click.echo(f"Geborgen is on http://{bind} (stop: Ctrl-C)")
    environment = {name: value for name, value in os.environ.items() if not name.startswith("FLASK_")}
    environment["GEBORGEN_INSTANCE"] = current_app.config["INSTANCE"]
    arguments = ["--bind", bind, "--workers", str(workers), "--threads", str(threads), "--log-level", "warning"]
    compiled = Path(current_app.config["INSTANCE"]) / COMPILED_CODE
    compiled.mkdir(mode=0o700, exist_ok=True)
    command = [*server_command(compiled), *arguments, "--no-control-socket", "intranet.app:create_app()"]
    sys.stdout.flush()
    os.execve(sys.executable, command, environment)


def server_command(compiled: Path) -> list[str]:
    """Return the command of the server, whose code Python keeps compiled in that folder, as in geborgen.service.

    Documentation and the columns of statements take a tenth of the memory; no sentence that anybody reads is in them.
    """
    without = ["-OO", "-X", "no_debug_ranges", "-X", f"pycache_prefix={compiled}"]
    return [sys.executable, *without, "-m", "intranet.server"]


def _require_free(bind: str) -> None:
    host, _, port = bind.rpartition(":")
    if not port.isdigit():
        return
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, int(port)))
        except OSError as error:
            raise click.ClickException(
                f"Port {port} cannot be used ({error.strerror}). Stop what runs there, or choose: --bind {host}:8001"
            ) from error
