"""`flask intranet demo`: the practice school, for whoever wants to look around first."""

import sys
from pathlib import Path
from shutil import rmtree
from time import monotonic

import click
from flask import Flask, current_app

from events.log.errors import LogError
from intranet import database
from intranet.cli.copies import is_sqlite
from intranet.cli.group import UNFIT, made_again, operator
from intranet.config import PRACTICE_MARK, PRACTICE_READY
from intranet.database import log


class HalfLoaded(LogError):
    """Loading was interrupted, and the rest cannot be removed for the operator."""


@operator.command(anyhow=True)
@click.option("--if-empty", is_flag=True, help="Do nothing when there is a school already.")
def demo(if_empty: bool) -> None:
    """Load the practice school IBS De Regenboog: made-up people, two school years of made-up history."""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    if _holds_another_school(app):
        if if_empty:
            return
        raise click.ClickException("There is a school here already. The practice school needs an empty instance.")
    database.prepare_instance(app)
    mark = Path(current_app.config["INSTANCE"]) / PRACTICE_MARK
    if mark.exists() and mark.read_text() != PRACTICE_READY:
        _remove_half_loaded(app)
    with made_again(app):
        if not log.schools():
            mark.write_text("loading")
            _load()
            mark.write_text(PRACTICE_READY)
        elif not if_empty:
            raise click.ClickException("The practice school is here already.")
        else:
            log.bring_up_to_date()
        _say_who_to_be()


def _holds_another_school(app: Flask) -> bool:
    """Tell whether a school is here that is not ours to fill, nor to bring to another version."""
    if UNFIT in app.extensions or (Path(app.config["INSTANCE"]) / PRACTICE_MARK).exists():
        return False
    return database.begun(app) and bool(log.schools())


def _load() -> None:
    from intranet.demo.cast import SCHOOL
    from intranet.demo.loading import load

    began = monotonic()
    click.echo(f"Loading the practice school {SCHOOL} (once)...")
    loaded = load(_bar)
    click.echo(f"\nLoaded in {monotonic() - began:.0f} seconds.")
    for sentence in loaded.broken:
        click.echo(sentence, err=True)


def _bar(what: str, done: int, of_all: int) -> None:
    if not sys.stdout.isatty():
        return
    filled = 30 * done // max(of_all, 1)
    click.echo(f"\r  {what:<24} [{'#' * filled}{'.' * (30 - filled)}] {done}/{of_all} ", nl=False)


def _say_who_to_be() -> None:
    from intranet.demo.cast import CAN_BE, STAFF
    from intranet.people.duties import duty_title

    members = {member.key: member for member in STAFF}
    click.echo("This is a practice school. On the login page you choose who you are, for instance:")
    for key in CAN_BE:
        member = members[key]
        # In the words of the login page, where they are looked for.
        duties = ", ".join(
            [str(duty_title(duty)) for duty in member.duties] + [f"groep {group}" for group in member.groups]
        )
        click.echo(f"  {f'{member.given} {member.family}':<20} {duties}")


def _remove_half_loaded(app: Flask) -> None:
    """Remove what an interrupted loading left; it is made up, and the mark says so."""
    if not is_sqlite(app.config["DATABASE_URL"]):
        raise HalfLoaded("Loading was interrupted. Empty the database, remove practice-school and run this again.")
    instance = Path(app.config["INSTANCE"])
    for name in ("geborgen.db", "geborgen.db-wal", "geborgen.db-shm", "keys.db", "keys.db-journal"):
        (instance / name).unlink(missing_ok=True)
    rmtree(instance / "checkpoints", ignore_errors=True)
