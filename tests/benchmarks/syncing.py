"""How often a report makes the disk write everything down (fsync, fdatasync): once, however many plugins there are."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Column, Uuid
from sqlalchemy.engine import Connection

from events.incident import Incident
from events.log import projection
from events.log.engines import read_engine
from tests.benchmarks import product
from tests.benchmarks.databases import SQLITE, Database
from tests.benchmarks.figures import Figure
from tests.benchmarks.product import Product
from tests.benchmarks.sizes import Sizes

QUESTION = (
    "How often the disk must write everything down for one report: system calls seen by strace, or the syncs that "
    "PostgreSQL counts; with the product's own projections, and with {more_projections} more that each write a row. "
    "The mean is above the median because now and then SQLite moves its journal into the database, and because new "
    "data keys are made ahead for every 32 reports."
)
PUPILS = 2


def measure(on: Database, sizes: Sizes) -> Iterator[Figure]:
    """Count the syncs of each of a number of reports."""
    for more in (0, sizes.more_projections):
        what = f"syncs of a report, {more} more projections"
        count = _by_strace if on.kind == SQLITE else _by_server
        counts = count(on, sizes.traced_reports, more)
        if not counts:
            yield Figure(what, on.kind, "no strace on this machine", at_most=1)
            continue
        mean = sum(counts) / len(counts)
        yield Figure(what, on.kind, f"{median(counts):g} (mean {mean:.2f})", median(counts), at_most=1)


def projections(number: int) -> tuple[projection.Projection, ...]:
    """Return so many projections that each write a row for a report, as plugins would have them."""

    def one(place: int) -> projection.Projection:
        name = f"benchmark_{place}"
        table = projection.projection_tables.tables.get(f"{name}__v1")
        if table is None:
            table = projection.projection_table(name, Column("incident", Uuid, primary_key=True))
        insert = table.insert()

        class Counted(projection.Projection):
            @projection.on(Incident.Reported)
            def reported(self, db: Connection, event: Any) -> None:
                db.execute(insert, {"school": event.school_id, "incident": event.originator_id})

        Counted.name, Counted.tables = f"benchmark.{place}", (table,)
        return Counted()

    return tuple(one(place) for place in range(number))


def _by_server(on: Database, reports: int, more: int) -> list[float]:
    """Ask PostgreSQL after each report, having told the report's own connection to hand in its numbers at once."""
    with product.product(on, "synced", PUPILS, projections(more)) as school:
        counter, visitor = read_engine(school.settings["DATABASE_URL"]), school.visitor()
        hand_in = sa.text("SELECT pg_stat_force_next_flush()")
        counts: list[float] = []
        for _ in range(reports):
            visitor.request("/incidents/new", school.report())()
            with school.log.write_engine.begin() as connection:
                connection.execute(hand_in)
            with counter.connect() as connection:
                recent = connection.dialect.server_version_info >= (18,)
                counts.append(connection.scalar(sa.text(_IN_IO if recent else _IN_WAL)))
        counter.dispose()
    return [after - before for before, after in zip(counts, counts[1:], strict=False)]


_IN_IO = "SELECT sum(fsyncs)::bigint FROM pg_stat_io WHERE object = 'wal'"
_IN_WAL = "SELECT wal_sync FROM pg_stat_wal"


def _by_strace(on: Database, reports: int, more: int) -> list[float]:
    """Let another process make the reports under strace, with a call between them that it makes for nothing else."""
    strace = shutil.which("strace")
    if strace is None:
        return []
    seen = on.folder / f"strace-{more}.txt"
    asked = [sys.executable, "-m", "tests.benchmarks.syncing", str(on.folder), str(reports), str(more)]
    traced = [strace, "-f", "-e", "trace=fsync,fdatasync,getpriority", "-o", str(seen)]
    done = subprocess.run([*traced, *asked], capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr[-3000:])
    calls = [re.search(r"\b(fsync|fdatasync|getpriority)\(", line) for line in seen.read_text().splitlines()]
    counts: list[float] = []
    for call in filter(None, calls):
        if call[1] == "getpriority":
            counts.append(0)
        elif counts:
            counts[-1] += 1
    return counts[:-1]


def report_under_strace(folder: Path, reports: int, more: int) -> None:
    """Make reports, with a mark before each and after the last."""
    on = Database(SQLITE, folder, lambda name: f"sqlite:///{folder / f'{name}-{os.getpid()}.db'}")
    with product.product(on, "synced", PUPILS, projections(more)) as school:
        _report(school, reports)


def _report(school: Product, reports: int) -> None:
    visitor = school.visitor()
    for _ in range(reports):
        make = visitor.request("/incidents/new", school.report())
        os.getpriority(os.PRIO_PROCESS, 0)
        make()
    os.getpriority(os.PRIO_PROCESS, 0)


if __name__ == "__main__":
    report_under_strace(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
