"""`flask intranet upgrade`, `rebuild` and `check`: what keeps an installation sound."""

import shutil
import sys
from collections.abc import Iterable, Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from uuid import UUID

import click
import sqlalchemy as sa
from flask import Flask, current_app

import events
import intranet
from events.log import tables
from events.log.errors import LogError, RebuildFailed
from events.log.projection import Projection, not_up_to_date
from events.log.rebuilding import behind
from events.log.retired import drop_retired
from intranet import database
from intranet.audit import checkpoints
from intranet.cli.group import UNFIT, operator, school_option, schools_or
from intranet.database import log
from intranet.plugin_manager import installed
from intranet.schema import HISTORY, core_tables

Finding = tuple[bool, str]
ROOM_WANTED = 500 * 1024 * 1024


@operator.command(any_version=True)
def upgrade() -> None:
    """Bring the tables to this version and rebuild projections that are new, changed or stopped. The site may go on."""
    database.require_keys_of_log(current_app)  # type: ignore[arg-type]
    database.create_tables(current_app)  # type: ignore[arg-type]
    for name in drop_retired(log):
        click.echo(f"dropped {name}: an older version that nothing uses")
    rebuilt = rebuild_each((projection, school) for school in log.schools() for projection in behind(log, school))
    click.echo(f"Up to date: {rebuilt} rebuilt, {len(log.projector.projections)} projections in all.")


@operator.command()
@click.option("--projection", "wanted", help="Only the projection with this name.")
@click.option("--plugin", help="Only the projections of this plugin or feature.")
@school_option
def rebuild(wanted: str | None, plugin: str | None, school: UUID | None) -> None:
    """Make the tables of projections again from the log, beside the live ones. The site may go on."""
    every = log.projector.projections
    chosen = [each for each in every if wanted in (None, each.name) and plugin in (None, each.name.partition(".")[0])]
    if not chosen:
        names = ", ".join(sorted(each.name for each in every))
        raise click.BadParameter(f"there is no such projection; there are: {names}")
    rebuild_each((projection, each) for each in schools_or(school) for projection in chosen)


def rebuild_each(of: Iterable[tuple[Projection, UUID]]) -> int:
    """Rebuild projections of schools with a bar for each and return how many; one that fails does not stop the rest."""
    done, failures = 0, []
    for projection, school in of:
        with click.progressbar(length=log.head(school).size, label=f"{school.hex[:8]} {projection.name}") as bar:
            try:
                log.rebuild(projection, school, lambda position, bar=bar: bar.update(position - bar.pos))
            except RebuildFailed as failure:
                failures.append(failure.sentence)
            else:
                done += 1
    if failures:
        raise click.ClickException("\n".join(failures))
    return done


@operator.command(anyhow=True)
def check() -> None:
    """Say what is right and what is wrong with this installation; exit code 1 when something is wrong."""
    wrong = 0
    for right, sentence in findings(current_app):  # type: ignore[arg-type]
        click.echo(f"{'ok   ' if right else 'WRONG'}  {sentence}")
        wrong += not right
    if wrong:
        raise click.ClickException(f"{wrong} thing{'s' if wrong > 1 else ''} to repair.")


def findings(app: Flask) -> Iterator[Finding]:
    """Look at one thing after another; what needs the log comes last."""
    yield True, f"Geborgen {_version()} on Python {sys.version.split()[0]}"
    yield _our_events()
    if unfit := app.extensions.get(UNFIT):
        yield False, unfit.sentence
        return
    yield from _plugins()
    yield _closed(Path(app.config["INSTANCE"]))
    yield _room(Path(app.config["INSTANCE"]))
    try:
        yield from _databases(app)
        yield from _schools()
    except LogError as error:
        yield False, error.sentence
    except sa.exc.SQLAlchemyError as error:
        yield False, f"The database does not answer ({type(error).__name__}). Is it made (init, upgrade) and running?"


def _version() -> str:
    try:
        return version("geborgen")
    except PackageNotFoundError:
        return "(checkout)"


def _our_events() -> Finding:
    home = Path(intranet.__file__).resolve().parent.parent
    found = Path(events.__file__).resolve().parent.parent
    if found == home:
        return True, "The package events is ours"
    return False, (
        f"The package events in {found} is somebody else's (the project Events on PyPI overwrites ours). "
        "Give Geborgen an environment of its own."
    )


def _plugins() -> Iterator[Finding]:
    plugins = installed()
    yield True, f"Plugins in use: {', '.join(plugin.name for plugin in plugins) or 'none'}"
    for name, reason in plugins.refused.items():
        yield False, f"The plugin {name} is not used: {reason}. Repair or uninstall it."


def _closed(instance: Path) -> Finding:
    if instance.stat().st_mode & 0o077:
        return False, f"Others on this machine can look into {instance}. Run: chmod 700 {instance}"
    return True, f"Only this user can look into {instance}"


def _room(instance: Path) -> Finding:
    free = shutil.disk_usage(instance).free
    if free < ROOM_WANTED:
        return False, f"Only {free // 2**20} MiB are free in {instance}. Make room: a full disk stops all reporting."
    return True, f"{free // 2**30} GiB free in {instance}"


def _databases(app: Flask) -> Iterator[Finding]:
    with log.read() as connection:
        if connection.dialect.name == "sqlite":
            yield True, f"SQLite {connection.scalar(sa.text('SELECT sqlite_version()'))}, in {connection.engine.url}"
        else:
            yield True, f"PostgreSQL {connection.scalar(sa.text('SHOW server_version'))}"
            for setting in ("fsync", "full_page_writes", "synchronous_commit"):
                value = connection.scalar(sa.text(f"SHOW {setting}"))
                if value == "off":
                    yield False, f"PostgreSQL runs with {setting}=off: a power cut loses records. Set it to on."
        missing = {*tables.log_tables.tables, *core_tables.tables} - set(sa.inspect(connection).get_table_names())
    database.require_current(app)
    if missing:
        # Never made again: an empty table would pass for one in which nothing was.
        yield False, f"Tables are gone ({', '.join(sorted(missing))}). Put back a copy: flask intranet restore"
    yield True, f"The tables are of version {HISTORY.newest}"
    log.key_store.require_fit()
    yield True, "The key file opens the key store"
    checkpoints.signing_key()
    yield True, "The signing key can be used"
    if app.config["DEMO"]:
        yield True, "This is the practice school: everybody may log in as anybody"


def _schools() -> Iterator[Finding]:
    for school in log.schools():
        with log.read() as connection:
            late = not_up_to_date(connection, school, log.projector.keys)
        stopped = sorted(f"{key} ({error})" for key, error in late.items() if error)
        sentence = f"School {school}: {log.head(school).size} events"
        yield not stopped, sentence + (f"; stopped: {', '.join(stopped)}" if stopped else "")
        if late:
            yield False, f"{len(late)} projections are not up to date. Run: flask intranet upgrade"
        newest = next(iter(checkpoints.kept(school)), None)
        yield True, f"School {school}: {f'checkpoint of {newest.size} events' if newest else 'no checkpoint yet'}"
