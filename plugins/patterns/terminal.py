"""What the terminal says of patterns: the figures of a month, for a report or a backup of the numbers; no names."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import click

from intranet.api import SchoolYear, acting, log, number, school_calendar, today

from . import counting, reading
from .events import INCIDENT, SIGNAL

MONTH = "%Y-%m"


@click.command()
@click.option("--school", type=click.UUID, help="Only the school (or board) with this id.")
@click.option("--month", "asked", help="As 2026-10; without, the month before this one.")
def month(school: UUID | None, asked: str | None) -> None:
    """Print how much was recorded in a month, per school day: incidents, signals, and what goes well."""
    every = log.schools()
    if school is not None and school not in every:
        raise click.BadParameter(f"no school with id {school} has a log here")
    for each in every if school is None else [school]:
        with acting(school=each):
            click.echo(f"{each.hex[:8]} {_figures(asked)}")


def _figures(asked: str | None) -> str:
    try:
        first = (
            datetime.strptime(asked, MONTH).replace(tzinfo=UTC).date()
            if asked
            else (today().replace(day=1) - timedelta(days=1)).replace(day=1)
        )
    except ValueError as error:
        raise click.BadParameter("write a month as 2026-10") from error
    last = min(counting.last_of(first), today())
    days = school_calendar().count(first, last) if first <= last else 0
    # What only few may read is in no figure that leaves the pages.
    found = reading.happenings(first, last, source="both", closed=())
    parts = [f"{first:{MONTH}}: {days} school days"]
    for source, called in ((INCIDENT, "incidents"), (SIGNAL, "signals")):
        count = sum(each.source == source and not each.positive for each in found)
        parts.append(f"{count} {called} ({number(count / days if days else None, 2)} a day)")
    going_well = counting.Question(SchoolYear.of(first)).going_well(found)
    return ", ".join([*parts, f"{len(going_well)} going well"])
