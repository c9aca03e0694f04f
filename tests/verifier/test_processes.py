"""The verifier as a program of its own, on two processors."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

from tests.verifier.log_copy import Event, checkpoint, public_key, some_log, write_copy
from verifier.__main__ import DIFFERS, EQUAL

ROWS = some_log(40)


def on_two_processors(folder: Path, rows: list[Event]) -> subprocess.CompletedProcess[str]:
    """Run it as a program that shares even a short log between two processes and tells what it loaded of ours."""
    program = (
        "import sys, verifier.tree, verifier.__main__ as command\n"
        "verifier.tree._WORTH_SHARING = 0\n"
        "if __name__ == '__main__':\n"
        "    code = command.main()\n"
        "    ours = {name for name in sys.modules if name.split('.')[0] in ('events', 'intranet', 'plugins')}\n"
        "    assert ours == {'events', 'events.log', 'events.log.merkle'}, ours\n"
        "    assert not {'flask', 'sqlalchemy', 'msgspec', 'eventsourcing'} & set(sys.modules)\n"
        "    sys.exit(code)\n"
    )
    (folder / "program.py").write_text(program)
    write_copy(folder / "copy.db", rows)
    (folder / "checkpoint.txt").write_text(checkpoint(rows, 30))
    arguments = ["--db", str(folder / "copy.db"), "--checkpoint", str(folder / "checkpoint.txt"), "--key", public_key()]
    root = Path(__file__).parents[2]
    return subprocess.run(
        [sys.executable, str(folder / "program.py"), *arguments, "--processes", "2"],
        capture_output=True, text=True, check=False, timeout=60, env={"PYTHONPATH": str(root)},
    )  # fmt: skip


def test_the_program_stands_alone(tmp_path):
    """It runs as a program, on two processors, and loads nothing of ours but the hash module."""
    done = on_two_processors(tmp_path, ROWS)
    assert (done.returncode, done.stderr) == (EQUAL, "")
    assert done.stdout.startswith("Gelijk: de 30 gebeurtenissen")


def test_what_events_say_of_files_is_put_together_from_all_processes(tmp_path):
    said = {
        12: ("incidents.files.Added", b'{"file":{"blob":"a","key":"1","size":9}}'),
        20: ("incidents.files.Added", b'{"file":{"blob":"b","key":"2","size":9}}'),
        22: ("incidents.files.Added", b'{"file":{"blob":"c","key":"3","size":9}}'),
        33: ("log.erasure.CarriedOut", b'{"keys":["2"]}'),
        39: ("incidents.files.Removed", b'{"destroyed":["c"]}'),
    }
    rows = [
        replace(row, name=said[row.position][0], payload=said[row.position][1]).with_own_leaf()
        if row.position in said
        else row
        for row in ROWS
    ]
    done = on_two_processors(tmp_path, rows)
    assert (done.returncode, done.stderr) == (DIFFERS, "")
    assert done.stdout == "Niet gelijk: het bestand van de gebeurtenis op positie 12 is weg.\n"
