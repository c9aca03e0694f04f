"""The group `flask intranet`: its commands fail with one sentence that says what to do."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import Context
from functools import wraps
from importlib import import_module
from typing import Any
from uuid import UUID

import click
import sqlalchemy as sa
from flask import Flask, current_app
from flask.cli import AppGroup

from events.log.errors import LogError
from intranet import database
from intranet.config import SETTINGS
from intranet.database import log

UNFIT = "geborgen.unfit"


MODULES = ("authoring", "backup", "erasing", "keys", "mailing", "practice", "proof", "serving", "starting", "upkeep")
"""Where the commands are: read when one is asked for, because a web server never does."""


class Operator(AppGroup):
    """A group of commands that need a log fit to be used, and of this version, unless they are said to work without."""

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command by its name."""
        _read_commands()
        return super().get_command(ctx, cmd_name)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands."""
        _read_commands()
        return super().list_commands(ctx)

    def command(
        self, *args: Any, anyhow: bool = False, any_version: bool = False, **kwargs: Any
    ) -> Callable[[Callable[..., Any]], click.Command]:
        """Add a command, as `AppGroup.command` does.

        `anyhow`: also where there is nothing yet, or nothing fit to be used. `any_version`: also on tables of an
        older version, or none.
        """
        add = super().command(*args, **kwargs)
        return lambda function: add(function if anyhow else when_fit(function, any_version))

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; what the log refuses becomes a sentence and exit code 1."""
        try:
            return super().invoke(ctx)
        except LogError as error:
            raise click.ClickException(error.sentence) from error
        except (sa.exc.OperationalError, sa.exc.ProgrammingError) as error:
            raise click.ClickException(
                f"The database does not answer, or was not made yet ({error.orig}). Run: flask intranet check"
            ) from error


def _read_commands() -> None:
    for name in MODULES:
        import_module(f"intranet.cli.{name}")
    import_module("intranet.people.cli")


def when_fit(function: Callable[..., Any], any_version: bool = False) -> Callable[..., Any]:
    """Return a command that says the reason where the log is not fit to be used, or of another version."""

    @wraps(function)
    def command(*args: Any, **kwargs: Any) -> Any:
        if UNFIT in current_app.extensions:
            raise current_app.extensions[UNFIT]
        if not any_version:
            database.require_current(current_app)  # type: ignore[arg-type]
        return function(*args, **kwargs)

    return command


operator = Operator("intranet", help="Start, look after, prove, copy and restore this installation.")


@contextmanager
def made_again(app: Flask) -> Iterator[Flask]:
    """Enter an application with the same settings, after what it stands on was made or replaced; closed afterwards."""
    from intranet.app import build_app

    settings = {setting.name: app.config[setting.name] for setting in SETTINGS} | {"TESTING": app.testing}
    # In a context of its own: what is imported while building must not take the current application for the new one.
    again = Context().run(build_app, settings)
    with again.app_context():
        database.create_tables(again)
        try:
            yield again
        finally:
            let_go(again)


def let_go(app: Flask) -> None:
    """Close every connection of the current application."""
    database.db.engine.dispose()
    app.extensions["geborgen.log"].close()
    app.extensions["geborgen.log"].key_store.close()


def schools_or(chosen: UUID | None) -> list[UUID]:
    """Return the chosen school, or all that have a log here."""
    every = log.schools()
    if chosen is None:
        return every
    if chosen not in every:
        raise click.BadParameter(f"no school with id {chosen} has a log here")
    return [chosen]


school_option = click.option("--school", type=click.UUID, help="Only the school (or board) with this id.")
