"""What an operator can do from a terminal: `flask intranet --help`."""

import os
import sys

import click
from flask import Flask

from events.log.errors import LogUnfit
from intranet.cli import backup, erasing, keys, practice, proof, serving, starting, upkeep  # noqa: F401  importing adds commands
from intranet.cli.group import UNFIT, operator


def register(app: Flask) -> None:
    """Add `flask intranet`."""
    app.cli.add_command(operator)


def running() -> bool:
    """Tell whether `flask intranet` runs: some of its commands exist to repair what cannot be served."""
    context = click.get_current_context(silent=True)
    while context is not None:
        if context.command is operator:
            return True
        context = context.parent
    # The application is loaded before Flask looks for the command.
    return os.environ.get("FLASK_RUN_FROM_CLI") == "true" and operator.name in sys.argv[1:]


def only_repair(app: Flask, reason: LogUnfit) -> Flask:
    """Return an application without pages: for the commands that make it fit; the others say the reason."""
    app.extensions[UNFIT] = reason
    return app
