"""`flask intranet erase`: the words of dossiers or persons become unreadable for good, with a certificate."""

from pathlib import Path
from uuid import UUID

import click
from flask import current_app

from events.log.context import acting
from events.log.erasure import GROUNDS, REQUESTERS, erase
from events.log.erasure_certificate import certificate
from intranet import database
from intranet.cli.group import operator
from intranet.database import log
from intranet.files.commands import destroy_removed_files
from intranet.people.events import Person


@operator.command("erase")
@click.argument("owners", nargs=-1, required=True, type=click.UUID)
@click.option("--school", type=click.UUID, required=True)
@click.option("--ground", type=click.Choice(sorted(GROUNDS)), required=True, help="Why this may be erased.")
@click.option("--requester", type=click.Choice(sorted(REQUESTERS)), required=True, help="Who asked, by role.")
@click.option("--decider", type=click.UUID, required=True, help="Who decided: the id of a person at this school.")
@click.option("--certificate", "paper", type=click.Path(dir_okay=False, path_type=Path), help="Write it here.")
@click.option("--yes", is_flag=True, help="Do not ask.")
def erase_words(
    owners: tuple[UUID, ...],
    school: UUID,
    ground: str,
    requester: str,
    decider: UUID,
    paper: Path | None,
    yes: bool,
) -> None:
    """Destroy the keys of OWNERS: the ids of dossiers or persons, as in the address of their page.

    That something happened stays, and when; its words are gone, here and in every copy whose keys are destroyed too.
    """
    with acting(school=school):
        name = _name_of(decider)
        click.echo(f"{len(owners)} dossiers or persons: {GROUNDS[ground]} Decided by {name}.")
        if not yes:
            click.confirm("Their words can never be read again. Go on?", abort=True)
        erased_list = database.erased_list(current_app)  # type: ignore[arg-type]
        erasure = erase(log, owners, ground=ground, requester=requester, decider=decider, erased_list=erased_list)
        written = certificate(log, erasure).text(_name_of)
    if paper is None:
        click.echo(written)
        return
    try:
        paper.write_text(written, "utf-8")
    except OSError as error:
        click.echo(written)
        raise click.ClickException(
            f"The words are gone, but {paper} cannot be written ({error.strerror}). The certificate stands above."
        ) from error
    click.echo(f"Certificate: {paper}")


@operator.command("destroy-removed")
def destroy_removed() -> None:
    """Destroy photos and scans that somebody took away more than a month ago. Run it every night."""
    for school in log.schools():
        with acting(school=school):
            count = destroy_removed_files()
        if count:
            click.echo(f"{school}: {count} destroyed")


def _name_of(person: UUID) -> str:
    return " ".join(part for part in log.get(Person, person).name if part)
