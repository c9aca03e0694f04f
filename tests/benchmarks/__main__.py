"""`make bench`: measures every subject on both databases and writes docs/measured.md; with names, only prints those."""

import argparse
import cProfile
import os
import pstats
import sys
from dataclasses import asdict
from pathlib import Path
from time import perf_counter

from tests.benchmarks import boards, pages, past, processes, rebuilding, replaying, reporting, syncing, verification
from tests.benchmarks.circumstances import ROOT, circumstances
from tests.benchmarks.databases import KINDS, Database, databases
from tests.benchmarks.figures import Subject, page, table
from tests.benchmarks.sizes import FULL, SMALL, Sizes

SUBJECTS = {
    "report": ("A report", reporting),
    "pages": ("Pages after ten years", pages),
    "replay": ("Replay", replaying),
    "rebuild": ("Rebuilding while people write", rebuilding),
    "verification": ("Verification", verification),
    "past": ("The past", past),
    "processes": ("Cold start and memory", processes),
    "syncs": ("Syncs", syncing),
    "boards": ("Boards", boards),
}
PAGE = ROOT / "docs" / "measured.md"
BEGIN, END = "<!-- measured: what follows is written by make bench -->", "<!-- measured: end -->"


def main() -> int:
    """Measure what was asked for and return the exit code; a target that is missed is a finding, not a failure."""
    asked = _arguments()
    before = os.getloadavg()[0]
    whole = not (asked.subjects or asked.database or asked.profile)
    with databases(*(kind for kind in KINDS if asked.database in (None, kind.lower()))) as on:
        subjects = [subject_of(name, on, asked.sizes, asked.profile) for name in asked.subjects or SUBJECTS]
        if whole:
            put(PAGE, page(subjects, circumstances(on, before)))
            print(f"Written to {PAGE.relative_to(ROOT)}.")
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("subjects", nargs="*", metavar="subject", help=f"one or more of: {', '.join(SUBJECTS)}")
    parser.add_argument("--database", choices=("sqlite", "postgresql"), help="on this one only")
    parser.add_argument("--profile", action="store_true", help="say where the time goes")
    parser.add_argument("--small", dest="sizes", action="store_const", const=SMALL, default=FULL, help="try it out")
    asked = parser.parse_args()
    if unknown := set(asked.subjects) - set(SUBJECTS):
        parser.error(f"no subject {', '.join(sorted(unknown))}")
    return asked


def subject_of(name: str, on: list[Database], sizes: Sizes, profile: bool = False) -> Subject:
    """Measure one subject on each database and print its table."""
    title, module = SUBJECTS[name]
    begun, figures = perf_counter(), []
    profiler = cProfile.Profile() if profile else None
    for each in on:
        if profiler:
            profiler.enable()
        figures += module.measure(each, sizes)
        if profiler:
            profiler.disable()
    subject = Subject(title, module.QUESTION.format(**asdict(sizes)), figures, perf_counter() - begun)
    print(f"{title} ({subject.seconds:.0f} s)\n\n{table(figures)}\n", flush=True)
    if profiler:
        pstats.Stats(profiler).sort_stats("tottime").print_stats(45)
    return subject


def put(path: Path, written: str) -> None:
    """Put the tables in the page, between its marks; what people wrote around them stays."""
    before, _, rest = path.read_text().partition(BEGIN)
    _, _, after = rest.partition(END)
    path.write_text(f"{before}{BEGIN}\n\n{written}\n\n{END}{after}")


if __name__ == "__main__":
    sys.exit(main())
