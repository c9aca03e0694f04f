"""`flask intranet checkpoint` and `verify`: sign what the log is, and compare it with what was signed."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from uuid import UUID

import click
from flask import current_app

from events.log.checkpoint import public_key_of
from intranet.audit import checkpoints
from intranet.cli.group import operator, school_option, schools_or
from intranet.database import log
from verifier.copies import open_copy
from verifier.examine import Verdict, examine
from verifier.failure import CannotCheck
from verifier.notes import Checkpoint, VerifierKey, read_checkpoints, text_of
from verifier.sentences import failure_sentence, verdict_sentence


@operator.command()
@school_option
@click.option("--letter", type=click.Path(file_okay=False, path_type=Path), help="Also write what to mail, here.")
def checkpoint(school: UUID | None, letter: Path | None) -> None:
    """Read and hash the log again, and sign what it is. Give the result to somebody outside."""
    for each in schools_or(school):
        with log.read() as connection:
            signed = checkpoints.keep_new(connection, each).checkpoint
            to_mail = checkpoints.letter(connection, each, signed)
        click.echo(signed.note)
        click.echo(f"words: {' '.join(signed.words)}")
        click.echo(f"key:   {public_key(each)}\n")
        if letter:
            letter.mkdir(mode=0o700, parents=True, exist_ok=True)
            (letter / f"checkpoint-{each.hex}-{signed.size}.txt").write_text(to_mail, "utf-8")


def public_key(school: UUID) -> str:
    """Return what somebody gives to `geborgen-verify --key` for this school."""
    return public_key_of(school, checkpoints.signing_key())


@operator.command()
@school_option
@click.option(
    "--checkpoint",
    "files",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    multiple=True,
    help="One that came back.",
)
@click.option("--language", type=click.Choice(["nl", "en"]), default="nl", show_default=True)
def verify(school: UUID | None, files: tuple[Path, ...], language: str) -> None:
    """Compare the log with every checkpoint that is kept here, and with those in files.

    Exit code 1: not equal; 2: it cannot be checked.
    """
    schools, differs = schools_or(school), False
    try:
        given = _came_back(files, schools)
        for each in schools:
            mine = [checkpoint for checkpoint in given if checkpoint.school == each.bytes]
            verdict = compare(each, current_app.config["DATABASE_URL"], mine)
            click.echo(f"{each}: {verdict_sentence(verdict, language)}")
            differs |= verdict.difference is not None
    except CannotCheck as failure:
        click.echo(failure_sentence(failure, language), err=True)
        raise click.exceptions.Exit(2) from failure
    if differs:
        raise click.exceptions.Exit(1)


def _came_back(files: Iterable[Path], schools: Iterable[UUID]) -> list[Checkpoint]:
    """Return the checkpoints in files; raises CannotCheck for a file without one of these schools, signed here."""
    texts = [text_of(path.read_bytes()) for path in files]
    keys = [VerifierKey.read(public_key(each)) for each in schools] if texts else []
    return [checkpoint for text in texts for checkpoint in read_checkpoints(text, keys)]


def compare(school: UUID, address: str, given: Sequence[Checkpoint] = ()) -> Verdict:
    """Compare a copy of a school's log at `address` with the checkpoints kept here and those that are `given`.

    Without any, the log is only checked against itself. Raises CannotCheck.
    """
    known = [*kept_for_verifier(school), *given]
    if not known:
        known = [_against_itself(school)]
    with open_copy(address) as copy:
        return examine(address, copy, known)


def kept_for_verifier(school: UUID, place: Path | None = None) -> list[Checkpoint]:
    """Return the checkpoints kept here, or in another place, in the form of the verifier.

    That one shares no code with what signed them.
    """
    kept = reversed(checkpoints.kept(school, place))
    return [Checkpoint(school.bytes, each.size, each.checkpoint.root) for each in kept]


def _against_itself(school: UUID) -> Checkpoint:
    head = log.head(school)
    return Checkpoint(school.bytes, head.size, head.root())
