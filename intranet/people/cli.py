"""Taking over a roster from a terminal: `flask intranet import FILE --school …`."""

from pathlib import Path
from uuid import UUID

import click

from intranet.api import acting, current_school, log
from intranet.cli.group import operator
from intranet.people import imports
from intranet.people.preview import Preview, counted
from intranet.people.roster import roster
from intranet.schools.events import School


@operator.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--school", "school_id", type=click.UUID, help="The school; needed when there is more than one.")
@click.option("--yes", is_flag=True, help="Take it over without asking.")
@click.option("--many-leave", is_flag=True, help="It is right that many people leave.")
def import_command(file: Path, school_id: UUID | None, yes: bool, many_leave: bool) -> None:
    """Take over pupils, groups and staff from an EDEXML or CSV FILE, after showing what changes."""
    with acting(school=school_id or _only_school()):
        content = file.read_bytes()
        read = imports.read_roster(content)
        plan = imports.plan_import(read)
        _show(read, plan)
        if plan.is_empty:
            click.echo("Er verandert niets.")
            return
        if not yes:
            click.confirm("Wil je dit overnemen?", abort=True)
        imports.import_roster(read, shown=imports.fingerprint(plan), many_leave=many_leave)
    click.echo("Overgenomen.")


def _only_school() -> UUID:
    found = [each for each in log.schools() if _is_school(each)]
    if len(found) != 1:
        raise click.UsageError("Zeg met --school om welke school het gaat.")
    return found[0]


def _is_school(school_id: UUID) -> bool:
    first = log.facts(school_id, at_most=1)
    return bool(first) and isinstance(first[0], School.Opened)


def _show(read: imports.RosterFile, plan: imports.ImportPlan) -> None:
    click.echo(f"{read.format}: {len(read.pupils)} leerlingen, {len(read.staff or ())} medewerkers")
    for part in Preview(plan, roster(current_school())).parts:
        click.echo(f"{part.title}: {len(part.lines)}")
    for sentence in read.remarks:
        click.echo(sentence)
    if read.dropped:
        click.echo(f"Niet gelezen en niet bewaard: {', '.join(counted(read.dropped))}")
    if read.unknown:
        click.echo(f"Dit deel van het bestand kennen we niet: {', '.join(counted(read.unknown))}")
    if plan.many_leave:
        click.echo("Let op: er gaan erg veel mensen van school. Geef --many-leave als dat klopt.")
