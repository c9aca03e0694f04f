"""The command `geborgen-verify` (or `python -m verifier`): one sentence, and 0 equal, 1 differs, 2 cannot check."""

import argparse
import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from verifier.copies import open_copy
from verifier.examine import Verdict, examine
from verifier.exported import load_export
from verifier.failure import CannotCheck
from verifier.notes import Checkpoint, VerifierKey, read_checkpoints, text_of
from verifier.sentences import LANGUAGES, failure_sentence, verdict_sentence

EQUAL, DIFFERS, CANNOT_CHECK = 0, 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command with `arguments` (those of the process by default) and return its exit code."""
    asked = _parser().parse_args(arguments)
    try:
        checkpoints = _checkpoints(asked)
        verdict = _verdict(asked, checkpoints)
    except CannotCheck as failure:
        print(failure_sentence(failure, asked.language))
        return CANNOT_CHECK
    print(verdict_sentence(verdict, asked.language))
    return DIFFERS if verdict.difference else EQUAL


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="geborgen-verify", description="Check a copy of a school's log against signed checkpoints."
    )
    copy = parser.add_mutually_exclusive_group(required=True)
    copy.add_argument("--db", metavar="COPY", help="an SQLite file, or the address of a PostgreSQL database")
    copy.add_argument("--export", metavar="FILE", help="an exported log (JSON lines)")
    parser.add_argument(
        "--checkpoint", metavar="FILE", action="append", required=True, help="a signed checkpoint; may be repeated"
    )
    parser.add_argument(
        "--key", metavar="KEY", action="append", required=True, help="the public key on the checkpoint page"
    )
    parser.add_argument("--school", metavar="ID", help="the school the copy must be of (32 hex digits)")
    parser.add_argument("--language", choices=LANGUAGES, default="nl")
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1, help="how many at once (default: all)")
    return parser


def _checkpoints(asked: argparse.Namespace) -> list[Checkpoint]:
    keys = [VerifierKey.read(written) for written in asked.key]
    checkpoints = []
    for path in asked.checkpoint:
        try:
            text = text_of(Path(path).read_bytes())
        except OSError as error:
            raise CannotCheck("no_file", path=path) from error
        checkpoints += read_checkpoints(text, keys)
    schools = {checkpoint.school.hex() for checkpoint in checkpoints}
    if len(schools | ({asked.school.replace("-", "").lower()} if asked.school else set())) > 1:
        raise CannotCheck("other_school")
    return checkpoints


def _verdict(asked: argparse.Namespace, checkpoints: Sequence[Checkpoint]) -> Verdict:
    processes = max(asked.processes, 1)
    if asked.db:
        return _examined(asked.db, checkpoints, processes)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        database = str(Path(folder, "export.db"))
        load_export(asked.export, database)
        return _examined(database, checkpoints, processes, files=False)


def _examined(address: str, checkpoints: Sequence[Checkpoint], processes: int, *, files: bool = True) -> Verdict:
    with open_copy(address) as copy:
        return examine(address, copy, checkpoints, processes, files=files)


if __name__ == "__main__":
    sys.exit(main())
