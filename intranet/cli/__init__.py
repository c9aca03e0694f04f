"""What an operator can do from a terminal: `flask intranet --help`."""

import os
import sys
from copy import copy

import click
from flask import Flask
from flask.cli import with_appcontext

from events.log.errors import LogUnfit
from intranet import plugin_manager
from intranet.cli.group import UNFIT, operator, when_fit
from intranet.plugin_manager import Installed

BESIDE_THE_SITE = frozenset({"rebuild", "upgrade"})
"""Commands that work while people do."""
LAST_IN_LINE = 19


def register(app: Flask) -> None:
    """Add `flask intranet`; what works beside the site lets people go first from here on."""
    app.cli.add_command(operator)
    # Only a program of its own, because a process cannot take this back.
    if os.environ.get("FLASK_RUN_FROM_CLI") == "true" and not BESIDE_THE_SITE.isdisjoint(sys.argv[1:]):
        os.nice(LAST_IN_LINE)


def add_plugins(plugins: Installed) -> None:
    """Add the commands of each plugin as `flask intranet <plugin> <command>`."""
    for plugin, commands in plugin_manager.once(plugins, "register_commands"):
        group = click.Group(plugin.name, help=str(plugin.manifest.title))
        for command in commands:
            group.add_command(_of_the_product(command))
        operator.add_command(group)


def _of_the_product(command: click.Command) -> click.Command:
    """Return a plugin's command with what every command of ours has: the application, and a log that is fit."""
    # A copy, because the plugin keeps its own for the next application.
    ours = copy(command)
    if isinstance(command, click.Group) and isinstance(ours, click.Group):
        ours.commands = {name: _of_the_product(each) for name, each in command.commands.items()}
    elif command.callback is not None:
        ours.callback = with_appcontext(when_fit(command.callback))
    return ours


def running() -> bool:
    """Tell whether `flask intranet` runs: some of its commands exist to repair what cannot be served."""
    context = click.get_current_context(silent=True)
    while context is not None:
        if context.command is operator:
            return True
        context = context.parent
    # The application is loaded before Flask looks for the command.
    return os.environ.get("FLASK_RUN_FROM_CLI") == "true" and operator.name in sys.argv[1:]


def as_said_there(reason: LogUnfit) -> Exception:
    """Return what to raise for settings that cannot be meant: at a terminal a sentence without a traceback."""
    return click.ClickException(reason.sentence) if running() else reason


def only_repair(app: Flask, reason: LogUnfit) -> Flask:
    """Return an application without pages: for the commands that make it fit; the others say the reason."""
    app.extensions[UNFIT] = reason
    return app
