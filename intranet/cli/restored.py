"""What must happen before a restored log is used: compared with what was signed, and what was erased stays erased."""

import re
from collections.abc import Iterable
from pathlib import Path
from uuid import UUID

import click
from flask import Flask

from events.log.context import acting
from events.log.erasure import finish_erasures, missing_keys
from events.log.errors import LogError
from events.log.rebuilding import behind
from events.log.tables import guard
from intranet import database
from intranet.audit import checkpoints
from intranet.cli.group import made_again
from intranet.cli.proof import compare, kept_for_verifier
from intranet.cli.upkeep import rebuild_each
from intranet.database import log
from intranet.schema import core_tables
from verifier.failure import CannotCheck
from verifier.sentences import failure_sentence, verdict_sentence

NOT_USED = "It is not used. Look for another copy."
KEY_ID = re.compile(r"^(?:\d{4}-\d\d-\d\d )?([0-9a-f]{32})\s*$", re.MULTILINE)


class Refusal(LogError):
    """A copy is not what was signed."""


def refuse_unless_equal(
    address: str, schools: Iterable[UUID], accept_loss: bool, beside_it: Path | None = None
) -> None:
    """Compare a copy with every checkpoint that is kept, here or in the folder `beside_it`.

    A tail that is missing can be accepted; nothing else can.
    """
    for school in schools:
        try:
            verdict = compare(school, address, kept_for_verifier(school, beside_it) if beside_it else ())
        except CannotCheck as failure:
            raise Refusal(f"{school}: {failure_sentence(failure, 'en')} {NOT_USED}") from failure
        sentence = f"{school}: {verdict_sentence(verdict, 'en')}"
        if verdict.difference is None:
            click.echo(sentence)
        elif verdict.difference.kind != "cut_off":
            raise Refusal(f"{sentence} This copy is not the log that was signed. {NOT_USED}")
        elif not accept_loss:
            raise Refusal(f"{sentence} Look for a newer copy. To go on without these events: --accept-loss")
        else:
            click.echo(sentence)


def bring_to_life(app: Flask, accept_loss: bool, letters: Iterable[str]) -> None:
    """Make a restored installation fit to be served."""
    named = {key_id for text in letters for key_id in KEY_ID.findall(text)}
    with made_again(app) as again:
        # A copy leaves out who may do what: the roles of another server have other names.
        with log.write_engine.begin() as connection:
            guard(connection)
        refuse_unless_equal(again.config["DATABASE_URL"], log.schools(), accept_loss)
        if accept_loss:
            for school in log.schools():
                set_aside_checkpoints(school, log.head(school).size)
        # After comparing: what was erased since the copy was made is written into it again, as events.
        finished = finish_erasures(log, database.erased_list(again), also=named, restored=True)
        if finished.destroyed:
            click.echo(f"{len(finished.destroyed)} keys that were erased since this copy are destroyed again.")
        if lacking := missing_keys(log):
            click.echo(f"{len(lacking)} keys are in no copy that was put back: their words stay unreadable.")
        end_sessions()
        rebuild_each((projection, school) for school in log.schools() for projection in behind(log, school))
    click.echo("Everybody logs in anew. Start the site, and look whether accounts that were closed are closed still.")


def end_sessions() -> None:
    """End what could let somebody in as it was then: sessions, screens, and links that were used since."""
    for school in log.schools()[:1]:
        with acting(school=school), log.unit_of_work(lock=False) as work:
            for name in ("accounts_session", "accounts_link", "screen_pass"):
                work.execute(core_tables.tables[name].delete())


def set_aside_checkpoints(school: UUID, size: int) -> None:
    """Set aside checkpoints of more events than there are; they stay as files, to show what was lost."""
    folder = checkpoints.kept_here() / school.hex
    for kept in checkpoints.kept(school):
        if kept.size > size:
            for path in folder.glob(f"{kept.size:010d}-*.txt"):
                path.rename(path.with_suffix(".lost"))
