"""`flask intranet backup` and `restore`: log and keys are copied apart, and a copy counts once it was verified."""

import hashlib
import json
import re
import shutil
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import click
from flask import Flask, current_app

from events.frozen import frozen
from events.log.errors import LogError
from events.log.key_rotation import only_wrapping_key
from intranet import schema
from intranet.audit import checkpoints
from intranet.cli.copies import CopyFailed, copy_out, is_sqlite, put_back, require_unused
from intranet.cli.group import let_go, operator
from intranet.cli.proof import compare
from intranet.cli.restored import Refusal, bring_to_life, refuse_unless_equal
from intranet.database import log
from verifier.failure import CannotCheck
from verifier.notes import text_of
from verifier.sentences import failure_sentence, verdict_sentence

STAMP = "%Y%m%dT%H%M%SZ"
NAMED = re.compile(r"\d{8}T\d{6}Z")
DESCRIPTION, CHECKPOINTS = "copy.json", "checkpoints"


class NoCopy(LogError):
    """This folder does not hold a copy that can be put back."""


@frozen
class Copy:
    """What a copy says about itself: `holds` is "log" or "keys"; `sizes` has the number of events per school.

    `version` is that of its tables; copies from before there were versions have none. `opened_by` is the id of the
    key-encryption key with which keys were wrapped.
    """

    holds: str
    made_at: str
    file: str
    sha256: str
    sizes: dict[str, int]
    version: str | None = None
    opened_by: str | None = None


@operator.command(any_version=True)
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--only", type=click.Choice(["log", "keys"]), help="Only this half, to bring it somewhere else.")
@click.option("--days", default=30, show_default=True, help="Copies of the keys older than this are removed.")
def backup(folder: Path, only: str | None, days: int) -> None:
    """Copy log and keys into FOLDER/log and FOLDER/keys, each to be brought to another place. The site may go on."""
    now = datetime.now(UTC)
    # The log first: every key that it names is then in the copy of the keys.
    if only in (None, "log"):
        place = _copy_log(_new_folder(folder / "log", now), now)
        seen = (
            "compared with the log" if is_sqlite(current_app.config["DATABASE_URL"]) else "the log was verified first"
        )
        click.echo(f"log:  {place}  ({seen})")
    if only in (None, "keys"):
        place = _copy_keys(_new_folder(folder / "keys", now), now)
        removed = _remove_older(folder / "keys", now - timedelta(days=days))
        click.echo(f"keys: {place}" + (f"  ({removed} older than {days} days removed)" if removed else ""))
    click.echo("Bring them to two different places. The key file goes with neither: keep that in a third.")


def _new_folder(parent: Path, now: datetime) -> Path:
    folder = parent / now.strftime(STAMP)
    parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.mkdir(mode=0o700)
    return folder


def _copy_log(folder: Path, now: datetime) -> Path:
    url = current_app.config["DATABASE_URL"]
    sizes = {}
    for school in log.schools():
        with log.read() as connection:
            sizes[school.hex] = checkpoints.keep_new(connection, school).size
    copied = copy_out(url, folder, keys=False)
    if is_sqlite(url):
        for school in map(UUID, sizes):
            _refuse_unless_like_the_log(copied, school)
    if checkpoints.kept_here().exists():
        shutil.copytree(checkpoints.kept_here(), folder / CHECKPOINTS)
    with log.read() as connection:
        version = schema.LOG.version(connection)
    _describe(folder, Copy("log", now.strftime(STAMP), copied.name, _digest(copied), sizes, version))
    return folder


def _refuse_unless_like_the_log(copied: Path, school: UUID) -> None:
    """Compare a copy that was just made with what is signed. Raises Refusal; the folder then stays unfinished."""
    try:
        verdict = compare(school, str(copied))
    except CannotCheck as failure:
        raise _not_like_the_log(copied, failure_sentence(failure, "en")) from failure
    if verdict.difference:
        raise _not_like_the_log(copied, verdict_sentence(verdict, "en"))


def _not_like_the_log(copied: Path, sentence: str) -> Refusal:
    return Refusal(
        f"{sentence} {copied.parent} does not count as a copy. The log itself was not changed. Look whether that disk "
        "is full or failing, run: flask intranet verify, and make the copy again."
    )


def _copy_keys(folder: Path, now: datetime) -> Path:
    # Asked on both sides: a copy that was made between two equal answers is opened by that key.
    with log.key_store.reading() as connection:
        opened_by = only_wrapping_key(connection)
    copied = copy_out(current_app.config["KEY_STORE_URL"], folder, keys=True)
    with log.key_store.reading() as connection:
        version = schema.KEYS.version(connection)
        still = only_wrapping_key(connection)
    if opened_by is None or still != opened_by:
        raise CopyFailed(
            "The key-encryption key is being replaced, so the keys were not copied. Let it end, or run: "
            "flask intranet keys rotate. Then make the copy again."
        )
    _describe(folder, Copy("keys", now.strftime(STAMP), copied.name, _digest(copied), {}, version, opened_by))
    return folder


