"""On what, with what and when it was measured."""

import os
import platform
import subprocess
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from statistics import median

from pysqlite3 import dbapi2 as sqlite

from tests.benchmarks.databases import POSTGRESQL, Database
from tests.benchmarks.stopwatch import seconds_of
from tests.postgres import find_binaries

PACKAGES = "eventsourcing SQLAlchemy Flask Flask-SQLAlchemy Flask-WTF psycopg msgspec cryptography".split()
ROOT = Path(__file__).parents[2]


def circumstances(on: list[Database], before: float) -> list[str]:
    """Return them as lines; `before` is how many programs wanted a processor when it began."""
    return [
        f"{datetime.now(UTC):%d %B %Y}, commit {_commit()}",
        f"Python {platform.python_version()}, {', '.join(f'{name} {version(name)}' for name in PACKAGES)}",
        f"SQLite {sqlite.sqlite_version}; {_postgresql(on)}",
        f"{before:.1f} other programs wanted a processor when it began (load average)",
        f"{os.cpu_count()} cores ({_processor()}), {_memory()} GiB of memory; a durable write takes {_sync(on)} ms",
    ]


def _commit() -> str:
    commit = _say("git", "-C", str(ROOT), "rev-parse", "--short=10", "HEAD")
    # Only a commit says what was measured: whatever is not in it is said too.
    changed = _say("git", "-C", str(ROOT), "status", "--porcelain", "--", ".", ":(exclude)docs/measured.md")
    return f"{commit or 'unknown'}{' with changes that are not in it' if changed else ''}"


def _say(*command: str) -> str:
    try:
        return subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()
    except FileNotFoundError:
        return ""


def _postgresql(on: list[Database]) -> str:
    binaries = find_binaries()
    if binaries is None or POSTGRESQL not in {each.kind for each in on}:
        return "no PostgreSQL on this machine"
    return f"{_say(str(binaries / 'postgres'), '--version').replace('postgres (PostgreSQL)', 'PostgreSQL')}, fsync on"


def _processor() -> str:
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.machine())


def _memory() -> int:
    return round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30)


def _sync(on: list[Database]) -> str:
    file = os.open(on[0].folder / "sync", os.O_CREAT | os.O_WRONLY, 0o600)

    def write() -> None:
        os.write(file, b"x" * 4096)
        os.fdatasync(file)

    taken = median(seconds_of(write) for _ in range(100))
    os.close(file)
    return f"{taken * 1000:.2f}"