def _describe(folder: Path, copy: Copy) -> None:
    # Written last: a folder without it is a copy that was not finished.
    (folder / DESCRIPTION).write_text(json.dumps(asdict(copy), indent=2) + "\n", "utf-8")


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _remove_older(parent: Path, than: datetime) -> int:
    # Only what is named as a copy of ours: whatever else somebody keeps there is not ours to remove.
    named = (folder for folder in parent.iterdir() if NAMED.fullmatch(folder.name) and folder.is_dir())
    old = [folder for folder in named if folder.name < than.strftime(STAMP)]
    for folder in old:
        shutil.rmtree(folder)
    return len(old)


@operator.command(any_version=True)
@click.argument("folders", nargs=-1, required=True, type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--accept-loss", is_flag=True, help="Restore although events that were signed for are not in the copy.")
@click.option(
    "--erased",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    multiple=True,
    help="A checkpoint letter, or a list of key ids, that says what was erased since.",
)
@click.option("--yes", is_flag=True, help="Do not ask.")
def restore(folders: tuple[Path, ...], accept_loss: bool, erased: tuple[Path, ...], yes: bool) -> None:
    """Put copies back. Stop the site first. FOLDERS: what `backup` made, of the log, of the keys, or one of each."""
    copies = {copy.holds: (folder, copy) for folder, copy in ((folder, _read(folder)) for folder in folders)}
    letters = [text_of(path.read_bytes()) for path in erased]
    _tell_what_comes(copies)
    if not yes:
        click.confirm("This replaces what is there now. Go on?", abort=True)
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    if "log" in copies:
        folder, copy = copies["log"]
        if is_sqlite(app.config["DATABASE_URL"]):
            refuse_unless_equal(str(folder / copy.file), _schools(copy), accept_loss, folder / CHECKPOINTS)
    let_go(app)
    urls = {"keys": app.config["KEY_STORE_URL"], "log": app.config["DATABASE_URL"]}
    for holds in copies:
        require_unused(urls[holds])
    for holds, url in urls.items():
        if holds in copies:
            folder, copy = copies[holds]
            aside = put_back(url, folder / copy.file)
            if holds == "log":
                _take_checkpoints(folder / CHECKPOINTS)
            click.echo(f"{holds}: put back" + (f"; what was there is now {aside}" if aside else ""))
    bring_to_life(app, accept_loss, letters)


def _read(folder: Path) -> Copy:
    try:
        copy = Copy(**json.loads((folder / DESCRIPTION).read_text("utf-8")))
    except (OSError, ValueError, TypeError) as error:
        raise NoCopy(
            f"{folder} holds no finished copy of ours. Give a folder such as backup/log/20261124T020000Z."
        ) from error
    if copy.version is not None and copy.version not in schema.HISTORY.versions:
        raise NoCopy(
            f"{folder} was made by a newer Geborgen (tables of version {copy.version}). Install that one first."
        )
    if copy.opened_by is not None and copy.opened_by not in current_app.extensions["geborgen.key_file"].wrapping_keys:
        raise NoCopy(
            f"{folder} was made before the key-encryption key was replaced, and this key file does not open it. "
            "Take a newer copy, or put back the key file of that day first."
        )
    if _digest(folder / copy.file) != copy.sha256:
        raise NoCopy(f"{folder / copy.file} was changed or damaged after it was made. Take an older copy.")
    wanted = current_app.config["KEY_STORE_URL" if copy.holds == "keys" else "DATABASE_URL"]
    if is_sqlite(wanted) != copy.file.endswith(".db"):
        raise NoCopy(f"{folder} was copied from another kind of database than the one in the settings.")
    return copy


def _tell_what_comes(copies: dict[str, tuple[Path, Copy]]) -> None:
    for holds, (folder, copy) in copies.items():
        events = f", {sum(copy.sizes.values())} events" if copy.sizes else ""
        click.echo(f"{holds}: {folder}, made {copy.made_at}{events}")
    if len(copies) == 2 and copies["keys"][1].made_at < copies["log"][1].made_at:
        click.echo("The copy of the keys is older: words recorded in between will not open.")


def _schools(copy: Copy) -> list[UUID]:
    return [UUID(school) for school in copy.sizes]


def _take_checkpoints(folder: Path) -> None:
    """Add the checkpoints of the copy to those that are kept here; those are never replaced."""
    kept = checkpoints.kept_here()
    for path in folder.rglob("*.txt"):
        place = kept / path.relative_to(folder)
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not place.exists():
            shutil.copyfile(path, place)
